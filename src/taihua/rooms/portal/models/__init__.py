"""The tables of the portal."""

from taihua.rooms.portal.models.articles import (
    Article,
    ArticleFile,
    Picture,
    ReviewStep,
    Revision,
    ViewCount,
)
from taihua.rooms.portal.models.columns import BroughtFile, Column, OldAddress
from taihua.rooms.portal.models.consultations import (
    Clause,
    Consultation,
    DaySalt,
    FinalClause,
    Opinion,
    OpinionGroup,
    Response,
    SenderMark,
)
from taihua.rooms.portal.models.search import SearchEntry

__all__ = [
    "Article",
    "ArticleFile",
    "BroughtFile",
    "Clause",
    "Column",
    "Consultation",
    "DaySalt",
    "FinalClause",
    "OldAddress",
    "Opinion",
    "OpinionGroup",
    "Picture",
    "Response",
    "ReviewStep",
    "Revision",
    "SearchEntry",
    "SenderMark",
    "ViewCount",
]

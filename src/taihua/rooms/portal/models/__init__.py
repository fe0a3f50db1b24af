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
    FinalClause,
    Opinion,
    OpinionGroup,
    Response,
    moved_holidays,
)
from taihua.rooms.portal.models.search import SearchEntry
from taihua.rooms.portal.models.senders import DaySalt, SenderMark
from taihua.rooms.portal.models.upkeep import BrokenLink, LinkRound, PageFault

__all__ = [
    "Article",
    "ArticleFile",
    "BrokenLink",
    "BroughtFile",
    "Clause",
    "Column",
    "Consultation",
    "DaySalt",
    "FinalClause",
    "LinkRound",
    "OldAddress",
    "Opinion",
    "OpinionGroup",
    "PageFault",
    "Picture",
    "Response",
    "ReviewStep",
    "Revision",
    "SearchEntry",
    "SenderMark",
    "ViewCount",
    "moved_holidays",
]

"""The tables of the portal."""

from taihua.rooms.portal.models.articles import (
    Article,
    ArticleFile,
    Picture,
    ReviewStep,
    Revision,
    ViewCount,
)
from taihua.rooms.portal.models.columns import Column, OldAddress
from taihua.rooms.portal.models.search import SearchEntry

__all__ = [
    "Article",
    "ArticleFile",
    "Column",
    "OldAddress",
    "Picture",
    "ReviewStep",
    "Revision",
    "SearchEntry",
    "ViewCount",
]

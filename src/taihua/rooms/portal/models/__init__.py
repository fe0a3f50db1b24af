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

__all__ = [
    "Article",
    "ArticleFile",
    "Column",
    "OldAddress",
    "Picture",
    "ReviewStep",
    "Revision",
    "ViewCount",
]

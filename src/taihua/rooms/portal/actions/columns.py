"""Columns come, are renamed, moved and closed; what has articles is never deleted."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account
from taihua.rooms.portal.access.articles import may_manage_columns
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.models import Column
from taihua.rooms.portal.models.columns import STALE_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a column is called, where it stands, whether everybody sees it."""

    title: str
    slug: str
    intro: str = ""
    above: Column | None = None
    place: int = 0
    is_open: bool = True
    stale_days: int | None = STALE_DAYS


@transaction.atomic
def open_column(*, about: About, by: Account) -> Column:
    """Open a new column.

    :raises ArticleRefused: not ``by``'s to do, or the address is taken
    """
    return _said(Column(), about, by)


@transaction.atomic
def change_column(*, column: Column, about: About, by: Account) -> Column:
    """Rename, move, close or open a column; its articles go with it.

    :raises ArticleRefused: not ``by``'s to do, the address is taken, or it would stand in itself
    """
    column = Column.objects.select_for_update().get(pk=column.pk)
    return _said(column, about, by)


def _said(column: Column, about: About, by: Account) -> Column:
    if not may_manage_columns(by):
        raise ArticleRefused(_("栏目由党办文员来管。"))
    if Column.objects.filter(slug=about.slug).exclude(pk=column.pk).exists():
        raise ArticleRefused(_("地址名“%(slug)s”已经有栏目用了，请换一个。") % {"slug": about.slug})
    if _stands_in(about.above, column):
        raise ArticleRefused(_("栏目不能放在自己下面。"))
    column.title, column.slug, column.intro = about.title, about.slug, about.intro
    column.above, column.place, column.is_open = about.above, about.place, about.is_open
    column.stale_days = about.stale_days
    column.save()
    return column


def _stands_in(place: Column | None, column: Column) -> bool:
    """Whether ``place`` is ``column`` or lies somewhere below it."""
    while place is not None:
        if place == column:
            return True
        place = place.above
    return False

"""The columns that most ledgers of things done share."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DAYS = ("日期", "时间", "发生日期", "年月日")


def who(title: "StrOrPromise", *synonyms: str) -> Column:
    """The person who did it, part of the key."""
    known = (*synonyms, "姓名", "人员")
    return Column("person", title, Kind.PERSON, required=True, key=True, synonyms=known)


def of_unit() -> Column:
    """The person's unit, which tells namesakes apart."""
    known = ("所在单位", "工作单位", "部门", "科室", "学校")
    help_text = _("有同名的人时用来分辨；导出时写当时所在的单位。")
    return Column("unit", _("单位"), Kind.UNIT, synonyms=known, help=help_text)


def unit(title: "StrOrPromise", *synonyms: str) -> Column:
    """The unit that did it, part of the key."""
    known = (*synonyms, "单位", "主办单位", "组织单位")
    return Column("unit", title, Kind.UNIT, required=True, key=True, synonyms=known)


def day(title: "StrOrPromise", *synonyms: str) -> Column:
    """The day on which it happened, part of the key; it must have come."""
    known = (*synonyms, *DAYS)
    return Column("day", title, Kind.DAY, required=True, key=True, past=True, synonyms=known)


def topic(title: "StrOrPromise", *synonyms: str, key: bool = False) -> Column:
    """What it was about: what the object is called."""
    return Column("topic", title, Kind.TEXT, required=True, key=key, synonyms=synonyms)

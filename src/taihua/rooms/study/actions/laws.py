"""Enter laws and their versions, and bring in the bank that comes with the house."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Account
from taihua.rooms.study.actions.law_bank import BankRefused, Put, put_items
from taihua.rooms.study.logic.gift import read_gift
from taihua.rooms.study.models import Article, Law, LawVersion
from taihua.rooms.study.queries.law_bank import version_to_ask

DATA = resources.files("taihua.rooms.study") / "data"
NOW, EARLIER = "questions.gift", "questions-earlier.gift"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A version of a law to be entered; ``changed`` are the articles unlike those before it."""

    adopted: date
    effective: date
    articles: int
    ended: date | None = None
    changed: Collection[int] = frozenset()
    texts: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def enter_law(*, short: str, title: str, kind: str) -> Law:
    """Enter a law, as yet without a text.

    :raises BankRefused: a law of that short name is there
    """
    law, is_new = Law.objects.get_or_create(short=short, defaults={"title": title, "kind": kind})
    if not is_new:
        raise BankRefused(_("法律库里已有《%(law)s》。") % {"law": short})
    return law


@transaction.atomic
def enter_version(*, law: Law, new: NewVersion, at: datetime) -> LawVersion:
    """Enter a version with all its articles; questions of the one before wait to be confirmed.

    :raises BankRefused: it does not come after the last version, a day or an article cannot be
    """
    last = law.versions.order_by("-effective_date").first()
    if new.effective < new.adopted:
        raise BankRefused(_("施行日期不能早于通过或公布日期。"))
    if last is not None and new.effective <= last.effective_date:
        raise BankRefused(_("新文本的施行日期要晚于已登记的文本。"))
    if new.ended is not None and new.ended < new.effective:
        raise BankRefused(_("失效日期不能早于施行日期。"))
    strange = sorted(number for number in new.changed if not 1 <= number <= new.articles)
    if strange:
        raise BankRefused(_("这一文本没有第 %(article)d 条。") % {"article": strange[0]})
    version = LawVersion.objects.create(
        law=law,
        adopted_date=new.adopted,
        effective_date=new.effective,
        ended_date=new.ended,
        articles_count=new.articles,
        entered_at=at,
    )
    Article.objects.bulk_create(
        Article(
            version=version,
            number=number,
            text=new.texts.get(number, ""),
            is_changed=number in new.changed,
        )
        for number in range(1, new.articles + 1)
    )
    return version


@transaction.atomic
def write_article(*, article: Article, text: str) -> None:
    """Keep the words of an article, so that a question can show what proves it."""
    article.text = text.strip()
    article.save(update_fields=["text"])


@transaction.atomic
def bring_starter_bank(*, at: datetime, by: Account | None) -> Put:
    """Bring in the laws and questions that come with the house, as far as they are out by that day.

    Laws that are there already are left as they are; done twice it changes nothing.

    :raises BankRefused: a question of the starter bank does not fit the laws as they stand here
    """
    on = local_day(at)
    laws = tomllib.loads((DATA / "laws.toml").read_text("utf-8"))["law"]
    for told in laws:
        _enter(told, on, at)
    shipped = {told["short"]: told["version"] for told in laws}
    done = Put()
    for name in (NOW, EARLIER):
        gift = read_gift((DATA / name).read_text("utf-8"))
        items = [each.item for each in gift.found if _fits(each.item.law, name, shipped, on)]
        put = put_items(items, at=at, by=by)
        done = Put(done.new + put.new, done.changed + put.changed, done.same + put.same)
    return done


def _enter(told: Mapping[str, Any], on: date, at: datetime) -> None:
    """Enter a law with what was adopted by that day, unless it is there or has ended."""
    versions = [each for each in told["version"] if each["adopted"] <= on]
    ended = versions[-1].get("ended", date.max) if versions else date.min
    if ended >= on and not Law.objects.filter(short=told["short"]).exists():
        law = enter_law(short=told["short"], title=told["title"], kind=told["kind"])
        for version in versions:
            enter_version(law=law, new=_version(version), at=at)


def _fits(short: str, name: str, shipped: Mapping[str, Any], on: date) -> bool:
    """Whether the questions of that file are of the version that the house has of a law."""
    law = Law.objects.filter(short=short).first()
    version = version_to_ask(law, on) if law else None
    if version is None:
        return False
    newest = shipped[short][-1]
    outdated = "ended" in newest or version.effective_date != newest["effective"]
    return outdated == (name == EARLIER)


def _version(told: Mapping[str, Any]) -> NewVersion:
    changed = told.get("changed", ())
    count: int = told["articles"]
    return NewVersion(
        adopted=told["adopted"],
        effective=told["effective"],
        ended=told.get("ended"),
        articles=count,
        changed=frozenset(range(1, count + 1) if changed == "all" else changed),
        texts={int(number): text for number, text in told.get("texts", {}).items()},
    )

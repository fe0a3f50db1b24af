"""What the demonstration district has published, and what is on its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from taihua.base.clock import ZONE, local_day
from taihua.kernel.documents.models import Version
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Unit
from taihua.rooms.portal.actions.articles import Place, Words, begin
from taihua.rooms.portal.actions.bringing_in import bring_in, preview
from taihua.rooms.portal.actions.publishing import add_pdf, issuing_unit, publish
from taihua.rooms.portal.actions.reading_in import Old
from taihua.rooms.portal.actions.review import hand_in, issue, pass_on, withdraw
from taihua.rooms.portal.logic.words import to_html
from taihua.rooms.portal.models import Article, Column
from taihua.rooms.portal.models.columns import STALE_DAYS
from taihua.rooms.portal.queries.editing import documents_to_publish
from taihua.rooms.portal.room.texts import (
    AFTERWARDS,
    COLUMNS,
    IN_REVIEW,
    LEADING,
    NEWS,
    NOTICE,
    OLD,
    SCHEDULED,
    WHY_WITHDRAWN,
    WITHDRAWN,
    WRITTEN,
    Told,
)

LEADING_AT = datetime(2013, 12, 4, 19, 52, 14, tzinfo=ZONE)
ISSUED_AT = time(16, 20)
OLD_NUMBER = 3700


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes for which unit, who reads it, who issues."""

    columns: Mapping[str, Column]
    hands: Mapping[str, tuple[Account, Account, Unit, str]]
    issuer: Account


def tell(story: Story) -> None:
    """Two years of articles: the old ones brought in, the others drafted, read and issued.

    On the story's last day one waits for review, one is scheduled, one was taken down.
    """
    desk = _desk()
    if desk is None:
        return
    _bring(desk, story.on)
    for told in WRITTEN:
        if _day(told) <= story.on:
            _issued(desk, told)
    for kind, column, day in AFTERWARDS:
        at = story.moment(date.fromisoformat(day), 10, 30)
        story.later(at, partial(_publish_issued, desk, kind, column))
    story.later(LEADING_AT, partial(_publish_report, desk))
    if story.on < LEADING_AT.date():
        return
    _wait(desk)
    _publish_first(desk, story.on)
    _publish_newest(desk, story.on, *NOTICE)


def _desk() -> Desk | None:
    accounts = {each.username: each for each in Account.objects.all()}
    units = {
        each.code: each for each in Unit.objects.filter(code__in=["bureau", "jijiao", "school-1"])
    }
    cast = [accounts.get(name) for name in ("lin", "zhou", "su", "shen", "keeper")]
    lin, zhou, su, shen, keeper = cast
    if not (lin and zhou and su and shen and keeper) or len(units) < 3 or Column.objects.exists():  # noqa: PLR2004
        return None
    if Role.UNIT_CLERK not in shen.roles:
        return None
    hands = {
        "office": (keeper, su, units["bureau"], "admin"),
        "jijiao": (su, zhou, units["jijiao"], "苏禾"),
        "school": (shen, su, units["school-1"], "沈青"),
    }
    return Desk(_columns(), hands, lin)


def _columns() -> dict[str, Column]:
    found: dict[str, Column] = {}
    for place, (slug, title, intro, above) in enumerate(COLUMNS, start=1):
        found[slug] = Column.objects.create(
            slug=slug,
            title=title,
            intro=intro,
            place=place,
            above=found.get(above),
            stale_days=None if slug in NEWS else STALE_DAYS,
        )
    return found


def _bring(desk: Desk, on: date) -> None:
    """The articles of the former site, brought in when the portal was opened."""
    at = datetime(2012, 7, 2, 10, tzinfo=ZONE)
    if at.date() > on:
        return
    unit = desk.hands["office"][2]
    old = [
        Old(
            where=f"{number}.html",
            title=told.title,
            published_at=datetime.combine(_day(told), time(9, number % 60), ZONE),
            html=to_html(told.text),
            source=unit.name,
            byline="admin",
            address=f"/news/show.asp?id={number}",
            column=desk.columns[told.column].title,
        )
        for number, told in enumerate(OLD, start=OLD_NUMBER)
    ]
    bring_in(found=preview(old, None, at), unit=unit, by=desk.hands["office"][0], at=at)


def _begun(desk: Desk, told: Told, at: datetime, published_at: datetime | None = None) -> Article:
    writer, _reviewer, unit, byline = desk.hands[told.writer]
    words = Words(title=told.title, text=told.text, source=unit.name, byline=byline)
    place = Place(column=desk.columns[told.column], unit=unit, published_at=published_at)
    article = begin(words=words, place=place, by=writer, at=at)
    hand_in(article=article, expected=1, by=writer, at=at + timedelta(minutes=10))
    return article


def _issued(desk: Desk, told: Told, published_at: datetime | None = None) -> Article:
    at = datetime.combine(_day(told), ISSUED_AT, ZONE)
    article = _begun(desk, told, at - timedelta(hours=6), published_at)
    reviewer = desk.hands[told.writer][1]
    pass_on(article=article, expected=1, by=reviewer, at=at - timedelta(hours=2))
    return issue(article=article, expected=1, by=desk.issuer, at=at)


def _wait(desk: Desk) -> None:
    _begun(desk, IN_REVIEW, datetime.combine(_day(IN_REVIEW), time(15), ZONE))
    _issued(desk, SCHEDULED, published_at=datetime(2013, 12, 16, 8, tzinfo=ZONE))
    taken = _issued(desk, WITHDRAWN)
    withdraw(
        article=taken,
        reason=WHY_WITHDRAWN,
        by=desk.issuer,
        at=datetime(2013, 10, 28, 9, 30, tzinfo=ZONE),
    )


def _publish_first(desk: Desk, on: date) -> None:
    """Publish the document that was issued longest ago; the others wait for somebody to do it."""
    version = documents_to_publish().order_by("issued_at", "pk").first()
    if version is None or version.issued_at is None:
        return
    at = version.issued_at + timedelta(days=1)
    if local_day(at) <= on:
        _publish(desk, version, "learning", version.document.title, at)


def _publish_newest(desk: Desk, on: date, kind: str, column: str) -> None:
    """Publish what was issued last of a kind, the afternoon it was issued."""
    version = documents_to_publish().filter(document__kind=kind).first()
    if version is None or version.issued_at is None:
        return
    at = version.issued_at + timedelta(hours=4)
    if local_day(at) <= on:
        _publish(desk, version, column, version.document.title, at)


def _publish_issued(desk: Desk, kind: str, column: str, at: datetime) -> None:
    """Publish what was issued last of a kind by then; rooms that tell later issue it."""
    issued = documents_to_publish().filter(document__kind=kind, issued_at__lt=at)
    version = issued.order_by("-issued_at", "-pk").first()
    if version is not None:
        _publish(desk, version, column, version.document.title, at)


def _publish_report(desk: Desk, at: datetime) -> None:
    """Publish the report of the year as an article, its figures with their basis."""
    kind, column, title = LEADING
    version = documents_to_publish().filter(document__kind=kind).first()
    if version is not None:
        _publish(desk, version, column, title, at)


def _publish(desk: Desk, version: Version, column: str, title: str, at: datetime) -> None:
    unit = issuing_unit(version)
    words = Words(title=title, text="", source=unit.name, byline="admin")
    place = Place(column=desk.columns[column], unit=unit)
    article = publish(version=version, words=words, place=place, by=desk.issuer, at=at)
    add_pdf(article=article, at=at)


def _day(told: Told) -> date:
    return date.fromisoformat(told.day)

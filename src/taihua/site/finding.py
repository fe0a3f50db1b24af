"""What a search comes upon: what the rooms know, and what the kernel keeps for everybody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taihua.base.search import excerpt, stand_in, standing_in
from taihua.base.templatetags.page import listed, longday
from taihua.kernel import house
from taihua.kernel.documents.queries import issued
from taihua.kernel.house import Found
from taihua.kernel.org.access import is_admin, oversees
from taihua.kernel.org.models import Account
from taihua.kernel.org.queries import open_units, people_seen_by, units_of, units_seen_by
from taihua.kernel.rules.queries import rules_in_force
from taihua.kernel.rules.shelf import newest_books
from taihua.site.menu import Place, places_of

MOST = 10  # shown of one kind

type Finder = Callable[[Account, Sequence[str], date], list[Found]]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, and whether there is more of it."""

    title: str
    found: list[Found]
    more: bool


def find(account: Account, words: Sequence[str], on: date) -> list[Group]:
    """Everything in which all ``words`` stand and which ``account`` may see, by kind."""
    rooms = house.found_by(account, words, MOST + 1)
    groups = [
        *((title, finder(account, words, on)) for title, finder in FIRST.items()),
        *((room.title, found) for room, found in rooms),
        *((title, finder(account, words, on)) for title, finder in LAST.items()),
    ]
    return [Group(str(title), hits[:MOST], len(hits) > MOST) for title, hits in groups if hits]


def _people(account: Account, words: Sequence[str], on: date) -> list[Found]:
    if not oversees(account):
        return []
    seen = people_seen_by(account, on).filter(standing_in(words, "name", "code"))
    people = list(seen[: MOST + 1])
    places = units_of(people, on)
    return [
        Found(
            title=person.name,
            url=reverse("org:person", args=[person.code]),
            excerpt=listed(filter(None, [person.code, places.get(person.pk)])),
        )
        for person in people
    ]


def _units(account: Account, words: Sequence[str], on: date) -> list[Found]:
    if not oversees(account):
        return []
    units = open_units(on).filter(standing_in(words, "name"), pk__in=units_seen_by(account))
    return [
        Found(
            title=unit.name,
            url=reverse("desk:unit", args=[unit.code]),
            excerpt=str(unit.get_kind_display()),
        )
        for unit in units[: MOST + 1]
    ]


def _rules(account: Account, words: Sequence[str], on: date) -> list[Found]:
    books = [
        Found(
            title=f"《{book.title}》",
            url=reverse("rules:book", args=[book.code]),
            excerpt=excerpt(book.source, words),
        )
        for book in newest_books()
        if stand_in(words, book.title, book.source)
    ]
    rules = [
        Found(
            title=rule.sentence,
            url=reverse("rules:rule", args=[rule.code]),
            excerpt=excerpt(rule.source, words),
        )
        for rule in rules_in_force(on)
        if stand_in(words, rule.sentence, rule.source)
    ]
    return [*books, *rules]


def _documents(account: Account, words: Sequence[str], on: date) -> list[Found]:
    versions = issued().filter(standing_in(words, "document__title", "document__number"))
    return [
        Found(
            title=str(version.document),
            url=reverse("documents:document", args=[version.document_id]),
            excerpt=f"{version.document.number} {longday(version.issued_at)}".strip(),
        )
        for version in versions.defer("body", "provenance")[: MOST + 1]
    ]


def _ledgers(account: Account, words: Sequence[str], on: date) -> list[Found]:
    return [
        Found(
            title=str(ledger.title),
            url=reverse("ledgers:ledger", args=[ledger.code]),
            excerpt=str(ledger.sentence),
        )
        for ledger in house.ledgers().values()
        if stand_in(words, str(ledger.title), str(ledger.sentence))
    ]


def _pages(account: Account, words: Sequence[str], on: date) -> list[Found]:
    menu = [place for _room, place in places_of(account)]
    own = [
        Place(str(title), reverse(name), str(sentence))
        for title, name, sentence, admits in OWN_PAGES
        if admits(account)
    ]
    return [
        Found(title=place.title, url=place.url, excerpt=place.sentence)
        for place in [*menu, *own]
        if stand_in(words, place.title, place.sentence)
    ]


def _everybody(account: Account) -> bool:
    return True


OWN_PAGES = [
    (_("日历订阅"), "desk:calendars", _("把学习、会议和到期的事放进自己的日历。"), _everybody),
    (_("我的账户"), "me", _("看自己的用户名和职责。"), _everybody),
    (_("修改密码"), "account_change_password", _("换一个登录口令。"), _everybody),
    (_("两步验证"), "mfa_index", _("登录时加一道动态验证码。"), _everybody),
    (_("外观"), "appearance", _("选字号和纸色，只记在这个浏览器里。"), _everybody),
    (_("人员"), "org:people", _("找一个人，看他的任职经历。"), oversees),
    (_("账号和角色"), "org:accounts", _("给人开账号、定角色、重发口令。"), is_admin),
]
FIRST: dict[object, Finder] = {_("人员"): _people, _("单位"): _units}
LAST: dict[object, Finder] = {
    _("制度"): _rules,
    _("文件"): _documents,
    _("台账"): _ledgers,
    _("页面"): _pages,
}

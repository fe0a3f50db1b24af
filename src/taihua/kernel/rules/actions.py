"""Adopting, amending and retiring rules, and exempting from them: each is itself on record.

An entry is never edited: what it said until now stays on file (``known_until``), and what holds from
a day on is said anew, so that any past verdict can be drawn again from what was known then.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.templatetags.page import longday, moment
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record
from taihua.kernel.rules.ground import ground_for
from taihua.kernel.rules.lint import Finding, lint, refusals
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.models import Exemption, RuleBook, RuleEntry
from taihua.kernel.rules.packs import rule_to_data
from taihua.kernel.rules.packtext import Pack, parse_pack
from taihua.kernel.rules.packwriter import drop_rules
from taihua.kernel.rules.wordings import wordings_of

A_DAY = timedelta(days=1)


class RulesRefused(Exception):
    """The rules were not changed; the message is written for the clerk.

    ``findings`` are the linter's reasons, where it was the linter that refused.
    """

    def __init__(self, reason: str, findings: Sequence[Finding] = ()) -> None:
        self.findings = findings
        super().__init__("\n".join([reason, *(f"{each.rule}：{each.reason}" for each in findings)]))


@transaction.atomic
def adopt(
    *,
    text: str,
    at: datetime,
    on: date,
    by: Account | None = None,
    effective_from: date | None = None,
    without: Collection[str] = (),
) -> RuleBook:
    """Let a new book of rules hold from ``effective_from`` on, by default from its own day.

    :param on: the day of adoption, by which the linter judges sources and roster
    :param without: codes of rules that are left out
    :raises PackRefused: the text is no pack
    :raises RulesRefused: the linter refuses, or a book of that code was adopted before
    """
    pack = parse_pack(drop_rules(text, without) if without else text)
    if newest := _newest(pack.code):
        raise RulesRefused(_there_already(newest))
    _linted(pack, on)
    book = _version(pack, 1, effective_from or pack.effective_from, by=by, at=at)
    for rule in pack.rules:
        first = max(rule.valid_from, book.effective_from)
        _enter(book, rule, first, in_force_from=first, at=at)
    _record("adopted-rules", book, by=by, at=at)
    return book


@transaction.atomic
def amend(
    *,
    text: str,
    expected_version: int,
    effective_from: date,
    at: datetime,
    on: date,
    by: Account | None = None,
    verb: str = "amended-rules",
) -> RuleBook:
    """Let a book say what ``text`` says from ``effective_from`` on; before that it said what it said.

    A rule whose words did not change goes on untouched; one that is gone from the text ends the day
    before.

    :raises PackRefused: the text is no pack
    :raises RulesRefused: the linter refuses, nothing has changed, there is no such book, or
        somebody else was faster
    """
    pack = parse_pack(text)
    newest = _newest(pack.code)
    if newest is None:
        raise RulesRefused(_("还没有通过代码为“%(code)s”的制度。") % {"code": pack.code})
    _not_retired(newest)
    if newest.version != expected_version:
        raise RulesRefused(_somebody_was_faster(newest))
    if newest.text == pack.text:
        raise RulesRefused(_("与现在的第 %(version)d 版没有不同。") % {"version": newest.version})
    _linted(pack, on)
    book = _version(pack, newest.version + 1, effective_from, by=by, at=at)
    known = {code: _entries(book.code, code) for code in _codes_of(book.code)}
    for rule in pack.rules:
        _restate(book, rule, known.get(rule.code, []), at=at)
    for code in known.keys() - {rule.code for rule in pack.rules}:
        _end(known[code], effective_from, at=at)
    _record(verb, book, by=by, at=at)
    return book


def retire(
    *, code: str, from_day: date, at: datetime, on: date, by: Account | None = None
) -> RuleBook:
    """Let one rule hold no more from ``from_day`` on.

    :raises RulesRefused: no such rule holds
    """
    wordings = wordings_of(code)
    newest = _newest(wordings[-1].book) if wordings else None
    if newest is None or parse_pack(newest.text).rule(code) is None:
        raise RulesRefused(_("没有施行中的条目“%(code)s”。") % {"code": code})
    return amend(
        text=drop_rules(newest.text, [code]),
        expected_version=newest.version,
        effective_from=from_day,
        at=at,
        on=on,
        by=by,
        verb="retired-rules",
    )


@transaction.atomic
def retire_book(*, code: str, from_day: date, at: datetime, by: Account | None = None) -> RuleBook:
    """Let a whole book hold no more from ``from_day`` on; it is not taken up again.

    :raises RulesRefused: there is no such book, or it was retired before
    """
    newest = _newest(code)
    if newest is None:
        raise RulesRefused(_("还没有通过代码为“%(code)s”的制度。") % {"code": code})
    _not_retired(newest)
    for rule_code in _codes_of(code):
        _end(_entries(code, rule_code), from_day, at=at)
    newest.retired_from = from_day
    newest.save(update_fields=["retired_from"])
    _record("retired-rules", newest, by=by, at=at)
    return newest


@transaction.atomic
def exempt(
    *,
    rule_code: str,
    first_day: date,
    last_day: date,
    reason: str,
    at: datetime,
    person: Person | None = None,
    unit: Unit | None = None,
    by: Account | None = None,
) -> Exemption:
    """Let a person or a unit off one rule for some days, with the reason and who approved it.

    The same exemption again changes nothing.

    :raises RulesRefused: no such rule, not exactly one subject, days the wrong way round, no reason
    """
    wordings = wordings_of(rule_code)
    if not wordings:
        raise RulesRefused(_("没有条目“%(code)s”。") % {"code": rule_code})
    if (person is None) == (unit is None) or (wordings[-1].subject == "person") != bool(person):
        raise RulesRefused(_("这一条是给个人的就免除个人，是给单位的就免除单位。"))
    if last_day < first_day:
        raise RulesRefused(_("免除结束日期不能早于开始日期。"))
    if not reason.strip():
        raise RulesRefused(_("请写明免除的原因。"))
    told = {"rule_code": rule_code, "person": person, "unit": unit, "reason": reason.strip()}
    days = {"first_day": first_day, "last_day": last_day}
    if same := Exemption.objects.known().filter(**told, **days).first():
        return same
    exemption = Exemption.objects.create(**told, **days, approved_by=by, known_from=at)
    _record_exemption("exempted", exemption, by=by, at=at)
    return exemption


@transaction.atomic
def end_exemption(*, exemption: Exemption, at: datetime, by: Account | None = None) -> None:
    """Take an exemption back, as if it had never been granted; it stays on file.

    :raises RulesRefused: it was taken back before
    """
    row = Exemption.objects.select_for_update().get(pk=exemption.pk)
    if row.known_until is not None:
        raise RulesRefused(_("这项免除已经撤销过了。"))
    row.known_until = max(at, row.known_from)
    row.save(update_fields=["known_until"])
    _record_exemption("unexempted", row, by=by, at=at)


# --- the pieces ---------------------------------------------------------------------------------------


def _newest(code: str) -> RuleBook | None:
    return RuleBook.objects.filter(code=code).order_by("-version").first()


def _linted(pack: Pack, on: date) -> None:
    if grave := refusals(lint(pack, ground_for(pack, on))):
        raise RulesRefused(_("《%(title)s》不能通过：") % {"title": pack.title}, grave)


def _not_retired(book: RuleBook) -> None:
    if book.retired_from is not None:
        named = {"title": book.title, "day": longday(book.retired_from)}
        raise RulesRefused(_("《%(title)s》已从 %(day)s起废止。") % named)


def _there_already(book: RuleBook) -> str:
    return _("《%(title)s》已经通过到第 %(version)d 版了，要改请修改它。") % {
        "title": book.title,
        "version": book.version,
    }


def _somebody_was_faster(book: RuleBook) -> str:
    return _(
        "%(who)s已在%(when)s通过了第 %(version)d 版。您写的没有丢：请对照新的版本再改一次。"
    ) % {
        "who": book.adopted_by or _("别人"),
        "when": moment(book.adopted_at),
        "version": book.version,
    }


def _version(
    pack: Pack, version: int, effective_from: date, *, by: Account | None, at: datetime
) -> RuleBook:
    try:
        with transaction.atomic():
            return RuleBook.objects.create(
                code=pack.code,
                version=version,
                title=pack.title,
                level=pack.level,
                source=pack.source,
                effective_from=effective_from,
                text=pack.text,
                adopted_at=at,
                adopted_by=by,
            )
    except IntegrityError:
        newest = RuleBook.objects.get(code=pack.code, version=version)
        raise RulesRefused(_somebody_was_faster(newest)) from None


def _codes_of(book_code: str) -> list[str]:
    entries = RuleEntry.objects.known().filter(book__code=book_code)
    return sorted(set(entries.values_list("code", flat=True)))


def _entries(book_code: str, code: str) -> list[RuleEntry]:
    known = RuleEntry.objects.known().filter(book__code=book_code, code=code)
    return list(known.order_by("valid_from", "pk"))


def _enter(
    book: RuleBook, rule: Rule, valid_from: date, *, in_force_from: date, at: datetime
) -> None:
    if rule.valid_to is not None and rule.valid_to < valid_from:
        return
    RuleEntry.objects.create(
        book=book,
        code=rule.code,
        mechanism=rule.mechanism,
        data=rule_to_data(rule),
        in_force_from=in_force_from,
        valid_from=valid_from,
        valid_to=rule.valid_to,
        known_from=at,
    )


def _restate(book: RuleBook, rule: Rule, entries: Sequence[RuleEntry], *, at: datetime) -> None:
    """Let a rule say its new words from the book's day on, where they differ from the old."""
    first = max(rule.valid_from, book.effective_from)
    spanning = next((each for each in entries if each.touches(first, first)), None)
    later = [each for each in entries if each.valid_from > first]
    if spanning and not later and _says_the_same(spanning, rule):
        return
    since = spanning.in_force_from if spanning else first
    _end(entries, first, at=at)
    _enter(book, rule, first, in_force_from=since, at=at)


def _says_the_same(entry: RuleEntry, rule: Rule) -> bool:
    return _words(entry.data) == _words(rule_to_data(rule)) and entry.valid_to == rule.valid_to


def _words(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in {"valid_from", "valid_to"}}


def _end(entries: Sequence[RuleEntry], from_day: date, *, at: datetime) -> None:
    """Believe no more that these hold on ``from_day`` or later; until then they did."""
    for entry in entries:
        if entry.valid_to is not None and entry.valid_to < from_day:
            continue
        RuleEntry.objects.filter(pk=entry.pk).update(known_until=max(at, entry.known_from))
        if entry.valid_from < from_day:
            entry.pk = None
            entry.known_from, entry.known_until = at, None
            entry.valid_to = from_day - A_DAY
            entry.save(force_insert=True)


def _record(verb: str, book: RuleBook, *, by: Account | None, at: datetime) -> None:
    record(
        verb=verb,
        kind="rules/book",
        path=f"rules/book/{book.code}/{book.version}",
        label=f"《{book.title}》第 {book.version} 版",
        at=at,
        result={"effective_from": book.effective_from.isoformat()},
        entered_by=by,
        **_acting(by),
    )


def _record_exemption(verb: str, exemption: Exemption, *, by: Account | None, at: datetime) -> None:
    record(
        verb=verb,
        kind="rules/exemption",
        path=f"rules/exemption/{exemption.pk}",
        label=f"{exemption.rule_code} {exemption.person or exemption.unit} "
        f"{longday(exemption.first_day)}—{longday(exemption.last_day)}",
        at=at,
        entered_by=by,
        **_acting(by),
    )


def _acting(by: Account | None) -> dict[str, Any]:
    """Whose act it is: the clerk's, or, where no person stands behind the account, the bureau's."""
    if by is not None and by.person is not None:
        return {"person": by.person}
    bureau = Unit.objects.filter(kind=UnitKind.BUREAU).order_by("opened", "pk").first()
    if bureau is None:
        raise RulesRefused(_("还没有局机关这个单位，请先导入名册。"))
    return {"unit": bureau}

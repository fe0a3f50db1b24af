"""``taihua verdicts``: how every duty of the year stands."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.base.periods import Period
from taihua.kernel.org.models import Unit
from taihua.kernel.org.queries import subtree_ids, terms_on
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import Subject
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.management.told import a_day, a_moment, as_json, verdict_data
from taihua.kernel.rules.queries import counted, verdicts
from taihua.kernel.rules.shelf import actors
from taihua.kernel.rules.wordings import turns


class Command(BaseCommand):
    """Every verdict of the periods that end in the year of a day, and of those that run on it."""

    help = "列出结论：谁、哪一条、哪个周期、怎样"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--book", metavar="B", help="只要这部制度的")
        parser.add_argument("--rule", metavar="R", help="只要这一条")
        parser.add_argument("--on", metavar="DATE", type=a_day, help="问哪一天的情况，默认今天")
        parser.add_argument("--known", metavar="MOMENT", type=a_moment, help="按哪一刻所知道的")
        parser.add_argument("--unit", metavar="U", help="只要这个单位、下属单位和其中的人")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or clock.today()
        known = options["known"]
        found = list(
            judged_year(on, known, options["book"], options["rule"], _unit(options["unit"]))
        )
        if options["json"]:
            self.stdout.write(as_json(found))
            return
        for each in found:
            numbers = f"{each['done']}/{each['asked']}"
            self.stdout.write(
                f"{each['state']:<10} {each['rule']:<28} {each['subject']:<14}"
                f" {each['period']:<10} {numbers:>9}  {each['due']}"
            )


def judged_year(
    on: date, known: datetime | None, book: str | None, rule: str | None, unit: Unit | None
) -> Iterator[dict[str, Any]]:
    """The verdicts of a year as data, by rule, subject and period.

    :raises CommandError: no such book or rule
    """
    wanted = turns(date(on.year, 1, 1), date(on.year, 12, 31), on, known)
    chosen = [
        turn
        for turn in wanted
        if (book is None or turn[0].book == book) and (rule is None or turn[0].code == rule)
    ]
    if not chosen and (rule or book):
        raise CommandError(
            _("%(year)d 年没有在用的条目：%(named)s。")
            % {"year": on.year, "named": " ".join(filter(None, (book, rule)))}
        )
    directory = Directory.read()
    for each, periods in chosen:
        subjects = None if unit is None else _subjects(each, unit, on)
        yield from _of_rule(each, periods, on, known, subjects, directory)


def _of_rule(
    rule: Rule,
    periods: Sequence[Period],
    on: date,
    known: datetime | None,
    subjects: Collection[int] | None,
    directory: Directory,
) -> Iterator[dict[str, Any]]:
    rows = verdicts(rule, periods, on, known=known, subjects=subjects, directory=directory)
    uuids = counted(rule, periods, on, known=known, subjects=subjects, directory=directory)
    codes = {
        pk: actor.code for pk, actor in actors(rule.subject, {r.subject for r in rows}).items()
    }
    for row in sorted(rows, key=lambda row: (codes[row.subject], row.period.first)):
        yield verdict_data(
            rule,
            row.period,
            subject=codes[row.subject],
            asked=row.asked,
            done=row.done,
            state=row.state,
            statements=uuids.get((row.subject, row.period.key), []),
        )


def _unit(code: str | None) -> Unit | None:
    if code is None:
        return None
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(_("没有代码是 %(code)s 的单位。") % {"code": code})
    return unit


def _subjects(rule: Rule, unit: Unit, on: date) -> set[int]:
    units = subtree_ids([unit.pk])
    if rule.subject is Subject.UNIT:
        return units
    return set(terms_on(on).filter(unit__in=units).order_by().values_list("person_id", flat=True))

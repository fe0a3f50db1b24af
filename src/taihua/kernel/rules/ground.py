"""What the linter needs to know of the house, read from the database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import DatabaseError

from taihua.base.periods import Period
from taihua.kernel.org.models import Term, Unit
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import Subject
from taihua.kernel.rules.lint import Ground
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.models import RuleEntry
from taihua.kernel.rules.packtext import Pack
from taihua.kernel.rules.queries import standing
from taihua.kernel.rules.wordings import versions


def ground_for(pack: Pack, on: date) -> Ground:
    """The house as the rules of ``pack`` find it on ``on``."""
    directory = Directory.read()
    return Ground(
        on=on,
        verbs=frozenset(directory.verbs) or None,
        kinds=frozenset(directory.kinds) or None,
        concerned=concerned(pack.rules, on, directory) if Term.objects.exists() else None,
        in_force=[
            rule
            for rule in versions()
            if rule.book != pack.code and (rule.said_until is None or rule.said_until >= on)
        ],
        owners=dict(
            RuleEntry.objects.exclude(book__code=pack.code)
            .order_by()
            .values_list("code", "book__title")
        ),
    )


def bare_ground(on: date) -> Ground:
    """What can be said where there is no house yet, only a text."""
    return Ground(on=on)


def ground_or_bare(pack: Pack, on: date) -> Ground:
    """The house if it has been built; the linter works without it too."""
    try:
        return ground_for(pack, on)
    except DatabaseError:
        return bare_ground(on)


def concerned(rules: Iterable[Rule], on: date, directory: Directory) -> dict[str, int]:
    """How many people or units each rule would concern, on ``on`` or on its own first day."""
    units = list(Unit.objects.values_list("pk", "opened", "closed"))
    found = {}
    for rule in rules:
        day = max(on, rule.valid_from)
        if rule.subject is Subject.UNIT:
            named = directory.units_named(rule)
            found[rule.code] = sum(
                (named is None or pk in named)
                and opened <= day
                and (closed is None or closed >= day)
                for pk, opened, closed in units
            )
        else:
            found[rule.code] = _people(rule, day, directory)
    return found


def _people(rule: Rule, day: date, directory: Directory) -> int:
    eternal = replace(
        rule, valid_from=date.min, in_force_from=None, valid_to=None, leave_excuses=False
    )
    single = Period("day", day, day, day, day, day)
    return sum(standing(eternal, [single], day, directory=directory)["day"].values())

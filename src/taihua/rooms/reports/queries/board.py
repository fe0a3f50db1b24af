"""The board: every declared mechanism under the four marks, in a year, for a unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.kernel import house
from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.logic import Figure, Standing, Value
from taihua.kernel.measures.queries import values
from taihua.kernel.org.models import Unit
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import State
from taihua.kernel.rules.logic import rule_periods
from taihua.kernel.rules.queries import rules_between, standing
from taihua.rooms.reports.logic.board import Cell, Row
from taihua.rooms.reports.queries.figures import year_asked


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule and how its duties stand: how many of them in each state."""

    code: str
    sentence: str
    states: dict[str, int]


def board(year: int, on: date, unit: Unit | None = None) -> list[Row]:
    """The four marks of each mechanism; of a unit, what it and its people did.

    A mark names a figure, or a rule: then it is full when the rule is kept by everybody judged.
    Of a unit, a rule under which nobody there is judged asks nothing; of the whole house it does.
    """
    return _rows(house.mechanisms(), year, on, unit)


def row_of(code: str, year: int, on: date, unit: Unit | None = None) -> Row | None:
    """One mechanism of the board, or None where nobody declares it; only its figures are counted."""
    named = [each for each in house.mechanisms() if each.code == code]
    return next(iter(_rows(named, year, on, unit)), None)


def _rows(mechanisms: Sequence[Mechanism], year: int, on: date, unit: Unit | None) -> list[Row]:
    figures = _figures(mechanisms)
    counted = values(figures.values(), year_asked(year, on, unit=unit))
    query = urlencode({"year": year} | ({"unit": unit.code} if unit else {}))
    return [
        Row(
            mechanism.code,
            str(mechanism.title),
            tuple(
                _cell(name, mark, counted[mark.figure], query, of_unit=unit is not None)
                for name, mark in (
                    (_("计划"), mechanism.plan),
                    (_("内容"), mechanism.content),
                    (_("检查"), mechanism.check),
                    (_("效果"), mechanism.effect),
                )
            ),
        )
        for mechanism in mechanisms
    ]


def kept(code: str, year: int, on: date, unit: Unit | None = None) -> list[Kept]:
    """The rules of a mechanism in a year, and how many duties stand how under each."""
    asked = year_asked(year, on, unit=unit)
    directory = Directory.read()
    return [
        Kept(
            rule.code,
            rule.sentence,
            _added(standing(rule, periods, on, units=asked.units, directory=directory)),
        )
        for rule in rules_between(asked.first, min(asked.last, on))
        if rule.mechanism == code
        for periods in [rule_periods(rule, asked.first, asked.last)]
    ]


def _added(by_period: Mapping[str, Mapping[State, int]]) -> dict[str, int]:
    """All periods together, by state, in the order in which states are told."""
    found = {
        state.value: sum(states.get(state, 0) for states in by_period.values()) for state in State
    }
    return {state: count for state, count in found.items() if count}


def _figures(mechanisms: Iterable[Mechanism]) -> dict[str, Figure]:
    """The figures that the marks name; a rule's code becomes a figure of its own."""
    declared = house.figures()
    marks = [
        mark for each in mechanisms for mark in (each.plan, each.content, each.check, each.effect)
    ]
    return {
        mark.figure: declared.get(mark.figure)
        or Figure(mark.figure, "", "", "", Standing(mark.figure, share=True))
        for mark in marks
    }


def _cell(name: str, mark: Mark, value: Value, query: str, *, of_unit: bool) -> Cell:
    href = ""
    if mark.figure in house.figures():
        href = f"{reverse('reports:figure', args=[mark.figure])}?{query}"
    elif value.provenance.sql:
        href = reverse("rules:rule", args=[mark.figure])
    number, judged = Fraction(value.number), value.judged if of_unit else None
    return Cell(name, number, mark.at_least, str(value), str(mark.gap), href, judged)

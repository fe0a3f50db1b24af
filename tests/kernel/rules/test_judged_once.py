"""What was judged before is given again only while nothing that it rests on has changed."""

from collections import Counter
from datetime import date, timedelta

import pytest

from taihua.kernel.records.actions import record
from taihua.kernel.rules.enums import State, Subject
from taihua.kernel.rules.models import Exemption
from taihua.kernel.rules.queries import (
    standing,
    states,
    verdicts,
)
from taihua.kernel.rules.wordings import turns
from tests.factories import in_force
from tests.kernel.rules.lives import LAST, World, noon, rules
from tests.kernel.rules.packs import ON

pytestmark = pytest.mark.django_db


def test_what_is_remembered_is_never_what_no_longer_holds(bureau, school):
    rules()
    world = World(6, bureau, school)
    everybody = {
        Subject.PERSON: [person.pk for person in world.people],
        Subject.UNIT: [unit.pk for unit in world.units],
    }
    turned = [(rule, periods[-1]) for rule, periods in turns(date(2012, 1, 1), LAST, ON)]
    changed = set()
    for step in range(24):
        for rule, period in turned:
            now = verdicts(rule, [period], ON)
            stood = [(row.subject, row.state) for row in now]

            assert states(rule, period, ON) == stood
            assert standing(rule, [period], ON)[period.key] == Counter(row.state for row in now)
            assert verdicts(rule, [period], ON, subjects=everybody[rule.subject]) == now
            changed.add((rule.code, tuple(stood)))
        world.change(step)

    assert len(changed) > len(turned) + 6  # the answers did change on the way


def test_who_is_exempted_is_so_on_the_next_page(lin, zhou):
    in_force("q.visits", audience={})
    at = noon(ON - timedelta(days=90))
    record(verb="read", kind="reading/book", path="book/1", label="书", at=at, occurred_at=at,
           person=lin)  # fmt: skip
    rule, periods = next(each for each in turns(ON.replace(day=1), ON, ON))
    period = periods[-1]

    def stood():
        found = dict(states(rule, period, ON))
        counts = standing(rule, [period], ON)[period.key]
        rows = verdicts(rule, [period], ON, subjects=[lin.pk, zhou.pk])
        assert counts == Counter(found.values())
        assert found == {row.subject: row.state for row in rows}
        return [found[person.pk] is State.EXEMPT for person in (lin, zhou)]

    def exempt(person):
        Exemption.objects.create(
            rule_code="q.visits", person=person, first_day=period.first, last_day=period.last,
            reason="援藏", known_from=noon(period.first),
        )  # fmt: skip

    assert stood() == [False, False]
    exempt(zhou)
    assert stood() == [False, True]
    exempt(lin)
    assert stood() == [True, True]

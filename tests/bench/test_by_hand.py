"""The floor of the verdicts answers the same as the house, on a small district with everything."""

import pytest
from django.db import connection

from bench import by_hand
from bench.filling import fill
from bench.rulebook import RULES, entries
from bench.verdicts import MONTH, YEAR
from taihua.kernel.org.models import Person
from taihua.kernel.records.queries import everything_said, statements
from taihua.kernel.rules import sql
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.logic import rule_periods
from taihua.kernel.rules.packs import rule_from_data
from taihua.kernel.rules.queries import rules_in_force


@pytest.mark.django_db
def test_by_hand_and_by_the_house_the_answers_are_the_same(monkeypatch):
    if connection.vendor != "sqlite":
        return
    monkeypatch.setattr(connection, "close", lambda: None)
    fill(60)
    rules, directory = rules_in_force(YEAR[1]), Directory.read()

    compared = 0
    for first, last in (YEAR, MONTH):
        for rule in rules:
            periods = rule_periods(rule, first, last)
            if not periods:
                continue
            answers = []
            for write in (sql.verdict_sql, by_hand.query):
                with connection.cursor() as cursor:
                    cursor.execute(write(rule, periods, directory.scope(rule), last))
                    answers.append(sorted(cursor.fetchall()))
            assert answers[0] == answers[1], rule.code
            compared += len(answers[0])

    assert compared > 3000
    assert Person.objects.count() == 60
    assert statements().filter(person__isnull=False).count() > 60 * 365 * 0.99
    assert everything_said().filter(voids__isnull=False).count() > 20


def test_the_forty_rules_are_rules_of_every_kind():
    rules = [rule_from_data(data) for data in entries()]

    assert len(rules) == len(RULES) == 40
    assert len({rule.every for rule in rules}) >= 7
    assert len({rule.count for rule in rules}) == 4
    assert {rule.subject for rule in rules} == {"person", "unit"}

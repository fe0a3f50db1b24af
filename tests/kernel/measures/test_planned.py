"""A plan counts in the span that it is for, however long before it was made."""

from datetime import date

import pytest

from taihua.kernel.measures.logic import Standing, Tally
from taihua.kernel.measures.queries import value
from taihua.kernel.records.actions import learn_words
from tests.factories import in_force
from tests.kernel.measures.acts import did, figure, records_behind

DECEMBER, MARCH = (date(2013, 12, 1), date(2013, 12, 31)), (date(2014, 3, 1), date(2014, 3, 31))
PLANNED = figure(Tally(("planned",)))


@pytest.fixture
def planned(words):
    learn_words([("planned", "计划")], [], plans=["planned"])

    def put(actor, day, planned_for):
        return did(actor, day, verb="planned", context={"planned": planned_for.isoformat()})

    return put


def test_a_plan_counts_in_the_month_it_is_for_in_figures_and_verdicts_alike(planned, lin):
    in_force("plan.monthly", verbs=["planned"], kinds=[])
    plan = planned(lin, date(2013, 12, 4), date(2014, 3, 14))
    kept = figure(Standing("plan.monthly"))

    for (first, last), number in ((DECEMBER, 0), (MARCH, 1)):
        asked = {"first": first, "last": last, "on": date(2014, 4, 20)}
        assert value(PLANNED, **asked).number == value(kept, **asked).number == number
        behind = [list(records_behind(each, first=first, last=last)) for each in (PLANNED, kept)]
        assert behind == [[plan] * number] * 2


def test_a_year_counts_its_plans_from_the_first_day_on_also_those_for_its_last(planned, school):
    planned(school, date(2013, 12, 4), date(2014, 1, 1))
    planned(school, date(2014, 1, 8), date(2014, 12, 31))
    planned(school, date(2014, 1, 8), date(2015, 1, 1))

    year = {"first": date(2014, 1, 1), "last": date(2014, 12, 31)}

    assert value(PLANNED, **year, on=date(2014, 1, 9)).number == 2

"""A figure about duties judges each period by the wording that held in it."""

from datetime import date, datetime

import pytest

from taihua.base.clock import ZONE
from taihua.kernel.measures.logic import Figure, Standing
from taihua.kernel.measures.queries import value
from taihua.kernel.records.actions import record
from tests.kernel.rules.packs import TEXT, adopted, amended

pytestmark = pytest.mark.django_db
YEAR = {"first": date(2013, 1, 1), "last": date(2013, 12, 31), "on": date(2014, 1, 1)}
DONE = Figure("a.figure", "说什么", "统计口径", "次", Standing("b.visits"))


def test_an_amendment_of_july_does_not_judge_the_months_before(lin, zhou):
    adopted()
    for month in range(1, 13):
        at = datetime(2013, month, 5, 10, tzinfo=ZONE)
        record(
            verb="visited",
            kind="outreach/visit",
            path=f"v/{month}",
            label="调研",
            at=at,
            person=lin,
        )
    before = value(DONE, **YEAR).number

    amended(TEXT.replace("times = 1", "times = 2"))

    assert before == 12
    assert value(DONE, **YEAR).number == 6
    assert value(DONE, **YEAR, known=datetime(2013, 6, 1, tzinfo=ZONE)).number == 5

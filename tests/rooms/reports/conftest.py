"""A small house of figures and mechanisms, so that these tests lean on no other room."""

from datetime import date, datetime, time

import pytest

from taihua.base.clock import ZONE
from taihua.kernel import house
from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Tally
from taihua.kernel.records.actions import learn_words, record
from taihua.rooms.reports.queries.report import KIND
from tests.factories import NINE

FIGURES = {
    figure.code: figure
    for figure in (
        Figure(
            "help.person_times",
            "解决实际困难",
            "2011 年以来登记的帮扶人次",
            "人次",
            Tally(("helped",), ("outreach/helped",), Count.QUANTITY, date(2011, 1, 1)),
        ),
        Figure(
            "help.persons",
            "得到帮扶的人",
            "2011 年以来不重复的受助人",
            "人",
            Tally(("helped",), ("outreach/helped",), Count.OBJECTS, date(2011, 1, 1)),
        ),
        Figure("study.lectures", "轮流授课", "本年登记的授课", "次", Tally(("lectured",))),
    )
}


@pytest.fixture(autouse=True)
def small_house(monkeypatch, db, settings):
    """Three figures, no mechanism; the clock stands on 4 December 2013."""
    settings.TAIHUA_TODAY = date(2013, 12, 4)
    monkeypatch.setattr(house, "figures", lambda: dict(FIGURES))
    monkeypatch.setattr(house, "mechanisms", list)
    learn_words(
        [("helped", "帮扶"), ("lectured", "授课"), ("issued-document", "印发")],
        [("outreach/helped", "受助人"), ("study/lecture", "授课"), (KIND, "年度总结")],
    )


@pytest.fixture
def helped():
    """Put help on record: ``helped(lin, 3, path="t-1")``."""

    def put(person, quantity=1, *, day=date(2013, 5, 1), path="t-1", at=NINE):
        return record(
            verb="helped",
            kind="outreach/helped",
            path=path,
            label="受助人",
            at=at,
            occurred_at=datetime.combine(day, time(9), ZONE),
            person=person,
            quantity=quantity,
        )

    return put


@pytest.fixture
def mechanism(monkeypatch):
    """Declare mechanisms on the board; every mark hangs on the same figure by default."""

    def declare(*marks_of):
        declared = [
            Mechanism(
                f"L{place}",
                f"机制 {place}",
                *(Mark(code, at_least, f"缺{code}") for code, at_least in marks),
            )
            for place, marks in enumerate(marks_of, 1)
        ]
        monkeypatch.setattr(house, "mechanisms", lambda: declared)

    return declare

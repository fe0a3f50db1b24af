"""What makes up for an earlier day counts on that day, in figures as in verdicts."""

from datetime import date

from taihua.kernel.measures.logic import Held, Standing, Tally
from taihua.kernel.measures.queries import value
from tests.factories import PersonFactory, in_force
from tests.kernel.measures.acts import YEAR, did, figure, records_behind


def test_what_makes_up_for_a_day_counts_in_the_period_of_that_day_as_its_verdict_does(words, lin):
    in_force("visit.monthly", grace_days=10)
    january = date(2014, 1, 1), date(2014, 1, 31)
    december = date(2013, 12, 1), date(2013, 12, 31)
    made_up = did(
        lin, date(2014, 1, 6), verb="visited", kind="outreach/visit", counts_on=date(2013, 12, 20)
    )
    visits, kept = figure(Tally(("visited",))), figure(Standing("visit.monthly"))

    for (first, last), number in ((december, 1), (january, 0)):
        asked = {"first": first, "last": last, "on": date(2014, 2, 20)}
        assert value(visits, **asked).number == value(kept, **asked).number == number
        behind = [list(records_behind(each, first=first, last=last)) for each in (visits, kept)]
        assert behind == [[made_up] * number] * 2


def test_the_days_of_what_was_made_up_are_those_on_which_it_was_done(words):
    person = PersonFactory()
    for day in (date(2014, 1, 6), date(2014, 1, 7)):
        did(person, day, counts_on=date(2013, 12, 20))

    assert value(figure(Held(("helped",))), first=YEAR[0], last=YEAR[1]).number == 2

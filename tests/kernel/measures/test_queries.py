from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Held, Ratio, Standing, Tally, share, tallies
from taihua.kernel.measures.queries import Asked, everything_known, value, values
from taihua.kernel.org.actions import believe_no_more
from taihua.kernel.org.models import Unit
from taihua.kernel.records.actions import void
from tests.factories import PersonFactory, TermFactory, UnitFactory, in_force
from tests.kernel.measures.acts import KINDS, VERBS, YEAR, did, figure, moment, records_behind


def test_a_tally_counts_each_thing_it_can_count(words):
    one, two, unit = PersonFactory(), PersonFactory(), UnitFactory()
    did(one, date(2013, 3, 1), path="t-1", quantity=2)
    did(one, date(2013, 3, 1), path="t-2", quantity="0.5")
    did(two, date(2013, 3, 2), path="t-1", quantity=1)
    did(unit, date(2013, 3, 2), path="t-1")
    did(two, date(2013, 3, 3), verb="visited")
    did(two, date(2012, 3, 3), quantity=100)

    expected = {
        Count.STATEMENTS: 4,
        Count.OBJECTS: 2,
        Count.PEOPLE: 2,
        Count.UNITS: 1,
        Count.DAYS: 2,
        Count.QUANTITY: Fraction(9, 2),
    }
    for count, number in expected.items():
        tally = figure(Tally(("helped",), count=count))
        assert value(tally, first=YEAR[0], last=YEAR[1]).number == number


def test_since_a_day_counts_the_earlier_years_too(words):
    person = PersonFactory()
    for year in (2010, 2011, 2013):
        did(person, date(year, 5, 1))

    since = figure(Tally(("helped",), since=date(2011, 1, 1)))

    assert value(since, first=YEAR[0], last=YEAR[1]).number == 2


def test_a_figure_without_records_is_nothing_and_no_error(words):
    found = value(figure(Tally(("unheard-of",))), first=YEAR[0], last=YEAR[1])

    assert (found.number, str(found), found.provenance.statements) == (0, "0", 0)


def test_held_counts_distinct_days(words):
    person = PersonFactory()
    for day in (date(2013, 3, 1), date(2013, 3, 1), date(2013, 3, 4)):
        did(person, day)

    assert value(figure(Held(("helped",))), first=YEAR[0], last=YEAR[1]).number == 2


def test_a_corrected_record_counts_no_more_but_still_did_then(words):
    person = PersonFactory()
    wrong = did(person, date(2013, 3, 1), quantity=7)
    before = moment(date(2013, 4, 1))
    void(statement=wrong, reason="重复登记", at=moment(date(2013, 5, 1)))
    tally = figure(Tally(("helped",), count=Count.QUANTITY))

    assert value(tally, first=YEAR[0], last=YEAR[1]).number == 0
    assert value(tally, first=YEAR[0], last=YEAR[1], known=before).number == 7
    assert list(records_behind(tally, first=YEAR[0], last=YEAR[1], known=before)) == [wrong]


def test_a_late_record_was_not_known_before(words):
    did(PersonFactory(), date(2013, 3, 1), at=moment(date(2013, 8, 1)))
    tally = figure(Tally(("helped",)))
    asked = {"first": YEAR[0], "last": YEAR[1]}

    assert value(tally, **asked, known=moment(date(2013, 7, 1))).number == 0
    assert value(tally, **asked, known=moment(date(2013, 8, 1))).number == 1


def test_everything_is_known_at_the_last_record_even_where_the_clock_lags_behind(words):
    now = moment(date(2013, 3, 1))
    assert everything_known(now) == now

    did(PersonFactory(), date(2013, 2, 1), at=moment(date(2013, 3, 1), 20))

    assert everything_known(now) == moment(date(2013, 3, 1), 20)


def test_of_a_unit_counts_what_it_and_its_people_did(words):
    here, there = UnitFactory(), UnitFactory()
    mine, gone, other = PersonFactory(), PersonFactory(), PersonFactory()
    TermFactory(person=mine, unit=here)
    TermFactory(person=gone, unit=here, last_day=date(2012, 1, 1))
    TermFactory(person=other, unit=there)
    for actor in (mine, gone, other, here, there):
        did(actor, date(2013, 3, 1))

    tally = figure(Tally(("helped",)))

    assert value(tally, first=YEAR[0], last=YEAR[1], units={here.pk}).number == 2
    assert value(tally, first=YEAR[0], last=YEAR[1]).number == 5


def test_of_a_unit_counts_what_was_known_of_its_people_then(words):
    unit, other = UnitFactory(), UnitFactory()
    term = TermFactory(unit=unit, first_day=date(2013, 1, 1), known_from=moment(YEAR[0]))
    did(term.person, date(2013, 3, 1))
    believe_no_more(term, at=moment(date(2013, 6, 1)))
    TermFactory(person=term.person, unit=other, known_from=moment(date(2013, 6, 1)))
    tally = figure(Tally(("helped",)))

    def of(unit, known=None):
        units = frozenset({unit.pk})
        asked = {"first": YEAR[0], "last": YEAR[1], "known": known, "units": units}
        counted = value(tally, **asked).number
        assert records_behind(tally, **asked).count() == counted
        return counted

    assert (of(unit), of(other)) == (0, 1)
    assert (of(unit, moment(date(2013, 5, 1))), of(other, moment(date(2013, 5, 1)))) == (1, 0)


def test_of_no_unit_at_all_nothing_is_counted(words):
    did(PersonFactory(), date(2013, 3, 1))
    asked = {"first": YEAR[0], "last": YEAR[1], "units": frozenset()}

    assert value(figure(Tally(("helped",))), **asked).number == 0
    assert not records_behind(figure(Tally(("helped",))), **asked).exists()


def test_provenance_names_the_query_and_the_version_of_the_data(words):
    last = did(PersonFactory(), date(2013, 3, 1))
    provenance = value(figure(Tally(("helped",))), first=YEAR[0], last=YEAR[1]).provenance

    assert (provenance.highest, provenance.statements) == (last.pk, 1)
    assert "helped" in provenance.params
    assert provenance.sql.startswith("SELECT COUNT(")


def test_many_figures_cost_as_many_queries_as_one(words, django_assert_num_queries):
    did(PersonFactory(), date(2013, 3, 1))
    asked = Asked(first=YEAR[0], last=YEAR[1])

    for count in (1, 3, 30):
        figures = [figure(Tally(("helped",)), f"f{place}") for place in range(count)]
        with django_assert_num_queries(2):
            assert len(values(figures, asked)) == count


def test_standing_counts_verdicts_and_their_share(words, lin, bureau, posts):
    second = PersonFactory()
    TermFactory(person=second, post=posts["局长"], unit=bureau)
    in_force("visit.monthly")
    for month in (1, 2, 3):
        did(lin, date(2013, month, 5), verb="visited", kind="outreach/visit")
    asked = {"first": date(2013, 1, 1), "last": date(2013, 4, 30), "on": date(2013, 5, 1)}

    kept = value(figure(Standing("visit.monthly")), **asked)
    part = value(figure(Standing("visit.monthly", share=True)), **asked)
    owed = value(figure(Standing("visit.monthly", states=("owed",))), **asked)

    assert kept.number == 3
    assert (part.number, str(part)) == (Fraction(3, 8), "37.5%")
    assert owed.number == 5
    assert "SELECT" in kept.provenance.sql
    behind = records_behind(
        figure(Standing("visit.monthly")), first=asked["first"], last=asked["last"]
    )
    assert behind.count() == 3


def test_standing_of_an_unknown_rule_is_nothing(words):
    unknown = figure(Standing("no-such-rule", share=True))

    assert value(unknown, first=YEAR[0], last=YEAR[1]).number == 0
    assert list(records_behind(unknown, first=YEAR[0], last=YEAR[1])) == []


def test_rules_that_belong_together_are_judged_together(words, lin):
    in_force("visit.monthly")
    in_force("visit.other")
    for month in (1, 2, 3):
        did(lin, date(2013, month, 5), verb="visited", kind="outreach/visit")
    asked = {"first": date(2013, 1, 1), "last": date(2013, 4, 30), "on": date(2013, 5, 1)}

    both = value(figure(Standing("visit.monthly", share=True, more=("visit.other",))), **asked)
    with_unknown = value(figure(Standing("visit.monthly", share=True, more=("no-rule",))), **asked)

    assert (both.number, both.provenance.statements) == (Fraction(6, 8), 8)
    assert (with_unknown.number, with_unknown.provenance.statements) == (Fraction(3, 4), 4)
    assert both.provenance.sql.count(";\n") == 1


def test_a_ratio_says_how_much_of_a_whole_is_there_and_shows_both(words):
    person = PersonFactory()
    for path in ("t-1", "t-2", "t-3"):
        did(person, date(2013, 3, 1), path=path, verb="visited")
    did(person, date(2013, 3, 2), path="t-1")
    did(person, date(2013, 3, 3), path="t-1")
    did(person, date(2012, 3, 3), path="t-2")
    helped, visited = (Tally((verb,), count=Count.OBJECTS) for verb in ("helped", "visited"))

    ratio = figure(Ratio(helped, visited))
    found = value(ratio, first=YEAR[0], last=YEAR[1])

    assert (found.number, str(found)) == (Fraction(1, 3), "33.3%")
    assert found.provenance.statements == 5
    assert records_behind(ratio, first=YEAR[0], last=YEAR[1]).count() == 5


def test_a_ratio_to_nothing_is_nothing(words):
    did(PersonFactory(), date(2013, 3, 1))
    found = value(
        figure(Ratio(Tally(("helped",)), Tally(("visited",)))), first=YEAR[0], last=YEAR[1]
    )

    assert (found.number, str(found)) == (0, "0%")


# --- any world ------------------------------------------------------------------------------------
acts = st.fixed_dictionaries(
    {
        "verb": st.sampled_from(VERBS),
        "kind": st.sampled_from(KINDS),
        "day": st.dates(date(2012, 12, 30), date(2014, 1, 2)),
        "path": st.sampled_from(["t-1", "t-2", "t-3"]),
        "quantity": st.decimals(0, 99, places=2),
        "actor": st.integers(0, 3),
        "made_up": st.integers(0, 40),
        "late": st.integers(0, 400),
        "voided_after": st.none() | st.integers(0, 400),
    }
)
tallies_asked = st.builds(
    Tally,
    st.sampled_from([("helped",), ("visited",), VERBS]),
    st.sampled_from([(), ("outreach/helped",), KINDS]),
    st.sampled_from(Count),
    st.none() | st.just(date(2012, 12, 31)),
)
helds = st.builds(Held, st.just(("helped",)), st.just(()), st.none())
ratios = st.builds(Ratio, tallies_asked, tallies_asked)
moments = st.none() | st.dates(date(2013, 1, 1), date(2015, 6, 1)).map(moment)


def lived(world, actors):
    for act in world:
        stored = act["day"] + timedelta(days=act["late"])
        statement = did(
            actors[act["actor"]],
            act["day"],
            verb=act["verb"],
            kind=act["kind"],
            path=act["path"],
            quantity=act["quantity"],
            at=moment(stored),
            counts_on=act["day"] - timedelta(days=act["made_up"]),
        )
        if act["voided_after"] is not None:
            at = moment(stored + timedelta(days=act["voided_after"]), 10)
            void(statement=statement, reason="更正", at=at)


def recounted(expression, rows):
    """The number counted by hand from the records behind it."""
    if isinstance(expression, Ratio):
        return share(*(recounted(tally, about(tally, rows)) for tally in tallies(expression)))
    count = Count.DAYS if isinstance(expression, Held) else expression.count
    match count:
        case Count.STATEMENTS:
            return len(rows)
        case Count.OBJECTS:
            return len({row.object_path for row in rows})
        case Count.PEOPLE:
            return len({row.person_id for row in rows} - {None})
        case Count.UNITS:
            return len({row.unit_id for row in rows} - {None})
        case Count.DAYS:
            return len({row.day for row in rows})
        case Count.QUANTITY:
            return Fraction(sum((row.quantity for row in rows), Decimal(0)))


def about(tally, rows):
    """Of these records, those that a tally selects."""
    first = tally.since or YEAR[0]
    return [
        row
        for row in rows
        if row.verb.code in tally.verbs
        and (not tally.kinds or row.kind.code in tally.kinds)
        and first <= row.counts_on <= YEAR[1]
    ]


@settings(max_examples=40)
@given(
    st.lists(acts, max_size=12),
    st.lists(tallies_asked | helds | ratios, min_size=1, max_size=4),
    moments,
)
def test_every_number_is_recounted_from_its_records_and_from_its_query(words, world, asked, known):
    with transaction.atomic():
        actors = [PersonFactory(), PersonFactory(), UnitFactory(), UnitFactory()]
        lived(world, actors)
        figures = [figure(expression, f"f{n}") for n, expression in enumerate(asked)]
        found = values(figures, Asked(first=YEAR[0], last=YEAR[1], known=known))
        for each in figures:
            number = found[each.code].number
            rows = list(records_behind(each, first=YEAR[0], last=YEAR[1], known=known))
            assert number == recounted(each.expression, rows)
            assert found[each.code].provenance.statements == len(rows)
            assert number == value(each, first=YEAR[0], last=YEAR[1], known=known).number
            assert number == asked_again(each, found[each.code].provenance)
        transaction.set_rollback(True)
    assert not Unit.objects.filter(code="lost").exists()


def asked_again(each, provenance):
    """What the database says to the very query that the provenance shows."""
    with connection.cursor() as cursor:
        cursor.execute(provenance.sql, provenance.params)
        row = cursor.fetchone() or (0, 0)
    parts = [
        Fraction(int(number), 100 if getattr(tally, "count", None) is Count.QUANTITY else 1)
        for tally, number in zip(tallies(each.expression), row, strict=False)
    ]
    return share(*parts) if isinstance(each.expression, Ratio) else parts[0]


def test_what_was_counted_is_counted_again_once_something_is_recorded_or_taken_back(
    words, django_assert_num_queries
):
    tally = figure(Tally(("helped",)))
    person = PersonFactory()
    wrong = did(person, date(2013, 3, 1))
    assert value(tally, first=YEAR[0], last=YEAR[1]).number == 1

    with django_assert_num_queries(1):
        assert value(tally, first=YEAR[0], last=YEAR[1]).number == 1
    did(person, date(2013, 3, 2))
    assert value(tally, first=YEAR[0], last=YEAR[1]).number == 2
    void(statement=wrong, reason="重复登记", at=moment(date(2013, 5, 1)))
    assert value(tally, first=YEAR[0], last=YEAR[1]).number == 1


def test_what_was_counted_of_a_unit_is_counted_again_once_its_roster_changes(words):
    here, person = UnitFactory(), PersonFactory()
    tally = figure(Tally(("helped",)))
    did(person, date(2013, 3, 1))
    assert value(tally, first=YEAR[0], last=YEAR[1], units={here.pk}).number == 0

    TermFactory(person=person, unit=here)

    assert value(tally, first=YEAR[0], last=YEAR[1], units={here.pk}).number == 1

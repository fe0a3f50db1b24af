"""Rooms declare themselves once, and codes are nobody's twice."""

import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from taihua.base.ledger import Ledger
from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.kernel.house import Act, Found, Happening, Mark, Mechanism, Room, Story, Word, open_room
from taihua.kernel.records.actions import Draft
from tests.factories import NINE, AccountFactory, PersonFactory


@pytest.fixture
def empty_house(monkeypatch):
    monkeypatch.setattr(house._house, "rooms", {})


def test_a_room_that_opened_is_found_with_what_it_declares(empty_house):
    room = open_room(Room(code="a", title="甲", verbs=[Word("did", "做了")]))

    assert house.rooms() == [room]
    assert house.ledgers() == {}
    assert house.figures() == {}


def test_two_rooms_of_one_name_are_refused(empty_house):
    open_room(Room(code="a", title="甲"))

    with pytest.raises(ValueError, match="two rooms are called a"):
        open_room(Room(code="a", title="又一个"))


def test_a_word_declared_twice_is_refused_and_the_room_stays_shut(empty_house):
    open_room(Room(code="a", title="甲", verbs=[Word("did", "做了")]))

    with pytest.raises(ValueError, match="b declares did again"):
        open_room(Room(code="b", title="乙", verbs=[Word("did", "也做了")]))

    assert [room.code for room in house.rooms()] == ["a"]


def test_mechanisms_come_in_the_order_of_the_three_powers(empty_house):
    mark = Mark("f", 1, "")
    marks = {"plan": mark, "content": mark, "check": mark, "effect": mark}
    codes = ["C1", "L10", "I1", "L2"]
    open_room(Room(code="a", title="", mechanisms=[Mechanism(c, c, **marks) for c in codes]))

    assert [each.code for each in house.mechanisms()] == ["L2", "L10", "I1", "C1"]


def test_the_page_for_a_duty_is_that_of_its_first_verb_with_a_page(empty_house):
    act = Act("read", "去读", "reading:shelf")
    open_room(Room(code="a", title="", acts=[act]))

    assert house.act_for(["lectured", "read"]) == act
    assert house.act_for(["lectured"]) is None


def test_what_no_room_has_a_page_for_is_written_into_its_ledger(empty_house):
    store = SimpleNamespace(verb="visited")
    own = Ledger("visits", "调研台账", "", (), store, self_entry=True)
    kept = Ledger("meetings", "会议台账", "", (), SimpleNamespace(verb="held"))
    open_room(Room(code="a", title="", ledgers=[own, kept]))
    assert house.act_for(["visited"]) is None
    open_room(Room(code="b", title="", writes="ledgers:add"))

    found = house.act_for(["visited"])

    assert (found.url_name, found.args) == ("ledgers:add", ("visits",))
    assert house.act_for(["held"]) is None
    assert house.act_for(["held"], as_clerk=True).args == ("meetings",)


def happening(path, day):
    at = NINE.replace(day=day)
    return Happening(path=path, title=path, first=at, last=at, url="/")


def test_the_calendar_of_somebody_is_put_together_from_the_rooms_earliest_first(empty_house):
    asked = []

    def of_a(whose, first, last):
        asked.append((whose, first, last))
        return [happening("a/2", 9), happening("a/1", 3)]

    open_room(Room(code="a", title="", calendar=of_a))
    open_room(Room(code="b", title="", calendar=lambda *_: [happening("b/1", 3)]))
    open_room(Room(code="c", title=""))
    first, last = date(2013, 12, 1), date(2013, 12, 31)

    found = house.calendar_of("somebody", first, last)

    assert [each.path for each in found] == ["a/1", "b/1", "a/2"]
    assert asked == [("somebody", first, last)]


def test_a_search_names_the_rooms_that_found_something(empty_house):
    book = Found(title="《论语》", url="/reading/books/1/")
    room = open_room(Room(code="a", title="读书", search=lambda *_: iter([book])))
    open_room(Room(code="b", title="", search=lambda *_: []))
    open_room(Room(code="c", title=""))

    assert house.found_by("account", ["论语"], 5) == [(room, [book])]


def story(on=date(2013, 12, 4)):
    return Story(random.Random(1), date(2011, 8, 1), on)  # a tale, not a secret


@pytest.mark.django_db
def test_a_story_leaves_out_what_lies_after_its_last_day():
    tale = story()
    person = PersonFactory()
    for at in (NINE, NINE.replace(day=5)):
        tale.add(Draft(verb="v", kind="k", path="p", label="", person=person, occurred_at=at))

    assert [draft.occurred_at for draft in tale.drafts] == [NINE]


@pytest.mark.django_db
def test_a_story_wants_to_know_when_something_happened():
    with pytest.raises(ValueError, match="say when"):
        story().add(Draft(verb="v", kind="k", path="p", label="", person=PersonFactory()))


def test_a_story_finds_people_and_units(lin, zhou, school, bureau):
    assert story().people(tier="leadership") == [lin]
    assert story().people(tag="section_head") == [zhou]
    assert story().units() == [school]
    assert story().members(bureau) == [lin]


def test_a_story_knows_its_months_and_years():
    tale = story(date(2012, 1, 2))

    assert tale.months() == [date(2011, month, 1) for month in range(8, 13)] + [date(2012, 1, 1)]
    assert list(tale.years()) == [2011, 2012]


@pytest.mark.parametrize(("turns", "share", "missed"), [(99, 0.1, 10), (9, 0.1, 1), (0, 0.1, 0)])
def test_however_chance_falls_the_same_share_of_turns_is_missed(turns, share, missed):
    lapses = story(date(2013, 12, 4)).lapses(turns, share)

    assert len(lapses) == missed
    assert lapses <= set(range(turns))


def test_the_cast_are_those_who_can_log_in(db):
    AccountFactory(person=PersonFactory(code="lin"))
    PersonFactory(code="T0001")

    assert story(date(2013, 12, 4)).cast() == {"lin"}


def test_what_is_done_later_lies_within_the_story():
    told = story()
    told.later(NINE, lambda at: at)
    told.later(NINE + timedelta(days=1), lambda at: at)

    assert [at for at, _do in told.ending] == [NINE]


@pytest.mark.django_db
def test_the_first_room_that_knows_where_says_where_a_document_is_published(empty_house):
    account, version = AccountFactory(), Version(pk=7)
    way = Act("did", "发布", "somewhere", ("7",))
    asked = []
    open_room(Room(code="a", title="甲"))
    open_room(Room(code="b", title="乙", publishing=lambda *told: asked.append(told)))
    assert house.publishing_of(account, version, NINE) is None

    open_room(Room(code="c", title="丙", publishing=lambda *_told: way))

    assert house.publishing_of(account, version, NINE) == way
    assert asked == [(account, version, NINE)] * 2

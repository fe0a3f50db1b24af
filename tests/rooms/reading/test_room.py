"""What the room declares, held against the kernel that uses it."""

from datetime import date

import pytest
from django.urls import reverse

from taihua.kernel import house
from taihua.kernel.measures.logic import Standing, tallies
from taihua.kernel.records.queries import statements_of
from taihua.kernel.rules.shelf import shipped
from taihua.rooms.reading.actions.assignments import finish_book, start_book
from taihua.rooms.reading.logic.bind import bind
from taihua.rooms.reading.logic.epub import read_epub
from taihua.rooms.reading.room import ROOM
from taihua.rooms.reading.room.texts import SHELF
from tests.factories import NINE

TODAY = date(2013, 12, 4)


def test_every_mark_of_the_room_stands_on_a_figure_or_a_rule_and_tells_its_gap():
    figures = set(house.figures()) | {rule.code for pack in shipped() for rule in pack.rules}

    for mechanism in ROOM.mechanisms:
        for mark in (mechanism.plan, mechanism.content, mechanism.check, mechanism.effect):
            assert mark.figure in figures
            assert mark.at_least >= 1
            assert str(mark.gap)


def test_every_figure_counts_words_that_the_room_declares():
    verbs, kinds = ({word.code for word in words} for words in (ROOM.verbs, ROOM.kinds))

    counting = [f.expression for f in ROOM.figures if not isinstance(f.expression, Standing)]
    for tally in (tally for expression in counting for tally in tallies(expression)):
        assert set(tally.verbs) <= verbs
        assert set(tally.kinds) <= kinds


def test_every_act_and_menu_entry_leads_to_a_page():
    for place in (*ROOM.acts, *ROOM.menu):
        assert reverse(place.url_name, args=getattr(place, "args", ())).startswith("/reading/")


def test_a_row_of_the_reading_ledger_and_an_act_here_mean_one_book(shen, book):
    ledger = house.ledgers()["reading"]
    row = dict.fromkeys((column.code for column in ledger.columns), None)
    row |= {"person": "沈青", "day": date(2012, 5, 4), "book": "劝学", "author": "荀子"}
    ledger.store.apply(ledger.store.plan([row]), None, NINE)
    start_book(reader=shen, book=book, at=NINE)
    finish_book(reader=shen, book=book, at=NINE)

    paths = {statement.object_path for statement in statements_of(shen)}

    assert paths == {book.path}


def test_what_was_read_here_is_exported_and_imported_back_unchanged(shen, book):
    start_book(reader=shen, book=book, at=NINE)
    finish_book(reader=shen, book=book, at=NINE)
    store = house.ledgers()["reading"].store

    plan = store.plan(list(store.rows(None)))

    assert not plan.refused
    assert [step.state.value for step in plan.steps] == ["same"]


@pytest.mark.parametrize("text", SHELF, ids=lambda text: text.title)
def test_the_texts_of_the_shelf_are_sound_books(text):
    book = read_epub(bind(text))

    assert (book.title, book.author) == (text.title, text.author)
    assert [chapter.title for chapter in book.chapters] == [title for title, _ in text.chapters]

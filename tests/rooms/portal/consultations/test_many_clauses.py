"""A text of more clauses than a form may have fields is looked through some at a time; nothing is lost."""

import re

import pytest
from django.urls import reverse

from taihua.rooms.portal.actions.consultations import name_sources, write_final
from taihua.rooms.portal.models import FinalClause
from tests.rooms.portal.consultations.conftest import DRAFT, FINAL, LATER, sent

MANY = 1200
PAGES = MANY // 50


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


def text(word, count=MANY):
    """Clauses that have little in common with one another."""
    said = ("".join(chr(0x4E00 + 6 * n + k) for k in range(6)) for n in range(count))
    return "\n".join(f"第{n}条　{words}{word}。" for n, words in enumerate(said, 1))


@pytest.fixture
def of_clauses(bureau, su, settings):
    """A consultation on so many clauses with a final text of as many; its days are over."""
    settings.TAIHUA_TODAY = LATER.date()

    def make(count):
        out = sent(bureau, su, draft=text("照办", count))
        write_final(consultation=out, text=text("要办", count), by=su.account, at=LATER)
        return out

    return make


@pytest.fixture
def long(of_clauses):
    """On 1,200 clauses."""
    return of_clauses(MANY)


def fields(page):
    return dict(re.findall(r'name="(final-\d+)"(?:\s+value="([^"]*)")?', page))


def sources_of(consultation):
    rows = consultation.finals.order_by("position").values_list("sources__position", flat=True)
    return list(rows)


def test_all_of_them_are_gone_through_page_by_page_as_they_were_found(of_clauses, logged_in, su):
    long = of_clauses(150)
    office, way, seen = logged_in(su), to("sources", long.pk), []
    before = sources_of(long)
    assert before == list(range(1, 151))

    while way != to("matrix", long.pk):
        page = office.get(way)
        shown = fields(page.text)
        seen += shown
        assert len(shown) == 50
        turn = re.search(r'value="(\d+)"\s*>\s*存下，看后面的', page.text)
        way = office.post(way, shown | ({"turn": turn[1]} if turn else {})).url

    assert len(set(seen)) == 150
    assert sources_of(long) == before


def test_turning_the_page_saves_what_was_typed_on_it_and_leaves_the_others(long, logged_in, su):
    office, way = logged_in(su), f"{to('sources', long.pk)}?page=2"
    before = sources_of(long)
    page = office.get(way).text
    assert "这里是第 51 到第 100 条，共 1200 条" in page
    shown = fields(page)
    [first, second, *_others] = shown

    back = office.post(way, shown | {first: "7、9", second: "", "turn": "1"}).url

    assert back == f"{to('sources', long.pk)}?page=1"
    named = dict(FinalClause.objects.values_list("pk", "position"))
    assert named[int(first.removeprefix("final-"))] == 51
    assert sources_of(long) == [*before[:50], 7, 9, None, *before[52:]]


def test_what_is_wrong_on_a_page_is_said_there_and_what_was_typed_stays(long, logged_in, su):
    office, way = logged_in(su), f"{to('sources', long.pk)}?page={PAGES}"
    before = sources_of(long)
    shown = fields(office.get(way).text)
    [first, second, *_others] = shown

    answer = office.post(way, shown | {first: "5000", second: "3", "turn": "1"})

    assert answer.status_code == 200
    assert "稿子里没有第 5000 段" in answer.text
    again = fields(answer.text)
    assert (again[first], again[second]) == ("5000", "3")
    assert sources_of(long) == before


def test_the_last_page_leads_to_the_matrix_and_the_matrix_can_be_read(long, logged_in, su):
    office, way = logged_in(su), f"{to('sources', long.pk)}?page={PAGES}"
    page = office.get(way).text

    assert "存下，看后面的" not in page
    assert "存下，看前面的" in page
    answer = office.post(way, fields(page), follow=True)
    assert answer.redirect_chain[0][0] == to("matrix", long.pk)
    assert answer.text.count("<del") == MANY


def test_a_short_text_has_one_page_and_one_button(finished, logged_in, su, settings):
    settings.TAIHUA_TODAY = LATER.date()

    page = logged_in(su).get(to("sources", finished.pk)).text

    assert len(fields(page)) == 3
    assert "翻页的按钮" not in page
    assert "存下，看后面的" not in page
    assert "存下，看前面的" not in page


def test_of_a_text_that_was_changed_meanwhile_nothing_is_overwritten(
    finished, logged_in, su, settings
):
    settings.TAIHUA_TODAY = LATER.date()
    office, way = logged_in(su), to("sources", finished.pk)
    old = fields(office.get(way).text)
    write_final(consultation=finished, text=f"{DRAFT}\n第四条　新的。", by=su.account, at=LATER)
    before = sources_of(finished)
    assert before == [1, 2, 3, None]

    answer = office.post(way, dict.fromkeys(old, ""), follow=True)

    assert "最终文本刚刚又改过" in answer.text
    assert len(fields(answer.text)) == 4
    assert sources_of(finished) == before


def test_a_source_named_twice_is_one(finished, su):
    first, one = finished.finals.get(position=1), finished.clauses.get(position=3)

    name_sources(consultation=finished, sources=[(first, [one, one])], by=su.account, at=LATER)

    assert list(first.sources.all()) == [one]


@pytest.mark.parametrize("count", [3, 300])
def test_writing_it_costs_as_many_questions_however_long_it_is(
    bureau, su, django_assert_max_num_queries, count
):
    out = sent(bureau, su, draft=text("照办", count))
    write_final(consultation=out, text=FINAL, by=su.account, at=LATER)

    with django_assert_max_num_queries(40):
        write_final(consultation=out, text=text("要办", count), by=su.account, at=LATER)

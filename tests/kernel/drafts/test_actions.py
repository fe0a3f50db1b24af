"""Drafts: nothing that was kept is overwritten unseen, and nobody reaches another's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.drafts import actions
from taihua.kernel.drafts.actions import DraftRefused, Typed, keep, throw_away, use_up
from taihua.kernel.drafts.models import Draft
from taihua.kernel.drafts.queries import drafts_of, opened
from tests.factories import NINE, AccountFactory, PersonFactory

PLACE = "/reading/notes/new/"

pytestmark = pytest.mark.django_db


class Page:
    """A form as some tab or device has it open: what it shows, and what it saves."""

    def __init__(self, owner, place=PLACE, asked="", *, anew=False):
        self.owner, self.place = owner, place
        self.sheet = opened(owner, place, "写一篇", asked, anew=anew)
        self.line, self.number = self.sheet.line, self.sheet.number

    def save(self, text, minute=0):
        typed = Typed(
            place=self.place,
            label="写一篇",
            line=self.line,
            hand=self.sheet.hand,
            number=self.number,
            words={"text": [text]},
        )
        kept = keep(owner=self.owner, typed=typed, at=NINE + timedelta(minutes=minute))
        self.line, self.number = kept.draft.line, kept.draft.number
        return kept


@pytest.fixture
def writer():
    return AccountFactory(person=PersonFactory())


def texts(owner):
    return sorted(draft.words["text"][0] for draft in drafts_of(owner))


def test_a_page_saves_over_what_it_saved_before(writer):
    page = Page(writer)
    for minute, text in enumerate(["一", "一二", "一二三"]):
        assert not page.save(text, minute).aside

    assert texts(writer) == ["一二三"]
    assert drafts_of(writer).get().number == 3


def test_another_device_goes_on_where_the_first_stopped(writer):
    Page(writer).save("路上写的")

    desk = Page(writer)
    desk.save("路上写的，回来接着写")

    assert desk.sheet.initial["text"] == "路上写的"
    assert texts(writer) == ["路上写的，回来接着写"]


def test_two_pages_on_one_draft_are_told_and_neither_loses_its_words(writer):
    Page(writer).save("开头")
    phone, desk = Page(writer), Page(writer)
    phone.save("开头，手机上写的")

    kept = desk.save("开头，电脑上写的")

    assert kept.aside
    assert texts(writer) == ["开头，手机上写的", "开头，电脑上写的"]
    assert not desk.save("开头，电脑上接着写的").aside
    assert not phone.save("开头，手机上接着写的").aside
    assert texts(writer) == ["开头，手机上接着写的", "开头，电脑上接着写的"]


def test_an_answer_that_was_lost_makes_no_second_draft(writer):
    page = Page(writer)
    page.save("一")
    line, number = page.line, page.number
    page.save("一二")
    page.line, page.number = line, number  # the page never heard of the second saving

    assert not page.save("一二三").aside
    assert texts(writer) == ["一二三"]


def test_a_page_set_aside_whose_answer_was_lost_comes_back_to_its_own_draft(writer):
    Page(writer).save("开头")
    phone, desk = Page(writer), Page(writer)
    phone.save("手机")
    line, number = desk.line, desk.number
    desk.save("电脑")
    desk.line, desk.number = line, number

    assert desk.save("电脑上又写").aside
    assert texts(writer) == ["手机", "电脑上又写"]


def test_the_same_words_again_from_one_page_are_no_new_saving(writer):
    page = Page(writer)
    page.save("一")

    assert not page.save("一", minute=5).aside
    assert (drafts_of(writer).get().number, drafts_of(writer).get().saved_at) == (1, NINE)


def test_the_same_words_from_a_page_that_saw_nothing_are_a_draft_of_their_own(writer):
    """Else what the other page writes next would take their place unseen."""
    one, other = Page(writer), Page(writer)
    other.line = one.line
    one.save("一")
    other.save("一")

    one.save("二")

    assert texts(writer) == ["一", "二"]


def test_two_blank_forms_are_two_drafts_and_the_next_page_shows_both(writer):
    one, other = Page(writer), Page(writer)
    one.save("甲", 1)
    other.save("乙", 2)

    sheet = opened(writer, PLACE, "写一篇")

    assert sheet.initial["text"] == "乙"
    assert [each.words["text"] for each in sheet.others] == [["甲"]]
    asked = opened(writer, PLACE, "写一篇", str(one.line))
    assert asked.initial["text"] == "甲"


@pytest.mark.parametrize(("asked", "anew"), [("new", False), ("", True)])
def test_a_form_can_be_begun_anew_beside_its_drafts(writer, asked, anew):
    Page(writer).save("旧的")

    page = Page(writer, asked=asked, anew=anew)

    assert page.sheet.draft is None
    assert len(page.sheet.others) == 1
    page.save("新的")
    assert texts(writer) == ["新的", "旧的"]


def test_a_draft_of_one_form_is_not_offered_by_another(writer):
    Page(writer).save("笔记")

    assert Page(writer, "/reading/notes/1/revise/").sheet.draft is None


def test_what_is_handed_in_is_a_draft_no_more(writer):
    page = Page(writer)
    page.save("一")
    other = Page(writer, asked="new")
    other.save("二")

    use_up(line=page.line, owner=writer.person)
    use_up(line=None, owner=writer)

    assert texts(writer) == ["二"]
    use_up(line=other.line, owner=writer)
    assert texts(writer) == []


def test_nobody_reaches_the_draft_of_another_even_with_its_key(writer):
    page = Page(writer)
    page.save("私下写的")
    stranger = AccountFactory(person=PersonFactory())

    assert opened(stranger, PLACE, "写一篇", str(page.line)).draft is None
    use_up(line=page.line, owner=stranger)
    use_up(line=page.line, owner=stranger.person)
    theirs = Page(stranger)
    theirs.line = page.line
    theirs.save("我的")

    assert texts(writer) == ["私下写的"]
    assert texts(stranger) == ["我的"]


def test_what_is_thrown_away_is_gone(writer):
    throw_away(draft=Page(writer).save("不要了").draft)

    assert not Draft.objects.exists()


def test_what_is_too_long_for_a_draft_is_refused_and_what_stood_stays(writer):
    page = Page(writer)
    page.save("短的")

    with pytest.raises(DraftRefused, match="太长了"):
        page.save("长" * (actions.MOST_SIGNS + 1))

    assert texts(writer) == ["短的"]


def test_too_many_drafts_are_refused_while_those_there_can_be_saved_on(writer, monkeypatch):
    monkeypatch.setattr(actions, "MOST_DRAFTS", 1)
    page = Page(writer)
    page.save("一")

    with pytest.raises(DraftRefused, match="清理几份"):
        Page(writer, asked="new").save("二")

    page.save("一二")
    assert texts(writer) == ["一二"]


steps = st.lists(
    st.tuples(st.integers(0, 2), st.text("甲乙丙", min_size=1, max_size=3)), max_size=8
)


@given(steps)
def test_whatever_order_pages_save_in_each_finds_its_last_words_again(steps):
    owner = AccountFactory(username=f"w{uuid4()}", person=PersonFactory())
    Page(owner).save("开头")
    pages = [Page(owner) for _each in range(3)]
    last = {}
    for number, text in steps:
        pages[number].save(text)
        last[number] = text

    kept = {str(draft.words["text"][0]) for draft in drafts_of(owner)}
    assert set(last.values()) <= kept

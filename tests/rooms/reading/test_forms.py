"""What is asked, as clean values; what is wrong, in words that help."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.forms import (
    AnswersForm,
    BookForm,
    BorrowForm,
    GroupForm,
    GroupFormSet,
    LineForm,
    LongText,
    MarkForm,
    NoteForm,
    PeopleField,
    PlaceForm,
    RevisionForm,
)
from tests.factories import PersonFactory

DAY = date(2013, 12, 4)


@pytest.mark.parametrize("between", ["、", "，", ", ", "\n", " ；", "  ", "、\r\n"])
def test_names_may_be_written_with_anything_between(lin, zhou, between):
    assert PeopleField().clean(f"林知远{between}周明{between}") == [lin, zhou]


@pytest.mark.parametrize("written", ["重名（a2）", "重名(a2)"])
def test_a_namesake_is_named_by_code(db, written):
    PersonFactory(code="a1", name="重名")
    meant = PersonFactory(code="a2", name="重名")

    assert PeopleField().clean(written) == [meant]


def test_who_is_unknown_or_doubtful_is_named_with_a_way_out(lin):
    PersonFactory(code="a1", name="重名")
    PersonFactory(code="a2", name="重名")

    with pytest.raises(ValidationError, match="没有找到：无人"):
        PeopleField().clean("林知远、无人")
    with pytest.raises(ValidationError, match="没有找到：重名（a9）"):
        PeopleField().clean("重名（a9）")
    with pytest.raises(ValidationError, match="请在名字后加括号写工号"):
        PeopleField().clean("重名")


@given(st.text("甲\r\n 乙", max_size=20))
def test_long_text_keeps_everything_but_the_browsers_line_ends(written):
    clean = LongText(required=False, strip=False).clean(written)

    assert "\r\n" not in clean
    assert clean == written.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("title", "clean"), [("《劝学》", "劝学"), ("  劝学 ", "劝学"), ("劝学", "劝学")]
)
def test_a_title_needs_no_brackets(title, clean):
    form = BookForm({"title": title})

    assert form.is_valid()
    assert form.cleaned_data["title"] == clean


def test_an_isbn_is_kept_as_thirteen_digits_or_refused():
    assert BookForm({"title": "书", "isbn": "7-02-000220-X"}).is_valid()
    wrong = BookForm({"title": "书", "isbn": "123"})

    assert not wrong.is_valid()
    assert "照书背面再核对一遍" in str(wrong.errors["isbn"])


def test_a_group_that_is_not_bound_is_no_group(bureau):
    empty = GroupForm({"tier": "middle"}, on=DAY)
    bound = GroupForm({"binding": "required", "unit": bureau.pk}, on=DAY)

    assert empty.is_valid()
    assert empty.group is None
    assert bound.is_valid()
    assert (bound.group.binding, bound.group.unit, bound.group.tier) == ("required", bureau, "")


def test_a_group_names_tags_that_posts_bear(posts):
    tags = {value for value, _label in GroupForm(on=DAY).fields["tag"].choices}

    assert tags == {"", "teacher", "section_head", "party_member"}


def test_answers_may_stay_open_in_a_draft_only(assignment):
    assert AnswersForm({"keep": "1"}, assignment=assignment).is_valid()
    handed_in = AnswersForm({}, assignment=assignment)

    assert not handed_in.is_valid()
    assert len(handed_in.errors) == 2


def test_answers_come_by_question(assignment):
    first, second = assignment.questions.order_by("position")
    form = AnswersForm(
        {f"answer-{first.pk}": "一", f"answer-{second.pk}": "二"}, assignment=assignment
    )

    assert form.is_valid()
    assert form.answers == {first.pk: "一", second.pk: "二"}


@pytest.mark.parametrize(
    ("form", "fields", "valid"),
    [
        (PlaceForm, {"offset": "0"}, True),
        (PlaceForm, {"offset": "-1"}, False),
        (PlaceForm, {}, False),
        (BorrowForm, {"until": "2014-01-03"}, True),
        (BorrowForm, {"until": "明天"}, False),
        (MarkForm, {"words": "学", "start": ""}, True),
        (MarkForm, {"words": " "}, True),
        (MarkForm, {"words": ""}, False),
        (MarkForm, {"words": "学", "start": "-3"}, False),
        (MarkForm, {"words": "学", "thought": "想" * 2001}, False),
        (RevisionForm, {"title": "题", "text": "文", "grown_from": "1"}, True),
        (RevisionForm, {"title": "题", "text": "文", "grown_from": "0"}, False),
        (RevisionForm, {"title": "题" * 121, "text": "文", "grown_from": "1"}, False),
    ],
)
def test_what_is_let_through(form, fields, valid):
    assert form(fields).is_valid() == valid


def test_a_line_is_short_and_for_ones_own_units(school, other_school):
    def line(**fields):
        return LineForm({"words": "读了", **fields}, units=[school]).is_valid()

    assert line()
    assert line(unit=school.pk)
    assert not line(unit=other_school.pk)
    assert not line(words="长" * 141)
    assert line(words="长" * 140)


def test_a_note_is_of_a_known_kind(book):
    fields = {"title": "题", "text": "文", "book": book.pk}

    assert NoteForm({**fields, "kind": "reflection"}).is_valid()
    assert not NoteForm({**fields, "kind": "praise"}).is_valid()


@pytest.mark.parametrize("said", ["9999999", "5", "-1", "x", ""])
def test_no_more_groups_are_made_than_a_page_shows_whatever_it_says(db, said):
    data = {"groups-TOTAL_FORMS": said, "groups-INITIAL_FORMS": "0"}

    groups = GroupFormSet(data, prefix="groups", form_kwargs={"on": DAY})

    assert len(groups.forms) <= 4
    assert all(form.empty_permitted for form in groups.forms)

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from taihua.base.templatetags import page

WEDNESDAY = date(2013, 12, 4)
EVENING = datetime(2013, 12, 4, 17, 30, tzinfo=UTC)  # already Thursday in Shanghai
YEAR = (date(2013, 1, 1), date(2013, 12, 31))


def drawn(source: str, **values: object) -> str:
    return Template("{% load page %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("name", "value", "chinese", "english"),
    [
        ("day", WEDNESDAY, "12 月 4 日（周三）", "Wed 4 Dec"),
        ("day", EVENING, "12 月 5 日（周四）", "Thu 5 Dec"),
        ("day", None, "", ""),
        ("longday", WEDNESDAY, "2013 年 12 月 4 日", "4 December 2013"),
        ("longday", None, "", ""),
        ("moment", EVENING, "2013 年 12 月 5 日 01:30", "5 December 2013 01:30"),
        ("moment", None, "", ""),
        ("listed", ["甲", "乙"], "甲、乙", "甲, 乙"),
        ("html_lang", "zh-hans", "zh-Hans", "zh-Hans"),
        ("html_lang", "en", "en", "en"),
    ],
)
def test_days_and_lists_are_said_in_both_languages(name, value, chinese, english):
    said = getattr(page, name)

    assert said(value) == chinese
    with translation.override("en"):
        assert said(value) == english


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (150, "1.5"),
        (100, "1"),
        (12_000_000, "120,000"),
        (5, "0.05"),
        (0, "0"),
        (-250, "-2.5"),
        (Decimal("1.50"), "1.5"),
        (Decimal(600), "600"),
        (Decimal("1E+3"), "1,000"),
        (None, ""),
    ],
)
def test_an_amount_has_no_idle_zeros(value, plain):
    assert page.quantity(value) == plain


def test_money_says_its_unit_and_no_money_says_nothing():
    assert page.yuan(12_345_600) == "123,456 元"
    assert page.yuan(None) == ""


def test_a_state_is_a_word_with_a_shape_of_its_own():
    assert page.state("owed") == '<span class="state state-owed">尚欠</span>'
    assert ">尚欠 1 次<" in page.state("owed", "尚欠 1 次")
    assert len({page.state(code) for code in page.STATES}) == len(page.STATES)


def test_a_state_escapes_the_words_it_is_given():
    assert "<b>" not in page.state("done", "<b>好</b>")


@pytest.mark.parametrize(
    ("done", "of", "width"),
    [(3, 4, 75), (4, 4, 100), (9, 4, 100), (0, 4, 0), (1, 0, 0), (-1, 4, 0)],
)
def test_a_bar_is_as_long_as_its_share_and_never_longer(done, of, width):
    drawing = page.bar(done, of)

    assert f'width="{width}%"' in drawing
    assert ("bar-part" in drawing) == (width < 100)
    assert 'aria-hidden="true"' in drawing


def test_the_progress_hairline_says_how_far_one_has_read():
    assert 'aria-label="读到 34%"' in page.progress(34.25)


def test_the_timeline_fills_what_counted_and_leaves_the_rest_hollow():
    points = [(date(2013, 6, 1), True, "调研"), (date(2013, 3, 1), False, "补记")]

    drawing = page.timeline(*YEAR, points, WEDNESDAY, [(date(2013, 5, 1), date(2013, 5, 20))])

    assert drawing.count('class="counted"') == 1
    assert drawing.count('class="not-counted"') == 1
    assert "计入 1 次，未计入 1 次" in drawing
    assert 'class="away"' in drawing
    assert 'class="today"' in drawing
    assert "style=" not in drawing


def test_the_timeline_stacks_what_happened_on_one_day():
    same = [(WEDNESDAY, True, "上午"), (WEDNESDAY, True, "下午")]

    drawing = page.timeline(*YEAR, same)

    assert 'cy="44"' in drawing
    assert 'cy="31"' in drawing


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (*YEAR, 12),
        (date(2011, 1, 1), date(2013, 12, 31), 12),
        (date(2013, 12, 1), date(2013, 12, 31), 5),
        (date(2013, 12, 2), date(2013, 12, 8), 5),
        (WEDNESDAY, WEDNESDAY, 1),
    ],
)
def test_the_timeline_is_legible_however_long_the_period(first, last, labels):
    assert page.timeline(first, last, []).count("<text") == labels


def test_today_is_not_drawn_outside_the_period():
    assert 'class="today"' not in page.timeline(*YEAR, [], date(2014, 1, 1))


def test_an_address_keeps_its_questions_but_for_the_changed_ones():
    request = RequestFactory().get("/ledgers/visits/", {"unit": "3", "page": "1"})

    assert drawn("{% querystring_with page=2 %}", request=request) == "?unit=3&amp;page=2"
    assert drawn("{% querystring_with page=None %}", request=request) == "?unit=3"


class Asked(forms.Form):
    who = forms.ChoiceField(widget=forms.RadioSelect)
    which = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField()
    paper = forms.FileField()
    title = forms.CharField()


def test_each_field_is_laid_out_by_its_kind():
    kinds = [page.field_kind(field) for field in Asked()]

    assert kinds == ["group", "group", "tick", "file", "line"]


def test_a_placeholder_that_repeats_the_label_is_left_out():
    class Named(forms.Form):
        name = forms.CharField(label="姓名", widget=forms.TextInput({"placeholder": "姓名"}))
        code = forms.CharField(label="工号", widget=forms.TextInput({"placeholder": "如 0417"}))

    name, code = Named()

    assert 'placeholder=""' in page.plain(name)
    assert 'placeholder="如 0417"' in page.plain(code)


def test_a_day_of_another_year_says_which():
    on = date(2013, 12, 4)

    assert page.nearday(date(2013, 12, 20), on) == "12 月 20 日（周五）"
    assert page.nearday(date(2011, 12, 20), on) == "2011 年 12 月 20 日"
    assert page.nearday(None, on) == ""


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2013, 1, 1), date(2013, 12, 31), "2013 年", "2013"),
        (date(2013, 2, 1), date(2013, 2, 28), "2013 年 2 月", "February 2013"),
        (
            date(2012, 2, 1),
            date(2012, 2, 28),
            "2012 年 2 月 1 日至 2 月 28 日",
            "1 February – 28 February 2012",
        ),
        (date(2013, 12, 4), date(2013, 12, 4), "2013 年 12 月 4 日", "4 December 2013"),
        (
            date(2013, 9, 20),
            date(2014, 1, 10),
            "2013 年 9 月 20 日至 2014 年 1 月 10 日",
            "20 September 2013 – 10 January 2014",
        ),
        (date(2013, 9, 1), None, "2013 年 9 月 1 日起", "from 1 September 2013"),
    ],
)
def test_a_span_of_days_is_said_as_short_as_it_can_be(first, last, chinese, english):
    assert page.span(first, last) == chinese
    with translation.override("en"):
        assert page.span(first, last) == english


def test_marks_between_words_are_those_of_the_language():
    assert (
        page.aside("办公室") + page.colon() + page.comma() + page.semicolon() == "（办公室）：，；"
    )
    with translation.override("en"):
        assert page.aside("office") + page.colon() == " (office): "
        assert page.comma() + page.semicolon() == ", ; "
    assert page.aside(None) == ""

"""What clerks type: told what is wrong beside its field, and never lost."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taihua.base.ledger import CellError
from taihua.kernel import house
from taihua.kernel.org.models import Unit
from taihua.rooms.ledgers import forms

TITLES = {1: "去了哪里", 3: ""}


@pytest.fixture
def ledger():
    return house.ledgers()["visits"]


def match_form(ledger, data=None):
    return forms.MatchForm(
        data, ledger=ledger, titles=TITLES, samples={1: "苔花一小"}, given={1: "place"}
    )


def test_each_unclear_title_is_asked_about_with_a_sample(ledger):
    form = match_form(ledger)

    asked = form.fields["column-1"]
    assert asked.label == "表里的“去了哪里”"
    assert asked.help_text == "例如：苔花一小"
    assert asked.initial == "place"
    assert form.fields["column-3"].label == "表里的“第 4 列”"
    assert form.fields["column-3"].initial == forms.LEFT_OUT


def test_needed_columns_say_so_among_the_answers(ledger):
    choices = dict(match_form(ledger).fields["column-1"].choices)

    assert choices["-"] == "不导入这一列"
    assert choices["place"] == "调研单位（必填）"
    assert choices["days"] == "天数"


def test_an_answer_is_a_column_or_to_leave_it_out(ledger):
    form = match_form(ledger, {"column-1": "place", "column-3": "-"})

    assert form.is_valid()
    assert form.placed == {1: "place", 3: ""}


@pytest.mark.parametrize("answer", ["", "no-such", "<script>"])
def test_another_answer_is_refused(ledger, answer):
    form = match_form(ledger, {"column-1": answer, "column-3": "-"})

    assert not form.is_valid()
    assert list(form.errors) == ["column-1"]


@pytest.mark.parametrize("year", ["1989", "2101", "两千", "2013.5", "-2013"])
@pytest.mark.parametrize("form", [forms.YearForm, forms.SheetForm])
def test_a_year_has_four_digits_of_our_times(form, year):
    found = form({"year": year})

    assert found.errors["year"] == ["年份要写四位数字，如 2013。"]
    assert found["year"].value() == year


@pytest.mark.parametrize("year", ["1990", "2013", "２０１３", "2100"])
def test_a_year_of_our_times_is_taken_in_either_width(year):
    form = forms.YearForm({"year": year})

    assert form.is_valid()
    assert form.cleaned_data["year"] == int(year)


def test_an_empty_file_is_left_for_the_reader_to_refuse(db):
    form = forms.SheetForm({}, {"sheet": SimpleUploadedFile("空.xlsx", b"")})

    assert form.is_valid()
    assert form.cleaned_data["year"] is None


def test_no_file_is_told_beside_its_field():
    form = forms.SheetForm({}, {})

    assert list(form.errors) == ["sheet"]


@pytest.mark.parametrize(("size", "fits"), [(10, True), (11, False)])
def test_a_file_may_be_as_large_as_the_limit(monkeypatch, size, fits):
    monkeypatch.setattr(forms, "LARGEST_FILE", 10)

    form = forms.SheetForm({}, {"sheet": SimpleUploadedFile("x", bytes(size))})

    assert form.is_valid() is fits


def test_the_filters_offer_the_years_and_the_units_one_sees(school, other_school):
    units = Unit.objects.filter(pk=school.pk)

    form = forms.FilterForm({"year": "2013"}, units=units, years=range(2013, 2010, -1))

    assert form.is_valid()
    assert form.cleaned_data["year"] == 2013
    assert [label for _value, label in form.fields["year"].choices][:2] == ["历年", "2013 年"]
    assert not forms.FilterForm(
        {"unit": other_school.pk}, units=units, years=range(2013, 2010, -1)
    ).is_valid()


@pytest.mark.parametrize("data", [{"year": "2009"}, {"year": "x"}, {"name": "长" * 61}])
def test_a_filter_that_is_none_is_refused(db, data):
    form = forms.FilterForm(data, units=Unit.objects.none(), years=range(2013, 2010, -1))

    assert not form.is_valid()


def test_a_row_is_asked_for_in_the_order_of_its_columns_with_their_units(ledger):
    form = forms.RowForm(ledger=ledger)

    assert list(form.fields) == [column.code for column in ledger.columns]
    assert form.fields["days"].label == "天数（天）"
    assert form.fields["person"].required
    assert not form.fields["seen"].required


def test_what_a_member_need_not_type_is_not_asked_and_still_sent(ledger):
    form = forms.RowForm(
        {"day": "2013-11-04", "place": "苔花一小", "topic": "课"},
        ledger=ledger,
        fixed={"person": "wu", "unit": ""},
    )

    assert form.is_valid()
    assert "person" not in form.fields
    assert (form.cells["person"], form.cells["day"]) == ("wu", "2013-11-04")


def test_what_is_needed_and_empty_is_named(ledger):
    form = forms.RowForm({"person": "林知远", "day": " "}, ledger=ledger)

    assert {name: told for name, (told,) in form.errors.items()} == {
        "day": "没有填日期。请补上。",
        "place": "没有填调研单位。请补上。",
        "topic": "没有填调研主题。请补上。",
    }


def test_a_choice_offers_its_words_and_nothing_beside(ledger):
    meetings = house.ledgers()["meetings"]

    kinds = forms.RowForm(ledger=meetings).fields["kind"].choices

    assert kinds[0] == ("", "请选择")
    assert ("党课", "党课") in kinds


def test_a_correction_begins_with_the_row_as_it_is():
    meetings = house.ledgers()["meetings"]
    row = dict.fromkeys((column.code for column in meetings.columns), None)
    row |= {"topic": "学习", "expected": Decimal(12), "present": ("林知远", "周明")}

    form = forms.CorrectionForm(ledger=meetings, row=row)

    assert form["topic"].value() == "学习"
    assert form["expected"].value() == "12"
    assert form["present"].value() == "林知远、周明"
    assert form["decision"].value() == ""
    assert "reason" in form.fields


def test_the_reason_of_a_correction_is_no_cell(ledger):
    said = {"person": "林知远", "day": "2013-11-04", "place": "苔花一小", "topic": "课"}

    form = forms.CorrectionForm(said | {"reason": "写错"}, ledger=ledger)

    assert form.is_valid()
    assert "reason" not in form.cells


@pytest.mark.parametrize("reason", ["", " ", "长" * 201])
def test_a_reason_is_needed_and_short(reason):
    assert not forms.ReasonForm({"reason": reason}).is_valid()


def test_refusals_stand_beside_their_fields_or_above_all(ledger):
    said = {"person": "林之远", "day": "2013-11-04", "place": "苔花一小", "topic": "课"}
    form = forms.RowForm(said, ledger=ledger, fixed={"unit": ""})
    assert form.is_valid()

    form.refuse(
        "有几格要改。",
        [
            CellError(0, "person", "林之远", "没有“林之远”这个人。", "是不是“林知远”？"),
            CellError(0, "unit", "", "没有这个单位。"),
        ],
    )

    assert form.errors["person"] == ["没有“林之远”这个人。是不是“林知远”？"]
    assert form.non_field_errors() == ["没有这个单位。"]
    assert form["person"].value() == "林之远"


def test_a_refusal_without_cells_stands_above_all(ledger):
    form = forms.RowForm({}, ledger=ledger)

    form.refuse("台账里已经有这一行了。", [])

    assert form.non_field_errors() == ["台账里已经有这一行了。"]

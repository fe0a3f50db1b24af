"""The report as it stands, its numbers, what backs them, and the records one may open."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import RequestFactory

from taihua.kernel.records.actions import void
from taihua.kernel.records.queries import everything_said
from taihua.rooms.reports import actions
from taihua.rooms.reports.queries import figures, report
from taihua.rooms.reports.queries.files import MEDIA_TYPES, Form, as_file
from taihua.rooms.reports.views.asked import asked_moment, asked_year, offered_years
from tests.factories import NINE, UnitFactory
from tests.rooms.reports.views.reading import SERVICE, TEN, TODAY

LATER = NINE + timedelta(days=1)


@pytest.fixture
def begun(bureau, su, lin, helped):
    helped(lin, 612)
    return actions.begin(year=2013, on=TODAY, at=NINE, by=su.account)


@pytest.fixture
def issued(begun, su):
    return actions.issue(
        version=begun, expected=1, number="苔教〔2013〕1号", on=TODAY, at=TEN, by=su.account
    )


def text_of(found, key=SERVICE):
    return next(part.text for part in found.sections if part.key == key)


# --- the report ---------------------------------------------------------------------------------------


def test_a_report_that_is_not_begun_is_what_the_records_would_write(bureau, lin, helped):
    helped(lin, 3)

    found = report.report_of(2013, TODAY)

    assert (found.version, found.is_issued, found.body) == (None, False, "苔花区教育局")
    assert "[[help.person_times|3]]" in text_of(found)
    assert report.version_of(2013) is None


def test_a_draft_shows_the_numbers_of_today(begun, lin, helped):
    helped(lin, 8, path="t-9")

    assert "[[help.person_times|620]]" in text_of(report.report_of(2013, TODAY))
    stored = next(part.text for part in report.sections_of(begun) if part.key == SERVICE)
    assert "[[help.person_times|612]]" in stored


def test_an_issued_report_keeps_its_own(issued, lin, helped):
    helped(lin, 8, path="t-9", at=LATER)

    found = report.report_of(2013, TODAY)

    assert "[[help.person_times|612]]" in text_of(found)
    assert found.shown["help.person_times"] == "620"


def test_a_report_can_be_read_as_it_was_known(begun, lin, helped):
    helped(lin, 8, path="t-9", at=LATER)

    then = report.report_of(2013, TODAY, TEN)

    assert then.shown["help.person_times"] == "612"


def test_a_house_without_a_bureau_has_the_name_it_was_given(settings):
    settings.TAIHUA_BODY = "某区教育局"

    assert report.bureau() is None
    assert report.body_name() == "某区教育局"


def test_of_several_bureaus_the_topmost_issues_the_report(bureau):
    UnitFactory(code="a", name="分局", kind="bureau", parent=bureau)

    assert report.bureau() == bureau


def test_the_years_offered_are_three_and_those_with_a_report(begun, su):
    actions.begin(year=1999, on=TODAY, at=NINE, by=su.account)

    found = report.years(TODAY)

    assert [year for year, _document in found] == [2013, 2012, 2011, 1999]
    assert [document is not None for _year, document in found] == [True, False, False, True]


# --- what changed, what backs it ----------------------------------------------------------------------


def test_nothing_has_changed_since_a_report_that_is_not_issued(begun, lin, helped):
    helped(lin, 8, path="t-9")

    assert report.changed_since_issue(report.report_of(2013, TODAY)) == []


def test_a_figure_that_came_to_differ_is_named_with_both_numbers(issued, lin, helped):
    helped(lin, 8, path="t-1", at=LATER)

    changed = report.changed_since_issue(report.report_of(2013, TODAY))

    assert [(one.code, one.issued, one.now) for one in changed] == [
        ("help.person_times", "612", "620")
    ]


def test_a_record_taken_back_after_the_issue_is_a_change_too(issued):
    void(statement=everything_said().first(), reason="登记重了", at=LATER)

    changed = report.changed_since_issue(report.report_of(2013, TODAY))

    assert {(one.code, one.now) for one in changed} == {
        ("help.person_times", "0"),
        ("help.persons", "0"),
    }


def test_a_figure_that_nobody_declares_any_more_is_told_without_a_number(issued, monkeypatch):
    from taihua.kernel import house  # noqa: PLC0415  # the very module that is changed

    monkeypatch.setattr(house, "figures", dict)

    changed = report.changed_since_issue(report.report_of(2013, TODAY))

    assert ("help.person_times", "612", "—") in [
        (one.sentence, one.issued, one.now) for one in changed
    ]


def test_every_figure_placed_is_backed_by_its_basis_and_an_address(begun):
    backed = report.backings(report.report_of(2013, TODAY))

    assert backed["help.person_times"].basis == "2011 年以来登记的帮扶人次"
    assert backed["help.person_times"].href == "/reports/figures/help.person_times/?year=2013"


def test_a_draft_bears_no_number_and_an_issued_report_its_day(begun, su):
    draft = report.paper_of(report.report_of(2013, TODAY), date(2013, 12, 30))
    actions.issue(version=begun, expected=1, number="一号", on=TODAY, at=TEN, by=su.account)
    paper = report.paper_of(report.report_of(2013, TODAY), date(2013, 12, 30))

    assert (draft.number, draft.masthead, draft.sealed) == ("", "", False)
    assert draft.day == date(2013, 12, 30)
    assert (paper.number, paper.masthead) == ("一号", "苔花区教育局文件")
    assert paper.day == TODAY


def test_for_programs_the_report_has_text_numbers_and_provenance(issued):
    told = json.loads(as_file(report.report_of(2013, TODAY), Form.JSON, TODAY))

    assert (told["year"], told["number"], told["version"]) == (2013, "苔教〔2013〕1号", 2)
    assert told["figures"]["help.person_times"]["number"] == "612"
    section = next(part for part in told["sections"] if part["key"] == SERVICE)
    assert "612人次" in section["text"]
    assert "[[" not in section["text"]
    assert section["figures"][0] == "help.person_times"
    assert told["undeclared"] == []


def test_a_report_that_is_not_begun_has_no_number_for_programs_either(bureau):
    told = report.as_json(report.report_of(2013, TODAY))

    assert (told["number"], told["version"], told["issued_at"]) == ("", 0, None)


@pytest.mark.parametrize(
    ("form", "begins"),
    [(Form.HTML, b"<!DOCTYPE html>"), (Form.DOCX, b"PK"), (Form.PDF, b"%PDF"), (Form.JSON, b"{")],
)
def test_each_form_is_what_it_says(begun, form, begins):
    assert as_file(report.report_of(2013, TODAY), form, TODAY).startswith(begins)
    assert form.media_type == MEDIA_TYPES[form]


@pytest.mark.parametrize("odd", ["\x0b", "\x07", "\ufffe", "<w:p>", "&amp;", "]]>", "🌱", "\u202e"])
def test_a_text_with_odd_signs_still_becomes_a_paper(begun, su, odd):
    actions.write(
        document=begun.document,
        key=SERVICE,
        text=f"甲{odd}乙",
        expected=1,
        on=TODAY,
        at=TEN,
        by=su.account,
    )
    found = report.report_of(2013, TODAY)

    assert as_file(found, Form.DOCX, TODAY).startswith(b"PK")
    assert as_file(found, Form.PDF, TODAY).startswith(b"%PDF")


# --- figures ------------------------------------------------------------------------------------------


def test_a_year_is_asked_for_whole_and_judged_on_the_day(bureau, school):
    apart = UnitFactory(parent=None)
    asked = figures.year_asked(2012, TODAY)
    of_unit = figures.year_asked(2012, TODAY, unit=bureau)

    assert (asked.first, asked.last, asked.on) == (date(2012, 1, 1), date(2012, 12, 31), TODAY)
    assert asked.units is None
    assert of_unit.units == {bureau.pk, school.pk}
    assert figures.year_asked(2012, TODAY, unit=apart).units == {apart.pk}


def test_the_unit_above_all_is_asked_for_as_the_whole_house(bureau, school):
    assert figures.year_asked(2012, TODAY, unit=bureau).units is None
    assert figures.year_asked(2012, TODAY, unit=school).units == {school.pk}


def test_what_was_known_then_is_judged_on_that_day():
    assert figures.year_asked(2013, TODAY, NINE - timedelta(days=9)).on == date(2013, 11, 25)


def test_a_unit_is_asked_for_by_those_who_see_it(shen, wu, lin, school, other_school):
    assert figures.unit_asked(shen.account, "school-1") == school
    assert figures.unit_asked(shen.account, "school-2") is None
    assert figures.unit_asked(lin.account, "school-2") == other_school
    assert figures.unit_asked(wu.account, "school-2") is None
    assert figures.unit_asked(lin.account, "\x00' OR 1=1") is None


def test_records_open_to_whom_they_are_about_and_to_those_above(
    lin, zhou, shen, wu, su, zheng, helped
):
    told = helped(shen)

    able = [
        one.name
        for one in (lin, zhou, shen, wu, su, zheng)
        if figures.record_of(one.account, told.uuid, TODAY)
    ]

    assert able == ["林知远", "沈青", "苏禾", "郑岩"]


def test_a_record_that_is_none_opens_to_nobody(su):
    assert figures.record_of(su.account, uuid4(), TODAY) is None


def test_a_record_taken_back_still_opens(su, shen, helped):
    told = helped(shen)
    void(statement=told, reason="重复", at=TEN)

    assert figures.record_of(su.account, told.uuid, TODAY) == told


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_numbers_of_a_year_cost_the_same_however_many_records(
    lin, helped, django_assert_num_queries, count
):
    for place in range(count):
        helped(lin, path=f"t-{place}")

    with django_assert_num_queries(2):
        assert figures.numbers(2013, TODAY)["help.persons"].number == count


# --- what an address asks for -------------------------------------------------------------------------


def asking(**said):
    return RequestFactory().get("/", said)


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("2011", 2011), ("1949", 1949), ("2999", 2999), ("1948", 2013), ("3000", 2013),
        ("", 2013), ("x", 2013), ("-5", 2013), ("２０１１", 2013), ("2011.5", 2013),
        ("9" * 30, 2013), ("\x00", 2013),
    ],
)  # fmt: skip
def test_a_year_that_cannot_be_is_the_present_one(said, year):
    assert asked_year(asking(year=said), TODAY) == year


@pytest.mark.parametrize(
    "said", ["", "x", "2013-12-04", "2013-12-04T09:00:00", "2013-02-30T09:00:00Z", "\x00"]
)
def test_a_moment_that_cannot_be_is_none(said):
    assert asked_moment(asking(known=said)) is None


def test_a_moment_has_its_zone():
    assert asked_moment(asking(known="2013-12-04T09:00:00+08:00")) == NINE


def test_four_years_are_offered_the_present_one_first():
    assert offered_years(TODAY) == [2013, 2012, 2011, 2010]

from datetime import date, timedelta

import pytest
from django.db import transaction

from taihua.kernel.documents.actions import DocumentRefused, Overtaken, revise
from taihua.kernel.documents.models import Version
from taihua.kernel.documents.queries import beside, newest
from taihua.kernel.records.actions import void
from taihua.kernel.records.queries import statements
from taihua.rooms.reports import actions
from taihua.rooms.reports.logic.merge import Choice
from taihua.rooms.reports.logic.outline import Section
from taihua.rooms.reports.queries.report import (
    as_body,
    changed_since_issue,
    merged,
    report_of,
    sections_of,
    version_of,
)
from tests.factories import NINE

TODAY = date(2013, 12, 4)
TEN = NINE + timedelta(hours=1)
SERVICE, CARE = "learning.service", "cohesion.care"


def begin(su):
    return actions.begin(year=2013, on=TODAY, at=NINE, by=su.account)


def write(version, text, by, *, key=SERVICE, expected=None):
    return actions.write(
        document=version.document,
        key=key,
        text=text,
        expected=version.number if expected is None else expected,
        on=TODAY,
        at=TEN,
        by=by.account,
    )


def refresh(version, by, choices=None):
    return actions.refresh(
        version=version,
        expected=version.number,
        choices=choices or {},
        known=TEN,
        on=TODAY,
        at=TEN,
        by=by.account,
    )


def issue(version, su, number="苔教〔2013〕1号", at=TEN):
    return actions.issue(
        version=version, expected=version.number, number=number, on=TODAY, at=at, by=su.account
    )


def text_of(version, key=SERVICE):
    return next(section.text for section in sections_of(version) if section.key == key)


def test_begin_writes_the_report_from_the_records(bureau, su, lin, helped):
    helped(lin, 612, path="t-1")

    version = begin(su)

    assert "解决实际困难[[help.person_times|612]]人次" in text_of(version)
    assert "下基层调研没有查到记录。" in text_of(version)
    assert version.document.title == "苔花区教育局2013年度学习型党组织建设工作总结"
    assert begin(su) == version


def test_write_counts_the_numbers_itself(bureau, su, lin, helped):
    helped(lin, 612)

    version = write(begin(su), "我们帮了[[help.person_times|999]]人次。\r\n\r\n 很好。 ", su)

    assert text_of(version) == "我们帮了[[help.person_times|612]]人次。\n\n很好。"


def test_write_refuses_a_figure_that_nobody_declares(bureau, su):
    version = begin(su)

    with pytest.raises(actions.ReportRefused, match=r"no\.such"):
        write(version, "[[no.such]]人", su)

    assert newest(version.document) == version


def test_write_refuses_a_section_that_is_not_there(bureau, su):
    with pytest.raises(actions.ReportRefused, match="没有这一部分"):
        write(begin(su), "文", su, key="nowhere")


def test_two_who_write_the_same_section_are_told_and_lose_nothing(bureau, su, lin):
    start = begin(su)
    write(start, "苏禾写的。", su)

    with pytest.raises(Overtaken):
        write(start, "林知远写的。", lin)

    current = newest(start.document)
    assert text_of(current) == "苏禾写的。"
    assert [text_of(text) for text in beside(current)] == ["林知远写的。"]


def test_two_who_write_different_sections_both_succeed(bureau, su, lin):
    start = begin(su)
    write(start, "宗旨。", su)

    last = write(start, "关爱。", lin, key=CARE)

    assert (text_of(last), text_of(last, CARE)) == ("宗旨。", "关爱。")


def test_refresh_renews_numbers_inside_sentences_that_people_wrote(bureau, su, lin, helped):
    helped(lin, 600)
    version = write(begin(su), "我们帮了[[help.person_times|600]]人次，都有回访。", su)
    helped(lin, 12, path="t-2")

    version = refresh(version, su)

    assert text_of(version) == "我们帮了[[help.person_times|612]]人次，都有回访。"


def test_refresh_brings_new_sentences_and_keeps_what_people_added(bureau, su, lin, helped):
    start = begin(su)
    version = write(start, text_of(start) + "另外，我们还走访了老党员。", su)
    helped(lin, 612)

    version = refresh(version, su)

    assert "解决实际困难[[help.person_times|612]]人次" in text_of(version)
    assert text_of(version).endswith("另外，我们还走访了老党员。")


def test_refresh_asks_where_both_changed_the_same_sentence(bureau, su, lin, helped):
    start = begin(su)
    version = write(start, text_of(start).replace("没有查到记录。资助", "在补登。资助"), su)
    version = write(version, "我全部重写了。", su)
    helped(lin, 612)
    asked = {each.section.key: each.conflicts for each in merged(version, TODAY, TEN)}

    assert asked[SERVICE] == 1
    kept = refresh(version, su)
    assert text_of(kept) == "我全部重写了。"


@pytest.mark.parametrize(
    ("choice", "mine", "theirs"),
    [(Choice.MINE, True, False), (Choice.THEIRS, False, True), (Choice.BOTH, True, True)],
)
def test_refresh_does_as_chosen(bureau, su, lin, helped, choice, mine, theirs):
    version = write(begin(su), "我全部重写了。", su)
    helped(lin, 612)

    text = text_of(refresh(version, su, {SERVICE: [choice]}))

    assert ("我全部重写了。" in text) is mine
    assert ("[[help.person_times|612]]" in text) is theirs


def test_after_a_refresh_the_same_refresh_changes_nothing(bureau, su, lin, helped):
    version = write(begin(su), "我全部重写了。", su)
    helped(lin, 612)
    once = refresh(version, su, {SERVICE: [Choice.MINE]})

    twice = refresh(once, su)

    assert sections_of(twice) == sections_of(once)


def test_refresh_keeps_a_section_that_the_outline_no_longer_has(bureau, su):
    start = begin(su)
    extra = Section("old.part", 2, "旧的一节", "当年写的。", "当年写的。")
    version = revise(
        document=start.document,
        expected=1,
        body=as_body([*sections_of(start), extra]),
        at=TEN,
        by=su.account,
    )

    assert text_of(refresh(version, su), "old.part") == "当年写的。"


def test_refresh_refuses_choices_made_for_an_older_text(bureau, su):
    version = begin(su)

    with pytest.raises(actions.ReportRefused, match="又有人改过"):
        actions.refresh(
            version=version,
            expected=version.number - 1,
            choices={},
            known=TEN,
            on=TODAY,
            at=TEN,
            by=su.account,
        )


def test_issue_closes_the_year_with_a_snapshot_and_is_on_record(bureau, su, lin, helped):
    helped(lin, 612)

    version = issue(begin(su), su)

    snapshot = version.provenance["help.person_times"]
    assert (snapshot["number"], snapshot["exact"], snapshot["unit"]) == ("612", "612", "人次")
    assert snapshot["provenance"]["known"] == TEN.isoformat()
    said = statements().get(verb__code="issued-document")
    assert (said.unit, said.object_label) == (bureau, f"{version.document.title} 苔教〔2013〕1号")


def test_issue_knows_what_was_stored_at_an_hour_that_the_clock_has_yet_to_reach(
    bureau, su, lin, helped
):
    helped(lin, 612, at=TEN + timedelta(hours=9))

    version = issue(begin(su), su)

    assert version.provenance["help.person_times"]["number"] == "612"
    assert version.known_at == TEN + timedelta(hours=9)
    assert changed_since_issue(report_of(2013, TODAY)) == []


def test_after_issue_corrections_are_shown_and_never_change_the_text(bureau, su, lin, helped):
    first = helped(lin, 600)
    helped(lin, 12, path="t-2")
    issue(begin(su), su)
    void(statement=first, reason="重复登记", at=TEN + timedelta(days=1))

    report = report_of(2013, TODAY)

    service = next(section for section in report.sections if section.key == SERVICE)
    assert "[[help.person_times|612]]" in service.text
    assert [(change.code, change.issued, change.now) for change in changed_since_issue(report)] == [
        ("help.person_times", "612", "12"),
        ("help.persons", "2", "1"),
    ]


def test_after_issue_figures_replay_as_they_were_known(bureau, su, lin, helped):
    first = helped(lin, 612)
    version = issue(begin(su), su)
    void(statement=first, reason="重复登记", at=TEN + timedelta(days=1))

    then = report_of(2013, TODAY, known=version.known_at)

    assert then.shown["help.person_times"] == "612"
    assert report_of(2013, TODAY).shown["help.person_times"] == "0"


def test_an_issued_report_is_neither_written_nor_refreshed_nor_issued_again(bureau, su):
    version = issue(begin(su), su)

    with pytest.raises(DocumentRefused, match="已印发"):
        write(version, "再改。", su)
    with pytest.raises(DocumentRefused, match="已印发"):
        refresh(version, su)
    with pytest.raises(DocumentRefused), transaction.atomic():
        issue(version, su, "苔教〔2013〕2号")

    assert version_of(2013) == version


def test_issue_asks_for_a_number_and_otherwise_does_nothing(bureau, su):
    version = begin(su)

    with pytest.raises(actions.ReportRefused, match="发文字号"):
        issue(version, su, "  ")

    assert Version.objects.count() == 1
    assert not newest(version.document).is_issued

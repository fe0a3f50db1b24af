import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taihua.kernel.documents.models import DocumentFile
from taihua.rooms.reading.actions.contributions import edit_text, withdraw
from taihua.rooms.reading.actions.volumes import issue_volume
from taihua.rooms.reading.models import Volume
from tests.factories import NINE, AccountFactory
from tests.rooms.reading.anthology.conftest import LATER


def to(name, *args):
    return reverse(f"reading:{name}", args=args)


@pytest.fixture
def issued(ready, su):
    return issue_volume(volume=ready, by=su.account, at=LATER)


@pytest.fixture
def as_reader(logged_in):
    """The browser of somebody who was asked to read."""

    def log_in(opinion):
        account = AccountFactory(username=opinion.reader.code, person=opinion.reader)
        return logged_in(account)

    return log_in


def test_sections_and_order_are_set_on_one_page(logged_in, give, select, shen, zhou, su):
    pieces = [select(give(shen)), select(give(zhou, "两盏灯"))]
    browser = logged_in(su)
    browser.post(to("arrange", 3), {"titles": "灯下\n校园"})
    section = Volume.objects.get().sections.get(title="校园")

    browser.post(
        to("arrange", 3),
        {
            f"section-{pieces[0].pk}": section.pk,
            f"place-{pieces[0].pk}": 2,
            f"section-{pieces[1].pk}": "",
            f"place-{pieces[1].pk}": 1,
        },
    )

    pieces[0].refresh_from_db()
    pieces[1].refresh_from_db()
    assert (pieces[0].section, pieces[0].place) == (section, 2)
    assert pieces[1].section is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"titles": "灯下\n灯下"}, "同名的栏目"),
        ({"section-1": "9", "place-1": "x"}, "排栏目和次序"),
    ],
)
def test_a_wrong_arrangement_is_told(logged_in, give, select, shen, su, fields, said):
    select(give(shen))

    assert said in logged_in(su).post(to("arrange", 3), fields).text
    assert not Volume.objects.get().sections.exists()


def test_a_volume_is_issued_only_when_nothing_is_missing(logged_in, volume, su):
    browser = logged_in(su)

    assert "还没有选入一篇" in browser.get(to("issue-volume", 3)).text
    answer = browser.post(to("issue-volume", 3), follow=True)

    assert "还没有选入一篇" in answer.text
    volume.refresh_from_db()
    assert not volume.is_issued


def test_an_issued_volume_shows_its_contents_and_both_files(logged_in, ready, su, wu):
    answer = logged_in(su).post(to("issue-volume", 3), follow=True)
    assert "已印发，书已上架" in answer.text

    page = logged_in(wu).get(to("volume", 3)).text

    for said in ("灯下读书", "两盏灯", "江南", "下载 PDF", "下载 EPUB", "在线读"):
        assert said in page
    assert "登记勘误" not in page
    assert logged_in(su).get(to("edit-volume", 3)).status_code == 404


def test_a_missing_pdf_can_be_asked_for(logged_in, issued, wu):
    browser = logged_in(wu)
    assert "还没有排好" in browser.get(to("volume", 3)).text

    answer = browser.post(to("set-pdf", 3), follow=True)

    assert "已生成" in answer.text
    assert "下载 PDF" in browser.get(to("volume", 3)).text
    made = DocumentFile.objects.get(form="pdf")
    browser.post(to("set-pdf", 3))
    assert DocumentFile.objects.get(form="pdf") == made


def test_who_waits_for_the_pdf_sees_it_come(logged_in, issued, wu):
    browser = logged_in(wu)

    waiting = browser.get(to("set-pdf", 3))
    part = browser.get(to("set-pdf", 3), headers={"HX-Request": "true"})

    assert waiting.status_code == part.status_code == 202
    assert "正在生成" in waiting.text
    assert to("volume", 3) in waiting.text
    assert part.text.strip().startswith("<div")


def test_issuing_leads_to_where_one_sees_the_pdf_come(logged_in, ready, su):
    answer = logged_in(su).post(to("issue-volume", 3))

    assert answer.url.startswith(to("set-pdf", 3))
    assert "已生成" in logged_in(su).get(answer.url).text


def test_an_erratum_is_shown_to_everybody(logged_in, issued, su, wu):
    logged_in(su).post(
        to("note-erratum", 3), {"place": "第 1 页", "printed": "坐", "correct": "座"}
    )

    page = logged_in(wu).get(to("volume", 3)).text
    assert "第 1 页" in page
    assert re.search(r"<ins\s*>座</ins>", page)
    assert (
        "一样的"
        in logged_in(su)
        .post(to("note-erratum", 3), {"place": "p", "printed": "座", "correct": "座"})
        .text
    )
    assert logged_in(wu).get(to("note-erratum", 3)).status_code == 404


def test_an_open_volume_says_how_texts_are_treated(logged_in, volume, wu):
    page = logged_in(wu).get(to("volume", 3)).text

    assert "写真事。" in page
    assert "他们不知道作者是谁" in page
    assert to("notes") in page


def test_the_page_of_volumes_tells_each_what_concerns_them(logged_in, volume, issued, give, zhou):
    page = logged_in(zhou).get(to("volumes")).text

    assert "我投的稿" in page
    assert "12 月 7 日" in page


def test_an_account_without_a_person_sees_the_volumes(logged_in, keeper, volume):
    assert "正在征稿" in logged_in(keeper).get(to("volumes")).text


@pytest.mark.parametrize("many", [1, 4])
def test_the_editors_page_costs_the_same_with_more_texts(
    logged_in, volume, give, read, su, shen, many
):
    for number in range(many):
        read(give(shen, f"第{number}篇"))
    browser = logged_in(su)
    browser.get(to("edit-volume", 3))

    with CaptureQueriesContext(connection) as queries:
        browser.get(to("edit-volume", 3))

    assert len(queries) <= 14


def test_what_was_taken_back_is_gone_from_the_editors_page(logged_in, give, shen, su):
    withdraw(contribution=give(shen), at=NINE)

    assert "还没有来稿" in logged_in(su).get(to("edit-volume", 3)).text


def test_a_writer_agrees_to_the_words_on_the_page_and_to_no_others(
    logged_in, give, select, shen, su
):
    piece = select(give(shen))
    for number, text in enumerate(("短。", "更短。")):
        edit_text(
            contribution=piece,
            expected=number,
            title="座位",
            text=text,
            remark="",
            editor=su,
            at=NINE,
        )

    page = logged_in(shen).post(to("contribution", piece.pk), {"answer": "agree", "number": 1})

    assert "又改了一稿" in page.text
    assert not piece.texts.exclude(agreed_at=None).exists()


def test_a_clerk_who_still_has_to_read_a_text_does_not_learn_whose_it_is(
    logged_in, volume, give, shen, su, readers
):
    piece = give(shen)
    piece.opinions.filter(reader=piece.opinions.first().reader).update(reader=su)
    browser = logged_in(su)

    assert browser.get(to("choose", piece.pk)).status_code == 404
    assert "沈青" not in browser.get(to("edit-volume", 3)).text


def test_a_section_with_too_long_a_name_is_told(logged_in, volume, su):
    page = logged_in(su).post(to("arrange", 3), {"titles": "长" * 41}).text

    assert "不超过 40 字" in page
    assert not Volume.objects.get().sections.exists()

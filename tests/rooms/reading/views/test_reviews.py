import pytest
from django.urls import reverse

from taihua.rooms.reading.actions.checks import hand_in_answers
from taihua.rooms.reading.enums import Outcome
from tests.factories import NINE
from tests.rooms.reading.conftest import answers_to, read_through


@pytest.fixture
def waiting(assignment, zhou, book):
    read_through(zhou, book)
    return hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE
    )


def test_a_paper_is_seen_by_its_writer_and_its_reviewer_only(
    logged_in, waiting, lin, zhou, su, wu, zheng
):
    address = reverse("reading:review", args=[waiting.pk])
    status = {
        person.name: logged_in(person).get(address).status_code
        for person in (lin, zhou, su, wu, zheng)
    }

    assert status == {"林知远": 200, "周明": 200, "苏禾": 404, "吴江": 404, "郑岩": 404}


def test_the_writer_sees_no_buttons_and_his_post_changes_nothing(logged_in, waiting, zhou):
    address = reverse("reading:review", args=[waiting.pk])

    assert "请对方补查" not in logged_in(zhou).get(address).text
    assert "不是交给您的" not in logged_in(zhou).get(address).text
    logged_in(zhou).post(address, {"remark": "自己过", "passed": "1"})
    waiting.refresh_from_db()
    assert waiting.outcome == Outcome.WAITING


def test_a_resit_without_a_remark_is_told(logged_in, waiting, lin):
    page = logged_in(lin).post(reverse("reading:review", args=[waiting.pk]), {"remark": ""}).text

    assert "请写明哪里要再读" in page


def test_a_paper_is_handed_over(logged_in, waiting, lin, su):
    address = reverse("reading:hand-over", args=[waiting.pk])
    browser = logged_in(lin)

    assert "写明原因" in browser.post(address, {"taker": su.pk}, follow=True).text
    done = browser.post(address, {"taker": su.pk, "reason": "出差"}, follow=True)
    assert "已转给苏禾审阅。" in done.text
    assert "周明交来" in logged_in(su).get("/reading/reviews/").text
    assert browser.post(address, {"taker": su.pk, "reason": "出差"}).status_code == 404


def test_an_empty_queue_says_so(logged_in, shen):
    assert "没有等您审阅的答卷" in logged_in(shen).get("/reading/reviews/").text

from datetime import timedelta

import pytest
from django.urls import reverse

from taihua.rooms.reading.actions import checks
from taihua.rooms.reading.actions.checks import hand_in_answers, hand_in_note, pass_attempt
from taihua.rooms.reading.actions.notes import revise_note, write_note
from taihua.rooms.reading.enums import Outcome
from taihua.rooms.reading.models import Attempt
from tests.factories import NINE, PersonFactory
from tests.rooms.reading.conftest import answers_to, read_through, set_to


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


def test_a_paper_that_cannot_go_over_any_more_is_told(logged_in, waiting, lin, su, monkeypatch):
    def too_late(**_given):
        raise checks.CheckRefused("这份答卷已经审阅过。")

    monkeypatch.setattr(checks, "hand_over_review", too_late)
    address = reverse("reading:hand-over", args=[waiting.pk])

    told = logged_in(lin).post(address, {"taker": su.pk, "reason": "忙"}, follow=True)

    assert "这份答卷已经审阅过。" in told.text
    assert told.redirect_chain[-1][0] == reverse("reading:review", args=[waiting.pk])


def test_an_empty_queue_says_so(logged_in, shen):
    assert "没有等您审阅的答卷" in logged_in(shen).get("/reading/reviews/").text


def test_a_paper_goes_only_to_a_reviewer_of_the_book(logged_in, waiting, lin, shen, su):
    address = reverse("reading:hand-over", args=[waiting.pk])
    browser = logged_in(lin)

    wrong = browser.post(address, {"taker": shen.pk, "reason": "忙"}, follow=True)
    assert "请选择转给谁" in wrong.text
    waiting.refresh_from_db()
    assert waiting.reviewer == lin


def test_a_note_is_read_by_its_reviewer_as_handed_in(logged_in, bureau, book, lin, zhou):
    by_note = set_to(bureau, book, [lin], tier="middle", check_kind="note", questions=[])
    read_through(zhou, book)
    note = write_note(writer=zhou, kind="note", title="读后", text="第一版", at=NINE)
    attempt = hand_in_note(reader=zhou, assignment=by_note, note=note, at=NINE)
    revise_note(note=note, grown_from=1, title="读后", text="第二版", at=NINE)

    page = logged_in(lin).get(reverse("reading:review", args=[attempt.pk])).text

    assert "第一版" in page
    assert "第二版" not in page


def test_the_reviewer_sees_the_paper_and_never_the_note_itself(logged_in, bureau, book, lin, zhou):
    by_note = set_to(bureau, book, [lin], tier="middle", check_kind="note", questions=[])
    read_through(zhou, book)
    note = write_note(writer=zhou, kind="note", title="读后", text="第一版", at=NINE)
    hand_in_note(reader=zhou, assignment=by_note, note=note, at=NINE)
    browser = logged_in(lin)

    for name in ("note", "note-word", "history", "revise-note"):
        assert browser.get(reverse(f"reading:{name}", args=[note.pk])).status_code == 404
    assert browser.post(reverse("reading:note", args=[note.pk]), {"text": "评"}).status_code == 404


def test_thirty_days_after_the_review_the_words_are_their_writers_alone(
    logged_in, waiting, lin, zhou, settings
):
    pass_attempt(reviewer=lin, attempt=waiting, remark="读进去了", at=NINE)
    address = reverse("reading:review", args=[waiting.pk])
    reviewer, writer = logged_in(lin), logged_in(zhou)

    settings.TAIHUA_TODAY = NINE.date() + timedelta(days=30)
    assert reviewer.get(address).status_code == 200
    assert address in reviewer.get("/reading/reviews/").text

    settings.TAIHUA_TODAY = NINE.date() + timedelta(days=31)
    assert reviewer.get(address).status_code == 404
    assert address not in reviewer.get("/reading/reviews/").text
    assert "周明《劝学》" in reviewer.get("/reading/reviews/").text
    assert writer.get(address).status_code == 200


def test_a_paper_that_waits_stays_open_to_its_reviewer_however_long(
    logged_in, waiting, lin, settings
):
    settings.TAIHUA_TODAY = NINE.date() + timedelta(days=400)

    assert logged_in(lin).get(reverse("reading:review", args=[waiting.pk])).status_code == 200


def test_the_reader_finds_the_remark_on_his_paper(logged_in, waiting, lin, zhou):
    pass_attempt(reviewer=lin, attempt=waiting, remark="读进去了", at=NINE)

    page = logged_in(zhou).get(reverse("reading:review", args=[waiting.pk])).text

    assert "读进去了" in page
    assert "林知远" in page


def test_the_queue_costs_the_same_however_long(logged_in, assignment, lin, costs):
    browser = logged_in(lin)
    seen = set()
    for more in (1, 2, 297):
        for _each in range(more):
            Attempt.objects.create(
                assignment=assignment,
                reader=PersonFactory(),
                number=1,
                handed_in_at=NINE,
                reviewer=lin,
            )
        seen.add(costs(browser, "/reading/reviews/"))

    assert len(seen) == 1

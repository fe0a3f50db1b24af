from datetime import date

from django.urls import reverse

from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.actions.books import add_copy, borrow
from taihua.rooms.reading.models import Book, Reading
from tests.factories import NINE
from tests.rooms.reading.conftest import read_through, set_to

SHELF = "/reading/"


def test_the_shelf_shows_what_is_required_and_the_next_act(logged_in, assignment, zhou, book):
    page = logged_in(zhou).get(SHELF).text

    assert "《劝学》" in page
    assert "还没开始" in page
    assert "12 月 20 日（周五）前" in page
    assert reverse("reading:start", args=[book.pk]) in page


def test_a_book_set_to_others_is_not_on_ones_shelf(logged_in, assignment, wu):
    page = logged_in(wu).get(SHELF).text

    assert "《劝学》" not in page
    assert "眼下没有给您定的书" in page


def test_the_whole_path_is_walked_by_pages(logged_in, assignment, zhou, lin, book):
    reader, reviewer = logged_in(zhou), logged_in(lin)
    reader.post(reverse("reading:start", args=[book.pk]))
    reader.post(reverse("reading:finish", args=[book.pk]))
    check = reverse("reading:check", args=[assignment.pk])
    assert "学是什么？" in reader.get(check).text
    fields = {f"answer-{question.pk}": "不可以已" for question in assignment.questions.all()}
    handed = reader.post(check, fields, follow=True)
    assert "已提交，等待审阅。" in handed.text

    queue = reviewer.get("/reading/reviews/")
    assert "周明交来《劝学》的检查" in queue.text
    (attempt,) = assignment.attempts.all()
    review = reverse("reading:review", args=[attempt.pk])
    assert "不可以已" in reviewer.get(review).text
    done = reviewer.post(review, {"remark": "好", "passed": "1"}, follow=True)

    assert "已审阅周明的答卷。" in done.text
    assert "检查通过" in reader.get(SHELF).text
    assert {s.verb.code for s in statements_of(zhou)} == {"started-book", "read", "passed-check"}


def test_a_resit_shows_the_remark_and_the_way(logged_in, assignment, zhou, lin, book):
    read_through(zhou, book)
    fields = {f"answer-{question.pk}": "答" for question in assignment.questions.all()}
    check = reverse("reading:check", args=[assignment.pk])
    logged_in(zhou).post(check, fields)
    (attempt,) = assignment.attempts.all()
    logged_in(lin).post(reverse("reading:review", args=[attempt.pk]), {"remark": "第二题再想"})

    assert "去补查" in logged_in(zhou).get(SHELF).text
    assert "上次的评语：第二题再想" in logged_in(zhou).get(check).text


def test_finishing_what_was_not_begun_is_told(logged_in, zhou, book):
    answer = logged_in(zhou).post(reverse("reading:finish", args=[book.pk]), follow=True)

    assert "请先记下开始读《劝学》" in answer.text
    assert not Reading.objects.exists()


def test_saying_so_needs_a_post(logged_in, zhou, book):
    assert logged_in(zhou).get(reverse("reading:start", args=[book.pk])).status_code == 405
    assert not Reading.objects.exists()


def test_recommended_books_loans_and_waiting_papers_are_there(
    logged_in, bureau, school, shen, lin, book
):
    set_to(bureau, book, [lin], tier="middle", recommended=school)
    copy = add_copy(book=book, label="TH-0001", unit=school)
    borrow(borrower=shen, copy=copy, on=date(2013, 11, 1), until=date(2013, 12, 1))

    page = logged_in(shen).get(SHELF).text

    assert "推荐给您的书" in page
    assert "TH-0001" in page
    assert "已到期" in page


def test_an_account_without_a_person_has_no_shelf(logged_in, keeper):
    assert logged_in(keeper).get(SHELF).status_code == 403


def test_a_stranger_is_asked_to_log_in(client, db):
    assert client.get(SHELF).url.startswith("/account/login/")


def test_the_shelf_costs_the_same_however_many_books(logged_in, bureau, lin, zhou, costs):
    browser = logged_in(zhou)
    seen = set()
    for count in (1, 3, 300):
        for number in range(Book.objects.count(), count):
            made = Book.objects.create(title=f"书{number}")
            if number < 20:
                set_to(bureau, made, [lin], tier="middle")
            Reading.objects.create(reader=zhou, book=made, started_date=NINE.date())
        seen.add(costs(browser, SHELF))

    assert len(seen) == 1

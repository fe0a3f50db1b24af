from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taihua.rooms.reading.actions.books import add_copy, borrow
from taihua.rooms.reading.models import Book, Copy, Edition, Loan
from tests.rooms.reading.books import epub, epub_with
from tests.rooms.reading.conftest import read_through

TODAY = date(2013, 12, 4)


def upload(browser, book, data):
    text = SimpleUploadedFile("book.epub", data, "application/epub+zip")
    return browser.post(reverse("reading:take-in", args=[book.pk]), {"text": text}, follow=True)


def test_the_catalogue_finds_and_says_when_it_does_not(logged_in, book, other_book, wu):
    browser = logged_in(wu)

    assert "《师说》" in browser.get("/reading/books/").text
    assert "《师说》" not in browser.get("/reading/books/?words=劝").text
    assert "没有找到“<b>”" not in browser.get("/reading/books/?words=<b>").text
    assert browser.get("/reading/books/", {"words": "长" * 30_000}).status_code == 200


def test_a_book_shows_its_reader_what_he_did_with_it(logged_in, book, edition, assignment, zhou):
    read_through(zhou, book)

    page = logged_in(zhou).get(reverse("reading:book", args=[book.pk])).text

    assert "您 2013 年 12 月 4 日读完" in page
    assert "定为必读" in page
    assert "收入 EPUB 文本" not in page


def test_an_account_without_a_person_sees_the_book_and_no_buttons(logged_in, book, keeper):
    page = logged_in(keeper).get(reverse("reading:book", args=[book.pk])).text

    assert "记下开始读" not in page
    assert "收入 EPUB 文本" in page


def test_the_clerk_catalogues_a_book(logged_in, su):
    fields = {"title": "《红楼梦》", "author": "曹雪芹", "isbn": "978-7-02-000220-7"}

    answer = logged_in(su).post("/reading/books/new/", fields, follow=True)

    assert "《红楼梦》已编入书目。" in answer.text
    made = Book.objects.get()
    assert (made.title, made.isbn) == ("红楼梦", "9787020002207")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "红楼梦", "isbn": "978-7-02-000220-8"}, "ISBN 的数字对不上"),
        ({"title": ""}, "还有几处要改"),
        ({"title": "劝学", "author": "荀子"}, "书目里已经有《劝学》"),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed(logged_in, su, book, fields, reason):
    page = logged_in(su).post("/reading/books/new/", {**fields, "summary": "写过的话"}).text

    assert reason in page
    assert "写过的话" in page
    assert Book.objects.count() == 1


def test_an_epub_is_taken_in_and_the_same_one_is_known(logged_in, su, book, other_book):
    assert "可以在线读了" in upload(logged_in(su), book, epub()).text
    again = upload(logged_in(su), other_book, epub())

    assert "已经收在《劝学》里" in again.text
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a", "这不是完好的 EPUB 文件"),
        (epub_with('<img src="https://example.org/x.png"/>'), "要从外部网站取内容"),
        (epub({"mimetype": "text/plain"}), "没有注明自己是 EPUB"),
        (epub({"OPS/x": bytes(20_000_000)}), "大得不正常"),
        (bytes(31 * 1024 * 1024), "超过 30 MB"),
    ],
)
def test_a_hostile_file_is_refused_in_plain_words(logged_in, su, book, data, reason):
    assert reason in upload(logged_in(su), book, data).text
    assert not Edition.objects.exists()


@pytest.mark.parametrize("name", ["take-in", "add-copy"])
def test_who_does_not_keep_the_books_cannot_change_them(logged_in, book, wu, zheng, name):
    for person in (wu, zheng):
        assert logged_in(person).get(reverse(f"reading:{name}", args=[book.pk])).status_code == 403
    assert logged_in(wu).get("/reading/books/new/").status_code == 403


def test_a_copy_is_registered_borrowed_and_given_back(logged_in, su, shen, wu, book, school):
    fields = {"label": "TH-0001", "unit": school.pk, "place": "图书角"}
    clerk, reader = logged_in(su), logged_in(shen)
    assert (
        "已登记藏书 TH-0001"
        in clerk.post(reverse("reading:add-copy", args=[book.pk]), fields, follow=True).text
    )
    assert "TH-0001" in clerk.post(reverse("reading:add-copy", args=[book.pk]), fields).text
    copy = Copy.objects.get()
    lend = reverse("reading:borrow", args=[copy.pk])
    assert "请写明哪天归还" in reader.post(lend, {}, follow=True).text
    assert "不能早于今天" in reader.post(lend, {"until": "2013-12-01"}, follow=True).text
    assert "借出 TH-0001" in reader.post(lend, {"until": "2014-01-03"}, follow=True).text

    others = logged_in(wu).get(reverse("reading:book", args=[book.pk])).text
    assert "已借出" in others
    assert "沈青" not in others
    loan = Loan.objects.get()
    back = reverse("reading:give-back", args=[loan.pk])
    assert logged_in(wu).post(back).status_code == 404
    assert "还回 TH-0001" in reader.post(back, follow=True).text
    loan.refresh_from_db()
    assert loan.returned_date == TODAY


def test_the_clerk_sees_what_is_out_and_the_reader_does_not(logged_in, su, shen, book, school):
    copy = add_copy(book=book, label="TH-0001", unit=school)
    borrow(borrower=shen, copy=copy, on=date(2013, 11, 1), until=date(2013, 12, 1))

    page = logged_in(su).get("/reading/loans/").text

    assert "沈青" in page
    assert "已到期" in page
    assert logged_in(shen).get("/reading/loans/").status_code == 403


def test_the_catalogue_costs_the_same_however_long(logged_in, wu, costs):
    browser = logged_in(wu)
    seen = set()
    for count in (1, 3, 300):
        Book.objects.bulk_create(
            Book(title=f"书{number:03}") for number in range(Book.objects.count(), count)
        )
        seen.add(costs(browser, "/reading/books/"))

    assert len(seen) == 1
    assert "共 300 种" in browser.get("/reading/books/").text

import pytest
from django.urls import reverse

from taihua.rooms.reading.actions.evening import keep_place, mark_passage
from taihua.rooms.reading.models import Bookmark, Chapter, Mark
from tests.factories import NINE
from tests.rooms.reading.books import PNG


@pytest.fixture
def chapter(edition):
    return Chapter.objects.get(edition=edition, position=1)


def to(name, chapter):
    return reverse(f"reading:{name}", args=[chapter.edition_id, chapter.position])


def test_a_chapter_is_shown_whole_with_its_neighbours(logged_in, chapter, shen):
    page = logged_in(shen).get(to("chapter", chapter)).text

    assert '<p id="c3">学不可以已。</p>' in page
    assert f"/reading/text/{chapter.edition_id}/2/" in page
    assert "上一章" not in page
    assert "onclick" not in page


def test_reading_begins_at_the_beginning_and_goes_on_where_one_stopped(
    logged_in, chapter, book, shen
):
    browser = logged_in(shen)
    read = reverse("reading:read", args=[book.pk])
    assert browser.get(read).url == f"{to('chapter', chapter)}?at=0#c0"

    keep_place(reader=shen, chapter=chapter, offset=13)

    assert browser.get(read).url == f"{to('chapter', chapter)}?at=13#c10"
    assert "接着读" in browser.get("/reading/evening/").text


def test_a_book_without_a_text_says_so(logged_in, other_book, shen):
    answer = logged_in(shen).get(reverse("reading:read", args=[other_book.pk]), follow=True)

    assert "《师说》还没有可以在线读的文本" in answer.text


def test_a_place_is_kept_by_button_and_by_script(logged_in, chapter, shen):
    browser = logged_in(shen)
    pressed = browser.post(to("place", chapter), {"offset": 3})
    assert pressed.url == f"{to('chapter', chapter)}#c3"
    scripted = browser.post(to("place", chapter), {"offset": 10}, headers={"X-Reader": "1"})

    assert scripted.status_code == 204
    assert Bookmark.objects.get(reader=shen).offset == 10
    assert browser.post(to("place", chapter), {"offset": "x"}).status_code == 400
    assert browser.get(to("place", chapter)).status_code == 405


def test_each_reader_has_his_own_place(logged_in, chapter, book, shen, wu):
    keep_place(reader=shen, chapter=chapter, offset=13)

    assert "?at=0" in logged_in(wu).get(reverse("reading:read", args=[book.pk])).url


def test_a_passage_is_marked_by_its_words(logged_in, chapter, shen, wu):
    browser = logged_in(shen)
    words = {"words": "学不可以已。", "thought": "一生的事"}
    answer = browser.post(to("mark", chapter), words)
    made = Mark.objects.get()

    assert answer.url == f"{to('chapter', chapter)}#m{made.pk}"
    page = browser.get(to("chapter", chapter)).text
    assert f'<mark id="m{made.pk}">学不可以已。</mark>' in page
    assert "一生的事" in page
    assert "<mark" not in logged_in(wu).get(to("chapter", chapter)).text


def test_words_that_are_not_in_the_chapter_are_told(logged_in, chapter, shen):
    page = logged_in(shen).post(to("mark", chapter), {"words": "没有的话"}).text

    assert "这一章里没有找到这句话" in page
    assert "没有的话" in page
    assert not Mark.objects.exists()


def test_a_selection_comes_into_the_form(logged_in, chapter, shen):
    page = logged_in(shen).get(to("mark", chapter) + "?start=3&words=学不可以已").text

    assert "学不可以已</textarea>" in page
    assert 'value="3"' in page


def test_marks_are_listed_and_rubbed_out_by_their_reader_only(logged_in, chapter, book, shen, wu):
    mark = mark_passage(reader=shen, chapter=chapter, start=3, end=9, thought="好", at=NINE)
    remove = reverse("reading:remove-mark", args=[mark.pk])
    marks = reverse("reading:marks", args=[book.pk])

    assert "学不可以已。" in logged_in(shen).get(marks).text
    assert "学不可以已。" not in logged_in(wu).get(marks).text
    assert logged_in(wu).post(remove).status_code == 404
    assert logged_in(shen).post(remove).status_code == 302
    assert not Mark.objects.exists()


def test_pictures_come_from_the_book_as_what_they_are(logged_in, chapter, shen, client):
    address = f"/reading/text/{chapter.edition_id}/pictures/1/"

    answer = logged_in(shen).get(address)

    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(address).status_code == 302
    assert logged_in(shen).get(f"/reading/text/{chapter.edition_id}/pictures/9/").status_code == 404


def test_a_chapter_that_is_not_there_is_not_there(logged_in, edition, shen):
    assert logged_in(shen).get(f"/reading/text/{edition.pk}/9/").status_code == 404


def test_a_chapter_costs_the_same_however_many_marks(logged_in, chapter, shen, costs):
    browser = logged_in(shen)
    seen = set()
    for more in (1, 2, 297):
        for _each in range(more):
            mark_passage(reader=shen, chapter=chapter, start=3, end=9, thought="", at=NINE)
        seen.add(costs(browser, to("chapter", chapter)))

    assert len(seen) == 1


def test_the_button_to_read_aloud_waits_for_a_voice_of_the_device(logged_in, edition, shen):
    page = logged_in(shen).get(f"/reading/text/{edition.pk}/1/").text

    assert "reading/aloud.js" in page
    button = page[page.index('id="aloud"') :].split(">")[0]
    assert button.rstrip().endswith("hidden")

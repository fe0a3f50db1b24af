from datetime import date

from django.urls import reverse

from taihua.rooms.reading.actions.evening import leave_line
from taihua.rooms.reading.actions.notes import share_note, write_note
from taihua.rooms.reading.models import EveningLine
from taihua.rooms.reading.queries.notes import Audience
from tests.factories import NINE, PersonFactory
from tests.rooms.reading.conftest import at

EVENING = "/reading/evening/"
TONIGHT = date(2013, 12, 4)


def test_a_line_is_left_rewritten_and_taken_back(logged_in, shen, wu, book):
    browser = logged_in(shen)
    fields = {"words": "读到锲而不舍", "book": book.pk}
    assert "留言在今晚的页面上了" in browser.post(EVENING, fields, follow=True).text
    assert "读到锲而不舍" in logged_in(wu).get(EVENING).text
    browser.post(EVENING, {"words": "改一改"})
    assert EveningLine.objects.get().words == "改一改"

    line = EveningLine.objects.get()
    address = reverse("reading:take-back-line", args=[line.pk])
    assert logged_in(wu).post(address).status_code == 404
    assert "已撤回。" in browser.post(address, follow=True).text
    assert not EveningLine.objects.exists()


def test_a_line_may_be_for_ones_own_unit(logged_in, shen, wu, school, other_school):
    browser = logged_in(shen)
    browser.post(EVENING, {"words": "只给本校", "unit": school.pk})

    assert "只给本校" in browser.get(EVENING).text
    assert "只给本校" not in logged_in(wu).get(EVENING).text
    page = browser.post(EVENING, {"words": "给别校", "unit": other_school.pk}).text
    assert "还有几处要改" in page
    assert EveningLine.objects.get().words == "只给本校"


def test_a_line_that_is_too_long_is_told_and_kept(logged_in, shen):
    page = logged_in(shen).post(EVENING, {"words": "长" * 141}).text

    assert "还有几处要改" in page
    assert "长" * 141 in page
    assert not EveningLine.objects.exists()


def test_tonight_shows_the_shelf_and_what_colleagues_chose_to_share(
    logged_in, edition, shen, wu, book
):
    note = write_note(writer=shen, kind="note", title="今晚的笔记", text="文", book=book, at=NINE)
    share_note(note=note, audience=Audience("house", ""), at=at(4, 20))
    write_note(writer=shen, kind="note", title="不给看", text="文", at=NINE)
    leave_line(reader=shen, day=TONIGHT, words="今晚的话", at=at(4, 20))

    page = logged_in(wu).get(EVENING).text

    assert "今晚的笔记" in page
    assert "今晚的话" in page
    assert "不给看" not in page
    assert reverse("reading:read", args=[book.pk]) in page


def test_the_page_of_another_evening_is_empty(logged_in, shen, settings):
    leave_line(reader=shen, day=TONIGHT, words="今晚的话", at=at(4, 20))
    settings.TAIHUA_TODAY = date(2013, 12, 5)

    assert "今晚还没有人留言" in logged_in(shen).get(EVENING).text


def test_the_evening_costs_the_same_however_many_speak(logged_in, shen, book, costs):
    browser = logged_in(shen)
    seen = set()
    for more in (1, 2, 297):
        for _each in range(more):
            leave_line(reader=PersonFactory(), day=TONIGHT, words="读", book=book, at=at(4, 20))
        seen.add(costs(browser, EVENING))

    assert len(seen) == 1

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.urls import reverse

from taihua.kernel.drafts.models import Draft
from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.actions.evening import mark_passage
from taihua.rooms.reading.actions.notes import comment_on, share_note, write_note
from taihua.rooms.reading.models import Chapter, Circle, Comment, Note
from taihua.rooms.reading.queries.notes import Audience
from tests.factories import NINE
from tests.rooms.reading.conftest import at

HOUSE = Audience("house", "全局")
KEY = uuid4()
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def note(shen, book):
    return write_note(
        writer=shen, kind="note", title="读劝学", text="一\n二\n三", book=book, at=NINE
    )


def to(name, note, *more):
    return reverse(f"reading:{name}", args=[note.pk, *more])


def test_writing_a_note(logged_in, shen, book):
    fields = {"kind": "reflection", "book": book.pk, "title": "题", "text": "正文"}

    answer = logged_in(shen).post("/reading/notes/new/", fields, follow=True)

    assert "只有您自己看得到" in answer.text
    note = Note.objects.get()
    assert (note.kind, note.book, note.head.text) == ("reflection", book, "正文")


def test_an_empty_note_is_told_and_its_title_kept(logged_in, shen):
    page = logged_in(shen).post("/reading/notes/new/", {"kind": "note", "title": "留住"}).text

    assert "还有几处要改" in page
    assert "留住" in page
    assert not Note.objects.exists()


def hand_in(browser, **said):
    fields = {"kind": "note", "title": "题", "text": "正文", "once": str(KEY), **said}
    return browser.post("/reading/notes/new/", fields, follow=True)


def test_a_note_posted_twice_is_one_note_and_both_posts_land_on_it(logged_in, shen):
    browser = logged_in(shen)

    first, second = hand_in(browser), hand_in(browser)

    assert first.redirect_chain == second.redirect_chain
    assert Note.objects.get().versions.count() == 1
    assert statements_of(shen).count() == 1


def test_other_words_under_the_same_key_are_a_change_of_the_first_note(logged_in, shen):
    browser = logged_in(shen)
    hand_in(browser)

    page = hand_in(browser, text="回头改过的正文").text

    assert "回头改过的正文" in page
    note = Note.objects.get()
    assert [v.text for v in note.versions.order_by("number")] == ["正文", "回头改过的正文"]
    assert statements_of(shen).count() == 1


def test_the_first_words_posted_again_after_a_change_undo_nothing(logged_in, shen):
    browser = logged_in(shen)
    hand_in(browser)
    hand_in(browser, text="改过")

    hand_in(browser)

    assert Note.objects.get().head.text == "改过"


def test_words_that_meet_a_change_made_meanwhile_are_kept_and_told(logged_in, shen):
    browser = logged_in(shen)
    hand_in(browser)
    note = Note.objects.get()
    browser.post(to("revise-note", note), {"title": "题", "text": "另改", "grown_from": 1})

    page = hand_in(browser, text="又改").text

    assert "留在历史版本里" in page
    note.refresh_from_db()
    assert note.head.text == "另改"
    assert {version.text for version in note.versions.all()} == {"正文", "另改", "又改"}


def test_a_comment_posted_twice_is_said_once(logged_in, note, wu):
    share_note(note=note, audience=HOUSE, at=NINE)
    browser = logged_in(wu)

    for _each in range(2):
        browser.post(to("note", note), {"text": "好", "once": str(KEY)})

    assert Comment.objects.count() == 1


def test_restoring_twice_makes_one_version(logged_in, note, shen):
    browser = logged_in(shen)
    browser.post(to("revise-note", note), {"title": "读劝学", "text": "改过", "grown_from": 1})

    for _each in range(2):
        browser.post(to("restore", note, 1))

    assert note.versions.count() == 3


# --- drafts ------------------------------------------------------------------------------------------


def keep(browser, place, **said):
    """Press 存草稿 on the form at ``place``."""
    page = browser.get(place).context
    sheet = page["sheet"]
    fields = {
        "once": str(page["form"]["once"].value()),
        "draft-place": sheet.place,
        "draft-label": sheet.label,
        "draft-number": str(sheet.number),
        "draft-hand": str(sheet.hand),
        **said,
    }
    browser.post("/drafts/keep/", fields)
    return fields


def test_a_kept_draft_is_there_again_and_gone_once_it_is_handed_in(logged_in, shen, book):
    browser = logged_in(shen)
    said = {"kind": "reflection", "book": str(book.pk), "title": "半篇", "text": "还没写完"}
    keep(browser, "/reading/notes/new/", **said)

    again = browser.get("/reading/notes/new/")
    form = again.context["form"]
    assert "还没有交的草稿" in again.text
    assert [form[name].value() for name in ("kind", "title", "text")] == [
        "reflection", "半篇", "还没写完",
    ]  # fmt: skip
    assert form["once"].value() == str(Draft.objects.get().line)
    assert not Note.objects.exists()

    browser.post("/reading/notes/new/", {**said, "once": str(form["once"].value())})
    assert not Draft.objects.exists()
    assert Note.objects.get().head.text == "还没写完"


def test_a_form_asked_for_a_book_begins_anew_and_tells_of_the_draft(logged_in, shen, book):
    browser = logged_in(shen)
    keep(browser, "/reading/notes/new/", title="半篇", text="还没写完")

    page = browser.get(f"/reading/notes/new/?book={book.pk}").text

    assert "这里有草稿没有交" in page
    assert "还没写完" not in page


def test_a_draft_of_a_change_remembers_what_it_grew_from(logged_in, note, shen):
    browser = logged_in(shen)
    address = to("revise-note", note)
    said = {"title": "读劝学", "text": "一\n二\n三乙", "grown_from": "1"}
    keep(browser, address, **said)
    browser.post(address, {"title": "读劝学", "text": "一甲\n二\n三", "grown_from": 1})

    form = browser.get(address).context["form"]
    assert (form["text"].value(), form["grown_from"].value()) == ("一\n二\n三乙", "1")
    answer = browser.post(address, {**said, "once": str(form["once"].value())}, follow=True)

    assert "合在了一起" in answer.text
    assert not Draft.objects.exists()


def test_a_form_shown_again_for_its_errors_keeps_to_its_draft(logged_in, shen):
    browser = logged_in(shen)
    fields = keep(browser, "/reading/notes/new/", kind="note", title="", text="有字没题")

    page = browser.post("/reading/notes/new/", fields)

    sheet = page.context["sheet"]
    assert "还有几处要改" in page.text
    assert (str(sheet.line), str(sheet.hand)) == (fields["once"], fields["draft-hand"])


@pytest.mark.parametrize("name", ["note", "revise-note", "history", "share", "note-word"])
def test_a_private_note_is_not_there_for_anybody_else(
    logged_in, note, lin, zhou, wu, su, zheng, name
):
    for person in (lin, zhou, wu, su, zheng):
        assert logged_in(person).get(to(name, note)).status_code == 404


def test_a_shared_note_can_be_read_and_not_changed(logged_in, note, wu):
    share_note(note=note, audience=HOUSE, at=NINE)
    browser = logged_in(wu)

    assert "读劝学" in browser.get(to("note", note)).text
    assert browser.get(to("note-word", note)).status_code == 200
    for name in ("revise-note", "history", "share"):
        assert browser.get(to(name, note)).status_code == 404
    assert browser.post(to("restore", note, 1)).status_code == 404


def test_revising_keeps_a_version_and_restoring_brings_it_back(logged_in, note, shen):
    browser = logged_in(shen)
    fields = {"title": "读劝学", "text": "改过", "grown_from": 1}
    assert "已存下。" in browser.post(to("revise-note", note), fields, follow=True).text

    assert "恢复第 1 版" in browser.get(to("history", note)).text
    assert "已恢复为第 1 版的文字" in browser.post(to("restore", note, 1), follow=True).text
    assert "没有第 9 版" in browser.post(to("restore", note, 9), follow=True).text
    note.refresh_from_db()
    assert (note.head.number, note.head.text) == (3, "一\n二\n三")


def test_two_tabs_in_the_same_lines_are_shown_both_texts(logged_in, note, shen):
    browser = logged_in(shen)
    address = to("revise-note", note)
    browser.post(address, {"title": "读劝学", "text": "先存的", "grown_from": 1})

    answer = browser.post(address, {"title": "读劝学", "text": "后存的", "grown_from": 1})

    assert answer.status_code == 409
    assert "先存的" in answer.text
    assert "后存的" in answer.text
    assert 'value="2"' in answer.text
    mended = {"title": "读劝学", "text": "先存的后存的", "grown_from": 2}
    assert "已存下。" in browser.post(address, mended, follow=True).text


def test_two_tabs_in_different_lines_are_joined_and_told(logged_in, note, shen):
    browser = logged_in(shen)
    address = to("revise-note", note)
    browser.post(address, {"title": "读劝学", "text": "一甲\n二\n三", "grown_from": 1})

    answer = browser.post(
        address, {"title": "读劝学", "text": "一\n二\n三乙", "grown_from": 1}, follow=True
    )

    assert "合在了一起" in answer.text
    note.refresh_from_db()
    assert note.head.text == "一甲\n二\n三乙"


def test_line_ends_of_a_browser_are_no_change(logged_in, note, shen):
    fields = {"title": "读劝学", "text": "一\r\n二\r\n三", "grown_from": 1}

    logged_in(shen).post(to("revise-note", note), fields)

    assert note.versions.count() == 1


def test_sharing_and_taking_it_back(logged_in, note, shen, school, wu, zhou):
    browser = logged_in(shen)
    assert "苔花一小" in browser.get(to("share", note)).text
    shared = browser.post(to("share", note), {"audience": "tier-middle"}, follow=True)
    assert "已分享给中层干部。" in shared.text
    assert "读劝学" in logged_in(zhou).get("/reading/notes/?from=colleagues").text
    assert "读劝学" not in logged_in(wu).get("/reading/notes/?from=colleagues").text

    share = note.shares.get()
    assert logged_in(wu).post(to("withdraw", note, share.pk)).status_code == 404
    assert logged_in(zhou).post(to("withdraw", note, share.pk)).status_code == 404
    assert "不再看得到" in browser.post(to("withdraw", note, share.pk), follow=True).text
    assert logged_in(zhou).get(to("note", note)).status_code == 404


def test_an_audience_one_does_not_belong_to_cannot_be_chosen(logged_in, note, shen, other_school):
    page = logged_in(shen).post(to("share", note), {"audience": f"unit-{other_school.pk}"}).text

    assert "还有几处要改" in page
    assert not note.shares.exists()


def test_a_comment_comes_with_a_reload_or_in_place(logged_in, note, wu):
    share_note(note=note, audience=HOUSE, at=NINE)
    browser = logged_in(wu)

    whole = browser.post(to("note", note), {"text": "好"}, follow=True).text
    part = browser.post(to("note", note), {"text": "<b>又</b>"}, **HTMX).text

    assert "<html" in whole
    assert "<html" not in part
    assert part.lstrip().startswith('<section id="comments"')
    assert "&lt;b&gt;又&lt;/b&gt;" in part
    assert "还有几处要改" in browser.post(to("note", note), {"text": " "}, **HTMX).text
    assert Comment.objects.count() == 2


def test_a_comment_is_taken_back_by_its_writer_or_the_notes(logged_in, note, shen, wu, zhou):
    share_note(note=note, audience=HOUSE, at=NINE)
    mine, other = (comment_on(note=note, writer=wu, text=text, at=NINE) for text in "甲乙")

    assert logged_in(zhou).post(to("take-back-comment", note, mine.pk)).status_code == 404
    assert logged_in(wu).post(to("take-back-comment", note, mine.pk)).status_code == 302
    assert logged_in(shen).post(to("take-back-comment", note, other.pk)).status_code == 302
    assert "还没有评论" in logged_in(wu).get(to("note", note)).text


def test_a_note_is_taken_away_as_word(logged_in, note, shen):
    answer = logged_in(shen).get(to("note-word", note))

    assert "filename*=UTF-8''%E8%AF%BB%E5%8A%9D%E5%AD%A6.docx" in answer["Content-Disposition"]
    document = ZipFile(BytesIO(answer.content)).read("word/document.xml").decode()
    assert all(words in document for words in ("读劝学", "一", "三", "《劝学》", "沈青"))


def test_marks_begin_a_note(logged_in, edition, shen, book):
    chapter = Chapter.objects.get(edition=edition, position=1)
    mark_passage(reader=shen, chapter=chapter, start=3, end=9, thought="好", at=NINE)
    browser = logged_in(shen)

    assert "“学不可以已。”" in browser.get(f"/reading/notes/new/?book={book.pk}&marks=1").text
    assert "“学不可以已。”" not in browser.get(f"/reading/notes/new/?book={book.pk}").text
    assert browser.get("/reading/notes/new/?book=x").status_code == 200


def test_a_circle_is_formed_and_changed_by_its_keeper(logged_in, shen, wu, lin, zhou):
    browser = logged_in(shen)
    fields = {"name": "晨读", "members": "吴江"}
    assert "小组“晨读”已建好" in browser.post("/reading/circles/", fields, follow=True).text
    assert "已经有名为" in browser.post("/reading/circles/", fields).text
    circle = Circle.objects.get()
    address = reverse("reading:circle-members", args=[circle.pk])

    assert logged_in(wu).get(address).status_code == 404
    assert logged_in(lin).get(address).status_code == 404
    assert "组员已更新" in browser.post(address, {"members": "林知远"}, follow=True).text
    assert set(circle.members.all()) == {shen, lin}
    assert "没有找到：无人" in browser.post(address, {"members": "无人"}).text


def test_the_notes_cost_the_same_however_many(logged_in, shen, book, costs):
    browser = logged_in(shen)
    seen = set()
    for more in (1, 2, 297):
        for _each in range(more):
            write_note(writer=shen, kind="note", title="题", text="文", book=book, at=at(1))
        seen.add(costs(browser, "/reading/notes/"))

    assert len(seen) == 1


@pytest.mark.parametrize("number", [999, 99999999999999999999])
def test_a_change_that_grew_from_nowhere_is_refused_in_words(logged_in, note, shen, number):
    address = reverse("reading:revise-note", args=[note.pk])

    answer = logged_in(shen).post(address, {"title": "题", "text": "改", "grown_from": number})

    assert answer.status_code == 200
    assert "error-summary" in answer.text
    assert note.versions.count() == 1


def test_a_number_that_no_row_can_have_is_a_missing_page(logged_in, shen):
    assert logged_in(shen).get("/reading/text/9999999999999999999999/1/").status_code == 404

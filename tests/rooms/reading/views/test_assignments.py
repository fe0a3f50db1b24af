import re

import pytest
from django.urls import reverse

from taihua.rooms.reading.actions.notes import write_note
from taihua.rooms.reading.models import Assignment, Attempt, Book, Substitute
from tests.factories import NINE, PersonFactory, PostFactory, TermFactory
from tests.rooms.reading.conftest import read_through, set_to


def setting(book, bureau, **changes):
    return {
        "book": book.pk,
        "setter": bureau.pk,
        "set_date": "2013-12-04",
        "due_date": "2014-01-31",
        "check_kind": "answers",
        "questions": "学是什么？\n\n 怎样学？",
        "request": "联系自己的工作",
        "reviewers": "林知远、苏禾",
        "groups-TOTAL_FORMS": "4",
        "groups-INITIAL_FORMS": "0",
        "groups-0-binding": "required",
        "groups-0-tier": "middle",
        "groups-1-binding": "recommended",
        "groups-1-tag": "teacher",
        **changes,
    }


def test_the_clerk_sets_a_book(logged_in, su, lin, zhou, shen, book, bureau):
    answer = logged_in(su).post("/reading/assignments/new/", setting(book, bureau), follow=True)

    assert "《劝学》已布置。" in answer.text
    made = Assignment.objects.get()
    assert [q.text for q in made.questions.order_by("position")] == ["学是什么？", "怎样学？"]
    assert set(made.reviewers.all()) == {lin, su}
    assert [(g.binding, g.tier, g.tag) for g in made.groups.order_by("pk")] == [
        ("required", "middle", ""),
        ("recommended", "", "teacher"),
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"groups-0-binding": ""}, "请至少选一类必读的人"),
        ({"questions": ""}, "请至少写一道题"),
        ({"due_date": "2013-12-01"}, "截止日期不能早于布置日期"),
        ({"reviewers": "林知远、无此人"}, "没有找到：无此人"),
        ({"reviewers": "重名"}, "有几位重名"),
        ({"due_date": "后天"}, "还有几处要改"),
    ],
)
def test_half_a_setting_is_told_and_kept(logged_in, su, lin, book, bureau, changes, reason):
    PersonFactory(code="a1", name="重名")
    PersonFactory(code="a2", name="重名")

    page = logged_in(su).post("/reading/assignments/new/", setting(book, bureau, **changes)).text

    assert reason in page
    assert "联系自己的工作" in page
    assert not Assignment.objects.exists()


def test_namesakes_are_told_apart_by_code(logged_in, su, lin, book, bureau):
    meant = PersonFactory(code="a1", name="重名")
    PersonFactory(code="a2", name="重名")
    fields = setting(book, bureau, reviewers="重名（a1） 林知远")

    logged_in(su).post("/reading/assignments/new/", fields)

    assert set(Assignment.objects.get().reviewers.all()) == {meant, lin}


@pytest.mark.parametrize("who", ["lin", "zhou", "shen", "wu", "zheng"])
def test_only_the_party_office_sets_books(request, logged_in, who):
    browser = logged_in(request.getfixturevalue(who))

    assert browser.get("/reading/assignments/new/").status_code == 403


def test_what_one_is_not_set_is_not_there(logged_in, assignment, wu, shen, zhou, zheng):
    address = reverse("reading:assignment", args=[assignment.pk])

    assert logged_in(wu).get(address).status_code == 404
    assert logged_in(zhou).get(address).status_code == 200
    assert logged_in(zheng).get(address).status_code == 200
    assert "《劝学》" not in logged_in(wu).get("/reading/assignments/").text


def test_plan_and_done_are_shown_to_who_oversees(logged_in, assignment, zhou, su, section):
    address = reverse("reading:assignment", args=[assignment.pk])
    browser = logged_in(su)
    overview, page = browser.get("/reading/assignments/").text, browser.get(address).text
    opened = browser.get(f"{address}?unit={section.pk}").text

    assert "检查通过" in overview
    assert "基础教育科" in page
    assert "周明" not in page
    assert "周明" in opened
    assert overview.count(f'href="{address}#progress"') == 2
    assert page.count(f'href="?unit={section.pk}#people"') == 4
    assert browser.get(f"{address}?unit=x").status_code == 200


def test_a_member_sees_no_others_progress(logged_in, bureau, book, lin, wu, shen):
    everyone = set_to(bureau, book, [lin])

    page = logged_in(wu).get(reverse("reading:assignment", args=[everyone.pk])).text

    assert "各单位进度" not in page
    assert "沈青" not in page


def test_a_draft_is_kept_by_its_own_button(logged_in, assignment, zhou, book):
    read_through(zhou, book)
    first, _second = assignment.questions.order_by("position")
    check = reverse("reading:check", args=[assignment.pk])

    answer = logged_in(zhou).post(check, {f"answer-{first.pk}": "半句", "keep": "1"}, follow=True)

    assert "草稿已存下。" in answer.text
    assert "半句" in answer.text
    assert Attempt.objects.get().is_draft


def test_a_paper_with_a_gap_is_told_and_kept(logged_in, assignment, zhou, book):
    read_through(zhou, book)
    first, _second = assignment.questions.order_by("position")

    page = (
        logged_in(zhou)
        .post(reverse("reading:check", args=[assignment.pk]), {f"answer-{first.pk}": "写过的"})
        .text
    )

    assert "请回答这一题。" in page
    assert "写过的" in page


def test_the_check_is_nobody_elses(logged_in, assignment, wu, lin, zhou):
    check = reverse("reading:check", args=[assignment.pk])

    assert logged_in(wu).get(check).status_code == 404
    assert logged_in(lin).get(check).status_code == 404


def test_a_note_is_handed_in_by_choosing_it(logged_in, bureau, book, lin, zhou, shen):
    by_note = set_to(bureau, book, [lin], tier="middle", check_kind="note", questions=[])
    read_through(zhou, book)
    check = reverse("reading:check", args=[by_note.pk])
    browser = logged_in(zhou)
    assert "您还没有写过笔记" in browser.get(check).text
    mine = write_note(writer=zhou, kind="note", title="读后", text="文", at=NINE)
    theirs = write_note(writer=shen, kind="note", title="别人的", text="文", at=NINE)
    assert "别人的" not in browser.get(check).text

    assert "还有几处要改" in browser.post(check, {"note": theirs.pk}).text
    assert "已提交" in browser.post(check, {"note": mine.pk}, follow=True).text
    assert browser.get(check).status_code == 302


def test_a_check_before_reading_is_told(logged_in, assignment, zhou):
    fields = {f"answer-{question.pk}": "答" for question in assignment.questions.all()}

    page = logged_in(zhou).post(reverse("reading:check", args=[assignment.pk]), fields).text

    assert "请先记下读完《劝学》" in page


def test_a_substitute_is_asked_for_and_answered(logged_in, assignment, zhou, su, wu):
    ask = reverse("reading:ask-substitute", args=[assignment.pk])
    fields = {"title": "《师说》", "author": "韩愈", "reason": "已读过"}
    assert "申请已交给党办" in logged_in(zhou).post(ask, fields, follow=True).text
    assert "已经申请过" in logged_in(zhou).post(ask, fields).text
    assert logged_in(wu).get(ask).status_code == 404
    asked = Substitute.objects.get()
    decide = reverse("reading:decide-substitute", args=[asked.pk])
    assert "想用《师说》代替《劝学》" in logged_in(zhou).get("/reading/substitutes/").text
    assert "师说" not in logged_in(wu).get("/reading/substitutes/").text
    assert logged_in(zhou).get(decide).status_code == 403

    assert "写明理由" in logged_in(su).post(decide, {"reply": ""}).text
    assert "已答复周明" in logged_in(su).post(decide, {"approve": "1"}, follow=True).text
    assert "替代《劝学》" in logged_in(zhou).get("/reading/").text


def test_the_committees_page_costs_the_same_however_many_read(
    logged_in, assignment, su, section, costs
):
    address = f"{reverse('reading:assignment', args=[assignment.pk])}?unit={section.pk}"
    post = PostFactory(tier="middle")
    browser = logged_in(su)
    seen = set()
    for more in (1, 2, 297):
        for _each in range(more):
            TermFactory(post=post, unit=section)
        seen.add(costs(browser, address))

    assert len(seen) == 1


def test_the_list_of_assignments_costs_the_same_however_many(logged_in, bureau, lin, su, costs):
    browser = logged_in(su)
    seen = set()
    for count in (1, 3, 30):
        for number in range(Book.objects.count(), count):
            made = Book.objects.create(title=f"书{number:02}")
            assignment = set_to(bureau, made, [lin], tier="middle")
            Attempt.objects.create(
                assignment=assignment, reader=PersonFactory(), number=1, handed_in_at=NINE
            )
        seen.add(costs(browser, f"/reading/assignments/?page={1 + (count > 25)}"))

    assert len(seen) == 1


def test_a_note_before_reading_is_told(logged_in, bureau, book, lin, zhou):
    by_note = set_to(bureau, book, [lin], tier="middle", check_kind="note", questions=[])
    mine = write_note(writer=zhou, kind="note", title="读后", text="文", at=NINE)

    page = logged_in(zhou).post(reverse("reading:check", args=[by_note.pk]), {"note": mine.pk}).text

    assert "请先记下读完《劝学》" in page
    assert not Attempt.objects.exists()


def test_an_account_without_a_person_looks_at_progress_only(logged_in, assignment, keeper):
    page = logged_in(keeper).get(reverse("reading:assignment", args=[assignment.pk])).text

    assert "各单位进度" in page
    assert "交检查" not in page


def test_a_book_is_proposed_from_its_own_page(logged_in, su, book, other_book):
    page = logged_in(su).get(f"/reading/assignments/new/?book={other_book.pk}").text

    assert re.search(rf'<option\s+value="{other_book.pk}"\s+selected', page)


def test_the_pages_of_a_long_list(logged_in, bureau, lin, su):
    for number in range(30):
        made = Book.objects.create(title=f"书{number:02}")
        set_to(bureau, made, [lin], tier="middle")
    browser = logged_in(su)

    first, second = (browser.get(f"/reading/assignments/?page={n}").text for n in (1, 2))

    assert "第 1 页，共 2 页" in first
    assert first.count("《书") == 25
    assert second.count("《书") == 5


def test_the_kinds_of_posts_are_told_in_words_and_not_in_codes(
    logged_in, su, lin, shen, book, bureau
):
    page = logged_in(su).get("/reading/assignments/new/").text
    logged_in(su).post("/reading/assignments/new/", setting(book, bureau))
    made = logged_in(su).get(f"/reading/assignments/{Assignment.objects.get().pk}/").text

    assert ">教师</option>" in page
    assert ">teacher<" not in page
    assert "教师" in made
    assert "teacher" not in made

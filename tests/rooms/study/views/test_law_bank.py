from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taihua.kernel.house import found_by
from taihua.rooms.study.actions.laws import write_article
from taihua.rooms.study.logic.gift import read_gift, write_gift
from taihua.rooms.study.logic.law_stats import FEWEST
from taihua.rooms.study.models import Article, Law, LawQuestion
from taihua.rooms.study.queries.law_quizzes import figures_of
from tests.factories import PersonFactory, TermFactory
from tests.rooms.study.law import (
    a_law,
    a_paper,
    a_quiz,
    a_version,
    an_item,
    put,
    some_items,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(db):
    words()
    return a_law()


@pytest.fixture
def questions(law):
    return put(*(an_item(number) for number in range(1, 11)))


@pytest.fixture
def quiz(bureau, law, questions, lin, zhou):
    return a_quiz(bureau, [law])


def page(name, *args, **query):
    address = reverse(f"study:{name}", args=args)
    return address + (
        "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    )


# --- the bank ------------------------------------------------------------------------------------

QUESTION = {
    "article": "6",
    "kind": "single",
    "difficulty": "easy",
    "stem": "教师节是哪一天？",
    "choices": "9 月 1 日\n9 月 10 日\n",
    "right": "B",
    "explanation": "第六条。",
}


def test_a_question_is_written_reworded_and_taken_out_of_use(logged_in, law, su):
    browser = logged_in(su)
    browser.post(page("new-law-question"), {**QUESTION, "law": law.pk})
    first = LawQuestion.objects.get()
    assert first.right_words == ["9 月 10 日"]

    browser.post(
        page("revise-law-question", first.pk),
        {**QUESTION, "law": law.pk, "stem": "教师节是几月几日？"},
    )
    second = LawQuestion.objects.get(retired_at=None)
    browser.post(page("retire-law-question", second.pk), {"reason": ""})
    assert not LawQuestion.objects.get(pk=second.pk).is_retired
    browser.post(page("retire-law-question", second.pk), {"reason": "太容易"})

    assert second.replaces == first
    assert "停用：太容易" in browser.get(page("law-question", second.pk)).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"right": "甲"}, "请写正确选项的字母"),
        ({"kind": "truth", "right": "A"}, "判断题请写“对”或“错”"),
        ({"article": "99"}, "没有第 99 条"),
        ({"right": "AB"}, "只能有一个正确答案"),
        ({"kind": "fill"}, "要有一处“____”"),
    ],
)
def test_a_question_with_a_fault_is_told_and_stays_on_the_page(logged_in, law, su, change, said):
    shown = logged_in(su).post(page("new-law-question"), {**QUESTION, "law": law.pk, **change})

    assert said in shown.content.decode()
    assert "教师节是哪一天" in shown.content.decode()
    assert not LawQuestion.objects.exists()


def test_true_or_false_and_blanks_are_written_too(logged_in, law, su):
    browser = logged_in(su)
    told = {**QUESTION, "law": law.pk}
    browser.post(page("new-law-question"), {**told, "kind": "truth", "choices": "", "right": "错"})
    browser.post(
        page("new-law-question"),
        {**told, "kind": "fill", "stem": "教师节在____月。", "choices": "九\n9", "right": ""},
    )

    assert [q.item.letters for q in LawQuestion.objects.order_by("pk")] == ["错", "九；9"]
    for question in LawQuestion.objects.all():
        assert browser.get(page("revise-law-question", question.pk)).status_code == 200


def test_the_clerk_confirms_one_and_the_unchanged_together(logged_in, law, questions, su):
    a_version(law, date(2013, 12, 1), changed={2})
    browser = logged_in(su)
    assert "待复核" in browser.get(page("law-questions", standing="stale")).content.decode()

    browser.post(page("confirm-unchanged", law.pk))
    assert "教师法-2" in browser.get(page("law-question", questions[1].pk)).content.decode()
    browser.post(page("confirm-law-question", questions[1].pk), {"number": ""})
    browser.post(page("confirm-law-question", questions[1].pk), {"number": "99"})
    browser.post(page("confirm-law-question", questions[1].pk), {"number": "2"})

    assert "没有这样的题" in browser.get(page("law-questions", standing="stale")).content.decode()


def gift(text):
    return {"file": SimpleUploadedFile("bank.gift", text)}


def test_a_gift_file_is_taken_and_given(logged_in, law, su):
    browser = logged_in(su)
    items = some_items(5)

    answer = browser.post(
        page("import-gift"), gift(write_gift(items).encode("gb18030")), follow=True
    )

    assert "新增 5 题" in answer.content.decode()
    given = read_gift(browser.get(page("export-gift")).content.decode())
    assert [found.item for found in given.found] == items


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一{T}\n".encode(), "前面没有写明法律和条"),
        (b"\xff\xfe\x00\x00", "这不是文本文件"),
        (b"x" * (2 * 1024 * 1024 + 1), "超过 2 MB"),
        ("$CATEGORY: 教师法/第99条\n\n一{T}".encode(), "没有第 99 条"),
    ],
)
def test_a_bad_gift_file_is_refused_with_its_line(logged_in, law, su, text, said):
    shown = logged_in(su).post(page("import-gift"), gift(text)).content.decode()

    assert said in shown
    assert not LawQuestion.objects.exists()


def test_laws_are_entered_and_change_by_the_clerk(logged_in, su):
    browser = logged_in(su)
    browser.post(
        page("new-law"), {"short": "《档案法》", "title": "中华人民共和国档案法", "kind": "law"}
    )
    law = Law.objects.get()
    again = browser.post(page("new-law"), {"short": "档案法", "title": "档案法", "kind": "law"})
    told = {"adopted": "2013-01-01", "effective": "2013-02-01", "articles": "53"}
    for changed, effective in (
        ("", "2013-02-01"),
        ("1、3-5", "2013-11-01"),
        ("全部", "2013-12-01"),
    ):
        browser.post(
            page("new-law-version", law.pk), {**told, "changed": changed, "effective": effective}
        )
    bad = browser.post(page("new-law-version", law.pk), {**told, "changed": "第一条"})

    counts = [
        version.articles.filter(is_changed=True).count()
        for version in law.versions.order_by("effective_date")
    ]
    assert (law.short, counts) == ("档案法", [0, 4, 53])
    assert "已有《档案法》" in again.content.decode()
    assert "不是条号" in bad.content.decode()
    article = Article.objects.filter(number=1).first()
    browser.post(page("write-article", article.pk), {"text": "为了管好档案。"})
    version = article.version_id
    assert (
        "为了管好档案。" in browser.get(page("law-text", law.pk, version=version)).content.decode()
    )
    assert browser.get(page("law-text", law.pk, version="0")).status_code == 404


def test_the_starter_bank_is_a_button_for_the_clerk(logged_in, su):
    browser = logged_in(su)
    assert "装上自带题库" in browser.get(page("law")).content.decode()

    answer = browser.post(page("bring-starter-bank"), follow=True)

    assert "自带题库：新增" in answer.content.decode()
    assert LawQuestion.objects.count() > 60


# --- figures of questions ------------------------------------------------------------------------


@pytest.fixture
def taken(bureau, law, posts):
    """One quiz of two questions that so many people took: who knows one knows the other."""
    put(an_item(1), an_item(2))
    quiz = a_quiz(bureau, [law], single=2)
    for number in range(FEWEST):
        person = PersonFactory(name=f"某{number}")
        TermFactory(person=person, post=posts["局长"], unit=bureau)
        a_paper(person, quiz, right=number % 2 == 0)
    return LawQuestion.objects.order_by("code")


def test_keepers_see_how_a_question_does_and_the_auditor_does_not(logged_in, taken, su, zheng):
    assert [figures.discrimination for figures in figures_of([q.pk for q in taken]).values()] == [
        pytest.approx(1),
        pytest.approx(1),
    ]

    shown = logged_in(su).get(page("law-question", taken[0].pk)).content.decode()
    hidden = logged_in(zheng).get(page("law-question", taken[0].pk)).content.decode()

    assert f"50%（{FEWEST} 份卷子）" in shown
    assert "正确率" not in hidden
    assert "正确率" not in logged_in(zheng).get(page("law-questions")).content.decode()


def test_too_few_papers_show_no_figures(logged_in, quiz, lin, su, questions):
    a_paper(lin, quiz, right=True)

    shown = logged_in(su).get(page("law-question", questions[0].pk)).content.decode()

    assert f"不足 {FEWEST} 份卷子，不显示" in shown


# --- what it costs -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_of_questions_costs_the_same(
    logged_in, law, zheng, su, count, django_assert_max_num_queries
):
    put(*(an_item(1, code=f"q{number}", stem=f"第 {number} 题？") for number in range(count)))
    browser = logged_in(su)
    browser.get(page("law-questions"))

    with django_assert_max_num_queries(10):
        browser.get(page("law-questions"))


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_paper_costs_the_same_however_long(
    logged_in, bureau, law, lin, count, django_assert_max_num_queries
):
    put(*(an_item(number) for number in range(1, 31)))
    quiz = a_quiz(bureau, [law], single=count)
    browser, paper = logged_in(lin), a_paper(lin, quiz)
    browser.get(page("law-paper", paper.pk))

    with django_assert_max_num_queries(6):
        browser.get(page("law-paper", paper.pk))


@pytest.mark.parametrize("count", [1, 3, 20])
def test_a_law_costs_the_same_however_many_articles(
    logged_in, law, su, count, django_assert_max_num_queries
):
    put(*(an_item(number) for number in range(1, count + 1)))
    a_version(law, date(2013, 12, 1), changed={1})
    browser = logged_in(su)
    browser.get(page("law-text", law.pk))

    with django_assert_max_num_queries(16):
        browser.get(page("law-text", law.pk))


# --- search --------------------------------------------------------------------------------------


def found(person, *said):
    return [
        hit.title
        for room, hits in found_by(person.account, said, 10)
        for hit in hits
        if room.code == "study"
    ]


def test_laws_and_articles_are_found_by_all_and_quizzes_by_whom_they_are_set(quiz, lin, wu, law):
    write_article(article=Article.objects.get(number=6), text="每年九月十日为教师节。")

    assert found(wu, "九月", "教师节") == ["《教师法》第六条"]
    assert found(wu, "教师法") == ["《教师法》"]
    assert found(lin, "教师法") == ["《教师法》", "教师法测验"]
    assert found(lin, "第 3 条说的") == []
    assert found(lin) == []

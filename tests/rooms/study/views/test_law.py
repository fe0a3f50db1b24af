import re
from datetime import date

import pytest
from django.urls import reverse

from taihua.rooms.study.actions.laws import write_article
from taihua.rooms.study.models import Article, Paper, Quiz, QuizGroup
from taihua.rooms.study.queries.law_quizzes import answers_of
from tests.rooms.study.law import (
    LONG_AGO,
    NOON,
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


def answers(paper, *, right=True):
    told = {}
    for answer in answers_of(paper):
        places = [
            at for at, choice in enumerate(answer.question.choices) if choice["right"] is right
        ]
        told[f"q{answer.position}"] = str(places[0])
    return told


# --- taking a quiz -------------------------------------------------------------------------------


def test_a_quiz_is_failed_resat_and_passed(logged_in, quiz, lin):
    browser = logged_in(lin)
    assert quiz.title in browser.get(page("law")).content.decode()

    opened = browser.post(page("open-law-paper", quiz.pk))
    first = Paper.objects.get()
    failed = browser.post(opened.url, answers(first, right=False), follow=True)
    again = browser.post(page("open-law-paper", quiz.pk))
    passed = browser.post(again.url, answers(Paper.objects.get(number=2)), follow=True)

    assert "还没到通过线" in failed.content.decode()
    assert "正确：乙" in failed.content.decode()
    assert again.url != opened.url
    assert "已经记入学法测验台账" in passed.content.decode()
    assert "布置给您的测验都通过了" in browser.get(page("law")).content.decode()


def test_a_draft_comes_back_as_it_was_left(logged_in, quiz, lin):
    browser, paper = logged_in(lin), a_paper(lin, quiz)

    browser.post(page("law-paper", paper.pk), {"q1": "2", "keep": "1"})

    shown = browser.get(page("law-paper", paper.pk)).content.decode()
    assert len(re.findall(r'name="q1"\s+value="2"[^>]*checked', shown)) == 1
    assert Paper.objects.get().is_open


def test_an_unanswered_question_is_told_and_nothing_typed_is_lost(logged_in, quiz, lin):
    browser, paper = logged_in(lin), a_paper(lin, quiz)

    shown = browser.post(page("law-paper", paper.pk), {"q1": "2"}).content.decode()

    assert "这一题还没有作答" in shown
    assert re.search(r'name="q1"\s+value="2"[^>]*checked', shown)
    assert Paper.objects.get().is_open


def test_all_kinds_of_questions_can_be_answered(logged_in, bureau, law, lin):
    put(*some_items(8))
    a_quiz(bureau, [law], wanted={"single": 1, "several": 1, "truth": 1, "fill": 1})
    browser = logged_in(lin)
    paper = a_paper(lin, Quiz.objects.get())
    told = {}
    for answer in answers_of(paper):
        choices = answer.question.choices
        right = [str(at) for at, choice in enumerate(choices) if choice["right"]]
        told[f"q{answer.position}"] = "9" if answer.question.kind == "fill" else right

    shown = browser.post(page("law-paper", paper.pk), told, follow=True).content.decode()

    assert "通过了" in shown
    assert Paper.objects.get().right_count == 4


@pytest.mark.parametrize("reader", ["zhou", "su", "zheng", "keeper"])
def test_a_paper_is_seen_by_its_taker_alone(request, logged_in, quiz, lin, reader):
    paper = a_paper(lin, quiz, right=False)
    browser = logged_in(request.getfixturevalue(reader))

    assert browser.get(page("law-paper", paper.pk)).status_code in {403, 404}
    assert browser.post(page("law-paper", paper.pk), {}).status_code in {403, 404}


def test_overseers_see_who_passed_and_no_marks(logged_in, quiz, lin, zhou, su, bureau):
    a_paper(lin, quiz, right=True)
    a_paper(zhou, quiz, right=False)

    shown = logged_in(su).get(page("law-quiz", quiz.pk, unit=bureau.pk)).content.decode()

    assert lin.name in shown
    assert "答对 0 题" not in shown
    assert "答对 2 题" not in shown


def test_a_teacher_who_is_not_asked_does_not_find_the_quiz(logged_in, quiz, wu):
    browser = logged_in(wu)

    assert browser.get(page("law-quiz", quiz.pk)).status_code == 404
    assert browser.post(page("open-law-paper", quiz.pk)).status_code == 404
    assert quiz.title not in browser.get(page("law-quizzes")).content.decode()


def test_a_withdrawn_quiz_gives_no_paper_and_says_why(logged_in, quiz, lin, su):
    clerk = logged_in(su)
    clerk.post(page("withdraw-law-quiz", quiz.pk), {"reason": "布置错了"})

    shown = logged_in(lin).post(page("open-law-paper", quiz.pk), follow=True)

    assert "已撤回：布置错了" in clerk.get(page("law-quiz", quiz.pk)).content.decode()
    assert "没有布置给您，或者已经撤回" in shown.content.decode()
    assert (
        "已经撤回"
        in clerk.post(page("withdraw-law-quiz", quiz.pk), {"reason": "再"}).content.decode()
    )


# --- setting a quiz ------------------------------------------------------------------------------


def setting(law, bureau, **more):
    return {
        "title": "冬季学法测验",
        "setter": bureau.pk,
        "laws": [law.pk],
        "set_date": "2013-12-01",
        "due_date": "2013-12-31",
        "single": 3,
        "several": 0,
        "truth": 0,
        "fill": 0,
        "pass_percent": 80,
        "groups-TOTAL_FORMS": 3,
        "groups-INITIAL_FORMS": 0,
        "groups-0-tier": "leadership",
        **more,
    }


def test_the_clerk_sets_a_quiz(logged_in, law, questions, bureau, su):
    answer = logged_in(su).post(page("set-law-quiz"), setting(law, bureau))

    quiz = Quiz.objects.get()
    assert answer.url == page("law-quiz", quiz.pk)
    assert [group.tier for group in quiz.groups.all()] == ["leadership"]
    assert sum(part.count for part in quiz.parts.all()) == 3


def test_a_quiz_the_bank_is_too_small_for_is_refused_and_what_was_typed_stays(
    logged_in, law, questions, bureau, su
):
    shown = (
        logged_in(su).post(page("set-law-quiz"), setting(law, bureau, single=30)).content.decode()
    )

    assert "不够 30 题" in shown
    assert 'value="冬季学法测验"' in shown
    assert not Quiz.objects.exists()


def test_a_quiz_on_a_change_is_set_from_the_law(logged_in, law, bureau, su):
    version = a_version(law, date(2013, 12, 1), changed={2}, at=LONG_AGO)
    put(*(an_item(number) for number in (1, 2)), at=NOON.replace(hour=0))
    browser = logged_in(su)
    link = page("set-law-quiz", version=version.pk)
    assert link in browser.get(page("law-text", law.pk)).content.decode()

    assert "只从新文本改动的条里出题" in browser.get(link).content.decode()
    browser.post(link, setting(law, bureau, single=1))

    assert Quiz.objects.get().version == version


@pytest.mark.parametrize("wanted", ["0", "x", "99"])
def test_a_change_that_is_not_there_is_not_found(logged_in, su, wanted):
    assert logged_in(su).get(page("set-law-quiz", version=wanted)).status_code == 404


# --- practice ------------------------------------------------------------------------------------


def test_practice_asks_tells_and_proves(logged_in, law, questions, wu):
    write_article(article=Article.objects.get(number=1), text="第一条的原文。")
    browser = logged_in(wu)
    assert questions[0].stem in browser.get(page("law-practice")).content.decode()

    told = {"question": questions[0].pk, "answer": "0"}
    shown = browser.post(page("law-practice", law=law.pk), told).content.decode()

    assert "答错了" in shown
    assert "正确：乙" in shown
    assert "第一条的原文。" in shown
    assert "该再练的题" in browser.get(page("law")).content.decode()


def test_practice_without_an_answer_asks_again(logged_in, questions, wu):
    shown = logged_in(wu).post(page("law-practice"), {"question": questions[0].pk}).content.decode()

    assert "这一题还没有作答" in shown


@pytest.mark.parametrize("wanted", ["", "x", "9999"])
def test_a_question_that_is_not_there_is_not_practised(logged_in, questions, wu, wanted):
    browser = logged_in(wu)

    assert browser.post(page("law-practice"), {"question": wanted}).status_code == 404
    assert browser.get(page("law-practice", law="x")).status_code == 404


def test_with_nothing_to_practise_the_page_says_so(logged_in, wu):
    assert "眼下没有该练的题" in logged_in(wu).get(page("law-practice")).content.decode()


def test_the_kinds_of_posts_are_told_in_words_and_not_in_codes(
    logged_in, law, questions, bureau, su, shen
):
    page = logged_in(su).get("/study/law/quizzes/new/").text
    quiz = a_quiz(bureau, [law], groups=[QuizGroup(tag="teacher")])

    told = logged_in(su).get(f"/study/law/quizzes/{quiz.pk}/").text

    assert ">教师</option>" in page
    assert "教师" in told
    assert "teacher" not in page.replace('value="teacher"', "") + told

"""The pages of lectures: the rota is made and issued, days are swapped, homework goes round."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taihua.rooms.study.models import Homework, Rota, Swap
from taihua.rooms.study.queries.turns import turns_of
from tests.rooms.study.sessions import rota_of, set_on

PAST, AHEAD = date(2013, 11, 20), [date(2013, 12, 18), date(2013, 12, 25)]


@pytest.fixture
def past(committee, leaders, su):
    return turns_of(rota_of(committee, [PAST], su.account)).get()


@pytest.fixture
def ahead(committee, leaders, su):
    return list(turns_of(rota_of(committee, AHEAD, su.account)))


def head(unit, **changed):
    told = {"unit": unit.pk, "first_day": "2013-12-01", "last_day": "2014-06-30"}
    told |= {"first": "15:00", "last": "16:30", "audience": "office"}
    told |= {"wishes-TOTAL_FORMS": "3", "wishes-INITIAL_FORMS": "0"}
    return told | changed


def test_a_rota_is_tried_out_read_and_issued(committee, leaders, su, lin, logged_in):
    browser = logged_in(su)
    wishes = {"wishes-0-day": "2013-12-18", "wishes-0-topic": "甲", "wishes-1-day": "2014-01-15"}
    wishes |= {"wishes-1-topic": "乙"}
    answer = browser.post("/study/turns/new/", head(committee, **wishes))
    rota = Rota.objects.get()
    page = browser.get(answer.url).text
    assert "排得匀" in page
    assert "此前还没有讲过，最先轮到。" in page
    assert logged_in(lin).get(answer.url).status_code == 404

    browser.post(f"/study/turns/rotas/{rota.pk}/settle/", {"issue": "1"})

    assert "已公布" in logged_in(lin).get(answer.url).text


def test_a_rota_can_be_thrown_away_before_it_is_issued(committee, leaders, su, logged_in):
    browser = logged_in(su)
    wishes = {"wishes-0-day": "2013-12-18", "wishes-0-topic": "甲"}
    browser.post("/study/turns/new/", head(committee, **wishes))

    browser.post(f"/study/turns/rotas/{Rota.objects.get().pk}/settle/")

    assert not Rota.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "请至少写一讲"),
        ({"wishes-0-topic": "只有题目"}, "日期和题目要一起写"),
        ({"last": "14:00"}, "结束时间要晚于开始时间"),
        ({"last_day": "2013-11-01"}, "结束日期不能早于开始日期"),
    ],
)
def test_a_rota_that_is_not_well_asked_for_says_so(
    committee, leaders, su, logged_in, changed, said
):
    page = logged_in(su).post("/study/turns/new/", head(committee, **changed)).text

    assert said in page
    assert not Rota.objects.exists()


def test_the_lecturer_hands_in_material_and_the_listeners_take_it(ahead, lin, zhou, wu, logged_in):
    turn = ahead[0]
    turn.lecturer = lin
    turn.save()
    file = SimpleUploadedFile("讲稿.txt", "先看现场".encode())

    logged_in(lin).post(f"/study/turns/{turn.pk}/material/", {"title": "讲稿", "file": file})

    material = turn.materials.get()
    taken = logged_in(zhou).get(f"/study/turns/materials/{material.pk}/")
    assert taken.content.decode() == "先看现场"
    assert logged_in(wu).get(f"/study/turns/materials/{material.pk}/").status_code == 404


def test_a_question_that_is_asked_is_not_called_optional(past, su, lin, logged_in):
    question = Homework.objects.create(turn=past, text="学了以后改什么？", position=1)

    page = logged_in(lin).get(f"/study/turns/{past.pk}/answer/").text

    label = page.split(f'for="id_q{question.pk}"')[1].split("</label>")[0]
    assert "学了以后改什么？" in label
    assert "可不填" not in label


def test_homework_goes_from_the_lecturer_to_the_listener_and_back(past, su, zhou, lin, logged_in):
    past.lecturer = lin
    past.save()
    lecturer, listener = logged_in(lin), logged_in(zhou)
    data = {"homework": "怎么用？\n用了没有？", "homework_due": "2013-12-10"}
    lecturer.post(f"/study/turns/{past.pk}/hold/", data)
    assert "答《第 1 讲》的思考题" in listener.get("/study/").text
    first, second = past.homework.order_by("position")
    listener.post(f"/study/turns/{past.pk}/answer/", {f"q{first.pk}": "科里先改月报"})

    page = lecturer.get(f"/study/turns/{past.pk}/answers/").text
    assert "科里先改月报" in page
    answer = first.answers.get()
    refused = lecturer.post(f"/study/turns/{past.pk}/answers/", {"gather": "1"}).text
    assert "周明的回答还没有批注" in refused
    comment = {f"a{answer.pk}-comment": "可以做", "gather": "1"}
    lecturer.post(f"/study/turns/{past.pk}/answers/", comment)

    assert "批注：可以做" in listener.get(f"/study/turns/{past.pk}/").text
    assert listener.get(f"/study/turns/{past.pk}/answers/").status_code == 404
    assert second.answers.count() == 0


def test_the_next_session_opens_with_what_nobody_answered(past, su, lin, committee, logged_in):
    data = {"homework": "谁来答？", "homework_due": "2013-11-30"}
    logged_in(su).post(f"/study/turns/{past.pk}/hold/", data)
    session = set_on(committee, date(2013, 12, 10), lin)

    page = logged_in(lin).get(f"/study/sessions/{session.pk}/").text

    assert "开头先讨论" in page
    assert "谁来答？" in page


def test_an_empty_answer_keeps_the_page_and_says_why(past, su, zhou, logged_in):
    data = {"homework": "怎么用？", "homework_due": "2013-12-10"}
    logged_in(su).post(f"/study/turns/{past.pk}/hold/", data)

    page = logged_in(zhou).post(f"/study/turns/{past.pk}/answer/", {"once": ""}).text

    assert "请至少答一道题" in page


def test_days_are_swapped_when_the_other_agrees(ahead, lin, zhou, logged_in):
    mine, theirs = sorted(ahead, key=lambda turn: turn.lecturer != lin)
    mine.lecturer = lin
    mine.save()
    data = {"theirs": theirs.pk, "reason": "省里培训"}
    asker = logged_in(lin)
    asker.post(f"/study/turns/{mine.pk}/swap/", data)
    swap = Swap.objects.get()

    assert "待答复" in asker.get(f"/study/turns/{mine.pk}/").text
    assert logged_in(zhou).get(f"/study/turns/swaps/{swap.pk}/").status_code == 404
    assert (swap.asked, swap.answer) == (theirs.lecturer, "asked")


def test_the_reserve_is_offered_first(ahead, su, logged_in):
    turn = ahead[0]
    page = logged_in(su).get(f"/study/turns/{turn.pk}/replace/").text
    assert re.search(rf'<option\s+value="{turn.reserve_id}"\s+selected', page)
    data = {"lecturer": turn.reserve_id, "reason": "住院"}

    logged_in(su).post(f"/study/turns/{turn.pk}/replace/", data)

    assert "因“住院”换了人" in logged_in(su).get(f"/study/turns/{turn.pk}/").text


def test_a_cancelled_lecture_says_why(ahead, su, logged_in):
    browser = logged_in(su)

    browser.post(f"/study/turns/{ahead[0].pk}/cancel/", {"reason": "并入下月"})

    assert "这一讲取消了：并入下月" in browser.get(f"/study/turns/{ahead[0].pk}/").text


def test_a_lecture_is_not_there_for_those_who_do_not_hear_it(ahead, wu, shen, logged_in):
    for outsider in (wu, shen):
        browser = logged_in(outsider)
        assert browser.get(f"/study/turns/{ahead[0].pk}/").status_code == 404
        assert "您能听的授课还没有排" in browser.get("/study/turns/").text


@pytest.mark.parametrize("path", ["hold", "material", "swap", "answers"])
def test_a_listener_does_not_do_the_lecturers_work(ahead, zhou, logged_in, path):
    assert logged_in(zhou).get(f"/study/turns/{ahead[0].pk}/{path}/").status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_a_rota_costs_the_same_however_long_it_is(count, committee, leaders, su, logged_in, costs):
    days = [date(2014, 1 + n % 12, 15) for n in range(count)]
    rota = rota_of(committee, days, su.account)

    assert costs(logged_in(su), f"/study/turns/rotas/{rota.pk}/") <= 9
    assert costs(logged_in(su), "/study/turns/") <= 12


def test_with_nobody_to_swap_with_the_page_says_so_and_offers_no_empty_list(
    committee, leaders, su, lin, logged_in
):
    [mine] = turns_of(rota_of(committee, AHEAD[:1], su.account))
    mine.lecturer = lin
    mine.save()

    page = logged_in(lin).get(f"/study/turns/{mine.pk}/swap/", follow=True)

    assert page.redirect_chain == [(f"/study/turns/{mine.pk}/", 302)]
    assert "眼下没有别人要讲的可以换" in page.text

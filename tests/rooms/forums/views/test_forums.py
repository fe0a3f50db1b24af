import re
from datetime import date

import pytest
from django.urls import reverse

from taihua.kernel.records.queries import statements
from taihua.rooms.forums.actions.closing import close_forum
from taihua.rooms.forums.actions.forums import offer_to_speak
from taihua.rooms.forums.actions.proceedings import begin
from taihua.rooms.forums.actions.questions import ask, let_through
from taihua.rooms.forums.actions.registration import register
from taihua.rooms.forums.models import (
    FloorQuestion,
    Forum,
    Offer,
    Registration,
    Slot,
    Speaker,
    Spread,
)
from tests.factories import NINE, PersonFactory
from tests.rooms.forums.conftest import at, imported, placed

CALL = {
    "kind": "forums/teaching", "topic": "课堂里的真问题", "call": "请讲一节课。", "place": "礼堂",
    "day": "2013-12-27", "opens": "14:00", "closes": "17:00", "call_closes": "2013-12-15",
    "registration_closes": "2013-12-25", "seats": "80", "recorder": "苏禾", "plan": "",
}  # fmt: skip
SLOT = {"title": "磨课", "starts": "09:00", "minutes": "40", "hall": "", "speakers": "周明"}


def to(name, *args):
    return reverse(f"forums:{name}", args=args)


# --- call and change ---------------------------------------------------------------------------------


def test_a_clerk_calls_a_forum(logged_in, su, bureau):
    answer = logged_in(su).post(to("call"), {**CALL, "host": bureau.pk}, follow=True)

    assert "征集已发出：《课堂里的真问题》。" in answer.text
    assert Forum.objects.get().recorder == su


def test_a_unit_clerk_calls_for_her_school_alone(logged_in, shen, su, school, bureau):
    browser = logged_in(shen)

    refused = browser.post(to("call"), {**CALL, "host": bureau.pk})
    assert refused.status_code == 200
    assert "课堂里的真问题" in refused.text
    browser.post(to("call"), {**CALL, "host": school.pk})

    assert [forum.host for forum in Forum.objects.all()] == [school]


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("call_closes", "2013-12-28", "征集截止不能晚于举办日期。"),
        ("registration_closes", "2013-12-28", "报名截止不能晚于举办日期。"),
        ("closes", "13:00", "结束时间要在开始时间之后。"),
        ("seats", "0", "不能小于 1"),
        ("topic", "长" * 81, "80"),
        ("recorder", "没有这个人", "没有找到"),
    ],
)
def test_bad_calls_are_told_and_keep_what_was_typed(logged_in, su, bureau, field, wrong, told):
    page = logged_in(su).post(to("call"), {**CALL, "host": bureau.pk, field: wrong})

    assert "还有几处要改" in page.text
    assert told in page.text
    assert "请讲一节课。" in page.text
    assert not Forum.objects.exists()


def test_a_plan_of_the_ledger_is_offered_and_taken(logged_in, su, bureau):
    imported(
        "forum-plans", unit="bureau", kind="教学论坛", day=date(2013, 1, 4), topic="下半年论坛"
    )
    browser = logged_in(su)
    page = browser.get(to("call")).text
    plan = re.search(r'value="([0-9a-f-]{36})"\s*>\s*教学论坛：下半年论坛', page)[1]

    browser.post(to("call"), {**CALL, "host": bureau.pk, "plan": plan})

    assert str(Forum.objects.get().plan) == plan


def test_a_plan_made_in_december_for_the_next_year_is_there_in_december_and_in_january(
    logged_in, su, bureau, settings
):
    row = {"unit": "bureau", "kind": "教学论坛", "day": date(2013, 12, 3)}
    imported("forum-plans", **row, topic="春季教学论坛", planned=date(2014, 3, 14))
    browser = logged_in(su)
    plan = str(statements().get().uuid)
    assert "春季教学论坛" in browser.get(to("call")).text

    settings.TAIHUA_TODAY = date(2014, 1, 6)
    assert "春季教学论坛" in browser.get(to("call")).text
    days = {"day": "2014-03-14", "call_closes": "2014-03-01", "registration_closes": "2014-03-10"}
    browser.post(to("call"), {**CALL, **days, "host": bureau.pk, "plan": plan})

    assert str(Forum.objects.get().plan) == plan
    assert statements().count() == 1
    assert "春季教学论坛" not in browser.get(to("call")).text


def test_the_organiser_changes_and_calls_off(logged_in, forum, su, bureau):
    browser = logged_in(su)
    told = {
        **CALL, "kind": "forums/principals", "topic": "一校一品", "host": bureau.pk,
        "recorder": "苏禾（su）",
    }  # fmt: skip

    browser.post(to("change", forum.pk), told)
    forum.refresh_from_db()
    assert (forum.place, forum.revision) == ("礼堂", 1)

    page = browser.post(to("cancel", forum.pk), {"reason": "大雪"}, follow=True)
    assert "这一期已取消：大雪" in page.text
    assert browser.get(to("change", forum.pk)).status_code == 404


def test_who_keeps_another_units_books_organises_nothing_here(logged_in, forum, shen):
    browser = logged_in(shen)

    for name in ("change", "cancel", "add-slot", "seats"):
        assert browser.get(to(name, forum.pk)).status_code == 404


# --- offers, programme, seats ------------------------------------------------------------------------


def test_an_offer_is_made_placed_and_confirmed(logged_in, forum, su, wu):
    offering, organising = logged_in(wu), logged_in(su)
    offering.post(to("offer", forum.pk), {"title": "村小两个班", "summary": "复式课"})
    offer = Offer.objects.get()
    assert "村小两个班" in organising.get(to("forum", forum.pk)).text

    form = organising.get(f"{to('add-slot', forum.pk)}?offer={offer.pk}").text
    assert "吴江（wu）" in form
    told = SLOT | {"title": offer.title, "speakers": "吴江（wu）"}
    organising.post(f"{to('add-slot', forum.pk)}?offer={offer.pk}", told)

    offer.refresh_from_db()
    assert offer.decision == "accepted"
    invitation = to("invitation", Speaker.objects.get().pk)
    assert "请您讲“村小两个班”" in offering.get(invitation).text
    assert organising.get(invitation).status_code == 404
    assert "已告诉主办单位" in offering.post(invitation, {"confirm": "1"}, follow=True).text
    assert Speaker.objects.get().confirmed_at


def test_an_offer_is_declined_with_its_reason_and_only_its_own_can_be_withdrawn(
    logged_in, forum, su, wu, shen
):
    first = offer_to_speak(forum=forum, speaker=wu, title="甲", summary="讲", at=NINE)
    second = offer_to_speak(forum=forum, speaker=shen, title="乙", summary="讲", at=NINE)

    logged_in(su).post(to("decline-offer", first.pk), {"reason": "题目重了"})
    assert logged_in(wu).post(to("withdraw-offer", second.pk)).status_code == 404
    logged_in(shen).post(to("withdraw-offer", second.pk))

    page = logged_in(wu).get(to("forum", forum.pk)).text
    assert "理由：题目重了" in page
    assert "乙" not in re.findall(r"<strong>(.)</strong>", page)
    second.refresh_from_db()
    assert second.withdrawn_at


def test_a_clash_is_told_on_the_form_that_keeps_its_words(logged_in, forum, su, zhou):
    placed(forum, zhou)

    page = logged_in(su).post(to("add-slot", forum.pk), SLOT | {"summary": "留住这句话"})

    assert "时间重叠" in page.text
    assert "留住这句话" in page.text
    assert Slot.objects.count() == 1


def test_items_are_changed_moved_and_taken_out(logged_in, forum, su, zhou, shen):
    first, second = (
        placed(forum, zhou, title="甲"),
        placed(forum, shen, title="乙", starts=at(4, 10).time()),
    )
    browser = logged_in(su)

    browser.post(to("move-slot", first.pk), {"later": "1"})
    second.refresh_from_db()
    assert f"{second.starts:%H:%M}" == "09:00"
    browser.post(to("slot", second.pk), SLOT | {"title": "改了", "speakers": "沈青"})
    second.refresh_from_db()
    assert second.title == "改了"
    browser.post(to("remove-slot", first.pk))

    assert [slot.title for slot in Slot.objects.all()] == ["改了"]


def test_an_invitation_is_declined_with_a_reason(logged_in, forum, zhou, su):
    speaker = placed(forum, zhou, said_yes=False).speakers.get()
    browser = logged_in(zhou)

    assert "还有几处要改" in browser.post(to("invitation", speaker.pk), {"reason": ""}).text
    page = browser.post(to("invitation", speaker.pk), {"reason": "要去省里"}, follow=True).text

    assert "谢绝了：要去省里" in page
    assert "已谢绝，另请人" in logged_in(su).get(to("forum", forum.pk)).text
    assert "要去省里" not in logged_in(zhou).get(to("forums")).text


def test_registering_and_giving_back(logged_in, forum, shen, wu, su):
    Forum.objects.update(seats=1)
    register(forum=forum, person=shen, at=NINE)
    browser = logged_in(wu)

    page = browser.post(to("register", forum.pk), follow=True).text
    assert "候补第 1 位" in page
    listed = logged_in(su).get(to("seats", forum.pk)).text
    assert listed.index("沈青") < listed.index("吴江")
    logged_in(shen).post(to("give-back", forum.pk))
    assert "有座位" in browser.get(to("forum", forum.pk)).text


def test_registering_after_the_close_is_refused_in_words(logged_in, forum, wu, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 19)

    page = logged_in(wu).post(to("register", forum.pk), follow=True).text

    assert "报名已于 2013-12-18截止" in page
    assert not Registration.objects.exists()


# --- questions ---------------------------------------------------------------------------------------


def test_an_unsigned_question_names_its_asker_to_the_recorder_alone(logged_in, forum, shen, wu, su):
    told = {"text": "账目怎么公开？", "anonymous": "on"}
    logged_in(shen).post(to("forum", forum.pk), told)
    question = FloorQuestion.objects.get()
    assert "账目怎么公开" not in logged_in(wu).get(to("forum", forum.pk)).text

    recorder = logged_in(su)
    assert "沈青" in recorder.get(to("forum", forum.pk)).text
    recorder.post(to("let-through", question.pk))

    page = logged_in(wu).get(to("forum", forum.pk)).text
    assert "账目怎么公开" in page
    assert "不署名" in page
    assert "沈青" not in page


def test_a_question_is_set_aside_answered_or_left_to_its_owner(
    logged_in, forum, zhou, shen, wu, su
):
    slot = placed(forum, zhou)
    first = ask(forum=forum, asker=shen, text="伤人的话", slot=slot, at=NINE)
    second = ask(forum=forum, asker=wu, text="时间从哪里来？", slot=slot, at=NINE)
    recorder = logged_in(su)

    recorder.post(to("set-aside", first.pk), {"reason": "说了别人的家事"})
    assert "没有公开：说了别人的家事" in logged_in(shen).get(to("forum", forum.pk)).text
    let_through(question=second, by=su.account, at=NINE)
    assert logged_in(wu).get(to("answer", second.pk)).status_code == 404
    for name in ("let-through", "set-aside"):
        assert logged_in(zhou).post(to(name, second.pk), {"reason": "x"}).status_code == 404
    logged_in(zhou).post(to("answer", second.pk), {"text": "挤出来的。"})

    assert "挤出来的。" in logged_in(shen).get(to("forum", forum.pk)).text


def test_too_long_a_question_is_told_and_kept(logged_in, forum, wu):
    page = logged_in(wu).post(to("forum", forum.pk), {"text": "问" * 501}).text

    assert "还有几处要改" in page
    assert "问" * 501 in page
    assert not FloorQuestion.objects.exists()


def test_a_question_with_line_ends_counts_as_its_writer_counts(logged_in, forum, wu):
    logged_in(wu).post(to("forum", forum.pk), {"text": "\r\n".join("问" * 250) + "吗"})

    assert len(FloorQuestion.objects.get().text) == 500


# --- closing -----------------------------------------------------------------------------------------


def test_the_recorder_notes_closes_prints_and_others_read(
    logged_in, forum, su, zhou, shen, wu, settings
):
    speaker = placed(forum, zhou, summary="删掉一半。").speakers.get()
    seat = register(forum=forum, person=shen, at=NINE)
    settings.TAIHUA_TODAY = date(2013, 12, 21)
    recorder, reader = logged_in(su), logged_in(wu)
    assert reader.get(to("attendance", forum.pk)).status_code == 404
    assert reader.get(to("proceedings", forum.pk)).status_code == 404

    there = {"came": seat.pk, "others": "吴江（wu）"}
    assert "到会的已存下" in recorder.post(to("attendance", forum.pk), there, follow=True).text
    page = recorder.post(
        to("attendance", forum.pk), {**there, "spoke": speaker.pk, "close": "1"}, follow=True
    ).text
    assert "一课三磨（周明）" in page
    assert reader.get(to("proceedings", forum.pk)).status_code == 404
    told = {"expected": "1", "heading-0": "缘起", "text-0": "写好了。", "heading-1": ""}
    recorder.post(to("proceedings", forum.pk), told)
    stale = recorder.post(to("proceedings", forum.pk), told | {"text-0": "又写"})
    assert stale.status_code == 409
    assert "又写" in stale.text
    assert "写好了。" in stale.text
    assert {*re.findall(r'name="expected"\s+value="(\d+)"', stale.text)} == {"2"}
    recorder.post(to("issue", forum.pk), {"number": "讲坛文集〔2013〕1号", "expected": "2"})

    page = reader.get(to("proceedings", forum.pk)).text
    assert "写好了。" in page
    assert "讲坛文集〔2013〕1号" in page
    pdf = reader.get(to("file", forum.pk, "pdf"))
    assert pdf.content.startswith(b"%PDF-")
    assert reader.get(to("file", forum.pk, "exe")).status_code == 404


def test_a_draft_of_the_proceedings_is_the_recorders_alone(logged_in, forum, su, wu, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 21)
    held = close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 18))
    begin(forum=held, by=su.account, at=at(20, 19))

    assert logged_in(wu).get(to("file", forum.pk, "docx")).status_code == 404
    assert logged_in(wu).post(to("issue", forum.pk), {"number": "1"}).status_code == 404
    assert logged_in(su).get(to("file", forum.pk, "docx")).content.startswith(b"PK")
    refused = logged_in(su).post(
        to("issue", forum.pk), {"number": "", "expected": "1"}, follow=True
    )
    assert "请填写编号" in refused.text


def test_a_school_notes_what_it_took_up_for_itself(
    logged_in, forum, su, shen, wu, school, other_school, settings
):
    settings.TAIHUA_TODAY = date(2013, 12, 24)
    close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 18))
    browser = logged_in(shen)
    told = {"what": "三个组开始磨课", "since": "2013-12-22"}

    assert logged_in(wu).get(to("spread", forum.pk)).status_code == 404
    refused = browser.post(to("spread", forum.pk), {**told, "unit": other_school.pk})
    assert "三个组开始磨课" in refused.text
    browser.post(to("spread", forum.pk), {**told, "unit": school.pk})

    assert [each.unit for each in Spread.objects.all()] == [school]
    assert "三个组开始磨课" in logged_in(wu).get(to("forum", forum.pk)).text


# --- lists -------------------------------------------------------------------------------------------


def test_the_list_shows_what_comes_what_was_and_what_the_ledger_knows(logged_in, forum, wu):
    imported("forums", unit="bureau", kind="教学论坛", day=date(2012, 5, 4), topic="从前的论坛")

    page = logged_in(wu).get(to("forums")).text

    assert "一校一品" in page
    assert "从前的论坛" in page
    assert "办一期讲坛" not in page


@pytest.mark.parametrize("count", [1, 3, 300])
def test_pages_cost_the_same_however_much_there_is(logged_in, costs, forum, su, zhou, lin, count):
    slot = placed(forum, zhou)
    people = [PersonFactory() for _each in range(count)]
    Registration.objects.bulk_create(
        Registration(forum=forum, person=each, registered_at=NINE) for each in people
    )
    FloorQuestion.objects.bulk_create(
        FloorQuestion(
            forum=forum, slot=slot, asker=each, text=f"问{each.pk}", asked_at=NINE,
            moderation="shown",
        )
        for each in people
    )  # fmt: skip
    Speaker.objects.bulk_create(Speaker(slot=slot, person=each, asked_at=NINE) for each in people)

    assert costs(logged_in(lin), to("forum", forum.pk)) <= 28
    assert costs(logged_in(lin), to("forums")) <= 22

"""What is taken, refused, recorded and owed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.actions.consultations import (
    ConsultationRefused,
    look_back,
    name_sources,
    publish,
    save,
    send_out,
    write_final,
)
from taihua.rooms.portal.actions.opinions import (
    MOST_A_DAY,
    Answer,
    Said,
    Sender,
    answer,
    enter,
    give,
    join,
    set_aside,
    split,
    take_back_in,
)
from taihua.rooms.portal.models import (
    Consultation,
    DaySalt,
    Opinion,
    OpinionGroup,
    Response,
    SenderMark,
)
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import (
    FINAL,
    LATER,
    OPENS,
    asked,
    letter,
    sent,
)

HOME = Sender(address="10.0.0.1")
DECLINED = Answer(adoption="declined", reason="财力不够。")


def verbs():
    return sorted(statements().values_list("verb__code", flat=True))


def web(consultation, text="多建一所。", sender=HOME, at=NINE, **said):
    return give(consultation=consultation, said=Said(text=text, **said), sender=sender, at=at)


# --- written and sent out ----------------------------------------------------------------------------


def test_a_short_period_needs_its_reason(bureau, su):
    short = asked(bureau, su, closes=date(2013, 12, 20))
    with pytest.raises(ConsultationRefused, match="请写明原因"):
        save(asked=short, by=su.account, at=NINE)

    told = asked(bureau, su, closes=date(2013, 12, 20), short_because="春节前要定。")

    assert save(asked=told, by=su.account, at=NINE).is_short


def test_a_unit_clerk_asks_for_her_unit_alone(bureau, school, shen):
    assert save(asked=asked(school, shen), by=shen.account, at=NINE).host == school
    with pytest.raises(ConsultationRefused, match="不管苔花区教育局的台账"):
        save(asked=asked(bureau, shen), by=shen.account, at=NINE)


def test_sending_out_cuts_the_clauses_and_records_once(out, su):
    assert [each.number for each in out.clauses.order_by("position")] == [
        "第一条",
        "第二条",
        "第三条",
    ]
    assert verbs() == ["explained-draft", "opened-consultation", "planned-consultation"]
    with pytest.raises(ConsultationRefused, match="已经发出"):
        send_out(consultation=out, by=su.account, at=NINE)
    with pytest.raises(ConsultationRefused, match="不能再改"):
        save(asked=asked(out.host, su), by=su.account, at=NINE, consultation=out)


def test_it_is_not_sent_out_after_its_first_day(bureau, su):
    made = save(asked=asked(bureau, su), by=su.account, at=NINE)

    with pytest.raises(ConsultationRefused, match="开始日期已经过了"):
        send_out(consultation=made, by=su.account, at=NINE + timedelta(days=1))


def test_an_internal_one_names_its_units(bureau, school, su):
    with pytest.raises(ConsultationRefused, match="请选出哪些单位"):
        save(asked=asked(bureau, su, audience="internal"), by=su.account, at=NINE)
    with pytest.raises(ConsultationRefused, match="实名"):
        save(
            asked=asked(bureau, su, audience="internal", units=[school], naming="anonymous"),
            by=su.account,
            at=NINE,
        )


# --- opinions from the web ---------------------------------------------------------------------------


def test_what_a_stranger_says_is_on_no_record(out):
    before = verbs()

    opinion = web(out)

    assert verbs() == before
    assert (opinion.channel, opinion.person, opinion.entered_by) == ("web", None, None)


def test_the_same_form_or_the_same_words_are_one_opinion(out):
    key = uuid4()
    once = Sender(address="10.0.0.1", once=key)

    assert web(out, sender=once) == web(out, "别的话。", sender=once)
    assert web(out, sender=HOME) == Opinion.objects.get()
    assert web(out, sender=Sender(address="10.0.0.2")) != Opinion.objects.earliest("pk")
    assert Opinion.objects.count() == 2


def test_one_address_may_not_flood(out):
    for number in range(MOST_A_DAY):
        web(out, f"第 {number} 条意见。")

    with pytest.raises(ConsultationRefused, match="请明天再写"):
        web(out, "还有一条。")
    assert web(out, "还有一条。", at=NINE + timedelta(days=1))


def test_the_marks_of_a_day_are_gone_the_next_day(out):
    web(out)
    mark, salt = SenderMark.objects.get().mark, bytes(DaySalt.objects.get().salt)
    assert "10.0.0.1" not in mark

    web(out, at=NINE + timedelta(days=1))

    assert bytes(DaySalt.objects.get().salt) != salt
    assert SenderMark.objects.get().mark != mark


@pytest.mark.parametrize(
    ("naming", "kept"), [("either", "赵某"), ("named", "赵某"), ("anonymous", "")]
)
def test_a_name_is_kept_only_where_it_is_asked_for(bureau, su, naming, kept):
    assert web(sent(bureau, su, naming=naming), name="赵某").name == kept


def test_where_names_are_asked_for_nobody_is_nameless(bureau, su):
    with pytest.raises(ConsultationRefused, match="实名"):
        web(sent(bureau, su, naming="named"))


def test_nothing_is_taken_before_the_first_and_after_the_last_day(bureau, su):
    ahead = sent(bureau, su, opens=date(2013, 12, 10), closes=date(2014, 1, 10))

    for day in (date(2013, 12, 9), date(2014, 1, 11)):
        with pytest.raises(ConsultationRefused, match="不在征求意见期间"):
            web(ahead, at=NINE.replace(year=day.year, month=day.month, day=day.day))
    assert web(ahead, at=NINE.replace(year=2014, month=1, day=10))


def test_inside_the_house_only_those_asked_give_theirs_by_name_and_on_record(
    bureau, section, school, su, zhou, shen
):
    inside = sent(bureau, su, audience="internal", units=[section], kind="ordinary")

    given = web(inside, sender=Sender(address="x", account=zhou.account))

    assert given.person == zhou
    assert statements().get(verb__code="gave-opinion").person == zhou
    for sender in (HOME, Sender(address="x", account=shen.account)):
        with pytest.raises(ConsultationRefused, match="只向选定的单位"):
            web(inside, sender=sender)


def test_receipts_cannot_be_guessed_or_misread(out):
    numbers = {web(out, f"第 {number} 条").receipt for number in range(MOST_A_DAY)}

    assert len(numbers) == MOST_A_DAY
    assert all(len(number) == 19 and not set(number) & set("01IO") for number in numbers)


# --- officers ----------------------------------------------------------------------------------------


def test_a_letter_is_typed_in_for_a_day_of_the_period(out, su, shen):
    assert letter(out, su.account, "多建一所。").entered_by == su.account
    for day, by in ((OPENS - timedelta(days=1), su), (out.closes + timedelta(days=1), su)):
        with pytest.raises(ConsultationRefused, match="收到的日子"):
            enter(consultation=out, said=Said(text="信"), channel="letter", received_on=day, by=by.account, at=LATER)  # fmt: skip
    with pytest.raises(ConsultationRefused, match="由管苔花区教育局台账的人"):
        letter(out, shen.account, "我也录一条。")


def test_setting_aside_needs_a_reason_and_can_be_undone(out, su):
    opinion = web(out)
    with pytest.raises(ConsultationRefused, match="写明为什么"):
        set_aside(opinion=opinion, reason=" ", by=su.account)

    assert set_aside(opinion=opinion, reason="广告", by=su.account).set_aside_because == "广告"
    with pytest.raises(ConsultationRefused, match="先恢复"):
        answer(opinion=opinion, answer=DECLINED, by=su.account, at=NINE)
    assert take_back_in(opinion=opinion, by=su.account).set_aside_because == ""


def test_joined_opinions_are_answered_at_once_and_split_again(out, su):
    one, other = web(out, "建一所。"), web(out, "多建一所。")
    join(consultation=out, opinions=[one, other], title="", by=su.account)
    one.refresh_from_db()

    answer(opinion=one, answer=DECLINED, by=su.account, at=NINE, whole_group=True)

    assert Response.objects.count() == 2
    split(opinion=one, by=su.account)
    assert not OpinionGroup.objects.filter(opinions=one).exists()
    split(opinion=other, by=su.account)
    assert not OpinionGroup.objects.exists()
    assert Response.objects.count() == 2


def test_an_answer_always_has_its_reason_and_may_be_given_anew(out, su):
    opinion = web(out)
    with pytest.raises(ConsultationRefused, match="请写明理由"):
        answer(
            opinion=opinion, answer=Answer(adoption="adopted", reason=""), by=su.account, at=NINE
        )

    answer(opinion=opinion, answer=DECLINED, by=su.account, at=NINE)
    answer(
        opinion=opinion,
        answer=Answer(adoption="partly", reason="下一步办。"),
        by=su.account,
        at=NINE,
    )

    assert Response.objects.get().reason == "下一步办。"
    assert statements().get(verb__code="answered-opinion").person == su


# --- the final text ----------------------------------------------------------------------------------


def test_each_final_clause_finds_its_source_and_it_may_be_put_right(finished, su):
    assert [
        [source.number for source in each.sources.all()]
        for each in finished.finals.order_by("position")
    ] == [["第一条"], ["第二条"], ["第三条"]]
    first = finished.finals.get(position=1)

    name_sources(consultation=finished, sources=[(first, [])], by=su.account, at=LATER)
    write_final(consultation=finished, text=FINAL, by=su.account, at=LATER)

    assert not finished.finals.get(position=1).sources.exists()


def test_publishing_waits_for_every_answer_and_every_change(finished, su):
    opinion = letter(finished, su.account, "多建一所。", 2)

    def tell(**told):
        answer(opinion=opinion, answer=Answer(reason="已改。", **told), by=su.account, at=LATER)

    def go():
        return publish(consultation=finished, summary="", by=su.account, at=LATER)

    with pytest.raises(ConsultationRefused, match="还差 1 件事"):
        go()
    tell(adoption="adopted")
    with pytest.raises(ConsultationRefused, match="还差 1 件事"):
        go()
    tell(adoption="adopted", changed=finished.clauses.get(position=1))
    with pytest.raises(ConsultationRefused, match="还差 1 件事"):
        go()
    tell(adoption="adopted", changed=finished.clauses.get(position=2))

    assert go().published_on == LATER.date()
    with pytest.raises(ConsultationRefused, match="已经公布"):
        tell(adoption="declined")


def test_nothing_is_published_while_it_is_open(out, su):
    with pytest.raises(ConsultationRefused, match="截止以后"):
        publish(consultation=out, summary="", by=su.account, at=NINE)


def test_a_look_back_is_owed_a_year_later_and_closed_by_its_record(finished, su):
    publish(consultation=finished, summary="", by=su.account, at=LATER)
    [owed] = of_origin(finished.path)
    assert (owed.person, owed.due) == (su, date(2015, 1, 13))

    look_back(consultation=finished, text="三所都开学了。", by=su.account, at=LATER)

    owed.refresh_from_db()
    assert owed.closed_by == statements().get(verb__code="looked-back").uuid
    with pytest.raises(ConsultationRefused, match="只写一次"):
        look_back(consultation=finished, text="再写。", by=su.account, at=LATER)


# --- constraints -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"closes": OPENS},
        {"explanation": ""},
        {"record": None},
        {"published_on": OPENS},
        {"looked_back_on": OPENS, "look_back": ""},
    ],
)
def test_the_database_keeps_a_consultation_sound(out, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=out.pk).update(**changes)

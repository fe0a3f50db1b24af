from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.commitments.actions import CommitmentRefused
from taihua.kernel.commitments.queries import of_origin, open_for
from taihua.kernel.records.queries import by_uuids, statements, statements_of
from taihua.rooms.forums.actions.talks import (
    TalkRefused,
    answer,
    call_round,
    hand_in,
    pass_on,
    save_draft,
    weigh,
)
from taihua.rooms.forums.models import Round, TalkAnswer, WorkTalk
from taihua.rooms.forums.queries.plans import open_plans
from taihua.rooms.forums.queries.talks import rounds_owed
from tests.factories import NINE
from tests.rooms.forums.conftest import (
    TODAY,
    at,
    colleagues,
    comes_back_as_the_same,
    figure,
    imported,
    rows_of,
    words,
)


def verbs_of(person):
    return [each.verb.code for each in statements_of(person).order_by("pk")]


# --- rounds ------------------------------------------------------------------------------------------


def test_calling_a_round_plans_it(heads, bureau):
    plan = statements().get(verb__code="planned-forum")

    assert (plan.kind.code, plan.unit, plan.object_label) == (
        "forums/talk",
        bureau,
        "科室负责人谈工作",
    )
    assert heads.plan == plan.uuid
    assert figure("forums.talks_planned") == 1
    assert comes_back_as_the_same("forum-plans")


def test_a_round_that_was_planned_in_the_ledger_is_not_planned_again(bureau, su):
    imported("forum-plans", unit="bureau", kind="谈工作", day=date(2013, 1, 14), topic="全年谈工作")
    plan = open_plans([bureau.pk], ["forums/talk"], TODAY).get()

    called = call(bureau, su, plan=plan.uuid)

    assert called.plan == plan.uuid
    assert figure("forums.talks_planned") == 1
    assert not open_plans([bureau.pk], ["forums/talk"], TODAY).exists()
    with pytest.raises(TalkRefused, match="已经用过"):
        call(bureau, su, title="又一轮", plan=plan.uuid)


def call(bureau, su, **changed):
    told = {
        "unit": bureau, "title": "一轮", "stage": "everybody", "request": "谈。",
        "first_day": TODAY, "last_day": date(2013, 12, 20), "at": NINE, "by": su.account,
    } | changed  # fmt: skip
    return call_round(**told)


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": date(2013, 12, 20), "last_day": date(2013, 12, 10)},
        {"first_day": date(2013, 11, 1), "last_day": date(2013, 11, 30)},
    ],
)
def test_a_round_ends_after_it_begins_and_not_in_the_past(bureau, su, days):
    with pytest.raises(TalkRefused, match="截止日期"):
        call(bureau, su, **days)

    assert not Round.objects.exists()
    assert not statements().exists()


def test_two_rounds_of_one_name_are_refused(bureau, su):
    call(bureau, su)

    with pytest.raises(TalkRefused, match="已经有一轮叫“一轮”"):
        call(bureau, su)

    assert figure("forums.talks_planned") == 1


# --- a talk ------------------------------------------------------------------------------------------


def test_a_talk_goes_on_record_and_its_ask_is_owed(talk, zhou, lin):
    said = statements().get(uuid=talk.record)

    assert verbs_of(zhou) == ["talked-work", "asked-at-talk"]
    assert said.result == {"learnt": "先给居委会看。", "ask": "请出面和派出所商量。"}
    owed = open_for(lin).get()
    assert (owed.origin, owed.due) == (talk.path, TODAY + timedelta(days=14))
    assert owed.url == f"/forums/talks/{talk.pk}/"
    assert (figure("forums.work_talks"), figure("forums.asks")) == (1, 1)
    assert figure("forums.answer_share") == 0


def test_a_talk_without_an_ask_owes_nobody(heads, zhou):
    talk = hand_in(speaker=zhou, words=words(), asked=heads, at=NINE)

    assert verbs_of(zhou) == ["talked-work"]
    assert not of_origin(talk.path).exists()
    assert figure("forums.asks") == 0


def test_a_draft_is_kept_and_not_on_record(heads, zhou, lin):
    first = save_draft(speaker=zhou, words=words(did=""), asked=heads, at=NINE)
    again = save_draft(speaker=zhou, words=words(lin), asked=heads, at=at(4, 10))

    assert first == again
    assert (again.did, again.owner, again.is_draft) == ("把片区图重画了一遍。", lin, True)
    assert not statements_of(zhou).exists()
    assert not open_for(lin).exists()


def test_a_draft_becomes_the_talk(heads, zhou):
    draft = save_draft(speaker=zhou, words=words(), asked=heads, at=NINE)

    talk = hand_in(speaker=zhou, words=words(work="学籍"), asked=heads, at=at(4, 10))

    assert talk == draft
    assert (talk.work, talk.is_draft) == ("学籍", False)


def test_handing_in_twice_is_refused_and_the_first_stays(talk, heads, zhou):
    with pytest.raises(TalkRefused, match="已经谈过"):
        hand_in(speaker=zhou, words=words(work="别的"), asked=heads, at=at(5))

    assert WorkTalk.objects.get().work == "招生"
    assert figure("forums.work_talks") == 1


def test_whoever_is_not_asked_cannot_talk_in_the_round(heads, shen, su, lin):
    for person in (shen, su, lin):
        with pytest.raises(TalkRefused, match="没有请您谈"):
            hand_in(speaker=person, words=words(), asked=heads, at=NINE)

    assert not WorkTalk.objects.exists()


def test_a_talk_without_a_round_sent_twice_is_one(su, lin):
    first = hand_in(speaker=su, words=words(lin), at=NINE)

    assert hand_in(speaker=su, words=words(lin), at=NINE + timedelta(minutes=1)) == first
    assert hand_in(speaker=su, words=words(lin, did="又办了一件。"), at=NINE) != first
    assert hand_in(speaker=su, words=words(lin), at=NINE + timedelta(days=30)) != first
    assert len(open_for(lin)) == 3


def test_a_talk_can_be_held_without_a_round(su):
    talk = hand_in(speaker=su, words=words(), at=NINE)

    assert talk.round is None
    assert figure("forums.work_talks") == 1


@pytest.mark.parametrize("gap", [{"did": " "}, {"work": ""}])
def test_a_talk_says_what_was_done(heads, zhou, gap):
    with pytest.raises(TalkRefused, match="做了什么"):
        hand_in(speaker=zhou, words=words(**gap), asked=heads, at=NINE)


def test_an_ask_names_an_owner_and_an_owner_an_ask(heads, zhou, lin):
    for half in (words(ask="请帮忙"), words(lin, ask="")):
        with pytest.raises(TalkRefused, match="请谁答复"):
            hand_in(speaker=zhou, words=half, asked=heads, at=NINE)


def test_an_ask_goes_neither_to_oneself_nor_to_just_anybody(heads, zhou, shen):
    for owner in (zhou, shen):
        with pytest.raises(TalkRefused, match="局领导或科室负责人"):
            hand_in(speaker=zhou, words=words(owner), asked=heads, at=NINE)

    assert not statements_of(zhou).exists()


def test_the_database_too_keeps_an_ask_from_its_asker(talk, zhou):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkTalk.objects.filter(pk=talk.pk).update(owner=zhou)


# --- the answer --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["answered", "taken-up", "refused"])
def test_an_answer_closes_what_was_owed_and_reaches_the_ledger(talk, zhou, lin, kind):
    answer(talk=talk, owner=lin, kind=kind, text="下周办。", at=at(6))

    talk.refresh_from_db()
    closed = of_origin(talk.path).get()
    given = statements_of(lin).get()
    assert not closed.is_open
    assert closed.closed_by == given.uuid
    assert (given.verb.code, given.day) == ("answered-at-talk", date(2013, 12, 6))
    assert [row["answer"] for row in rows_of("talks")] == ["下周办。"]
    assert (figure("forums.work_talks"), figure("forums.answer_share")) == (1, 1)
    assert comes_back_as_the_same("talks")
    assert verbs_of(zhou).count("talked-work") == 1


def test_the_first_statement_stays_readable_with_the_reason(talk, lin):
    before = talk.record
    answer(talk=talk, owner=lin, kind="answered", text="好。", at=at(6))

    old = by_uuids([before]).get()
    assert old.voided_by.context == {"reason": "补记答复"}
    assert statements().get(verb__code="talked-work").day == old.day


def test_only_the_owner_answers_and_once(talk, zhou, lin, su):
    for other in (zhou, su):
        with pytest.raises(TalkRefused, match="不是请您答复"):
            answer(talk=talk, owner=other, kind="answered", text="我来说。", at=at(5))
    answer(talk=talk, owner=lin, kind="answered", text="好。", at=at(6))
    with pytest.raises(TalkRefused, match="已经答复过"):
        answer(talk=talk, owner=lin, kind="refused", text="不好。", at=at(7))

    assert TalkAnswer.objects.get().text == "好。"
    assert figure("forums.answers") == 1


def test_a_refusal_says_why(talk, lin):
    with pytest.raises(TalkRefused, match="为什么办不了"):
        answer(talk=talk, owner=lin, kind="refused", text=" ", at=at(5))

    assert open_for(lin).exists()


def test_an_ask_is_passed_on_with_its_day(talk, bureau, zhou, lin, posts):
    [deputy] = colleagues(1, bureau, posts["局长"])
    due = open_for(lin).get().due

    pass_on(talk=talk, owner=lin, taker=deputy, reason="归他分管", at=at(5))

    assert not open_for(lin).exists()
    assert open_for(deputy).get().due == due
    talk.refresh_from_db()
    with pytest.raises(TalkRefused, match="不是请您答复"):
        answer(talk=talk, owner=lin, kind="answered", text="好。", at=at(6))
    answer(talk=talk, owner=deputy, kind="answered", text="好。", at=at(6))
    assert figure("forums.answer_share") == 1


def test_an_ask_is_not_passed_on_to_the_asker_nor_without_a_reason(talk, bureau, zhou, lin, posts):
    [deputy] = colleagues(1, bureau, posts["局长"])
    with pytest.raises(TalkRefused, match="不能转给提出的人"):
        pass_on(talk=talk, owner=lin, taker=zhou, reason="他自己办", at=at(5))
    with pytest.raises(CommitmentRefused, match="原因"):
        pass_on(talk=talk, owner=lin, taker=deputy, reason="", at=at(5))

    talk.refresh_from_db()
    assert talk.owner == lin
    assert open_for(lin).exists()


def test_the_asker_says_once_whether_it_helped(talk, zhou, lin):
    given = answer(talk=talk, owner=lin, kind="answered", text="好。", at=at(6))
    with pytest.raises(TalkRefused, match="由提出的人"):
        weigh(answer=given, asker=lin, helped="yes", remark="", at=at(7))

    weigh(answer=given, asker=zhou, helped="yes", remark="", at=at(7))

    assert figure("forums.helped") == 1
    with pytest.raises(TalkRefused, match="说一次"):
        weigh(answer=given, asker=zhou, helped="no", remark="反悔", at=at(8))


def test_what_did_not_help_says_what_is_missing_and_counts_as_no_help(talk, zhou, lin):
    given = answer(talk=talk, owner=lin, kind="answered", text="好。", at=at(6))
    with pytest.raises(TalkRefused, match="还差什么"):
        weigh(answer=given, asker=zhou, helped="no", remark=" ", at=at(7))

    weigh(answer=given, asker=zhou, helped="no", remark="还没有人来。", at=at(7))

    assert figure("forums.helped") == 0
    assert TalkAnswer.objects.get().remark == "还没有人来。"


# --- imported and recorded alike ----------------------------------------------------------------------


def test_a_row_of_the_ledger_within_the_days_of_a_round_counts_as_talked(heads, zhou):
    assert rounds_owed(zhou, TODAY) == [heads]

    imported("talks", person="周明", day=date(2013, 11, 28), topic="招生", ask="要钱", answer="给")

    assert rounds_owed(zhou, TODAY) == []
    assert figure("forums.answer_share") == 1


def test_a_row_before_the_round_does_not_count_for_it(heads, zhou):
    imported("talks", person="周明", day=date(2013, 11, 19), topic="招生")

    assert rounds_owed(zhou, TODAY) == [heads]


def test_a_talk_held_here_cannot_be_imported_a_second_time(talk, zhou):
    before = figure("forums.work_talks")

    imported("talks", **rows_of("talks")[0])

    assert (before, figure("forums.work_talks")) == (1, 1)

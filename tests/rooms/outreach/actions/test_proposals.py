from datetime import date, timedelta

import pytest

from taihua.kernel.commitments.models import Commitment
from taihua.kernel.records.queries import statements
from taihua.rooms.outreach.actions.matters import SettlingRefused, settle_problem
from taihua.rooms.outreach.actions.proposals import (
    StepRefused,
    answer,
    carry_out,
    hand_on,
    look_back,
    say_how_it_felt,
)
from taihua.rooms.outreach.enums import Stage
from taihua.rooms.outreach.queries.proposals import standing_of
from tests.factories import NINE
from tests.rooms.outreach.conftest import TODAY, at

SOON = TODAY + timedelta(days=30)


def owed():
    return {
        (str(c.unit or c.person), c.what.split("：")[0], c.due)
        for c in Commitment.objects.filter(closed_at__isnull=True)
        if "problem" not in c.origin
    }


def adopt(proposal, zhou, **changes):
    told = {"decision": "adopted", "words": "已纳入教研日程。", "due": SOON} | changes
    return answer(proposal=proposal, at=NINE, by=zhou.account, **told)


def test_a_proposal_goes_from_the_visit_to_the_outcome_on_record(proposal, lin, zhou, shen):
    adopt(proposal, zhou)
    carry_out(proposal=proposal, words="两校已共同备课两次。", at=at(10), by=zhou.account)
    say_how_it_felt(
        proposal=proposal, effect="helped", words="备课有了伴。", at=at(11), by=shen.account
    )
    look_back(proposal=proposal, effect="partly", words="还可以多几次。", at=at(40), by=lin.account)

    told = statements().filter(object_path=proposal.path).order_by("pk")
    assert [(s.verb.code, str(s.person or s.unit)) for s in told] == [
        ("proposed", "林知远"),
        ("answered-proposal", "基础教育科"),
        ("carried-out-proposal", "基础教育科"),
        ("felt-answer", "苔花一小"),
        ("looked-back-proposal", "林知远"),
    ]
    assert standing_of(proposal).stage == Stage.LOOKED_BACK
    assert owed() == set()


def test_each_step_lets_the_next_be_owed(proposal, zhou):
    assert owed() == {("基础教育科", "答复调研建议", proposal.due)}

    adopt(proposal, zhou)
    assert owed() == {
        ("基础教育科", "落实调研建议", SOON),
        ("苔花一小", "答复有没有帮助", TODAY + timedelta(days=30)),
    }

    carry_out(proposal=proposal, words="做了。", at=NINE, by=zhou.account)
    assert ("林知远", "回头看建议的效果", TODAY + timedelta(days=60)) in owed()


@pytest.mark.parametrize("decision", ["refused", "explained"])
def test_a_refusal_and_an_explanation_ask_only_the_visited_unit(proposal, zhou, decision):
    adopt(proposal, zhou, decision=decision, words="今年没有这笔钱。")

    assert {what for _who, what, _due in owed()} == {"答复有没有帮助"}
    assert standing_of(proposal).due is None
    assert statements().get(verb__code="answered-proposal").result == {"outcome": decision}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due": None}, "哪天前落实"),
        ({"due": TODAY - timedelta(days=1)}, "不早于今天"),
        ({"due": TODAY + timedelta(days=4 * 366)}, "离今天三年以上"),
        ({"words": "  "}, "写明情况或理由"),
        ({"decision": "refused", "words": ""}, "写明情况或理由"),
    ],
)
def test_half_an_answer_is_refused_and_nothing_changes(proposal, zhou, changes, reason):
    before = owed()

    with pytest.raises(StepRefused, match=reason):
        adopt(proposal, zhou, **changes)

    assert owed() == before
    assert not proposal.steps.exists()
    assert not statements().filter(verb__code="answered-proposal").exists()


@pytest.mark.parametrize("who", ["lin", "shen", "su", "wu", "zheng"])
def test_only_who_speaks_for_the_owner_answers_and_carries_out(request, proposal, zhou, who):
    stranger = request.getfixturevalue(who)

    with pytest.raises(StepRefused, match="由基础教育科答复"):
        adopt(proposal, stranger)
    adopt(proposal, zhou)
    with pytest.raises(StepRefused, match="由基础教育科落实"):
        carry_out(proposal=proposal, words="做了。", at=NINE, by=stranger.account)

    assert proposal.steps.count() == 1


def test_only_the_visited_unit_says_whether_it_helped_and_only_the_visitor_looks_back(
    proposal, lin, zhou, shen
):
    adopt(proposal, zhou)
    carry_out(proposal=proposal, words="做了。", at=NINE, by=zhou.account)

    with pytest.raises(StepRefused, match="由被调研的苔花一小来说"):
        say_how_it_felt(proposal=proposal, effect="helped", words="好。", at=NINE, by=zhou.account)
    with pytest.raises(StepRefused, match="由提建议的林知远回头看"):
        look_back(proposal=proposal, effect="helped", words="好。", at=NINE, by=shen.account)

    assert proposal.steps.count() == 2


def test_no_step_is_taken_twice_or_out_of_turn(proposal, lin, zhou, shen):
    with pytest.raises(StepRefused, match="现在不能“落实”"):
        carry_out(proposal=proposal, words="做了。", at=NINE, by=zhou.account)
    with pytest.raises(StepRefused, match="现在不能“回头看”"):
        look_back(proposal=proposal, effect="not", words="看了。", at=NINE, by=lin.account)
    adopt(proposal, zhou)
    with pytest.raises(StepRefused, match="现在不能“答复”"):
        adopt(proposal, zhou)

    assert [step.kind for step in proposal.steps.all()] == ["answered"]


def test_the_party_office_hands_a_proposal_on_and_the_day_stays(proposal, school, su, shen, zhou):
    hand_on(proposal=proposal, taker=school, words="这是学校自己的事。", at=NINE, by=su.account)

    proposal.refresh_from_db()
    assert owed() == {("苔花一小", "答复调研建议", proposal.due)}
    with pytest.raises(StepRefused, match="由苔花一小答复"):
        adopt(proposal, zhou)
    adopt(proposal, shen)
    assert standing_of(proposal).stage == Stage.TO_CARRY


def test_a_proposal_is_not_handed_on_by_strangers_to_its_owner_or_without_a_reason(
    proposal, section, school, su, shen
):
    for taker, words, by, reason in (
        (school, "不归我们。", shen, "由基础教育科或党办转办"),
        (section, "不归我们。", su, "已经在基础教育科"),
        (school, " ", su, "写明情况或理由"),
    ):
        with pytest.raises(StepRefused, match=reason):
            hand_on(proposal=proposal, taker=taker, words=words, at=NINE, by=by.account)

    assert owed() == {("基础教育科", "答复调研建议", proposal.due)}


def test_a_problem_is_settled_once_by_its_owner_in_words(visit, shen, zhou):
    problem = visit.problems.get()
    with pytest.raises(SettlingRefused, match="由苔花一小办理"):
        settle_problem(problem=problem, words="好了。", at=NINE, by=zhou.account)
    with pytest.raises(SettlingRefused, match="写明办理结果"):
        settle_problem(problem=problem, words=" ", at=NINE, by=shen.account)

    settle_problem(problem=problem, words="沟已疏通。", at=NINE, by=shen.account)

    with pytest.raises(SettlingRefused, match="已经办结"):
        settle_problem(problem=problem, words="又好了。", at=NINE, by=shen.account)
    told = statements().get(verb__code="settled-problem")
    assert (str(told.unit), told.object_label) == ("苔花一小", "沟已疏通。")
    assert Commitment.objects.get(origin=problem.path).closed_by == told.uuid
    assert problem.due == date(2013, 12, 20)

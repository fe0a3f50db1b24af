from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.records.queries import statements
from taihua.rooms.forums.actions.practices import (
    PracticeRefused,
    begin_trial,
    retire,
    save_card,
    share,
    tell_trial,
)
from taihua.rooms.forums.models import Practice, Trial
from taihua.rooms.forums.queries.practices import practices_seen_by, shelf, trials_under_way
from tests.factories import NINE
from tests.rooms.forums.conftest import (
    CARD,
    TODAY,
    at,
    comes_back_as_the_same,
    figure,
    imported,
    rows_of,
)

# --- cards -------------------------------------------------------------------------------------------


def test_a_card_written_out_reaches_ledger_and_figure(practice, school):
    stated = statements().get(verb__code="shared-practice")

    assert (stated.unit, stated.object_label, practice.record) == (
        school,
        "放学路上有老师",
        stated.uuid,
    )
    [row] = rows_of("practices")
    assert (row["problem"], row["outcome"], row["writer"]) == ("校门口挤。", "没有磕碰。", "沈青")
    assert figure("practices.shared") == 1
    assert comes_back_as_the_same("practices")


def test_a_draft_is_the_writers_alone_and_not_on_record(shen, wu, lin):
    draft = save_card(writer=shen, card=replace(CARD, outcome=""), at=NINE)

    assert [list(practices_seen_by(one.account)) for one in (shen, wu, lin)] == [[draft], [], []]
    assert figure("practices.shared") == 0

    share(writer=shen, card=CARD, draft=draft, at=NINE)

    assert list(practices_seen_by(wu.account)) == [draft]
    assert Practice.objects.count() == 1


@pytest.mark.parametrize("gap", ["problem", "done", "outcome"])
def test_a_card_says_problem_doing_and_outcome(shen, gap):
    with pytest.raises(PracticeRefused, match="别人才好学"):
        share(writer=shen, card=replace(CARD, **{gap: " "}), at=NINE)

    assert not Practice.objects.exists()


def test_a_unit_writes_a_practice_once(practice, shen, wu):
    with pytest.raises(PracticeRefused, match="苔花一小已经写过"):
        share(writer=shen, card=CARD, at=NINE)

    assert share(writer=wu, card=CARD, at=NINE).unit != practice.unit
    assert figure("practices.shared") == 2


def test_what_is_written_out_is_not_written_over(practice, shen, wu):
    for writer in (shen, wu):
        with pytest.raises(PracticeRefused, match="不再改"):
            save_card(writer=writer, card=replace(CARD, title="改名"), draft=practice, at=NINE)

    practice.refresh_from_db()
    assert practice.title == "放学路上有老师"


def test_a_retired_card_stays_readable_and_says_why(practice, shen, wu):
    with pytest.raises(PracticeRefused, match="为什么停用"):
        retire(practice=practice, reason=" ", by=shen.account, at=at(5))
    with pytest.raises(PracticeRefused, match="写做法的人或单位文员"):
        retire(practice=practice, reason="不好", by=wu.account, at=at(5))

    retire(practice=practice, reason="路口修好了", by=shen.account, at=at(5))

    assert list(practices_seen_by(wu.account)) == [practice]
    assert not shelf("newest", None).exists()
    assert [row["retired"] for row in rows_of("practices")] == ["路口修好了"]
    assert (figure("practices.shared"), figure("practices.retired")) == (1, 1)
    assert comes_back_as_the_same("practices")
    with pytest.raises(PracticeRefused, match="已经停用"):
        retire(practice=practice, reason="再停一次", by=shen.account, at=at(6))


# --- trials ------------------------------------------------------------------------------------------


@pytest.fixture
def trial(practice, wu):
    return begin_trial(practice=practice, person=wu, since=date(2013, 12, 2), at=at(5))


def test_a_trial_is_on_record_for_the_trying_unit_and_told_once(practice, trial, wu, other_school):
    assert begin_trial(practice=practice, person=wu, since=TODAY, at=at(6)) == trial

    stated = statements().get(verb__code="tried-practice")
    assert (stated.unit, stated.day, stated.kind.code) == (
        other_school,
        date(2013, 12, 2),
        "forums/trial",
    )
    assert figure("practices.tried") == 1
    assert figure("practices.told_share") == 0
    assert list(trials_under_way(other_school)) == [trial]


@pytest.mark.parametrize(
    ("result", "word", "worked"),
    [
        ("forums/trial-worked", "见效", 1),
        ("forums/trial-partly", "部分见效", 1),
        ("forums/trial-failed", "没有见效", 0),
    ],
)
def test_what_came_of_a_trial_reaches_ledger_and_figures(trial, wu, result, word, worked):
    tell_trial(trial=trial, person=wu, result=result, why="路口多。", at=at(20))

    [row] = rows_of("practice-trials")
    assert (row["kind"], row["why"], row["of"]) == (word, "路口多。", "苔花一小")
    assert [figure(f"practices.{name}") for name in ("tried", "told_share", "worked")] == [
        1,
        1,
        worked,
    ]
    assert comes_back_as_the_same("practice-trials")


def test_the_trying_unit_tells_once_with_its_reason(trial, wu, shen):
    with pytest.raises(PracticeRefused, match="由试用的单位"):
        tell_trial(trial=trial, person=shen, result="forums/trial-worked", why="好", at=at(6))
    for half in (("forums/trial-worked", " "), ("forums/trial", "还在试")):
        with pytest.raises(PracticeRefused, match="写明为什么"):
            tell_trial(trial=trial, person=wu, result=half[0], why=half[1], at=at(6))
    tell_trial(trial=trial, person=wu, result="forums/trial-failed", why="人手不够", at=at(6))
    with pytest.raises(PracticeRefused, match="已经说过"):
        tell_trial(trial=trial, person=wu, result="forums/trial-worked", why="又好了", at=at(7))

    assert Trial.objects.get().why == "人手不够"


def test_nobody_tries_their_own_a_draft_a_retired_one_or_one_of_tomorrow(practice, shen, wu):
    draft = save_card(writer=shen, card=replace(CARD, title="草稿"), at=NINE)
    refused = [
        (practice, shen, TODAY, "别的单位"),
        (draft, wu, TODAY, "停用"),
        (practice, wu, date(2013, 12, 5), "还没有到"),
    ]
    for card, person, since, told in refused:
        with pytest.raises(PracticeRefused, match=told):
            begin_trial(practice=card, person=person, since=since, at=NINE)
    retire(practice=practice, reason="过时", by=shen.account, at=NINE)
    with pytest.raises(PracticeRefused, match="停用"):
        begin_trial(practice=practice, person=wu, since=TODAY, at=NINE)

    assert not Trial.objects.exists()
    assert figure("practices.tried") == 0


def test_imported_and_recorded_practices_count_alike(practice, trial, bureau):
    imported(
        "practices",
        unit="school-2",
        day=date(2013, 3, 1),
        topic="错峰放学",
        problem="挤",
        done="错开",
    )
    imported(
        "practice-trials", unit="school-1", day=date(2013, 4, 1), topic="错峰放学", of="school-2",
        kind="见效", why="不挤了",
    )  # fmt: skip
    imported("forum-plans", unit="bureau", kind="四型机关", day=date(2013, 1, 4), topic="创建安排")

    counted = ("planned", "shared", "tried", "worked")
    assert [figure(f"practices.{name}") for name in counted] == [1, 2, 2, 1]


# --- the order of the shelf --------------------------------------------------------------------------


def test_the_shelf_is_by_newest_or_by_what_concerns_a_unit(
    practice, shen, wu, zhou, school, other_school, section
):
    later = [
        share(writer=zhou, card=replace(CARD, title="给科室", meant_for="sections"), at=at(5)),
        share(writer=wu, card=replace(CARD, title="二小自己的"), at=at(6)),
        share(writer=zhou, card=replace(CARD, title="给大家", meant_for="everybody"), at=at(7)),
    ]

    def titles(order, unit):
        return [each.title for each in shelf(order, unit)]

    assert titles("newest", other_school) == ["给大家", "二小自己的", "给科室", "放学路上有老师"]
    assert titles("mine", other_school) == ["给大家", "放学路上有老师", "给科室"]
    begin_trial(practice=practice, person=wu, since=TODAY, at=at(8))
    assert titles("mine", other_school) == ["给大家", "给科室", "放学路上有老师"]
    assert titles("mine", None) == titles("nonsense", section) == titles("newest", None)
    assert len(later) == 3


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Practice, {"retired_at": NINE}),
        (Practice, {"record": None}),
        (Trial, {"result": "forums/trial-worked"}),
    ],
)
def test_the_database_wants_reasons(trial, model, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**wrong)

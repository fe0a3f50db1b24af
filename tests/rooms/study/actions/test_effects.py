"""Session → decision → commitment → outcome on record → looked back on within the year."""

from datetime import date, timedelta

import pytest

from taihua.kernel import house
from taihua.kernel.commitments.queries import of_origin, open_for
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import everything_said, statements_of
from taihua.rooms.study.actions.effects import (
    EffectRefused,
    Resolve,
    let_effect_go,
    look_back,
    open_effect,
    settle_effect,
)
from tests.rooms.study.sessions import hold, moment, set_on

DAY, DUE = date(2013, 3, 12), date(2013, 4, 30)
YEAR = {"first": date(2013, 1, 1), "last": date(2013, 12, 31)}


@pytest.fixture
def session(committee, leaders, lin, su):
    return hold(set_on(committee, DAY, lin, su.account), su.account)


@pytest.fixture
def effect(session, lin, su):
    return open_effect(
        session=session, resolve=decision(owner=lin), at=moment(DAY, 15), by=su.account
    )


def decision(**changed):
    return Resolve(**({"kind": "decision", "text": "每月先报落实", "due": DUE} | changed))


def settle(effect, by, day=date(2013, 4, 20), outcome="已开了两次"):
    return settle_effect(effect=effect, outcome=outcome, at=moment(day), by=by)


def test_a_decision_is_owed_by_its_owner(effect, lin):
    (owed,) = open_for(lin)

    assert (owed.pk, owed.due, owed.origin) == (effect.commitment, DUE, effect.path)
    assert owed.what == "落实《校园安全》的决定：每月先报落实"
    assert owed.url == f"/study/effects/{effect.pk}/"


def test_a_proposal_can_be_a_units(session, section, su):
    proposal = decision(kind="proposal", owner_unit=section)

    made = open_effect(session=session, resolve=proposal, at=moment(DAY, 15), by=su.account)

    assert of_origin(made.path).get().unit == section


def test_the_outcome_closes_what_was_owed_and_is_the_effect_of_the_session(effect, lin, su):
    done = settle(effect, su.account)

    told = statements_of(lin).get(verb__code="carried-out-study-effect")
    assert (told.result, told.context["session"]) == ({"outcome": "已开了两次"}, done.session.path)
    assert of_origin(effect.path).get().closed_by == told.uuid
    drawn = statements_of(done.session.unit).get(verb__code="drew-from-session")
    assert (drawn.object_path, drawn.object_label, drawn.day) == (
        done.session.path,
        "已开了两次",
        DAY,
    )


def test_the_ledger_and_the_figure_say_what_came_of_it(effect, su):
    assert value(house.figures()["study.effect_share"], **YEAR).number == 0

    settle(effect, su.account)

    (row,) = house.ledgers()["study"].store.rows(2013)
    assert row["effect"] == "已开了两次"
    assert value(house.figures()["study.effect_share"], **YEAR).number == 1


def test_two_outcomes_of_one_session_count_once(effect, session, lin, su):
    second = open_effect(
        session=session,
        resolve=decision(text="公开体会", owner=lin),
        at=moment(DAY, 15),
        by=su.account,
    )
    settle(effect, su.account)
    settle(second, su.account, outcome="贴在读书角")

    (row,) = house.ledgers()["study"].store.rows(2013)
    assert row["effect"] == "已开了两次\n贴在读书角"
    assert value(house.figures()["study.effects"], **YEAR).number == 1
    assert value(house.figures()["study.sessions"], **YEAR).number == 1


def test_it_is_looked_back_on_after_half_a_year_and_after_a_year(effect, su):
    done = settle(effect, su.account)
    (first,) = of_origin(f"{effect.path}/look-back")
    assert (first.person, first.due) == (su, date(2013, 4, 20) + timedelta(days=182))

    look_back(effect=done, holds=True, text="还在报", at=moment(date(2013, 10, 20)), by=su.account)
    first.refresh_from_db()
    second = of_origin(f"{effect.path}/look-back").get(closed_at=None)
    assert not first.is_open
    assert second.due == date(2014, 4, 20)

    look_back(effect=done, holds=False, text="停了", at=moment(date(2014, 4, 21)), by=su.account)
    assert not of_origin(f"{effect.path}/look-back").filter(closed_at=None).exists()
    assert [f.holds for f in done.follow_ups.order_by("pk")] == [True, False]


def test_what_is_let_go_says_why_and_is_owed_no_more(effect, lin):
    with pytest.raises(EffectRefused, match="写明撤销的原因"):
        let_effect_go(effect=effect, reason=" ", at=moment(DUE))

    let_effect_go(effect=effect, reason="并入另一项", at=moment(DUE))

    assert not open_for(lin).exists()
    with pytest.raises(EffectRefused, match="已经有了结果"):
        settle(effect, None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "一位承办人，或者一个承办单位"),
        ({"text": " ", "owner": "lin"}, "请写明决定了什么"),
        ({"due": date(2013, 3, 1), "owner": "lin"}, "期限不能早于学习那天"),
    ],
)
def test_a_resolve_that_cannot_be_followed_is_refused(session, lin, su, changed, said):
    changed = {k: lin if v == "lin" else v for k, v in changed.items()}

    with pytest.raises(EffectRefused, match=said):
        open_effect(session=session, resolve=decision(**changed), at=moment(DAY, 15), by=su.account)

    assert not session.effects.exists()
    assert not open_for(lin).exists()


def test_nothing_comes_of_a_session_that_was_not_held(committee, lin, su):
    session = set_on(committee, DAY, lin)

    with pytest.raises(EffectRefused, match="先登记再写效果"):
        open_effect(session=session, resolve=decision(owner=lin), at=moment(DAY), by=su.account)


def test_an_outcome_and_a_look_back_say_something(effect, su):
    with pytest.raises(EffectRefused, match="请写明结果"):
        settle(effect, su.account, outcome=" ")
    with pytest.raises(EffectRefused, match="先写结果再回看"):
        look_back(effect=effect, holds=True, text="好", at=moment(DUE), by=su.account)
    done = settle(effect, su.account)
    with pytest.raises(EffectRefused, match="请写几句看到的情况"):
        look_back(effect=done, holds=True, text="", at=moment(DUE), by=su.account)

    assert everything_said().filter(verb__code="looked-back-on-study").count() == 0


def test_the_same_written_twice_is_owed_and_looked_back_on_once(effect, session, lin, su):
    again = open_effect(
        session=session, resolve=decision(owner=lin), at=moment(DAY, 15), by=su.account
    )
    settle(effect, su.account)
    looked = [
        look_back(
            effect=effect, holds=True, text=text, at=moment(date(2013, 10, 20)), by=su.account
        )
        for text in ("还在报", " 还在报 ", "又多了一项")
    ]

    assert again == effect
    assert session.effects.count() == 1
    assert looked[0] == looked[1] != looked[2]
    assert effect.follow_ups.count() == 2
    assert everything_said().filter(verb__code="looked-back-on-study").count() == 2


def test_what_was_let_go_can_be_resolved_anew(effect, session, lin, su):
    let_effect_go(effect=effect, reason="并入别的事", at=moment(DAY, 16))

    again = open_effect(
        session=session, resolve=decision(owner=lin), at=moment(DAY, 17), by=su.account
    )

    assert again != effect

"""What is refused is said in words that tell how to mend it, and nothing at all is changed by it."""

from datetime import date, timedelta

import pytest

from taihua.rooms.portal.actions.consultations import (
    look_back,
    name_sources,
    publish,
    save,
    send_out,
    write_final,
)
from taihua.rooms.portal.actions.opinions import (
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
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import (
    CLOSES,
    FINAL,
    LATER,
    OPENS,
    asked,
    letter,
    refused,
    sent,
)

HOME = Sender(address="10.0.0.1")
DECLINED = Answer(adoption="declined", reason="财力不够。")


@pytest.fixture
def opinion(out, su):
    return letter(out, su.account, "多建一所。", 2)


@pytest.fixture
def foreign(bureau, su):
    """A clause of another consultation."""
    return sent(bureau, su, title="另一份").clauses.get(position=1)


@pytest.fixture
def published(finished, su):
    opinion = letter(finished, su.account, "多建一所。", 2)
    answer(opinion=opinion, answer=DECLINED, by=su.account, at=LATER)
    publish(consultation=finished, summary="", by=su.account, at=LATER)
    finished.refresh_from_db()
    return finished


# --- before it is sent out ---------------------------------------------------------------------------


def test_a_draft_may_be_changed_until_it_is_sent_out_and_is_planned_once(bureau, su, zhou):
    made = save(asked=asked(bureau, su), by=su.account, at=NINE)

    changed = save(
        asked=asked(bureau, zhou, title="改过的题目", audience="internal", units=[bureau]),
        by=su.account,
        at=NINE,
        consultation=made,
    )

    assert changed == made
    assert (changed.title, changed.responsible) == ("改过的题目", zhou)
    assert list(changed.units.all()) == [bureau]
    save(asked=asked(bureau, zhou), by=su.account, at=NINE, consultation=made)
    assert not made.units.exists()


@pytest.mark.parametrize("closes", [OPENS, OPENS - timedelta(days=1)])
def test_it_closes_after_it_opens(bureau, su, closes):
    with refused("截止日期要在开始日期之后"):
        save(asked=asked(bureau, su, closes=closes), by=su.account, at=NINE)


@pytest.mark.parametrize(
    ("kind", "closes"),
    [
        ("plan", OPENS + timedelta(days=29)),
        ("decision", OPENS + timedelta(days=29)),
        ("business", OPENS + timedelta(days=29)),
        ("normative", OPENS + timedelta(days=8)),
    ],
)
def test_one_day_too_few_needs_a_reason_and_one_more_none(bureau, su, kind, closes):
    with refused("请写明原因，原因会公开"):
        save(
            asked=asked(bureau, su, kind=kind, closes=closes, short_because=" "),
            by=su.account,
            at=NINE,
        )

    longer = asked(bureau, su, kind=kind, closes=closes + timedelta(days=1))

    assert not save(asked=longer, by=su.account, at=NINE).is_short


def test_days_off_that_are_set_do_not_count_as_working_days(bureau, su, settings):
    told = asked(bureau, su, kind="normative", closes=OPENS + timedelta(days=9))
    assert not save(asked=told, by=su.account, at=NINE).is_short

    settings.TAIHUA_DAYS_OFF = frozenset([OPENS + timedelta(days=1)])

    with refused("请写明原因"):
        save(asked=told, by=su.account, at=NINE)


def test_a_draft_of_blanks_has_no_clause_and_is_not_sent_out(bureau, su):
    made = save(asked=asked(bureau, su, draft=" \n　\n"), by=su.account, at=NINE)

    with refused("征求意见稿里没有内容"):
        send_out(consultation=made, by=su.account, at=NINE)


def test_only_who_keeps_the_hosts_ledgers_changes_and_sends_it(bureau, su, shen, wu):
    made = save(asked=asked(bureau, su), by=su.account, at=NINE)

    for stranger in (shen, wu):
        with refused("由管苔花区教育局台账的人或者负责人来办"):
            save(asked=asked(bureau, su), by=stranger.account, at=NINE, consultation=made)
        with refused("由管苔花区教育局台账的人或者负责人来办"):
            send_out(consultation=made, by=stranger.account, at=NINE)


# --- opinions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n　\t"])
def test_an_opinion_says_something(out, su, text):
    with refused("请写下意见"):
        give(consultation=out, said=Said(text=text), sender=HOME, at=NINE)
    with refused("请写下意见"):
        letter(out, su.account, text)


def test_an_opinion_is_on_a_clause_of_its_own_draft(out, su, foreign):
    with refused("请选这一份征求意见稿里的条款"):
        give(consultation=out, said=Said(text="好。", clause=foreign), sender=HOME, at=NINE)
    with refused("请选这一份征求意见稿里的条款"):
        enter(
            consultation=out,
            said=Said(text="好。", clause=foreign),
            channel="phone",
            received_on=OPENS,
            by=su.account,
            at=NINE,
        )


def test_what_is_not_sent_out_takes_no_opinion(bureau, su):
    made = save(asked=asked(bureau, su), by=su.account, at=NINE)

    with refused("现在不在征求意见期间"):
        give(consultation=made, said=Said(text="好。"), sender=HOME, at=NINE)
    with refused("发出以后、公布以前才能录入意见"):
        letter(made, su.account, "好。")


def test_a_letter_is_typed_in_for_a_day_that_has_come(out, su):
    with refused("不能晚于今天"):
        enter(
            consultation=out,
            said=Said(text="信"),
            channel="letter",
            received_on=OPENS + timedelta(days=1),
            by=su.account,
            at=NINE,
        )


def test_only_officers_handle_opinions(opinion, shen):
    by = shen.account
    acts = (
        lambda: set_aside(opinion=opinion, reason="广告", by=by),
        lambda: take_back_in(opinion=opinion, by=by),
        lambda: split(opinion=opinion, by=by),
        lambda: join(consultation=opinion.consultation, opinions=[opinion] * 2, title="", by=by),
        lambda: answer(opinion=opinion, answer=DECLINED, by=by, at=LATER),
    )
    for act in acts:
        with refused("由管苔花区教育局台账的人或者负责人来办"):
            act()


def test_what_is_answered_is_not_set_aside(opinion, su):
    answer(opinion=opinion, answer=DECLINED, by=su.account, at=LATER)

    with refused("已经有了答复，不能再收起来"):
        set_aside(opinion=opinion, reason="广告", by=su.account)


def test_two_at_least_and_of_one_draft_are_joined(opinion, su, bureau):
    other = letter(sent(bureau, su, title="另一份"), su.account, "别处的意见。")

    for opinions in ([], [opinion], [opinion, other]):
        with refused("请至少勾选这里的两条意见"):
            join(consultation=opinion.consultation, opinions=opinions, title="", by=su.account)


def test_an_answer_changes_a_clause_of_its_own_draft(opinion, su, foreign):
    with refused("请选这一份征求意见稿里的条款"):
        answer(
            opinion=opinion,
            answer=Answer(adoption="adopted", reason="改。", changed=foreign),
            by=su.account,
            at=LATER,
        )


# --- the final text ----------------------------------------------------------------------------------


def test_a_final_text_says_something(out, su):
    for text in ("", " \n　"):
        with refused("请写下最终文本"):
            write_final(consultation=out, text=text, by=su.account, at=LATER)


@pytest.mark.parametrize("day", [OPENS, CLOSES])
def test_it_is_written_after_the_last_day(out, su, day):
    at = NINE.replace(year=day.year, month=day.month, day=day.day)

    with refused("截止以后才能写最终文本"):
        write_final(consultation=out, text=FINAL, by=su.account, at=at)


def test_sources_are_clauses_of_the_same_draft(finished, su, bureau, foreign):
    other = sent(bureau, su, title="第三份")
    [alien] = write_final(consultation=other, text="第一条　好。", by=su.account, at=LATER)
    first = finished.finals.get(position=1)

    for pair in ((first, [foreign]), (alien, [])):
        with refused("请选这一份征求意见稿里的条款"):
            name_sources(
                consultation=finished,
                sources=[(first, []), pair],
                by=su.account,
                at=LATER,
            )


def test_what_is_published_is_not_touched_again(published, su):
    [opinion], [first, *_rest] = published.opinions.all(), published.finals.order_by("position")
    by = su.account
    acts = (
        lambda: write_final(consultation=published, text=FINAL, by=by, at=LATER),
        lambda: name_sources(consultation=published, sources=[(first, [])], by=by, at=LATER),
        lambda: publish(consultation=published, summary="", by=by, at=LATER),
        lambda: answer(opinion=opinion, answer=DECLINED, by=by, at=LATER),
        lambda: set_aside(opinion=opinion, reason="广告", by=by),
        lambda: take_back_in(opinion=opinion, by=by),
        lambda: split(opinion=opinion, by=by),
        lambda: join(consultation=published, opinions=[opinion] * 2, title="", by=by),
    )
    for act in acts:
        with refused("公布，不能再改"):
            act()
    with refused("发出以后、公布以前才能录入意见"):
        letter(published, by, "来晚了。")


def test_a_look_back_is_written_once_after_publication_in_words_by_who_may(published, out, su, wu):
    with refused("由负责人或者管这个单位台账的人来写"):
        look_back(consultation=published, text="有用。", by=wu.account, at=LATER)
    with refused("请写明有没有用"):
        look_back(consultation=published, text=" \n", by=su.account, at=LATER)


def test_before_publication_nothing_is_looked_back_on(out, su):
    with refused("公布以后才能回头看"):
        look_back(consultation=out, text="有用。", by=su.account, at=LATER)


def test_a_host_that_no_longer_keeps_its_ledgers_is_told(bureau, school, shen):
    with refused("您不管苔花区教育局的台账，请选您管的单位"):
        save(asked=asked(bureau, shen), by=shen.account, at=NINE)
    made = save(asked=asked(school, shen), by=shen.account, at=NINE)
    with refused("您不管苔花区教育局的台账"):
        save(asked=asked(bureau, shen), by=shen.account, at=NINE, consultation=made)


def test_the_very_last_day_still_counts(out):
    last = NINE.replace(year=CLOSES.year, month=CLOSES.month, day=CLOSES.day, hour=23, minute=59)

    assert give(consultation=out, said=Said(text="来得及。"), sender=HOME, at=last)
    with refused("现在不在征求意见期间"):
        give(
            consultation=out,
            said=Said(text="来不及。"),
            sender=HOME,
            at=last + timedelta(minutes=1),
        )


def test_where_names_are_asked_for_an_officer_may_type_in_a_nameless_letter(bureau, su):
    named = sent(bureau, su, naming="named")

    told = enter(
        consultation=named,
        said=Said(text="没有署名的信。"),
        channel="letter",
        received_on=date(2013, 12, 4),
        by=su.account,
        at=LATER,
    )

    assert told.name == ""

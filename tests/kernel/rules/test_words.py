"""Duties, periods and reasons in words."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.periods import Every, once, period_of
from taihua.kernel.rules.clauses import LABELS, Names, audience_words, changes, clauses, quota_words
from taihua.kernel.rules.enums import Count, Level, Proration, State, Subject
from taihua.kernel.rules.logic import Audience, Fact, Rule, Span, judge
from taihua.kernel.rules.words import (
    amount_words,
    day_words,
    duty_sentence,
    period_words,
    why_sentences,
)

ON = date(2013, 12, 4)
VISIT = Rule(
    code="b.visits",
    sentence="班子成员每月至少有一天深入基层开展调研。",
    mechanism="L6",
    source="局党委",
    level=Level.LOCAL,
    verbs=("visited",),
    hundredths=100,
    every=Every.MONTH,
    valid_from=date(2011, 1, 1),
    act="下基层调研",
    measure="次",
    notice_days=10,
)
DECEMBER = period_of(Every.MONTH, ON)
ALWAYS = [Span(date(2011, 1, 1))]


def act(day, counts_on=None, number=1, hundredths=100):
    return Fact(f"u{number}", "visited", "k", f"p{number}", day, counts_on or day, hundredths)


def verdict(rule=VISIT, period=DECEMBER, spans=ALWAYS, away=(), facts=(), on=ON):
    return judge(rule, period, spans, away, facts, on)


def test_a_duty_that_runs_says_what_is_missing_and_by_when():
    assert duty_sentence(verdict()) == "本月还差一次下基层调研，12 月 31 日前"


def test_a_duty_of_the_past_says_what_is_owed():
    late = verdict(on=date(2014, 1, 1))

    assert duty_sentence(late) == "2013 年 12 月欠一次下基层调研，应在 2013 年 12 月 31 日前完成"


def test_a_duty_in_its_days_of_grace_says_how_long_it_can_be_made_up():
    rule = replace(VISIT, grace_days=10)
    november = period_of(Every.MONTH, date(2013, 11, 1), grace=10)

    said = duty_sentence(verdict(rule, november))

    assert said == "11 月还差一次下基层调研，已过 11 月 30 日，12 月 10 日前补办仍然计入"


def test_a_duty_done_is_said_to_be_done_and_when_late_so():
    done = verdict(facts=[act(date(2013, 12, 2))])
    november = period_of(Every.MONTH, date(2013, 11, 1), grace=10)
    rule = replace(VISIT, grace_days=10)
    late = verdict(rule, november, facts=[act(date(2013, 12, 2), date(2013, 11, 30))])

    assert duty_sentence(done) == "本月下基层调研已完成"
    assert duty_sentence(late) == "11 月下基层调研已补齐，晚于 11 月 30 日"


def test_a_duty_excused_or_not_ones_own_says_so():
    away = verdict(away=[Span(date(2013, 12, 1), date(2013, 12, 31))])
    stranger = verdict(spans=[])

    assert duty_sentence(away) == "本月下基层调研已免除"
    assert "无关" in duty_sentence(stranger)
    assert why_sentences(stranger) == ["这一周期里没有一天在这条制度规定的范围之内，所以不适用。"]


def test_without_a_short_word_the_whole_sentence_stands():
    assert "深入基层开展调研" in duty_sentence(verdict(replace(VISIT, act="")))


@pytest.mark.parametrize(
    ("hundredths", "measure", "words"),
    [
        (100, "次", "一次"),
        (200, "本", "两本"),
        (1000, "天", "十天"),
        (1100, "天", "11 天"),
        (50, "天", "半天"),
        (150, "天", "1.5 天"),
        (100, "", "一次"),
        (60000, "人次", "600 人次"),
    ],
)
def test_amounts_are_said_as_people_say_them(hundredths, measure, words):
    assert amount_words(hundredths, measure) == words


@pytest.mark.parametrize(
    ("hundredths", "words"), [(100, "1 book"), (200, "2 books"), (50, "0.5 books"), (0, "0 books")]
)
def test_english_tells_one_from_several(hundredths, words):
    with translation.override("en"):
        assert amount_words(hundredths, "本") == words


@pytest.mark.parametrize(
    ("every", "day", "words"),
    [
        (Every.WEEK, date(2013, 12, 4), "本周"),
        (Every.WEEK, date(2013, 11, 4), "第 45 周"),
        (Every.WEEK, date(2012, 11, 7), "2012 年第 45 周"),
        (Every.MONTH, date(2013, 12, 31), "本月"),
        (Every.MONTH, date(2013, 11, 30), "11 月"),
        (Every.MONTH, date(2012, 2, 29), "2012 年 2 月"),
        (Every.QUARTER, date(2013, 10, 1), "本季度"),
        (Every.QUARTER, date(2013, 1, 1), "第一季度"),
        (Every.QUARTER, date(2012, 9, 1), "2012 年第三季度"),
        (Every.HALF, date(2013, 12, 1), "下半年"),
        (Every.HALF, date(2012, 6, 30), "2012 年上半年"),
        (Every.YEAR, date(2013, 1, 1), "今年"),
        (Every.YEAR, date(2012, 1, 1), "2012 年"),
        (Every.SCHOOL_YEAR, date(2013, 9, 1), "本学年"),
        (Every.SCHOOL_YEAR, date(2013, 8, 31), "2012—2013 学年"),
        (Every.YEARS, date(2013, 8, 31), "2011 至 2013 年"),
        (Every.ROLLING, date(2013, 12, 4), "最近 3 天"),
    ],
)
def test_periods_have_the_names_that_people_give_them(every, day, words):
    assert period_words(period_of(every, day, 3, anchor=2011), ON) == words


def test_what_comes_once_has_no_period_name():
    assert period_words(once(date(2013, 1, 1), date(2013, 12, 31)), ON) == ""


def test_a_day_of_another_year_carries_its_year():
    assert day_words(date(2013, 1, 5), ON) == "1 月 5 日"
    assert day_words(date(2012, 1, 5), ON) == "2012 年 1 月 5 日"


def test_the_reasons_tell_the_whole_story_in_order():
    rule = replace(
        VISIT, proration=Proration.DAYS, hundredths=200, measure="天", count=Count.QUANTITY
    )
    facts = [act(date(2013, 12, 10)), act(date(2013, 12, 2), date(2013, 11, 30), 2)]
    said = why_sentences(
        verdict(
            rule,
            spans=[Span(date(2013, 12, 3))],
            away=[Span(date(2013, 12, 5), date(2013, 12, 8))],
            facts=facts,
            on=date(2013, 12, 25),
        )
    )

    assert said == [
        "12 月 1 日至 12 月 31 日这一周期，制度要求两天下基层调研。",
        "周期共 31 天，其中属于规定范围的有 29 天。",
        "另有 4 天请假或者免除。",
        "按在岗 25 天除以 31 天折算、四舍五入，要求两天。",
        "到 12 月 25 日为止，1 条记录计入，合一天：12 月 10 日。",
        "12 月 2 日的 1 条记录没有计入：计入的日子不在这一周期以内。",
        "还差一天，离 12 月 31 日只有 6 天，所以是“临近到期”。",
    ]


def test_a_rule_that_is_not_prorated_says_so():
    said = why_sentences(verdict(spans=[Span(date(2013, 12, 20))]))

    assert "这条制度不按天数折算，只要有一天在岗，就按原数要求。" in said


def test_too_few_days_for_a_share_are_explained():
    rule = replace(VISIT, proration=Proration.DAYS)

    said = why_sentences(verdict(rule, spans=[Span(date(2013, 12, 25))]))

    assert said[2] == "按在岗 7 天除以 31 天折算，不足半数，这一周期不作要求。"
    assert said[-1] == "没有要求，所以是“免除”。"


def test_what_was_made_up_after_the_day_is_pointed_out():
    november = period_of(Every.MONTH, date(2013, 11, 1), grace=10)
    rule = replace(VISIT, grace_days=10)

    said = why_sentences(
        verdict(rule, november, facts=[act(date(2013, 12, 2), date(2013, 11, 30))])
    )

    assert said[1].endswith("其中 12 月 2 日是到期以后补办的。")
    assert said[-1] == "够数的时候已过 11 月 30 日，所以是“逾期完成”。"


def test_many_days_are_summed_up():
    daily = replace(VISIT, every=Every.YEAR)
    facts = [act(date(2013, month, 1), number=month) for month in range(1, 11)]

    said = why_sentences(verdict(daily, period_of(Every.YEAR, ON), facts=facts))

    assert "6 月 1 日等 10 天" in said[1]


@given(
    st.sampled_from([every for every in Every if every is not Every.ONCE]),
    st.sampled_from(list(Proration)),
    st.dates(date(2012, 1, 1), date(2014, 12, 31)),
    st.dates(date(2012, 1, 1), date(2014, 12, 31)),
    st.lists(st.dates(date(2012, 1, 1), date(2014, 12, 31)), max_size=4),
    st.sampled_from(["zh-hans", "en"]),
)
def test_there_are_words_for_every_verdict(every, proration, day, since, seen, language):
    rule = replace(VISIT, every=every, proration=proration, n=2, grace_days=5)
    facts = [act(when, number=number) for number, when in enumerate(seen)]
    judged = verdict(rule, period_of(every, day, 2, 5, 2011), [Span(since)], facts=facts)

    with translation.override(language):
        assert duty_sentence(judged)
        assert all(why_sentences(judged))
        assert period_words(judged.period, ON)
        assert "%(" not in "".join([duty_sentence(judged), *why_sentences(judged)])
        assert (judged.state is State.NOT_APPLICABLE) == (len(why_sentences(judged)) == 1)


# --- clauses -----------------------------------------------------------------------------------------------

NAMES = Names(posts={"chief": "科长"}, units={"school-1": "苔花一小"}, words={"visited": "下基层"})


@pytest.mark.parametrize(
    ("audience", "subject", "words"),
    [
        (Audience(), Subject.PERSON, "所有在岗人员"),
        (Audience(tiers=("leadership", "middle")), Subject.PERSON, "领导班子、中层干部"),
        (
            Audience(tiers=("leadership",), concurrent=False),
            Subject.PERSON,
            "领导班子（兼任的不算）",
        ),
        (Audience(posts=("chief", "x")), Subject.PERSON, "科长、x"),
        (Audience(tags=("principal",), unit_kinds=("school",)), Subject.PERSON, "学校的校长"),
        (
            Audience(tiers=("middle",), tags=("party_member",)),
            Subject.PERSON,
            "同时是中层干部又是党员的人",
        ),
        (Audience(units=("school-1",)), Subject.PERSON, "苔花一小及下属单位的所有在岗人员"),
        (Audience(unit_kinds=("branch",)), Subject.UNIT, "各党支部"),
        (Audience(), Subject.UNIT, "所有单位"),
        (
            Audience(unit_kinds=("branch",), units=("school-1",)),
            Subject.UNIT,
            "各苔花一小及下属单位里的党支部",
        ),
    ],
)
def test_an_audience_is_said_in_words(audience, subject, words):
    assert audience_words(replace(VISIT, audience=audience, subject=subject), NAMES) == words


@pytest.mark.parametrize(
    ("every", "n", "words"),
    [
        (Every.MONTH, 1, "每月至少一次下基层调研"),
        (Every.YEARS, 3, "每 3 年至少一次下基层调研"),
        (Every.ROLLING, 30, "任意连续 30 天至少一次下基层调研"),
        (Every.ONCE, 1, "共一次下基层调研"),
    ],
)
def test_a_quota_is_said_in_words(every, n, words):
    assert quota_words(replace(VISIT, every=every, n=n)) == words


def test_every_clause_of_a_rule_has_words():
    told = clauses(replace(VISIT, due_date=ON, grace_days=3, kinds=("outreach/visit",)), NAMES)

    assert list(told) == list(LABELS)
    assert told["evidence"] == "“下基层”的记录，限于outreach/visit"
    assert told["due"] == "2013 年 12 月 4 日，可补办 3 天"
    assert told["ends"] == "长期有效"


def test_changes_name_rule_and_clause_in_human_words():
    stricter = replace(VISIT, hundredths=200, sentence="每月两次。")
    gone, fresh = replace(VISIT, code="b.gone"), replace(VISIT, code="b.new")

    said = changes([VISIT, gone], [stricter, fresh], NAMES)

    assert [(change.code, change.kind) for change in said] == [
        ("b.visits", "changed"),
        ("b.new", "added"),
        ("b.gone", "dropped"),
    ]
    assert said[0].clauses == (
        ("条文", VISIT.sentence, "每月两次。"),
        ("要求", "每月至少一次下基层调研", "每月至少两次下基层调研"),
    )
    assert changes([VISIT], [VISIT], NAMES) == []


def test_english_periods_and_duties_begin_with_a_word():
    single = replace(VISIT, every=Every.ONCE, due_date=date(2013, 12, 31))
    periods = [
        period_of(every, date(2012, 11, 7)) for every in (Every.WEEK, Every.MONTH, Every.QUARTER)
    ]

    with translation.override("en"):
        duty = duty_sentence(verdict(single, once(date(2013, 1, 1), date(2013, 12, 31))))
        names = [period_words(period, ON) for period in periods]

    assert names == ["Week 45 of 2012", "November of 2012", "Quarter 4 of 2012"]
    assert duty[0].isalnum()

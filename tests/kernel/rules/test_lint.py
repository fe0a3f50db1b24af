"""The linter: each refusal is provoked, each is explained, and good rules pass."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.periods import Every
from taihua.kernel.rules.enums import Confidence, Count, Level
from taihua.kernel.rules.lint import Ground, lint, refusals
from taihua.kernel.rules.logic import Audience, Rule
from taihua.kernel.rules.packtext import Pack, parse_pack
from taihua.kernel.rules.shelf import shipped
from tests.kernel.rules.packs import TEXT
from tests.kernel.rules.test_packs import packs

ON = date(2013, 12, 4)
ALL = Ground(on=ON)
GOOD = Rule(
    code="b.good",
    book="book-1",
    sentence="班子成员每月至少有一天深入基层调研。",
    mechanism="L6",
    source="《意见》，2011 年",
    level=Level.LOCAL,
    verbs=("visited",),
    kinds=("outreach/visit",),
    hundredths=100,
    every=Every.MONTH,
    valid_from=date(2011, 1, 1),
    act="下基层调研",
    measure="天",
    minutes=420,
)


def said(rule, ground=ALL, others=()):
    pack = Pack(
        code="book-1",
        title="局规",
        level=Level.LOCAL,
        source="局党委",
        effective_from=date(2011, 1, 1),
        rules=(*others, rule),
    )
    return {(f.code, f.grave): f.reason for f in lint(pack, ground) if f.rule == rule.code}


def test_a_good_rule_is_left_in_peace():
    assert said(GOOD) == {}


# --- presence ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "每天签到一次。",
        "每人每天打卡。",
        "每月在线学习不少于 300 分钟。",
        "每年学习积分达到一百分。",
        "按学习时长排名。",
        "每月点赞十次。",
        "每周登录平台三次。",
        "下基层要拍照上传。",
        "上传工作照片。",
        "走访要有轨迹。",
        "转发文章五篇。",
        "不少于三十分钟在线时长。",
        "会议要刷脸。",
    ],
)
def test_a_sentence_that_asks_for_presence_is_refused_with_the_reason(sentence):
    reason = said(replace(GOOD, sentence=sentence))["presence", True]

    assert "国办函〔2026〕12号" in reason
    assert "笔记、授课、建议、答复、会议记录" in reason


@pytest.mark.parametrize(
    "sentence",
    [
        "每人每月一篇读书笔记，不计时长。",
        "晚八点一小时读书，每月写一篇笔记。",
        "不打卡、不排名，只看写成的笔记。",
        "严禁以积分考核。",
        "会议由记录员登记出席。",
    ],
)
def test_a_sentence_that_forbids_presence_is_not_taken_for_one(sentence):
    assert said(replace(GOOD, sentence=sentence)) == {}


@pytest.mark.parametrize(
    "verb",
    [
        "checked-in",
        "check-in",
        "signed-in",
        "logged-in",
        "liked",
        "voted",
        "viewed",
        "stayed-online",
        "uploaded-photo",
        "earned-points",
        "minutes-online",
        "gps_track",
    ],
)
def test_verbs_and_kinds_of_presence_are_refused(verb):
    assert ("presence", True) in said(replace(GOOD, verbs=("visited", verb)))
    assert ("presence", True) in said(replace(GOOD, kinds=(f"app/{verb}",)))


def test_the_words_of_the_house_are_not_taken_for_presence():
    for pack in shipped():
        for rule in pack.rules:
            assert ("presence", True) not in said(rule)
    verbs = ("held-session", "passed-check", "attended", "published-volume", "paid-aid", "planned")
    assert said(replace(GOOD, verbs=verbs)) == {}


@pytest.mark.parametrize("measure", ["分钟", "小时", "积分", "分"])
def test_measures_of_presence_are_refused(measure):
    assert ("presence", True) in said(replace(GOOD, measure=measure))


def test_an_act_that_is_presence_is_refused():
    assert ("presence", True) in said(replace(GOOD, act="在线打卡"))


# --- nobody, too much ----------------------------------------------------------------------------------------


def test_a_rule_for_nobody_is_refused():
    assert ("nobody", True) in said(GOOD, Ground(on=ON, concerned={}))
    assert ("nobody", True) in said(GOOD, Ground(on=ON, concerned={"b.good": 0}))
    assert said(GOOD, Ground(on=ON, concerned={"b.good": 1})) == {}


@pytest.mark.parametrize(
    ("every", "n", "most"),
    [
        (Every.WEEK, 1, 7),
        (Every.MONTH, 1, 28),
        (Every.QUARTER, 1, 90),
        (Every.HALF, 1, 181),
        (Every.YEAR, 1, 365),
        (Every.SCHOOL_YEAR, 1, 365),
        (Every.YEARS, 3, 1095),
        (Every.ROLLING, 30, 30),
    ],
)
def test_more_days_than_the_shortest_period_has_are_refused(every, n, most):
    rule = replace(GOOD, every=every, n=n, count=Count.DAYS, notice_days=0)

    assert said(replace(rule, hundredths=most * 100)) == {}
    assert ("impossible", True) in said(replace(rule, hundredths=most * 100 + 1))


def test_a_sum_of_days_cannot_be_more_than_the_days_either():
    rule = replace(GOOD, count=Count.QUANTITY, hundredths=2900)

    assert "最短只有 28 天，却要求29 天" in said(rule)["impossible", True]
    assert said(replace(rule, measure="元")) == {}


def test_twice_of_what_is_done_once_is_refused():
    once = replace(GOOD, every=Every.ONCE, due_date=date(2013, 12, 31))

    assert said(once) == {}
    assert ("impossible", True) in said(replace(once, hundredths=200))
    assert ("impossible", True) in said(replace(once, due_date=date(2010, 12, 31)))


def test_more_different_things_than_there_are_is_refused():
    rule = replace(GOOD, count=Count.OBJECTS, kinds=("reading/book",), hundredths=300)

    assert ("impossible", True) in said(rule, Ground(on=ON, objects={"reading/book": 2}))
    assert said(rule, Ground(on=ON, objects={"reading/book": 3})) == {}
    assert said(rule, Ground(on=ON, objects={"other": 1})) == {}


def test_numbers_that_do_nothing_or_harm_are_warned_of():
    assert ("idle", False) in said(replace(GOOD, n=2))
    assert ("idle", False) in said(replace(GOOD, every=Every.ROLLING, n=30, grace_days=3))
    assert ("grace", False) in said(replace(GOOD, grace_days=28))
    assert ("notice", False) in said(replace(GOOD, notice_days=28))


# --- agreement ------------------------------------------------------------------------------------------------


def test_evidence_that_no_room_records_is_refused():
    ground = Ground(on=ON, verbs=frozenset({"visited"}), kinds=frozenset({"outreach/visit"}))

    assert said(GOOD, ground) == {}
    assert "“flew”" in said(replace(GOOD, verbs=("flew",)), ground)["unrecorded", True]
    assert "“air/trip”" in said(replace(GOOD, kinds=("air/trip",)), ground)["unrecorded", True]


def test_a_code_of_another_book_is_refused():
    taken = said(GOOD, Ground(on=ON, owners={"b.good": "党章"}))

    assert "已经用在《党章》里" in taken["code-taken", True]
    assert said(GOOD, Ground(on=ON, owners={"b.good": "book-1"})) == {}


OTHER = replace(GOOD, code="o.visits", book="other", sentence="每月下去两天。")


def test_two_quotas_for_the_same_people_evidence_and_period_contradict():
    ground = Ground(on=ON, in_force=[replace(OTHER, hundredths=200)])

    reason = said(GOOD, ground)["contradiction", True]

    assert "“每月下去两天”（o.visits）" in reason
    assert "一个要求两天，一个要求一天" in reason
    assert ("contradiction", True) in said(GOOD, others=[replace(OTHER, hundredths=200)])


def test_two_deadlines_for_the_same_duty_contradict():
    ground = Ground(on=ON, in_force=[replace(OTHER, grace_days=10)])

    assert ("contradiction", True) in said(GOOD, ground)


def test_the_same_duty_said_twice_is_only_warned_of():
    assert ("repeated", False) in said(GOOD, Ground(on=ON, in_force=[OTHER]))


@pytest.mark.parametrize(
    "change",
    [
        {"every": Every.YEAR},
        {"verbs": ("helped",)},
        {"audience": Audience(tiers=("middle",))},
        {"count": Count.DAYS},
        {"valid_to": date(2010, 12, 31), "valid_from": date(2009, 1, 1)},
        {"book": "book-1"},
    ],
)
def test_rules_that_differ_or_never_hold_together_do_not_contradict(change):
    other = replace(OTHER, hundredths=200, **change)

    assert said(GOOD, Ground(on=ON, in_force=[other])) == {}


# --- sources ----------------------------------------------------------------------------------------------------


def test_what_has_ended_cannot_be_adopted():
    reason = said(replace(GOOD, valid_to=date(2013, 12, 3)))["expired", True]

    assert "2013 年 12 月 3 日" in reason
    assert said(replace(GOOD, valid_to=date(2013, 12, 4))) == {}


def test_a_source_out_of_force_is_refused_unless_the_rule_ended_with_it():
    old = replace(GOOD, source_until=date(2012, 12, 31))

    assert ("expired", True) in said(old)
    assert said(replace(GOOD, source_until=date(2014, 1, 1))) == {}


@pytest.mark.parametrize(
    ("source", "then", "now"),
    [
        ("《中国共产党党内监督条例（试行）》", date(2016, 10, 26), date(2016, 10, 27)),
        ("《党内监督条例(试行)》第十条", date(2016, 10, 26), date(2016, 10, 27)),
        ("1990 年关于县以上党员领导干部民主生活会的规定", date(2016, 12, 22), date(2017, 1, 1)),
    ],
)
def test_a_document_that_another_replaced_is_refused_since_then(source, then, now):
    rule = replace(GOOD, source=source)

    assert said(rule, Ground(on=then)) == {}
    assert "代替" in said(rule, Ground(on=now))["expired", True]


def test_a_national_rule_must_name_its_document():
    national = replace(GOOD, level=Level.NATIONAL)

    assert said(national) == {}
    assert ("uncited", True) in said(replace(national, source="上级要求"))
    assert said(replace(national, source="国办函〔2026〕12号")) == {}
    assert said(replace(GOOD, source="上级要求")) == {}


@pytest.mark.parametrize(
    "source",
    [
        "《实施意见》，海州区教育局",
        "《办法》，某县委组织部",
        "《意见》，局党委 2011 年",
        "《通知》，某市教育局",
        "四川省委《办法》",
        "我校《读书制度》",
    ],
)
def test_local_practice_is_not_passed_off_as_national(source):
    national = replace(GOOD, level=Level.NATIONAL, source=source)

    assert ("not-national", True) in said(national)
    assert said(replace(GOOD, source=source)) == {}


@pytest.mark.parametrize(
    "source",
    [
        "《县以上党和国家机关党员领导干部民主生活会若干规定》，中共中央",
        "《中国共产党支部工作条例（试行）》第十二条，中共中央，2018 年 10 月 28 日印发",
        "《中国共产党党委（党组）理论学习中心组学习规则》，中共中央办公厅",
    ],
)
def test_national_documents_are_not_taken_for_local_ones(source):
    assert said(replace(GOOD, level=Level.NATIONAL, source=source)) == {}


def test_doubt_is_always_visible():
    assert ("unsure", False) in said(replace(GOOD, confidence=Confidence.UNSURE))
    assert ("unsure", False) in said(replace(GOOD, confidence=Confidence.LIKELY))


def test_what_is_missing_for_people_is_warned_of():
    assert ("wordless", False) in said(replace(GOOD, act=""))
    assert ("burden", False) in said(replace(GOOD, minutes=0))


# --- packs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [date(2011, 8, 1), ON, date(2019, 1, 1), date(2026, 11, 1)])
def test_no_shipped_rule_is_refused_on_any_day(on):
    for pack in shipped():
        others = [rule for other in shipped() if other is not pack for rule in other.rules]
        findings = lint(pack, Ground(on=on, in_force=others))

        assert refusals(findings) == []


def test_a_finding_names_the_line_of_its_rule():
    pack = parse_pack(TEXT.replace("深入基层调研", "签到"))

    (finding,) = refusals(lint(pack, ALL))

    assert (finding.rule, finding.line) == ("b.visits", 8)


@given(packs(), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_the_linter_has_an_answer_to_every_pack_and_changes_nothing(pack, on):
    ground = Ground(on=on, verbs=frozenset(), kinds=frozenset(), concerned={}, in_force=pack.rules)

    findings = lint(pack, ground)

    assert all(finding.reason for finding in findings)
    assert {f.rule for f in refusals(findings)} == {rule.code for rule in pack.rules}
    assert lint(pack, ground) == findings

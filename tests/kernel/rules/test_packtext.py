"""Wrong and hostile texts are refused with the line and the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.rules.packtext import LARGEST, PackRefused, decode_pack, parse_pack
from tests.kernel.rules.packs import BOOK, TEXT, VISITS

GOOD = BOOK + VISITS


def refused(text):
    with pytest.raises(PackRefused) as caught:
        parse_pack(text)
    return [(fault.line, fault.reason) for fault in caught.value.faults]


def line_of(text, start):
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith(start))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("times = 1", "times = 0", "“times”的值“0”超出范围（0）。"),
        ("times = 1", "times = -1", "“times”的值“-1”超出范围（0）。"),
        ("times = 1", "times = nan", "“times”最多两位小数。"),
        ("times = 1", "times = inf", "“times”的值“inf”超出范围（10000）。"),
        ("times = 1", "times = 0.333", "“times”最多两位小数。"),
        ("times = 1", 'times = "一"', "“times”的值“一”类型不对，应为 number。"),
        ("times = 1", "times = true", "“times”的值“True”类型不对，应为 number。"),
        ('verbs = ["visited"]', "verbs = []", "“verbs”不能为空。"),
        ('verbs = ["visited"]', 'verbs = "visited"', "“verbs”的值“visited”类型不对，应为 array。"),
        ('verbs = ["visited"]', 'verbs = ["a", "a"]', "“verbs”里有重复。"),
        ('code = "b.visits"', 'code = "B 1"', "“code”的写法不对：“B 1”。"),
        ('mechanism = "L6"', 'mechanism = "X6"', "“mechanism”的写法不对：“X6”。"),
        ('every = "month"', 'every = "once"', "只做一次的要写明“due_date”。"),
        ("minutes = 420", "minutes = 420.5", "“minutes”的值“420.5”类型不对，应为 integer。"),
        ("minutes = 420", "points = 5", "不认识的项“points”。"),
        ("minutes = 420", 'level = "galactic"', "“level”不能是“galactic”，只能是："),
        ("minutes = 420", "valid_from = 2013-01-01T00:00:00", "类型不对，应为 string。"),
        ("minutes = 420", 'valid_from = "2013-02-30"', "“2013-02-30”不是日期"),
        ("minutes = 420", "valid_from = 0001-01-01", "在 1900 年到 2199 年以外"),
        ("minutes = 420", "due_date = 9999-12-31", "在 1900 年到 2199 年以外"),
        ('every = "month"', 'every = "years"\nn = 31', "“n”最多 30 年。"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(old, new, reason):
    text = GOOD.replace(old, new)

    (line, said), *others = refused(text)

    assert line == line_of(text, new.rpartition("\n")[2])
    assert said.startswith(reason) or reason in said
    assert others == []


def test_a_missing_key_is_named_at_its_table():
    text = GOOD.replace('sentence = "班子成员每月至少有一天深入基层调研。"\n', "")

    assert refused(text) == [(line_of(text, "[[rule]]"), "缺少“sentence”。")]


def test_an_unknown_audience_and_an_unknown_table_are_named():
    text = GOOD.replace('{ tiers = ["leadership"] }', '{ tiers = ["kings"] }') + "[rank]\na = 1\n"

    said = [reason for _line, reason in refused(text)]

    assert any("“tiers”不能是“kings”" in reason for reason in said)
    assert "不认识的项“rank”。" in said


def test_a_code_used_twice_is_named_at_its_second_place():
    text = GOOD + VISITS

    assert refused(text) == [(23, "代码“b.visits”用了两次。")]


def test_an_end_before_its_beginning_is_refused():
    text = GOOD + "valid_from = 2013-01-01\nvalid_to = 2012-12-31\n"

    assert refused(text) == [(line_of(text, "valid_to"), "“valid_to”早于“valid_from”。")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[book\n", 1),
        ("\n\nx = = 1\n", 3),
        ("a = 1\na = 2\n", 2),
        ("a = 2013-02-30\n", 1),
        ('a = "\x00"\n', 1),
        ('a = """never closed', 1),
    ],
)
def test_what_is_no_toml_is_refused_with_the_line(text, line):
    ((said_line, reason),) = refused(text)

    assert said_line == line
    assert reason.startswith("不合 TOML 的写法")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 10000 + "]" * 10000,
        "a = " + "{b=" * 5000 + "1" + "}" * 5000,
        ".".join(["a"] * 4000) + " = 1",
        "a = " + "9" * 9000,
        "[" + ".".join(["a"] * 3000) + "]",
        "a = [" * 8 + "]" * 8,
    ],
    ids=["arrays", "tables", "dotted", "number", "header", "eight"],
)
def test_what_is_too_deep_or_too_large_a_number_is_refused(text):
    assert refused(text)


def test_what_is_too_long_is_refused_before_it_is_read():
    assert refused(BOOK + "#" * LARGEST)[0][1].startswith("文本超过 256 KB")
    with pytest.raises(PackRefused, match="文本超过 256 KB"):
        decode_pack(b"#" * (LARGEST + 1))


def test_too_many_rules_are_refused():
    many = BOOK + "".join(VISITS.replace("b.visits", f"b.v{n}") for n in range(401))

    assert refused(many)[0][1] == "“rule”太多，最多 400 项。"


def test_a_file_in_another_encoding_is_refused_at_its_line():
    with pytest.raises(PackRefused, match="第 3 行：不是 UTF-8 文本"):
        decode_pack(TEXT.encode("gb18030"))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    text = decode_pack(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert parse_pack(text) == parse_pack(GOOD)


def faults_of(text):
    try:
        parse_pack(text)
    except PackRefused as refused:
        return refused.faults
    return None


@given(st.text(max_size=300))
def test_any_text_at_all_is_a_pack_or_is_refused(text):
    assert faults_of(text) != ()


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text("[]{}=\"'\n#.0a天", max_size=6))
def test_any_wound_in_a_good_text_is_a_pack_or_is_refused(place, length, patch):
    wounded = GOOD[:place] + patch + GOOD[place + length :]

    faults = faults_of(wounded)

    assert faults is None or all(0 <= each.line <= wounded.count("\n") + 1 for each in faults)


@pytest.mark.parametrize(
    "text",
    ["a." * 120_000 + "b=1", "x={" + "a." * 1500 + "b=1}", '"a" . ' * 600 + "b=1", "x" * 5000],
)
def test_a_line_that_would_keep_the_parser_busy_is_refused_at_once(text):
    with pytest.raises(PackRefused, match="第 2 行：这一行太长，或者键套得太深"):
        parse_pack("# 制度\n" + text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[book\nx = 1\n", "方括号“]”没有合上"),
        ("[[rule]\n", "方括号“]]”没有合上"),
        ("code\n", "名称后面缺等号“=”"),
        ("times = 1 every = 2\n", "一行里写了两件事，请分成两行"),
        ("sentence = 每月一次\n", "等号后面的值认不出来，文字要放在英文双引号里"),
        ("，\n", "这一行认不出来"),
        ('a = "没有合上', "引号没有合上"),
        ("verbs = [1\n", "列表的方括号没有合上"),
        ("times = 1\n" * 2, "同一个名称写了两遍"),
    ],
)
def test_what_the_parser_says_is_put_into_words_for_people(text, why):
    assert refused(text)[0][1] == f"不合 TOML 的写法：{why}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("times = 0x" + "f" * 3000 + "\n", None),
        ("a = " + "[" * 8 + "]" * 8 + "\n", "嵌套超过 6 层。"),
        ("a = " + "{b=" * 8 + "1" + "}" * 8 + "\n", "嵌套超过 6 层。"),
        ("times = " + "9" * 3900 + "\n", None),
        ("times = 1\n" * 2, "不合 TOML 的写法"),
    ],
)
def test_what_would_tire_a_reader_is_refused_before_it_tires_the_machine(text, reason):
    faults = refused(text)

    assert faults
    if reason:
        assert any(reason in told for _line, told in faults)


def test_a_number_that_no_machine_counts_with_is_refused():
    assert refused("times = " + "1_" * 1900 + "1" + "".join(["0"] * 190) + "\n")

from dataclasses import replace
from datetime import date, timedelta

import pytest

from taihua.rooms.study.actions.law_bank import (
    BankRefused,
    GiftRefused,
    Put,
    confirm_question,
    confirm_unchanged,
    import_gift,
    put_items,
    retire_question,
    write_question,
)
from taihua.rooms.study.actions.laws import NewVersion, bring_starter_bank, enter_law, enter_version
from taihua.rooms.study.enums import Difficulty, QuestionKind, Standing
from taihua.rooms.study.logic.gift import write_gift
from taihua.rooms.study.logic.items import Choice
from taihua.rooms.study.models import Article, Confirmation, Law, LawQuestion, LawVersion
from taihua.rooms.study.queries import law_bank as bank
from tests.rooms.study.law import LATER, LONG_AGO, NOON, a_law, a_version, an_item, put, some_items

pytestmark = pytest.mark.django_db
TODAY, CHANGE = NOON.date(), date(2013, 12, 1)


def codes(questions):
    return sorted(questions.values_list("code", flat=True))


def test_questions_go_in_and_come_out_as_they_were():
    a_law()
    items = some_items(8)

    assert put_items(items, at=NOON, by=None) == Put(new=8)
    assert [question.item for question in bank.bank(TODAY)] == items


def test_put_again_nothing_changes():
    a_law()
    items = some_items(5)
    put(*items)

    assert put_items(items, at=NOON, by=None) == Put(same=5)
    assert LawQuestion.objects.count() == 5


def test_another_wording_of_a_code_replaces_it_and_keeps_the_old():
    a_law()
    (old,) = put(an_item())

    told = put_items([replace(an_item(), stem="换一种问法？")], at=NOON, by=None)

    new = LawQuestion.objects.get(retired_at=None)
    old.refresh_from_db()
    assert told == Put(changed=1)
    assert (new.stem, new.replaces) == ("换一种问法？", old)
    assert (old.is_retired, old.stem) == (True, an_item().stem)


def test_a_question_without_a_code_gets_the_next_of_its_article():
    a_law()
    put(an_item(6, code="教师法-6-1"))

    put_items(
        [an_item(6, code="", stem="又一题？"), an_item(6, code="", stem="再一题？")],
        at=NOON,
        by=None,
    )

    assert codes(LawQuestion.objects) == ["教师法-6-1", "教师法-6-2", "教师法-6-3"]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (an_item(law="海商法"), "法律库里没有“海商法”"),
        (an_item(44), "只有 43 条，没有第 44 条"),
        (an_item(choices=(Choice("甲", True),)), "选项太少"),
        (an_item(code="长" * 61), "题号太长"),
        (an_item(2, stem=an_item(9).stem), "题库里已有同样题干的题"),
    ],
)
def test_one_bad_question_keeps_all_out(item, said):
    a_law()
    put(an_item(9))

    with pytest.raises(BankRefused, match=said):
        put_items([an_item(3), item], at=NOON, by=None)

    assert codes(LawQuestion.objects) == ["教师法-9"]


def test_two_of_one_code_or_of_one_wording_are_refused():
    a_law()

    with pytest.raises(BankRefused, match="出现了两次"):
        put_items([an_item(1), an_item(2, code="教师法-1")], at=NOON, by=None)
    with pytest.raises(BankRefused, match="两题题干相同"):
        put_items([an_item(1), an_item(2, stem=an_item(1).stem)], at=NOON, by=None)


def test_a_gift_file_comes_in_whole_and_goes_out_the_same():
    a_law()
    text = write_gift(some_items(6))

    assert import_gift(text, at=NOON, by=None) == Put(new=6)
    assert write_gift(question.item for question in bank.bank(TODAY)) == text
    assert import_gift(text, at=NOON, by=None) == Put(same=6)


def test_a_bad_gift_file_is_refused_by_line_and_nothing_of_it_comes_in():
    a_law()
    text = write_gift([an_item(1)]) + "\n没有答案\n\n$CATEGORY: 海商法/第一条\n\n一{T}\n"

    with pytest.raises(GiftRefused, match="2 处") as refusal:
        import_gift(text, at=NOON, by=None)

    lines = text.split("\n")
    assert [lines[wrong.line - 1] for wrong in refusal.value.wrongs] == ["没有答案", "一{T}"]
    assert "没有花括号" in refusal.value.wrongs[0].reason
    assert "海商法" in refusal.value.wrongs[1].reason
    assert not LawQuestion.objects.exists()


def test_a_file_without_questions_is_refused():
    with pytest.raises(GiftRefused):
        import_gift("// 空的\n", at=NOON, by=None)


def test_a_question_is_written_and_reworded():
    a_law()
    written = write_question(item=an_item(code=""), at=NOON, by=None)

    better = write_question(
        item=replace(an_item(code=""), stem="换一种问法？"), replaces=written, at=NOON, by=None
    )

    assert (better.code, better.replaces) == (written.code, written)
    with pytest.raises(BankRefused, match="和原来的一样"):
        write_question(item=better.item, replaces=better, at=NOON, by=None)


def test_a_question_goes_out_of_use_once_and_with_a_reason():
    a_law()
    (question,) = put(an_item())

    with pytest.raises(BankRefused, match="写明停用的原因"):
        retire_question(question=question, reason=" ", at=NOON)
    retire_question(question=question, reason="题意不清", at=NOON)

    assert not bank.questions_in_force(TODAY).exists()
    with pytest.raises(BankRefused, match="已经停用"):
        retire_question(question=question, reason="再停", at=NOON)


# --- when a law changes --------------------------------------------------------------------------


@pytest.fixture
def changed():
    """教师法 with four questions, and a new version that changed article 2."""
    law = a_law()
    questions = put(*(an_item(number) for number in (1, 2, 3, 4)))
    version = a_version(law, CHANGE, changed={2})
    return law, version, questions


def test_a_new_version_makes_all_questions_of_the_law_wait(changed):
    other = a_law("义务教育法", articles=63)
    put(an_item(1, "义务教育法"))

    assert codes(bank.stale_questions(TODAY)) == ["教师法-1", "教师法-2", "教师法-3", "教师法-4"]
    assert codes(bank.questions_in_force(TODAY)) == ["义务教育法-1"]
    assert {one.sort.law for one in bank.stock(NOON, Law.objects.values_list("pk", flat=True))} == {
        other.pk
    }


def test_until_the_day_it_is_in_force_nothing_waits(changed):
    before = CHANGE - timedelta(days=1)

    assert not bank.stale_questions(before).exists()
    assert bank.questions_in_force(before).count() == 4


def test_the_unchanged_are_confirmed_together_and_the_changed_one_still_waits(changed):
    _law, version, _questions = changed

    found = list(bank.with_law(bank.confirmable(version, TODAY)))
    assert confirm_unchanged(found, version=version, at=NOON, by=None) == 3

    assert codes(bank.stale_questions(TODAY)) == ["教师法-2"]
    assert len(bank.stock(LATER, [version.law_id])) == 3
    assert not bank.confirmable(version, TODAY).exists()


def test_the_stock_of_some_sorts_is_that_part_of_the_whole_stock(changed):
    _law, _version, questions = changed
    a_law("义务教育法", articles=63)
    put(*(an_item(n, "义务教育法", difficulty=level) for n, level in enumerate(Difficulty, 1)))
    confirm_question(question=questions[0], number=1, on=TODAY, at=NOON, by=None)
    laws = list(Law.objects.values_list("pk", flat=True))
    whole = bank.stock(LATER, laws)

    sorts = {one.sort for one in whole}
    assert len(sorts) == 4
    for wanted in ({sort} for sort in sorts):
        found = bank.stock(LATER, laws, sorts=wanted)
        assert {one.pk for one in found} == {one.pk for one in whole if one.sort in wanted}
    assert {one.pk for one in bank.stock(LATER, laws, sorts=sorts)} == {one.pk for one in whole}
    assert bank.stock(LATER, laws, sorts=[]) == []


def test_what_an_earlier_version_changed_is_never_confirmed_in_passing(changed):
    law, _version, questions = changed
    confirm_question(question=questions[2], number=7, on=TODAY, at=NOON, by=None)
    next_year = a_version(law, date(2014, 1, 1), changed={4})

    found = bank.confirmable(next_year, date(2014, 1, 1))

    assert codes(found) == ["教师法-1"]


def test_a_question_is_confirmed_under_another_number(changed):
    _law, version, questions = changed

    confirm_question(question=questions[1], number=5, on=TODAY, at=NOON, by=None)
    confirm_question(question=questions[1], number=5, on=TODAY, at=NOON, by=None)

    assert Confirmation.objects.count() == 1
    assert bank.proof_of(questions[1], TODAY) == version.articles.get(number=5)
    with pytest.raises(BankRefused, match="没有第四十四条"):
        confirm_question(question=questions[0], number=44, on=TODAY, at=NOON, by=None)


def test_what_was_confirmed_waits_again_at_the_next_change(changed):
    law, _version, questions = changed
    confirm_question(question=questions[0], number=1, on=TODAY, at=NOON, by=None)

    a_version(law, date(2014, 1, 1), changed={1})

    assert "教师法-1" not in codes(bank.stale_questions(TODAY))
    assert "教师法-1" in codes(bank.stale_questions(date(2014, 1, 1)))


def test_a_question_reworded_for_the_new_text_waits_no_more(changed):
    _law, version, questions = changed
    question = bank.with_law(LawQuestion.objects).get(pk=questions[1].pk)

    write_question(
        item=replace(question.item, stem="新文本怎么说？"), replaces=question, at=NOON, by=None
    )

    assert codes(bank.questions_in_force(TODAY)) == ["教师法-2"]
    assert bank.questions_in_force(TODAY).get().article.version == version


def test_the_standing_of_a_page_is_told_in_two_queries(changed, django_assert_num_queries):
    law, _version, questions = changed
    retire_question(question=questions[3], reason="旧题", at=NOON)
    confirm_question(question=questions[0], number=1, on=TODAY, at=NOON, by=None)
    a_version(law, date(2014, 5, 1), changed={9})
    coming = LawVersion.objects.get(effective_date=date(2014, 5, 1))
    LawQuestion.objects.filter(code="教师法-3").update(article=coming.articles.get(number=9))
    page = list(bank.with_law(LawQuestion.objects.order_by("code")))

    with django_assert_num_queries(2):
        kept = bank.standings(page, TODAY)

    assert [each.standing for each in kept] == [
        Standing.IN_FORCE, Standing.STALE, Standing.COMING, Standing.RETIRED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "expected"),
    [("stale", 4), ("in-force", 0), ("coming", 0), ("retired", 0), ("", 4)],
)
def test_the_list_shows_what_is_asked_for(changed, standing, expected):
    assert bank.bank(TODAY, standing=standing).count() == expected


def test_the_list_is_narrowed_by_law_kind_and_words(changed):
    law = changed[0]

    assert bank.bank(TODAY, law=law, kind="single", words="第 3 条").count() == 1
    assert bank.bank(TODAY, kind="fill").count() == 0


# --- laws ----------------------------------------------------------------------------------------


def test_a_law_is_entered_once():
    a_law()

    with pytest.raises(BankRefused, match="已有《教师法》"):
        enter_law(short="教师法", title="教师法", kind="law")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"effective": date(2009, 8, 27), "adopted": date(2009, 8, 1)}, "要晚于已登记的文本"),
        ({"adopted": date(2015, 1, 1)}, "不能早于通过"),
        ({"changed": {44}}, "没有第 44 条"),
        ({"ended": date(2013, 1, 1)}, "失效日期不能早于施行日期"),
    ],
)
def test_a_version_that_cannot_be_is_refused_and_nothing_is_kept(change, said):
    law = a_law()
    told = {"adopted": CHANGE, "effective": CHANGE, "articles": 43, **change}

    with pytest.raises(BankRefused, match=said):
        enter_version(law=law, new=NewVersion(**told), at=NOON)

    assert LawVersion.objects.count() == 1
    assert Article.objects.count() == 43


def test_a_law_that_has_ended_has_no_version():
    law = enter_law(short="信访条例", title="信访条例", kind="regulation")
    new = NewVersion(
        adopted=date(2005, 1, 10), effective=date(2005, 5, 1), ended=date(2022, 4, 30), articles=51
    )
    enter_version(law=law, new=new, at=LONG_AGO)

    assert bank.version_on(law, date(2022, 4, 30)) is not None
    assert bank.version_on(law, date(2022, 5, 1)) is None


def test_a_law_to_come_takes_questions_that_are_not_drawn_yet():
    law = a_law("学前教育法", articles=85, effective=date(2025, 6, 1))
    put(an_item(2, "学前教育法"))

    assert bank.version_to_ask(law, TODAY).effective_date == date(2025, 6, 1)
    assert not bank.questions_in_force(TODAY).exists()
    assert not bank.stale_questions(TODAY).exists()
    assert bank.questions_in_force(date(2025, 6, 1)).count() == 1


def test_the_shipped_bank_comes_in_as_far_as_it_was_out_and_only_once(django_assert_num_queries):
    first = bring_starter_bank(at=NOON, by=None)
    second = bring_starter_bank(at=NOON, by=None)

    assert (first.changed, first.same, second.new, second.changed) == (0, 0, 0, 0)
    assert second.same == first.new == bank.questions_in_force(TODAY).count() > 60
    assert not Law.objects.filter(short="学前教育法").exists()
    assert bank.version_on(Law.objects.get(short="职业教育法"), TODAY).articles_count == 40


def test_the_shipped_bank_of_today_is_of_the_texts_of_today():
    bring_starter_bank(at=NOON.replace(year=2026), by=None)
    today = date(2026, 12, 4)

    assert bank.questions_in_force(today).count() >= 120
    assert not bank.stale_questions(today).exists()
    assert not Law.objects.filter(short="信访条例").exists()
    changed = bank.version_on(Law.objects.get(short="未成年人保护法"), today).articles
    assert list(changed.filter(is_changed=True).values_list("number", flat=True)) == [9, 95]


def test_a_law_that_is_there_is_left_as_it_is():
    a_law("教师法")

    bring_starter_bank(at=NOON, by=None)

    assert Law.objects.get(short="教师法").versions.count() == 1
    assert LawQuestion.objects.filter(article__version__law__short="教师法").count() == 15


def test_every_kind_of_question_is_shipped():
    bring_starter_bank(at=NOON.replace(year=2026), by=None)

    assert set(LawQuestion.objects.values_list("kind", flat=True)) == set(QuestionKind)

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.commitments.models import Commitment
from taihua.kernel.records.queries import statements, statements_of
from taihua.rooms.reading.actions.contributions import (
    ContributionRefused,
    agree,
    ask_readers,
    choose,
    edit_text,
    give_opinion,
    object_to,
    submit_note,
    withdraw,
)
from taihua.rooms.reading.actions.notes import revise_note
from taihua.rooms.reading.models import Contribution, EditedText, Opinion
from taihua.rooms.reading.queries.anthology import text_of
from tests.factories import NINE
from tests.rooms.reading.anthology.conftest import CLOSES, LATER, OPENS, TEXT


def edit(piece, su, text, expected=0, title="后排的座位"):
    return edit_text(
        contribution=piece,
        expected=expected,
        title=title,
        text=text,
        remark="短些。",
        editor=su,
        at=NINE,
    )


def verbs_of(person):
    return [each.verb.code for each in statements_of(person)]


# --- giving -------------------------------------------------------------------------------------


def test_a_given_text_is_the_note_as_it_stood_that_day(give, shen):
    piece = give(shen)
    revise_note(note=piece.version.note, grown_from=1, title="改了", text="都改了", at=LATER)

    piece.refresh_from_db()

    assert (text_of(piece).title, text_of(piece).text) == ("后排的座位", TEXT)
    assert (piece.byline, piece.unit) == ("沈青", "苔花一小")


def test_giving_goes_on_record_without_a_word_of_the_text(give, shen):
    give(shen)

    given = next(each for each in statements_of(shen) if each.verb.code == "submitted-text")
    assert given.object_label == "《苔花风景》第 3 辑"
    assert "后排" not in str(given.context) + str(given.result)


def test_two_strangers_are_asked_and_owe_their_opinion(give, shen, readers):
    piece = give(shen)

    opinions = list(piece.opinions.all())
    owed = Commitment.objects.filter(closed_at__isnull=True)
    assert len(opinions) == 2
    assert {opinion.reader for opinion in opinions} <= set(readers)
    assert {each.person for each in owed} == {opinion.reader for opinion in opinions}
    assert not any("沈青" in each.what or "后排" in each.what for each in owed)


@pytest.mark.parametrize("day", [OPENS - timedelta(days=1), CLOSES + timedelta(days=1)])
def test_a_text_is_taken_only_while_the_call_is_open(volume, note_of, shen, day):
    at = NINE.replace(year=day.year, month=day.month, day=day.day)

    with pytest.raises(ContributionRefused, match="现在不收稿"):
        submit_note(volume=volume, note=note_of(shen), byline="", licence="volume", at=at)

    assert not Contribution.objects.exists()


@pytest.mark.parametrize("day", [OPENS, CLOSES])
def test_the_first_and_the_last_day_count(give, shen, day):
    assert give(shen, at=NINE.replace(year=day.year, month=day.month, day=day.day))


def test_the_same_words_are_given_once(volume, note_of, shen):
    note = note_of(shen)
    submit_note(volume=volume, note=note, byline="", licence="volume", at=NINE)

    with pytest.raises(ContributionRefused, match="已经投给"):
        submit_note(volume=volume, note=note, byline="", licence="open", at=NINE)

    assert Contribution.objects.get().licence == "volume"
    assert Opinion.objects.count() == 2


def test_a_text_taken_back_can_be_given_again(volume, note_of, shen):
    note = note_of(shen)
    withdraw(
        contribution=submit_note(volume=volume, note=note, byline="", licence="volume", at=NINE),
        at=NINE,
    )

    submit_note(volume=volume, note=note, byline="", licence="volume", at=LATER)

    assert Contribution.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_without_two_who_could_read_nothing_is_taken(volume, note_of, readers):
    volume.readers.set(readers[:2])

    with pytest.raises(ContributionRefused, match="评读人不够"):
        submit_note(volume=volume, note=note_of(readers[0]), byline="", licence="volume", at=NINE)

    assert not Contribution.objects.exists()
    assert not Commitment.objects.exists()
    assert "submitted-text" not in verbs_of(readers[0])


def test_asking_again_asks_nobody_where_two_are_asked(give, shen):
    piece = give(shen)

    assert ask_readers(contribution=piece, at=LATER) == []
    assert piece.opinions.count() == 2


# --- reading ------------------------------------------------------------------------------------


def test_an_opinion_is_given_once_and_closes_what_was_owed(give, shen):
    opinion = give(shen).opinions.first()

    give_opinion(opinion=opinion, advice="take", remark="好。", at=NINE)
    with pytest.raises(ContributionRefused, match="已经评读过"):
        give_opinion(opinion=opinion, advice="leave", remark="不好。", at=LATER)

    opinion.refresh_from_db()
    assert (opinion.advice, opinion.remark) == ("take", "好。")
    assert not Commitment.objects.filter(person=opinion.reader, closed_at__isnull=True).exists()
    assert "reviewed-text" in verbs_of(opinion.reader)


def test_an_opinion_needs_its_reasons(give, shen):
    opinion = give(shen).opinions.first()

    with pytest.raises(ContributionRefused, match="请写明理由"):
        give_opinion(opinion=opinion, advice="take", remark="  ", at=NINE)

    opinion.refresh_from_db()
    assert opinion.given_at is None


def test_what_was_taken_back_needs_no_opinion(give, shen):
    piece = give(shen)
    withdraw(contribution=piece, at=NINE)

    with pytest.raises(ContributionRefused, match="不用再评"):
        give_opinion(opinion=piece.opinions.first(), advice="take", remark="好。", at=NINE)


def test_the_record_of_an_opinion_names_neither_writer_nor_text(give, read, shen):
    piece = give(shen)

    read(piece)

    for said in statements().filter(verb__code="reviewed-text"):
        told = f"{said.object_label} {said.context} {said.result} {said.object_path}"
        assert "沈青" not in told
        assert "后排" not in told
        assert piece.path not in told


# --- choosing -----------------------------------------------------------------------------------


def test_nothing_is_chosen_before_both_have_read(give, shen):
    piece = give(shen)
    give_opinion(opinion=piece.opinions.first(), advice="take", remark="好。", at=NINE)

    with pytest.raises(ContributionRefused, match="没有交齐"):
        choose(contribution=piece, choice="selected", reason="", at=NINE)


def test_declining_needs_a_reason_that_the_writer_reads(give, read, shen):
    piece = give(shen)
    read(piece)

    with pytest.raises(ContributionRefused, match="不收要写明理由"):
        choose(contribution=piece, choice="declined", reason=" ", at=NINE)
    choose(contribution=piece, choice="declined", reason="和另一篇重了。", at=NINE)

    piece.refresh_from_db()
    assert (piece.choice, piece.reason) == ("declined", "和另一篇重了。")


def test_what_is_declined_after_all_loses_its_place(ready, shen):
    piece = ready.contributions.get(writer=shen)

    choose(contribution=piece, choice="declined", reason="太长。", at=LATER)

    piece.refresh_from_db()
    assert (piece.section, piece.place) == (None, 0)


# --- editing ------------------------------------------------------------------------------------


def test_only_what_is_selected_is_edited(give, read, shen, su):
    piece = give(shen)
    read(piece)

    with pytest.raises(ContributionRefused, match="先选入"):
        edit(piece, su, "短。")


def test_edited_words_wait_for_their_writer(give, select, shen, su):
    piece = select(give(shen))

    edited = edit(piece, su, "短。")

    assert (edited.number, text_of(piece).agreed) == (1, False)
    owed = Commitment.objects.get(person=shen, closed_at__isnull=True)
    assert owed.act == "看改动"


def test_the_writer_agrees_once(give, select, shen, su):
    piece = select(give(shen))
    edit(piece, su, "短。")

    agree(contribution=piece, number=1, at=LATER)
    with pytest.raises(ContributionRefused, match="已经答复过"):
        object_to(contribution=piece, number=1, objection="还是原来好。", at=LATER)

    assert text_of(piece).agreed
    assert not Commitment.objects.filter(person=shen, closed_at__isnull=True).exists()
    assert "answered-edit" in verbs_of(shen)


def test_an_objection_needs_words_and_lets_the_editors_edit_again(give, select, shen, su):
    piece = select(give(shen))
    edit(piece, su, "短。")

    with pytest.raises(ContributionRefused, match="请说说"):
        object_to(contribution=piece, number=1, objection="", at=LATER)
    object_to(contribution=piece, number=1, objection="意思反了。", at=LATER)
    edit(piece, su, "不短。", expected=1)

    assert [each.objection for each in piece.texts.order_by("number")] == ["意思反了。", ""]
    with pytest.raises(ContributionRefused, match="又改了一稿"):
        agree(contribution=piece, number=1, at=LATER)


def test_two_editors_at_once_lose_no_words(give, select, shen, su):
    piece = select(give(shen))
    edit(piece, su, "甲改的。")

    with pytest.raises(ContributionRefused, match="另一位编者刚存了一稿"):
        edit(piece, su, "乙改的。", expected=0)

    assert [each.text for each in piece.texts.all()] == ["甲改的。"]


def test_saving_without_a_change_asks_nobody(give, select, shen, su):
    piece = select(give(shen))

    with pytest.raises(ContributionRefused, match="文字没有变"):
        edit(piece, su, TEXT)

    assert not EditedText.objects.exists()


def test_going_back_to_the_writers_own_words_needs_no_asking(give, select, shen, su):
    piece = select(give(shen))
    edit(piece, su, "短。")

    edit(piece, su, TEXT, expected=1)

    assert text_of(piece).agreed
    closed = Commitment.objects.get(person=shen)
    assert closed.released_because == "改回了作者的原文。"


# --- taking back --------------------------------------------------------------------------------


def test_taking_back_releases_everybody_who_still_owed_something(give, select, shen, zhou, su):
    piece, other = select(give(shen)), give(zhou)
    edit(piece, su, "短。")

    withdraw(contribution=piece, at=LATER)
    withdraw(contribution=other, at=LATER)

    assert not Commitment.objects.filter(closed_at__isnull=True).exists()
    with pytest.raises(ContributionRefused, match="已经撤稿"):
        withdraw(contribution=piece, at=LATER)


# --- what the database itself refuses -----------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"choice": "selected", "chosen_at": None},
        {"choice": "declined", "chosen_at": NINE, "reason": ""},
    ],
)
def test_the_database_refuses_half_a_decision(give, shen, wrong):
    piece = give(shen)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=piece.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"advice": "take"}, {"given_at": NINE}, {"remark": "", "advice": "take", "given_at": NINE}],
)
def test_the_database_refuses_half_an_opinion(give, shen, wrong):
    opinion = give(shen).opinions.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(**wrong)


def test_the_same_note_rewritten_is_not_given_twice(volume, note_of, shen):
    note = note_of(shen)
    submit_note(volume=volume, note=note, byline="", licence="volume", at=NINE)
    revise_note(note=note, grown_from=1, title="改了", text="都改了", at=LATER)
    note.refresh_from_db()

    with pytest.raises(ContributionRefused, match="已经投给"):
        submit_note(volume=volume, note=note, byline="", licence="volume", at=LATER)

    assert Contribution.objects.count() == 1


def test_declining_an_edited_text_frees_its_writer(give, select, shen, su):
    piece = select(give(shen))
    edit(piece, su, "短。")

    choose(contribution=piece, choice="declined", reason="重了。", at=LATER)

    assert not Commitment.objects.filter(person=shen, closed_at__isnull=True).exists()

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.actions.notes import (
    NoteRefused,
    comment_on,
    restore_version,
    revise_note,
    share_note,
    take_back_comment,
    withdraw_share,
    write_note,
)
from taihua.rooms.reading.models import Note, NoteVersion
from taihua.rooms.reading.queries.notes import Audience, notes_shared_with
from tests.factories import NINE
from tests.rooms.reading.conftest import at

HOUSE = Audience("house", "全局")


@pytest.fixture
def note(shen, book):
    return write_note(
        writer=shen, kind="note", title="读劝学", text="一\n二\n三\n四", book=book, at=NINE
    )


def versions(note):
    return [(v.number, v.grown_from, v.text) for v in note.versions.order_by("number")]


def head_of(note):
    return Note.objects.select_related("head").get(pk=note.pk).head


def verbs_of(person):
    return [(s.verb.code, s.object_path) for s in reversed(statements_of(person))]


def test_writing_records_the_act_and_no_word_of_the_text(note, shen):
    (statement,) = statements_of(shen)

    assert statement.verb.code == "wrote-note"
    assert statement.object_label == "《劝学》读书笔记"
    assert (statement.context, statement.result) == (None, None)
    assert statement.object_path == f"reading/note/{note.pk}"


def test_a_reflection_without_a_book_is_recorded_as_one(shen):
    write_note(writer=shen, kind="reflection", title="想到的", text="秘密", at=NINE)

    (statement,) = statements_of(shen)
    assert (statement.verb.code, statement.object_label) == ("wrote-reflection", "心得")


def test_a_revision_is_the_next_version_and_no_new_record(note, shen):
    saved = revise_note(note=note, grown_from=1, title="读劝学", text="改", at=at(5))

    assert saved.head == saved.version == head_of(note)
    assert not saved.joined
    assert versions(note) == [(1, 0, "一\n二\n三\n四"), (2, 1, "改")]
    assert len(verbs_of(shen)) == 1


def test_saving_without_a_change_makes_no_version(note):
    saved = revise_note(note=note, grown_from=1, title="读劝学", text="一\n二\n三\n四", at=at(5))

    assert saved.head.number == 1
    assert len(versions(note)) == 1


def test_two_tabs_that_changed_different_lines_are_joined(note):
    revise_note(note=note, grown_from=1, title="读劝学", text="一甲\n二\n三\n四", at=at(5))
    saved = revise_note(note=note, grown_from=1, title="读劝学", text="一\n二\n三\n四乙", at=at(6))

    assert saved.joined
    assert head_of(note).text == "一甲\n二\n三\n四乙"
    assert head_of(note).grown_from == 2


def test_two_tabs_that_changed_the_same_line_are_told_and_both_texts_kept(note):
    revise_note(note=note, grown_from=1, title="读劝学", text="先存的", at=at(5))
    saved = revise_note(note=note, grown_from=1, title="读劝学", text="后存的", at=at(6))

    assert saved.kept_aside
    assert (saved.head.text, saved.version.text) == ("先存的", "后存的")
    assert head_of(note).text == "先存的"
    assert [text for _number, _from, text in versions(note)][1:] == ["先存的", "后存的"]


def test_a_text_kept_aside_can_be_taken_up(note):
    revise_note(note=note, grown_from=1, title="读劝学", text="先存的", at=at(5))
    revise_note(note=note, grown_from=1, title="读劝学", text="后存的", at=at(6))
    revise_note(note=note, grown_from=2, title="读劝学", text="先存的，后存的", at=at(7))

    assert head_of(note).text == "先存的，后存的"
    assert versions(note)[-1][:2] == (4, 2)


@given(st.lists(st.tuples(st.integers(1, 4), st.text("甲乙\n", max_size=6)), max_size=5))
def test_whatever_is_saved_in_whatever_order_can_be_read_again(db, shen, saves):
    note = write_note(writer=shen, kind="note", title="题", text="一\n二", at=NINE)
    for grown_from, text in saves:
        number = min(grown_from, note.versions.count())
        revise_note(note=note, grown_from=number, title="题", text=text, at=NINE)

        said = "\n".join(note.versions.values_list("text", flat=True)).splitlines()
        assert set(text.splitlines()) <= set(said)


def test_an_unknown_version_is_refused(note):
    with pytest.raises(NoteRefused, match="没有第 7 版"):
        revise_note(note=note, grown_from=7, title="题", text="文", at=NINE)
    with pytest.raises(NoteRefused, match="没有第 7 版"):
        restore_version(note=note, number=7, at=NINE)

    assert len(versions(note)) == 1


def test_restoring_makes_a_new_version_and_loses_none(note):
    revise_note(note=note, grown_from=1, title="读劝学", text="改", at=at(5))
    restore_version(note=note, number=1, at=at(6))

    assert versions(note) == [(1, 0, "一\n二\n三\n四"), (2, 1, "改"), (3, 2, "一\n二\n三\n四")]
    assert head_of(note).number == 3


def test_sharing_twice_with_one_audience_is_one_share_and_one_record(note, shen):
    first = share_note(note=note, audience=HOUSE, at=NINE)
    again = share_note(note=note, audience=HOUSE, at=at(5))

    assert again == first
    assert [verb for verb, _path in verbs_of(shen)] == ["wrote-note", "shared-note"]


def test_withdrawing_takes_it_from_sight_and_keeps_the_record(note, shen, wu):
    share = share_note(note=note, audience=HOUSE, at=NINE)
    assert note in notes_shared_with(wu, NINE.date())

    withdraw_share(share=share, at=at(5))
    again = withdraw_share(share=share, at=at(6))

    assert again.withdrawn_at == at(5)
    assert note not in notes_shared_with(wu, NINE.date())
    assert ("shared-note", note.path) in verbs_of(shen)


def test_what_was_withdrawn_can_be_shared_again(note):
    share = share_note(note=note, audience=HOUSE, at=NINE)
    withdraw_share(share=share, at=at(5))

    assert share_note(note=note, audience=HOUSE, at=at(6)) != share


def test_a_comment_is_recorded_without_its_words_and_can_be_taken_back(note, zhou):
    comment = comment_on(note=note, writer=zhou, text="说得好，秘密", at=NINE)

    assert verbs_of(zhou) == [("commented", note.path)]
    assert "秘密" not in str(statements_of(zhou).values_list("object_label", "context"))
    assert take_back_comment(comment=comment, at=at(5)).withdrawn_at == at(5)
    assert take_back_comment(comment=comment, at=at(6)).withdrawn_at == at(5)


def test_a_note_without_words_is_not_revised(shen):
    empty = Note.objects.create(writer=shen, kind="note", created_at=NINE)

    with pytest.raises(NoteRefused, match="还没有写好"):
        revise_note(note=empty, grown_from=1, title="题", text="文", at=NINE)

    assert not NoteVersion.objects.exists()

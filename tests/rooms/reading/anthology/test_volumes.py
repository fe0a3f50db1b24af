from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.commitments.models import Commitment
from taihua.kernel.documents.models import DocumentFile, Version
from taihua.kernel.records.queries import statements
from taihua.rooms.reading import tasks
from taihua.rooms.reading.actions.contributions import (
    ContributionRefused,
    edit_text,
    submit_note,
    withdraw,
)
from taihua.rooms.reading.actions.volumes import (
    VolumeRefused,
    arrange,
    call_for_texts,
    change_call,
    issue_volume,
    note_erratum,
    set_sections,
)
from taihua.rooms.reading.logic.volume import bind_volume
from taihua.rooms.reading.models import Book, Contribution, Volume
from taihua.rooms.reading.queries.anthology import bound_of, gaps_of, issued_of, pdf_of
from tests.factories import NINE
from tests.rooms.reading.anthology.conftest import CLOSES, LATER, OPENS


def issue(volume, su):
    return issue_volume(volume=volume, by=su.account, at=LATER)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"closes": OPENS - timedelta(days=1)}, "截稿不能早于"),
        ({"editors": []}, "至少写一位编者"),
        ({"readers": []}, "至少写两位评读人"),
    ],
)
def test_a_call_that_cannot_work_is_refused_and_opens_nothing(call, said, why):
    with pytest.raises(VolumeRefused, match=why):
        call_for_texts(call=call(**said))

    assert not Volume.objects.exists()


def test_one_reader_named_twice_is_one_reader(call, readers):
    with pytest.raises(VolumeRefused, match="至少写两位评读人"):
        call_for_texts(call=call(readers=[readers[0], readers[0]]))


def test_a_number_is_taken_once(volume, call):
    with pytest.raises(VolumeRefused, match="已经有第 3 辑"):
        call_for_texts(call=call(title="另一本"))

    assert Volume.objects.get().title == "苔花风景"


def test_a_call_can_be_said_anew_while_the_volume_is_open(volume, call, shen):
    change_call(volume=volume, call=call(preface="新的序。", editors=[shen]), at=NINE)

    volume.refresh_from_db()
    assert (volume.preface, list(volume.editors.all())) == ("新的序。", [shen])


def test_sections_stand_in_the_order_they_are_written(volume):
    set_sections(volume=volume, titles=["校园", " 灯下 ", ""])
    set_sections(volume=volume, titles=["灯下", "校园"])

    assert [each.title for each in volume.sections.order_by("place")] == ["灯下", "校园"]


def test_two_sections_of_one_name_are_refused(volume):
    with pytest.raises(VolumeRefused, match="同名的栏目"):
        set_sections(volume=volume, titles=["灯下", "灯下 "])

    assert not volume.sections.exists()


def test_texts_of_a_section_that_goes_lose_their_place_and_are_a_gap(ready, shen):
    set_sections(volume=ready, titles=["校园"])

    assert ready.contributions.get(writer=shen).section is None
    assert "《后排的座位》还没有放进栏目。" in gaps_of(ready)


def test_only_selected_texts_of_this_volume_are_arranged(volume, give, shen):
    piece = give(shen)
    [section] = set_sections(volume=volume, titles=["灯下"])

    with pytest.raises(VolumeRefused, match="不在这一辑里"):
        arrange(volume=volume, places={piece.pk: (section.pk, 1)})
    with pytest.raises(VolumeRefused, match="不在这一辑里"):
        arrange(volume=volume, places={0: (section.pk, 1)})


def test_a_section_of_another_volume_is_refused(ready, call, shen):
    other = call_for_texts(call=call(number=4))
    [foreign] = set_sections(volume=other, titles=["别处"])
    piece = ready.contributions.get(writer=shen)

    with pytest.raises(VolumeRefused, match="不在这一辑里"):
        arrange(volume=ready, places={piece.pk: (foreign.pk, 1)})


def test_the_gaps_are_said_in_words(volume, give, select, shen, zhou, su):
    assert gaps_of(volume) == ["还没有选入一篇。"]
    piece = select(give(shen))
    give(zhou, "两盏灯")
    edit_text(
        contribution=piece, expected=0, title="座位", text="短。", remark="", editor=su, at=NINE
    )

    assert gaps_of(volume) == [
        "还有 1 篇来稿没有定取舍。",
        "《座位》改过的文字，作者还没有同意。",
        "《座位》还没有放进栏目。",
    ]


def test_a_volume_with_a_gap_is_not_issued_and_nothing_changes(volume, su):
    with pytest.raises(VolumeRefused, match="还没有选入一篇"):
        issue(volume, su)

    assert not Version.objects.exists()
    assert not Book.objects.exists()
    assert not statements().filter(verb__code="published-volume").exists()


def test_an_issued_volume_is_on_the_shelf_on_record_and_fixed(ready, su, bureau, call):
    volume = issue(ready, su)

    said = statements().get(verb__code="published-volume")
    assert (said.unit, said.object_path) == (bureau, "reading/volume/3")
    assert volume.issued_date == LATER.date()
    assert volume.book.title == "苔花风景 第三辑"
    titles = [each.title for each in volume.book.editions.get().chapters.order_by("position")]
    assert "后排的座位 沈青" in titles
    assert "两盏灯 江南" in titles
    for refused in (
        lambda: issue(volume, su),
        lambda: change_call(volume=volume, call=call(), at=LATER),
        lambda: set_sections(volume=volume, titles=["又一个"]),
    ):
        with pytest.raises(VolumeRefused, match="已经印发"):
            refused()


def test_issuing_stops_texts_and_keeps_those_it_has(ready, su, shen, zhou, note_of):
    issue(ready, su)
    piece = ready.contributions.get(writer=shen)

    with pytest.raises(ContributionRefused, match="已经印发"):
        withdraw(contribution=piece, at=LATER)
    ready.refresh_from_db()
    with pytest.raises(ContributionRefused, match="现在不收稿"):
        submit_note(
            volume=ready, note=note_of(zhou, "又一篇"), byline="", licence="volume", at=LATER
        )


def test_what_was_taken_back_is_not_in_the_book(ready, su, shen):
    withdraw(contribution=ready.contributions.get(writer=shen), at=NINE)

    volume = issue(ready, su)

    assert [piece.title for piece in bound_of(issued_of(volume)).pieces] == ["两盏灯"]


def test_both_files_are_built_again_byte_for_byte(ready, su):
    volume = issue(ready, su)
    version = issued_of(volume)

    tasks.set_volume.call(volume.number, LATER.isoformat())
    tasks.set_volume.call(volume.number, NINE.isoformat())

    kept = {each.form: bytes(each.content) for each in DocumentFile.objects.all()}
    assert kept == {"epub": bind_volume(bound_of(version)), "pdf": pdf_of(version)}


def test_an_erratum_stands_on_the_page_and_not_in_the_files(ready, su):
    with pytest.raises(VolumeRefused, match="还没有印发"):
        note_erratum(
            volume=ready, place="第 1 页", printed="坐", correct="座", noted_by=su, at=NINE
        )
    volume = issue(ready, su)
    before = bytes(DocumentFile.objects.get().content)

    note_erratum(volume=volume, place="第 1 页", printed="坐", correct="座", noted_by=su, at=LATER)
    with pytest.raises(VolumeRefused, match="一样的"):
        note_erratum(
            volume=volume, place="第 1 页", printed="座 ", correct="座", noted_by=su, at=LATER
        )

    assert volume.errata.get().correct == "座"
    assert bytes(DocumentFile.objects.get().content) == before


@pytest.mark.parametrize("wrong", [{"issued_version": 1}, {"issued_date": CLOSES}])
def test_the_database_refuses_a_volume_issued_by_half(volume, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Volume.objects.filter(pk=volume.pk).update(**wrong)


def test_the_database_refuses_a_call_that_closes_before_it_opens(volume):
    with pytest.raises(IntegrityError), transaction.atomic():
        Volume.objects.filter(pk=volume.pk).update(closes=OPENS - timedelta(days=1))


def test_the_order_of_the_book_is_that_of_its_places(ready, su, shen, zhou):
    section = ready.sections.get()
    pieces = {each.writer: each.pk for each in Contribution.objects.all()}

    arrange(volume=ready, places={pieces[shen]: (section.pk, 2), pieces[zhou]: (section.pk, 1)})

    titles = [piece.title for piece in bound_of(issued_of(issue(ready, su))).pieces]
    assert titles == ["两盏灯", "后排的座位"]


def test_an_editor_cannot_also_read_unnamed(call, su, readers):
    with pytest.raises(VolumeRefused, match="不能同时做评读人"):
        call_for_texts(call=call(readers=[su, *readers]))


def test_who_no_longer_reads_is_replaced_and_owes_nothing(volume, call, give, shen, readers):
    piece = give(shen)
    gone = piece.opinions.first().reader
    rest = [person for person in readers if person != gone]

    change_call(volume=volume, call=call(readers=rest), at=LATER)

    assert {opinion.reader for opinion in piece.opinions.all()} == set(rest)
    assert not Commitment.objects.filter(person=gone, closed_at__isnull=True).exists()


def test_readers_are_not_changed_where_too_few_would_be_left(volume, call, give, shen, readers, wu):
    piece = give(shen)
    before = {opinion.reader for opinion in piece.opinions.all()}
    stays = next(iter(before))

    with pytest.raises(ContributionRefused, match="评读人不够"):
        change_call(volume=volume, call=call(readers=[stays, shen]), at=LATER)

    assert {opinion.reader for opinion in piece.opinions.all()} == before


def test_a_book_of_this_name_on_the_shelf_stops_the_issue_in_words(ready, su, bureau):
    Book.objects.create(title="苔花风景 第三辑", author=bureau.name)

    with pytest.raises(VolumeRefused, match="书目里已经有"):
        issue(ready, su)

    ready.refresh_from_db()
    assert not ready.is_issued
    assert not Version.objects.exists()


def test_what_is_edited_after_the_look_at_the_gaps_is_not_printed(ready, su, shen):
    piece = ready.contributions.get(writer=shen)
    edit_text(
        contribution=piece, expected=0, title="座位", text="短。", remark="", editor=su, at=NINE
    )

    with pytest.raises(VolumeRefused, match="作者还没有同意"):
        issue(ready, su)

    assert not Version.objects.exists()

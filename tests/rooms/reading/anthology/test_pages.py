import pytest
from django.urls import reverse

from taihua.rooms.reading.actions.contributions import edit_text
from taihua.rooms.reading.actions.volumes import issue_volume
from taihua.rooms.reading.models import Contribution, Volume
from tests.factories import NINE, AccountFactory
from tests.rooms.reading.anthology.conftest import LATER, TEXT


def to(name, *args):
    return reverse(f"reading:{name}", args=args)


@pytest.fixture
def issued(ready, su):
    return issue_volume(volume=ready, by=su.account, at=LATER)


@pytest.fixture
def as_reader(logged_in):
    """The browser of somebody who was asked to read."""

    def log_in(opinion):
        account = AccountFactory(username=opinion.reader.code, person=opinion.reader)
        return logged_in(account)

    return log_in


CALL = {
    "number": 3,
    "title": "苔花风景",
    "call": "写真事。",
    "opens": "2013-11-01",
    "closes": "2013-12-31",
    "editors": "苏禾",
    "readers": "评甲、评乙",
}


def test_a_clerk_calls_for_texts(logged_in, su, bureau, readers):
    answer = logged_in(su).post(to("call"), CALL | {"publisher": bureau.pk}, follow=True)

    assert "征稿已开始" in answer.text
    volume = Volume.objects.get()
    assert {person.name for person in volume.readers.all()} == {"评甲", "评乙"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"readers": "评甲"}, "至少写两位评读人"),
        ({"closes": "2013-10-01"}, "截稿不能早于"),
        ({"editors": "没有这人"}, "没有找到"),
        ({"number": "0"}, "第几辑"),
    ],
)
def test_a_call_that_cannot_work_is_told_and_nothing_typed_is_lost(
    logged_in, su, bureau, readers, wrong, said
):
    page = logged_in(su).post(to("call"), CALL | {"publisher": bureau.pk} | wrong).text

    assert said in page
    assert "写真事。" in page
    assert not Volume.objects.exists()


def test_the_next_call_starts_from_the_last_one(logged_in, su, volume):
    page = logged_in(su).get(to("call")).text

    assert 'value="4"' in page
    assert "评甲、评乙" in page or "评丙" in page


def test_a_note_is_given_in_one_step(logged_in, shen, volume, note_of):
    note = note_of(shen)
    browser = logged_in(shen)
    assert to("submit", note.pk) in browser.get(to("note", note.pk)).text

    answer = browser.post(
        to("submit", note.pk),
        {"volume": volume.pk, "byline": "苔米", "licence": "open", "consent": "on"},
        follow=True,
    )

    assert "正请两位同事评读" in answer.text
    piece = Contribution.objects.get()
    assert (piece.byline, piece.licence) == ("苔米", "open")


def test_without_consent_nothing_is_given(logged_in, shen, volume, note_of):
    note = note_of(shen)

    page = logged_in(shen).post(
        to("submit", note.pk), {"volume": volume.pk, "byline": "苔米", "licence": "open"}
    )

    assert "苔米" in page.text
    assert not Contribution.objects.exists()


def test_nobody_gives_the_note_of_another(logged_in, wu, shen, volume, note_of):
    assert logged_in(wu).get(to("submit", note_of(shen).pk)).status_code == 404


def test_where_nothing_is_called_for_the_page_says_so(logged_in, shen, note_of):
    assert "现在没有在征稿" in logged_in(shen).get(to("submit", note_of(shen).pk)).text


def test_a_reader_sees_the_text_and_nowhere_the_writer(as_reader, give, shen):
    opinion = give(shen).opinions.first()
    browser = as_reader(opinion)

    for page in (browser.get(to("opinion", opinion.pk)), browser.get(to("volumes"))):
        assert "后排的座位" in page.text
        assert "沈青" not in page.text
        assert "苔花一小" not in page.text


def test_a_reader_gives_an_opinion_once(as_reader, give, shen):
    opinion = give(shen).opinions.first()
    browser = as_reader(opinion)

    assert "理由" in browser.post(to("opinion", opinion.pk), {"advice": "take"}).text
    answer = browser.post(
        to("opinion", opinion.pk), {"advice": "take", "remark": "写得实在。"}, follow=True
    )

    assert "看不到您的名字" in answer.text
    again = browser.post(to("opinion", opinion.pk), {"advice": "leave", "remark": "改主意"})
    assert again.status_code == 404


def test_only_whoever_was_asked_reads(logged_in, give, shen, wu, su):
    opinion = give(shen).opinions.first()

    assert logged_in(wu).get(to("opinion", opinion.pk)).status_code == 404
    assert logged_in(shen).get(to("opinion", opinion.pk)).status_code == 404


def test_the_writer_reads_opinions_without_names(logged_in, give, read, shen):
    piece = give(shen)
    read(piece)

    page = logged_in(shen).get(to("contribution", piece.pk)).text

    assert "写得实在。" in page
    assert not any(opinion.reader.name in page for opinion in piece.opinions.all())


def test_the_writer_sees_every_change_and_agrees(logged_in, give, select, shen, su):
    piece = select(give(shen))
    logged_in(su).post(
        to("edit-text", piece.pk),
        {"expected": 0, "title": "后排的座位", "text": TEXT.replace("坐到", "走到"), "remark": ""},
    )
    browser = logged_in(shen)

    page = browser.get(to("contribution", piece.pk)).text
    assert "<del>坐</del><ins>走</ins>" in "".join(page.split()).replace("\n", "")
    browser.post(to("contribution", piece.pk), {"answer": "agree", "number": 1})

    assert piece.texts.get().agreed_at is not None
    assert "您已同意" in browser.get(to("contribution", piece.pk)).text


def test_the_writer_objects_with_words(logged_in, give, select, shen, su):
    piece = select(give(shen))
    edit_text(
        contribution=piece, expected=0, title="座位", text="短。", remark="", editor=su, at=NINE
    )
    browser = logged_in(shen)

    assert (
        "请说说"
        in browser.post(to("contribution", piece.pk), {"answer": "object", "number": 1}).text
    )
    browser.post(
        to("contribution", piece.pk), {"answer": "object", "number": 1, "objection": "意思反了。"}
    )

    assert "意思反了。" in logged_in(su).get(to("edit-text", piece.pk)).text


def test_nobody_else_sees_what_became_of_a_text(logged_in, give, shen, wu):
    piece = give(shen)

    assert logged_in(wu).get(to("contribution", piece.pk)).status_code == 404
    assert logged_in(wu).post(to("withdraw-contribution", piece.pk)).status_code == 404
    assert logged_in(wu).get(to("choose", piece.pk)).status_code == 404
    assert logged_in(wu).get(to("edit-text", piece.pk)).status_code == 404


def test_a_text_is_taken_back(logged_in, give, shen):
    piece = give(shen)
    browser = logged_in(shen)

    assert "已撤稿" in browser.post(to("withdraw-contribution", piece.pk), follow=True).text
    again = browser.post(to("withdraw-contribution", piece.pk), follow=True)

    assert "已经撤稿" in again.text


def test_a_writer_who_edits_the_volume_reads_no_opinions_before_the_others(
    logged_in, volume, call, give, shen
):
    volume.editors.set([shen])
    piece = give(shen)

    assert logged_in(shen).get(to("choose", piece.pk)).status_code == 404
    assert logged_in(shen).get(to("edit-text", piece.pk)).status_code == 404


def test_an_editor_decides_with_the_opinions_before_her(logged_in, give, read, shen, su):
    piece = give(shen)
    browser = logged_in(su)

    early = browser.post(to("choose", piece.pk), {"choice": "selected"})
    assert "没有交齐" in early.text
    read(piece)
    assert "写得实在。" in browser.get(to("choose", piece.pk)).text
    bare = browser.post(to("choose", piece.pk), {"choice": "declined"})
    assert "不收要写明理由" in bare.text
    browser.post(to("choose", piece.pk), {"choice": "selected"})

    piece.refresh_from_db()
    assert piece.choice == "selected"


def test_an_editor_who_is_no_clerk_edits_this_volume_only(
    logged_in, volume, call, give, zhou, shen
):
    piece = give(shen)
    browser = logged_in(zhou)
    assert browser.get(to("edit-volume", 3)).status_code == 404

    volume.editors.set([zhou])

    assert browser.get(to("edit-volume", 3)).status_code == 200
    assert browser.get(to("choose", piece.pk)).status_code == 200
    assert browser.get(to("call")).status_code == 403


def test_late_words_of_an_editor_are_shown_again(logged_in, give, select, shen, su):
    piece = select(give(shen))
    edit_text(
        contribution=piece, expected=0, title="座位", text="甲。", remark="", editor=su, at=NINE
    )

    page = logged_in(su).post(
        to("edit-text", piece.pk), {"expected": 0, "title": "座位", "text": "乙改的。"}
    )

    assert "另一位编者刚存了一稿" in page.text
    assert "乙改的。" in page.text

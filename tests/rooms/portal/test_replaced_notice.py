"""A published notice that another has taken the place of says so by itself, and leads to that one."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.rooms.forums.actions.forums import call_forum, cancel_forum, change_forum
from taihua.rooms.forums.actions.notice import begin, issue
from taihua.rooms.portal.actions import pictures
from taihua.rooms.portal.actions.articles import Place, Words
from taihua.rooms.portal.actions.publishing import add_pdf, publish
from taihua.rooms.portal.actions.review import withdraw
from taihua.rooms.portal.queries.public import replaced
from taihua.rooms.portal.tasks import stamp_replaced
from tests.factories import NINE
from tests.rooms.forums.conftest import call_of

LATER = NINE + timedelta(hours=1)
FIRST, SECOND = "讲坛通知〔2013〕1号", "讲坛通知〔2013〕2号"


@pytest.fixture
def forum(bureau, su):
    return call_forum(call=call_of(bureau, su), at=NINE, by=su.account)


def issued(forum, by, number):
    version = begin(forum=forum, by=by.account, at=NINE)
    return issue(forum=forum, expected=version.number, number=number, by=by.account, at=LATER)


@pytest.fixture
def put_out(news, lin):
    def put(version):
        words = Words(title=version.document.title, text="", source="苔花区教育局")
        place = Place(column=news, unit=version.document.unit)
        return publish(version=version, words=words, place=place, by=lin.account, at=LATER)

    return put


@pytest.fixture
def first(forum, su, put_out):
    """The article of the first notice of a forum."""
    return put_out(issued(forum, su, FIRST))


@pytest.fixture(autouse=True)
def afterwards(time_machine):
    time_machine.move_to(LATER + timedelta(hours=1), tick=False)


def page_of(browser, article):
    return browser.get(f"/portal/a/{article.pk}/").text


def test_the_notice_that_counts_says_nothing_of_another_and_whom_it_is_addressed_to(client, first):
    page = page_of(client, first)

    assert "以新的为准" not in page
    assert '<p class="addressee">各科室、各学校：</p>' in page
    assert first.live.plain.startswith("各科室、各学校：\n")


def test_once_another_is_issued_the_first_says_so_and_leads_to_it_when_it_is_public(
    client, forum, first, su, put_out
):
    moved = call_of(forum.host, su, place="四楼会议室")
    change_forum(forum=forum, call=moved, at=NINE)
    version = issued(forum, su, SECOND)

    page = page_of(client, first)
    assert f"已由 {SECOND} 代替" in page
    assert "新的还没有在这里公开" in page
    assert version.document.title not in page

    second = put_out(version)
    page = page_of(client, first)
    assert f"已由 {SECOND} 代替，以新的为准：" in page
    assert f'href="/portal/a/{second.pk}/"' in page
    assert "以新的为准" not in page_of(client, second)


def test_a_forum_that_is_called_off_is_told_on_the_notice_of_it(client, forum, first, su, put_out):
    cancel_forum(forum=forum, reason="场地停电。")
    off = put_out(issued(forum, su, SECOND))

    page = page_of(client, first)

    assert "的通知</a>" in page
    assert off.live.title in page
    assert "取消" in off.live.title


def test_what_was_taken_down_is_named_but_not_led_to(client, forum, first, su, lin, put_out):
    cancel_forum(forum=forum, reason="场地停电。")
    off = put_out(issued(forum, su, SECOND))
    withdraw(article=off, reason="发错了。", by=lin.account, at=LATER)

    page = page_of(client, first)

    assert "新的还没有在这里公开" in page
    assert f'href="/portal/a/{off.pk}/"' not in page


def test_the_notice_of_another_forum_takes_nobodys_place(client, first, bureau, su):
    other = call_forum(call=call_of(bureau, su, topic="另一期"), at=NINE, by=su.account)
    issued(other, su, SECOND)

    assert "以新的为准" not in page_of(client, first)


def test_plain_files_say_it_and_lead_to_the_file(forum, first, su, put_out, settings, tmp_path):
    cancel_forum(forum=forum, reason="场地停电。")
    off = put_out(issued(forum, su, SECOND))
    settings.HOME, settings.ALLOWED_HOSTS = tmp_path / "home", ["edu.example"]

    call_command("publish", str(tmp_path / "out"), verbosity=0)

    page = (tmp_path / "out" / "a" / f"{first.pk}.html").read_text()
    assert f"已由 {SECOND} 代替" in page
    assert f'href="{off.pk}.html"' in page.replace("../a/", "")


def test_only_kinds_of_document_whose_room_says_so_are_ever_replaced(first, published):
    version = house.papers().keys() - {"forums/notice"}

    assert replaced(published, LATER) is None
    assert replaced(first, LATER) is None
    assert all(kind not in room.replaced for room in house.rooms() for kind in version)


@pytest.mark.parametrize("more", [0, 3])
def test_it_is_found_in_as_many_questions_however_many_took_its_place(
    forum, first, su, put_out, django_assert_num_queries, more
):
    for n in range(more + 1):
        change_forum(forum=forum, call=call_of(forum.host, su, place=f"{n} 号楼"), at=NINE)
        put_out(issued(forum, su, f"讲坛通知〔2013〕{n + 2}号"))
    first.refresh_from_db()

    with django_assert_num_queries(3):
        found = replaced(first, LATER + timedelta(hours=1))
        assert found
        assert found.number == f"讲坛通知〔2013〕{more + 2}号"
        assert found.article.live.title


# --- the PDF beside it ------------------------------------------------------------------------------


def words_of(file):
    return PdfReader(BytesIO(bytes(file.content))).pages[0].extract_text().replace(" ", "")


@pytest.fixture
def with_pdf(first):
    add_pdf(article=first, at=LATER)
    return first


def test_the_pdf_of_a_notice_that_counts_is_left_as_it_was_issued(with_pdf):
    before = bytes(with_pdf.files.get().content)

    assert stamp_replaced.func() == 0
    assert bytes(with_pdf.files.get().content) == before
    assert "代替" not in words_of(with_pdf.files.get())


def test_once_it_no_longer_counts_its_pdf_says_so_and_what_was_issued_stays(
    forum, with_pdf, su, put_out
):
    issued_file = bytes(with_pdf.files.get().content)
    other = pictures.keep_file(with_pdf, "路线图.pdf", "application/pdf", b"%PDF")
    put_out(issued_again(forum, su, 2))

    assert stamp_replaced.func() == 1
    told = with_pdf.files.exclude(pk=other.pk).get()
    assert told.name == f"{with_pdf.live.title}（已由{SECOND}代替）.pdf"
    assert f"本件已由{SECOND}代替，以新的为准。" in words_of(told)
    kept = Version.objects.get(pk=with_pdf.version).files.get(form="pdf")
    assert bytes(kept.content) == issued_file
    assert stamp_replaced.func() == 0
    assert bytes(with_pdf.files.get(pk=other.pk).content) == b"%PDF"


def test_replaced_again_it_names_the_newest(forum, with_pdf, su):
    for number in (2, 3):
        issued_again(forum, su, number)
        stamp_replaced.func()

    [file] = with_pdf.files.all()
    assert file.name.endswith("（已由讲坛通知〔2013〕3号代替）.pdf")


def test_without_a_pdf_there_is_nothing_to_say_it_on(forum, first, su):
    issued_again(forum, su, 2)

    assert stamp_replaced.func() == 0
    assert not first.files.exists()


def issued_again(forum, by, number):
    change_forum(forum=forum, call=call_of(forum.host, by, place=f"{number} 号楼"), at=NINE)
    return issued(forum, by, f"讲坛通知〔2013〕{number}号")

"""A published document takes its files along; the PDF that nobody made yet is set in the background."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest

from taihua.base.papers import BoundVolume, Part, Piece
from taihua.kernel.documents.actions import draft as draft_document
from taihua.kernel.documents.actions import issue as issue_document
from taihua.kernel.documents.actions import keep_file
from taihua.rooms.portal import tasks
from taihua.rooms.portal.actions.articles import Place, Words
from taihua.rooms.portal.actions.pictures import keep_file as keep_article_file
from taihua.rooms.portal.actions.pictures import remove_file
from taihua.rooms.portal.actions.publishing import add_pdf, publish
from taihua.rooms.portal.models import Article
from taihua.rooms.reading.queries.anthology import pdf_of
from tests.factories import NINE

TEN = NINE + timedelta(hours=1)
VOLUME = BoundVolume(
    title="苔花风景",
    subtitle="第一辑",
    publisher="苔花区教育局",
    day=date(2013, 9, 10),
    preface=("前言。",),
    parts=(Part("读书", (Piece("慢", "沈青", "苔花一小", ("全文在这里",)),)),),
    colophon=(("编印", "苔花区教育局"),),
)
BODIES = {
    "reading/volume": VOLUME.as_json(),
    "study/minutes": {"text": "学了什么。\n定了什么。", "speeches": []},
    "forums/proceedings": {"sections": [{"heading": "缘起", "text": "到会 18 人。"}]},
}


@pytest.fixture(autouse=True)
def at_ten(time_machine):
    time_machine.move_to(TEN, tick=False)


@pytest.fixture
def issued(bureau, su):
    """Issue a document of a kind, with the files named."""

    def make(kind, *forms):
        version = draft_document(
            kind=kind, title="学习材料", year=2013, body=BODIES[kind], at=NINE, by=su.account,
            unit=bureau,
        )  # fmt: skip
        for form in forms:
            keep_file(
                version=version, form=form, name=f"学习材料.{form}",
                media_type="application/pdf" if form == "pdf" else f"application/{form}",
                content=form.encode(), at=NINE,
            )  # fmt: skip
        return issue_document(
            version=version, number=f"〔2013〕{version.pk}号", by=su.account, at=NINE, known=NINE,
            provenance={},
        )  # fmt: skip

    return make


@pytest.fixture
def published(news, bureau, lin):
    """Publish a version by the action alone: nothing runs in the background."""

    def make(version):
        words, place = Words(title="学习材料", text=""), Place(column=news, unit=bureau)
        return publish(version=version, words=words, place=place, by=lin.account, at=NINE)

    return make


def files(article):
    return {file.name: bytes(file.content) for file in article.files.all()}


@pytest.mark.parametrize("kind", BODIES)
def test_what_was_made_goes_along_as_it_was_made(issued, published, kind):
    article = published(issued(kind, "docx", "epub", "pdf"))

    assert files(article) == {
        "学习材料.docx": b"docx",
        "学习材料.epub": b"epub",
        "学习材料.pdf": b"pdf",
    }
    assert add_pdf(article=article, at=TEN) is None


@pytest.mark.parametrize("kind", ["study/minutes", "forums/proceedings"])
def test_the_pdf_of_a_paper_is_set_from_its_issued_text(issued, published, kind):
    version = issued(kind)
    article = published(version)

    made = add_pdf(article=article, at=TEN)

    assert made.name == "学习材料.pdf"
    assert bytes(made.content).startswith(b"%PDF")
    assert bytes(version.files.get(form="pdf").content) == bytes(made.content)


def test_the_pdf_of_a_volume_is_the_whole_volume_as_its_room_binds_it(issued, published):
    version = issued("reading/volume", "epub")
    article = published(version)

    add_pdf(article=article, at=TEN)

    assert files(article) == {"学习材料.epub": b"epub", "学习材料.pdf": pdf_of(version)}


def test_a_pdf_that_its_room_made_meanwhile_is_taken(issued, published):
    version = issued("reading/volume", "epub")
    article = published(version)
    keep_file(
        version=version, form="pdf", name="苔花风景.pdf", media_type="application/pdf",
        content=b"%PDF theirs", at=TEN,
    )  # fmt: skip

    assert add_pdf(article=article, at=TEN).name == "苔花风景.pdf"
    assert files(article)["苔花风景.pdf"] == b"%PDF theirs"


def test_set_twice_at_once_it_stands_there_once(issued, published):
    article = published(issued("study/minutes"))

    def meanwhile(_version):
        keep_article_file(article, "先到的.pdf", "application/pdf", b"%PDF first")
        return b"%PDF late"

    with patch("taihua.rooms.portal.actions.publishing._set", side_effect=meanwhile):
        late = add_pdf(article=article, at=TEN)

    assert late is None
    assert files(article) == {"先到的.pdf": b"%PDF first"}


def test_an_article_that_was_written_here_gets_no_pdf(draft):
    assert add_pdf(article=draft, at=TEN) is None
    assert tasks.add_pdf.call(draft.pk, TEN.isoformat()) is None


def asked_to_publish(browser, version, **changed):
    way = f"/portal/desk/documents/{version.pk}/publish/"
    form = browser.get(way).context["form"]
    told = {name: form[name].value() or "" for name in form.fields} | changed
    return browser.post(way, told, follow=True)


def test_the_page_says_before_and_after_that_the_pdf_is_being_set(issued, news, lin, logged_in):
    version, browser = issued("reading/volume", "epub"), logged_in(lin)

    before = browser.get(f"/portal/desk/documents/{version.pk}/publish/").text
    with patch.object(tasks.add_pdf.__class__, "enqueue") as enqueued:
        after = asked_to_publish(browser, version).text

    assert "PDF 还没有做过：发布以后在后台排版" in before
    assert "PDF 正在后台排版" in after
    assert "再排一次" in after
    assert enqueued.call_count == 1
    assert list(files(Article.objects.get(version=version.pk))) == ["学习材料.epub"]


def test_published_by_the_page_the_pdf_comes_by_itself(issued, news, lin, logged_in, client):
    version, browser = issued("study/minutes"), logged_in(lin)

    asked_to_publish(browser, version)

    article = Article.objects.get(version=version.pk)
    page = client.get(f"/portal/a/{article.pk}/").text
    assert "学习材料.pdf" in page
    assert "PDF 还没有附上" not in browser.get(f"/portal/desk/{article.pk}/").text


def test_with_a_pdf_nothing_is_said_of_it(issued, news, lin, logged_in):
    version, browser = issued("study/minutes", "pdf"), logged_in(lin)

    before = browser.get(f"/portal/desk/documents/{version.pk}/publish/").text
    after = asked_to_publish(browser, version).text

    assert "在后台排版" not in before + after
    assert "已发布，所有人都能看到。" in after


def test_what_is_to_be_public_later_is_not_said_to_be_public(issued, news, lin, logged_in, client):
    version, browser = issued("study/minutes", "pdf"), logged_in(lin)

    after = asked_to_publish(browser, version, published_at="2013-12-20T08:00").text

    article = Article.objects.get(version=version.pk)
    assert "到发布时间自动公开" in after
    assert client.get(f"/portal/a/{article.pk}/").status_code == 404


def test_asked_again_it_is_set_again_and_only_where_it_is_missing(
    issued, published, lin, su, logged_in
):
    version = issued("study/minutes")
    article = published(version)
    way = f"/portal/desk/documents/{version.pk}/pdf/"
    assert logged_in(su).post(way).status_code == 403
    assert "再排一次" not in logged_in(su).get(f"/portal/desk/{article.pk}/").text

    logged_in(lin).post(way)
    first = files(article)
    logged_in(lin).post(way)

    assert list(first) == ["学习材料.pdf"]
    assert files(article) == first
    assert logged_in(lin).post("/portal/desk/documents/99/pdf/").status_code == 404


def test_a_pdf_that_was_taken_away_can_be_set_again(issued, published, lin):
    article = published(issued("study/minutes"))
    made = add_pdf(article=article, at=TEN)
    remove_file(file=made, by=lin.account)

    assert add_pdf(article=article, at=TEN).digest == made.digest

"""An issued document is published once, in two clicks, with its files and the basis of its figures."""

import pytest

from taihua.kernel import house
from taihua.kernel.documents.actions import draft as draft_document
from taihua.kernel.documents.actions import issue as issue_document
from taihua.kernel.documents.actions import keep_file
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.actions.articles import ArticleRefused, Place, Words
from taihua.rooms.portal.actions.publishing import issuing_unit, publish
from taihua.rooms.portal.actions.review import Sensitive
from taihua.rooms.portal.enums import Form
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.attached import not_looked_into
from taihua.rooms.portal.queries.columns import column_for
from taihua.rooms.portal.queries.editing import documents_to_publish
from tests.factories import NINE
from tests.rooms.portal.factories import ColumnFactory

BODIES = {
    "study/minutes": {
        "text": "学了什么。\n定了什么。",
        "speeches": [{"person": "zhou", "name": "周明", "text": "说两点。\n第二点。"}],
    },
    "forums/notice": {
        "title": "关于举办讲坛的通知",
        "addressee": "各学校",
        "opening": "现将有关事项通知如下。",
        "sections": [{"heading": "时间", "text": "12 月 20 日。"}],
    },
    "forums/proceedings": {"sections": [{"heading": "缘起", "text": "到会 18 人。"}]},
    "reading/volume": {
        "title": "苔花风景",
        "subtitle": "第一辑",
        "publisher": "苔花区教育局",
        "day": "2013-09-10",
        "preface": ["前言。"],
        "parts": [
            {
                "title": "读书",
                "pieces": [
                    {"title": "慢", "byline": "沈青", "unit": "苔花一小", "paragraphs": ["全文"]}
                ],
            }
        ],
        "colophon": [["编印", "苔花区教育局"]],
    },
}


@pytest.fixture
def issued(bureau, su):
    """Issue a document of a kind."""

    def make(kind="study/minutes", body=None, provenance=None, unit=bureau):
        version = draft_document(
            kind=kind,
            title="学习纪要",
            year=2013,
            body=body or BODIES[kind],
            at=NINE,
            by=su.account,
            unit=unit,
        )
        keep_file(
            version=version,
            form="pdf",
            name="学习纪要.pdf",
            media_type="application/pdf",
            content=b"%PDF",
            at=NINE,
        )
        return issue_document(
            version=version,
            number=f"〔2013〕{version.pk}号",
            by=su.account,
            at=NINE,
            known=NINE,
            provenance=provenance or {},
        )

    return make


def published(version, column, by, **more):
    return publish(
        version=version,
        words=Words(title="学习纪要", text="", source="苔花区教育局"),
        place=Place(column=column, unit=version.document.unit),
        by=by.account,
        at=NINE,
        **more,
    )


def test_every_kind_of_document_that_a_room_issues_reads_as_a_paper(issued):
    report = {"sections": [{"key": "a", "title": "学习", "level": 1, "text": "完成。", "base": ""}]}
    kinds = house.papers()
    found = {}
    for kind in kinds:
        body = BODIES.get(kind) or report
        found[kind] = kinds[kind](issued(kind, body)).blocks

    assert set(kinds) == {
        "study/minutes",
        "forums/notice",
        "forums/proceedings",
        "reading/volume",
        "reports/yearly",
    }
    assert all(found.values())


def test_published_it_stands_with_its_text_and_its_files(issued, news, lin):
    version = issued()
    article = published(version, news, lin)

    assert article.is_public(NINE)
    assert article.live.form == Form.PAPER
    assert article.live.plain == (
        "学了什么。\n定了什么。\n一、发言摘要\n周明：说两点。\n第二点。\n"
        f"编号：{version.document.number}"
    )
    assert [(f.name, bytes(f.content)) for f in article.files.all()] == [("学习纪要.pdf", b"%PDF")]
    assert not_looked_into(article) == []  # it says what the article says
    assert list(documents_to_publish()) == []


def test_it_counts_as_an_article_and_as_a_document(issued, news, lin, bureau):
    published(issued(), news, lin)

    told = statements().filter(kind__code="portal/article")
    assert {(s.verb.code, s.unit, s.object_label) for s in told} == {
        ("published", bureau, "学习纪要"),
        ("published-document", bureau, "学习纪要"),
    }
    assert told.get(verb__code="published").context["document"] == "学习纪要"


def test_published_again_is_refused_and_changes_nothing(issued, news, lin):
    version = issued()
    published(version, news, lin)

    with pytest.raises(ArticleRefused, match="已经发布过"):
        published(version, news, lin)

    assert Article.objects.count() == 1


def test_only_who_issues_publishes(issued, news, su):
    with pytest.raises(ArticleRefused, match="局领导"):
        published(issued(), news, su)

    assert not Article.objects.exists()


def test_what_is_not_issued_or_no_room_reads_is_not_published(news, lin, bureau):
    told = {"title": "学习纪要", "year": 2013, "at": NINE, "by": lin.account, "unit": bureau}
    written = draft_document(kind="study/minutes", body=BODIES["study/minutes"], **told)
    unread = draft_document(kind="test/unread", body={}, **told)
    issue_document(version=unread, number="〔2013〕9号", by=lin.account, at=NINE, known=NINE, provenance={})  # fmt: skip

    for version in (written, unread):
        with pytest.raises(ArticleRefused, match="还没有印发，或者不能发布成文章"):
            published(version, news, lin)

    assert not Article.objects.exists()


def test_a_closed_column_takes_no_document(issued, news, lin):
    news.is_open = False
    news.save()

    with pytest.raises(ArticleRefused, match="栏目“工作动态”已关闭，请换一个"):
        published(issued(), news, lin)

    assert not Article.objects.exists()


def test_a_document_without_a_unit_is_issued_in_nobodys_name(su):
    version = draft_document(
        kind="study/minutes",
        title="学习纪要",
        year=2013,
        body=BODIES["study/minutes"],
        at=NINE,
        by=su.account,
    )

    with pytest.raises(ArticleRefused, match=r"学习纪要.*没有发文单位"):
        issuing_unit(version)


def test_figures_tell_the_moment_of_their_data(issued, news, lin):
    article = published(issued(provenance={"x": {}}), news, lin)

    assert "文中数据截至 2013 年 12 月 4 日 09:00" in article.live.html


def test_a_number_in_the_text_stops_it_whole(issued, news, lin):
    version = issued(body={"text": "证号 11010519491231002X", "speeches": []})

    with pytest.raises(Sensitive):
        published(version, news, lin)

    assert not Article.objects.exists()


def test_two_clicks_lead_from_the_desk_to_the_public(issued, news, lin, su, logged_in, client):
    version = issued()
    browser = logged_in(lin)
    assert f"/portal/desk/documents/{version.pk}/publish/" in browser.get("/portal/desk/").text
    page = browser.get(f"/portal/desk/documents/{version.pk}/publish/")
    form = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    browser.post(f"/portal/desk/documents/{version.pk}/publish/", form)

    article = Article.objects.get(version=version.pk)
    assert article.live.source == "苔花区教育局"
    assert "学了什么。" in client.get(f"/portal/a/{article.pk}/").text
    assert logged_in(su).get(f"/portal/desk/documents/{version.pk}/publish/").status_code == 403


@pytest.fixture
def announcements(db):
    return ColumnFactory(title="通知公告", place=7)


def test_a_document_is_looked_for_where_its_room_says(issued, news, announcements):
    assert column_for(issued("forums/notice")) == announcements
    assert column_for(issued("forums/proceedings")) == news


def test_a_document_stands_beside_the_last_of_its_kind(issued, news, announcements, lin):
    published(issued("forums/notice"), news, lin)
    assert column_for(issued("forums/notice")) == news

    news.is_open = False
    news.save()
    assert column_for(issued("forums/notice")) == announcements


def test_without_a_column_there_is_none_to_propose(issued):
    assert column_for(issued("forums/notice")) is None


def volume_with(text):
    body = BODIES["reading/volume"]
    piece = {**body["parts"][0]["pieces"][0], "paragraphs": ["第一段。", text]}
    return {**body, "parts": [{"title": "读书", "pieces": [piece]}]}


def test_every_piece_of_a_volume_is_read_for_numbers_before_it_is_published(issued, news, lin):
    version = issued("reading/volume", volume_with("她的身份证 11010519491231002X。"))

    with pytest.raises(Sensitive) as refused:
        published(version, news, lin)

    assert [each.where for each in refused.value.findings] == ["附件里的《慢》"]
    assert "11010519491231002X" not in refused.value.findings[0].around
    assert not Article.objects.exists()


def test_a_mobile_number_in_a_piece_asks_for_a_reason(issued, news, lin):
    version = issued("reading/volume", volume_with("打我的电话 13800138000。"))
    with pytest.raises(Sensitive, match="写明理由"):
        published(version, news, lin)

    assert published(version, news, lin, reason="作者自己同意。").is_public(NINE)


def test_the_page_of_publishing_says_where_the_number_stands(issued, news, lin, logged_in):
    version = issued("reading/volume", volume_with("她的身份证 11010519491231002X。"))
    told = {"column": news.pk, "title": "苔花风景"}

    answer = logged_in(lin).post(f"/portal/desk/documents/{version.pk}/publish/", told)

    assert "附件里的《慢》" in answer.text
    assert "像身份证号码" in answer.text
    assert not Article.objects.exists()

"""Old articles come in whole or not at all; a second time nothing changes."""

import re
from datetime import datetime
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from taihua.base.clock import ZONE
from taihua.base.sheets.writing import to_csv
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.bringing_in import Line, Preview, bring_in, preview
from taihua.rooms.portal.actions.reading_in import Old, read_path, read_sheet, read_upload
from taihua.rooms.portal.models import Article, OldAddress
from tests.factories import NINE
from tests.rooms.portal.actions.old_site import page, zipped
from tests.rooms.portal.conftest import png


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "news" / "img").mkdir(parents=True)
    (tmp_path / "news" / "1.html").write_bytes(page())
    (tmp_path / "news" / "2.htm").write_bytes(page("另一篇", encoding="utf-8"))
    (tmp_path / "news" / "img" / "a.png").write_bytes(png(9, 7))
    return tmp_path


def brought(found, unit):
    return bring_in(found=found, unit=unit, by=None, at=NINE)


def test_pages_become_articles_with_their_day_their_pictures_and_their_addresses(
    folder, news, bureau, school
):
    made = brought(preview(read_path(folder), news, NINE), bureau)

    first = made[0]
    assert [a.live.title for a in made] == ["旧文章", "另一篇"]
    assert first.published_at == datetime(2012, 3, 4, 9, 30, tzinfo=ZONE)
    assert (first.unit, first.live.source, first.live.byline) == (school, "苔花一小", "沈青")
    assert first.live.plain == "旧的正文。"
    picture = first.pictures.get()
    assert (picture.width, picture.height) == (9, 7)
    assert f'src="/portal/pictures/{picture.pk}/"' in first.live.html
    assert set(OldAddress.objects.values_list("address", flat=True)) == {
        "/news/1.html",
        "/news/2.htm",
    }


def test_each_goes_on_record_on_its_own_day(folder, news, bureau):
    brought(preview(read_path(folder), news, NINE), bureau)

    days = statements().filter(verb__code="published").values_list("day", flat=True)
    assert [str(day) for day in days] == ["2012-03-04", "2012-03-04"]


def test_brought_in_again_nothing_changes(folder, news, bureau):
    brought(preview(read_path(folder), news, NINE), bureau)
    again = preview(read_path(folder), news, NINE)

    assert (len(again.new), len(again.there), len(again.wrong)) == (0, 2, 0)
    assert brought(again, bureau) == []
    assert Article.objects.count() == 2
    assert statements().filter(verb__code="published").count() == 2


def test_one_wrong_page_keeps_all_out_and_is_named(news, bureau):
    found = preview(
        read_upload("old.zip", zipped(a_html=page(), b_html=page("坏的", day="哪天"))), news, NINE
    )

    assert [(line.old.where, line.errors) for line in found.wrong] == [
        ("b.html", ("没有找到发布时间，或者没有这一天。",))
    ]
    with pytest.raises(ArticleRefused, match="一篇也没有带入"):
        brought(found, bureau)
    assert not Article.objects.exists()


def test_an_identity_number_in_an_old_page_is_an_error(news):
    found = preview(
        read_upload("x.zip", zipped(a_html=page(text="证号 11010519491231002X"))), news, NINE
    )

    assert "不能公开的号码" in found.wrong[0].errors[0]


def test_a_picture_that_is_not_there_is_told_and_left_out(news, bureau):
    found = preview(read_upload("x.zip", zipped(a_html=page())), news, NINE)

    assert "没有找到图片 img/a.png" in found.new[0].notices[0]
    assert "<img" not in brought(found, bureau)[0].live.html


def test_rows_of_a_sheet_name_their_column_and_their_old_address(news, bureau):
    titles = ["标题", "发布时间", "来源", "作者", "正文", "旧地址", "栏目"]
    rows = [
        [
            "甲",
            "2012-03-04",
            "局",
            "张",
            "一、好\n段。",
            "http://old.example/show.asp?id=1",
            "工作动态",
        ],
        ["乙", "2012-03-05", "局", "张", "正文。", "", "没有的栏目"],
    ]
    found = preview(read_sheet(to_csv(titles, rows)), None, NINE)

    assert [line.errors for line in found.lines] == [(), ("没有叫“没有的栏目”的栏目。",)]
    good = preview(read_sheet(to_csv(titles, rows[:1])), None, NINE)
    article = brought(good, bureau)[0]
    assert article.live.html == "<h2>一、好</h2>\n<p>段。</p>"
    assert article.old_addresses.get().address == "/show.asp?id=1"


def test_nothing_to_bring_in_is_said_with_what_is_looked_for(tmp_path, news):
    (tmp_path / "notes.txt").write_text("不是页面")

    with pytest.raises(ArticleRefused, match=r"没有找到文章：文件夹或压缩包里要有 \.html 页面"):
        preview(read_path(tmp_path), news, NINE)


def test_two_pages_of_one_old_address_are_told_apart_by_nobody_and_refused(news):
    rows = [
        ["甲", "2012-03-04", "正文。", "/show?id=1"],
        ["乙", "2012-03-05", "正文。", "show?id=1"],
    ]

    found = preview(read_sheet(to_csv(["标题", "发布时间", "正文", "旧地址"], rows)), news, NINE)

    assert [line.errors for line in found.lines] == [
        (),
        ("旧地址和前面的一篇重了：/show?id=1。",),
    ]


def test_without_an_old_address_an_article_is_brought_in_all_the_same(news, bureau):
    sheet = to_csv(["标题", "发布时间", "正文"], [["甲", "2012-03-04", "正文。"]])

    [article] = brought(preview(read_sheet(sheet), news, NINE), bureau)

    assert article.live.plain == "正文。"
    assert not OldAddress.objects.exists()


def test_what_only_bears_the_name_of_a_picture_is_left_out(folder, news, bureau):
    (folder / "news" / "img" / "a.png").write_bytes(b"<html>404</html>")

    first = brought(preview(read_path(folder), news, NINE), bureau)[0]

    assert not first.pictures.exists()
    assert "<img" not in first.live.html


def test_what_no_preview_found_a_column_for_is_not_brought_in(bureau):
    old = Old(where="x", title="旧文章", published_at=NINE, html="<p>正文。</p>")

    with pytest.raises(ArticleRefused, match="没有说放在哪个栏目"):
        brought(Preview([Line(old, None, ())]), bureau)

    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "没有标题。"),
        ({"title": "长" * 201}, "标题太长，最多 200 个字。"),
        ({"published_at": NINE.replace(year=2014)}, "发布时间还没有到。"),
        ({"html": "<p> </p>"}, "没有正文。"),
        ({"address": "/" + "a" * 400}, "旧地址太长。"),
    ],
)
def test_what_is_wrong_with_an_old_article_is_said_beside_it(news, changed, told):
    said = {"where": "x", "title": "旧", "published_at": NINE, "html": "<p>正文。</p>", **changed}

    [line] = preview([Old(**said)], news, NINE).lines

    assert line.errors == (told,)


def test_a_mobile_number_of_an_old_article_is_told_and_no_error(news):
    [line] = preview(
        [Old(where="x", title="旧", published_at=NINE, html="<p>电话 13800138000</p>")], news, NINE
    ).lines

    assert line.errors == ()
    assert "像有手机号码" in line.notices[0]
    assert "13800138000" not in line.notices[0]


def test_the_command_looks_first_and_says_what_is_wrong(folder, news, bureau):
    said = StringIO()
    call_command("bring-articles", folder, column="news", dry_run=True, stdout=said)
    assert "新的 2 篇" in said.getvalue()
    assert not Article.objects.exists()

    call_command("bring-articles", folder, column="工作动态", stdout=said)
    assert "带入 2 篇。" in said.getvalue()
    with pytest.raises(CommandError, match="没有叫 x 的栏目"):
        call_command("bring-articles", folder, column="x", stdout=said)


def test_the_page_shows_what_would_come_and_then_takes_it(news, bureau, su, logged_in):
    browser = logged_in(su)

    def send(**more):
        upload = SimpleUploadedFile("old.zip", zipped(a_html=page()))
        told = {"file": upload, "column": news.pk, "unit": bureau.pk, **more}
        return browser.post("/portal/desk/bring/", told, follow=True)

    looked = send()
    assert "旧文章" in looked.text
    assert not Article.objects.exists()
    assert "带入 1 篇" in send(take="1").text
    assert "已有的 1 篇" in send().text
    assert (
        "打不开"
        in browser.post(
            "/portal/desk/bring/",
            {"file": SimpleUploadedFile("x.zip", b"nothing"), "column": news.pk, "unit": bureau.pk},
        ).text
    )


# --- what a page links to ------------------------------------------------------------------------


@pytest.fixture
def linked(tmp_path):
    """A page with links to a file, to another page, out of the site and to a file that is not there."""
    folder = tmp_path / "linked"
    (folder / "news").mkdir(parents=True)
    (folder / "upload").mkdir()
    links = [
        "../upload/%E8%A1%A8.doc",
        "2.html#top",
        "http://example.cn/a",
        "gone.doc",
        "#top",
        "../upload/a/%E8%A1%A8.doc",
    ]
    text = "</p><p>".join(f'<a href="{link}">看</a>' for link in links)
    (folder / "news" / "1.html").write_bytes(page(text=text))
    (folder / "news" / "2.html").write_bytes(page("另一篇", "2012-03-05"))
    (folder / "upload" / "a").mkdir()
    for name in ("表.doc", "a/表.doc"):
        (folder / "upload" / name).write_bytes(b"\xd0\xcf\x11\xe0")
    return folder


def hrefs(article):
    return re.findall(r'href="([^"]*)"', article.live.html)


def test_files_to_which_an_old_page_links_come_along(linked, news, bureau):
    first = brought(preview(read_path(linked), news, NINE), bureau)[0]

    one, other = first.files.order_by("pk")
    assert (one.name, other.name, bytes(one.content)) == ("表.doc", "2-表.doc", b"\xd0\xcf\x11\xe0")
    assert hrefs(first) == [
        f"/portal/files/{one.pk}/",
        "/news/2.html#top",
        "http://example.cn/a",
        "/news/gone.doc",
        "#top",
        f"/portal/files/{other.pk}/",
    ]


def test_a_file_that_may_not_be_offered_stays_out_and_is_told(linked, news, bureau):
    (linked / "upload" / "表.doc").write_bytes(b"\xd0\xcf\x11\xe0 11010519491231002X \0")
    (linked / "upload" / "a" / "表.doc").write_bytes(b"MZ")
    found = preview(read_path(linked), news, NINE)

    first = brought(found, bureau)[0]

    told = "\n".join(found.lines[0].notices)
    assert "附件“表.doc”里有不能公开的号码" in told
    assert "附件“表.doc”收不了" in told
    assert "11010519491231002X" not in told
    assert not first.files.exists()


def test_a_picture_that_is_none_is_told_before_it_is_left_out(folder, news):
    (folder / "news" / "img" / "a.png").write_bytes(b"<html>404</html>")

    notices = preview(read_path(folder), news, NINE).lines[0].notices

    assert notices == ("img/a.png：这不是网页能显示的图片。请用 PNG、JPEG、GIF 或 WebP。",)


@pytest.mark.parametrize(
    "text",
    [
        '<img src="a.png" alt="11010519491231002X">',
        '<a href="http://example.cn/?id=11010519491231002X">看</a>',
        '<a href="http://example.cn/?id=1101051949%31231002X">看</a>',
    ],
)
def test_a_number_that_a_page_does_not_show_is_an_error_too(tmp_path, news, text):
    (tmp_path / "1.html").write_bytes(page(text=f"正文。{text}"))

    [line] = preview(read_path(tmp_path), news, NINE).lines

    assert len(line.errors) == 1
    assert "不能公开的号码" in line.errors[0]

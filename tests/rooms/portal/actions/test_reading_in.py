"""What somebody brings is read whatever made it; what cannot be read is refused in words."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from taihua.base.clock import ZONE
from taihua.base.sheets.writing import to_csv, to_xlsx
from taihua.rooms.portal.actions import reading_in
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.reading_in import read_path, read_sheet, read_upload
from tests.rooms.portal.actions.old_site import PAGE, page, zipped
from tests.rooms.portal.conftest import png


def old_chinese_zip(name, content):
    """A zip whose names are in GBK and do not say so, as old Chinese programs make them."""
    raw = name.encode("gb18030")
    stand_in = "x" * len(raw)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(stand_in, content)
    return packed.getvalue().replace(stand_in.encode(), raw)


def test_a_sheet_may_be_uploaded_or_lie_somewhere(tmp_path):
    content = to_csv(["标题", "发布时间", "正文"], [["甲", "2012年3月4日 09:30", "正文。"]])
    (tmp_path / "old.csv").write_bytes(content)

    [uploaded], [lying] = read_upload("old.csv", content), read_path(tmp_path / "old.csv")

    assert uploaded == lying
    assert uploaded.published_at == datetime(2012, 3, 4, 9, 30, tzinfo=ZONE)


def test_days_and_moments_that_a_sheet_knows_as_such_are_taken_as_they_are():
    rows = [["甲", date(2012, 3, 4), "正文。"], ["乙", datetime(2012, 3, 4, 9, 30), "正文。"]]
    found = read_sheet(to_xlsx("旧文章", ["标题", "发布时间", "正文"], rows))

    assert [each.published_at for each in found] == [
        datetime(2012, 3, 4, tzinfo=ZONE),
        datetime(2012, 3, 4, 9, 30, tzinfo=ZONE),
    ]


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(ArticleRefused, match=r"没有这个文件或文件夹：.*nowhere"):
        read_path(tmp_path / "nowhere")


def test_a_sheet_without_a_needed_column_is_told_which():
    with pytest.raises(ArticleRefused, match="表里缺这几列：正文。"):
        read_sheet(to_csv(["标题", "发布时间", "来源"], [["甲", "2012-03-04", "局"]]))


def test_names_in_a_zip_are_read_as_old_chinese_programs_write_them():
    [found] = read_upload("old.zip", old_chinese_zip("新闻.html", page()))
    [modern] = read_upload("new.zip", zipped(新闻_html=page()))
    [odd] = read_upload("odd.zip", old_chinese_zip("新闻.html", page()).replace("闻".encode("gbk"), b"a\x82"))  # fmt: skip

    assert (found.where, modern.where) == ("新闻.html", "新闻.html")
    assert odd.where.endswith(".html")
    assert found.title == modern.title == odd.title == "旧文章"


def test_pictures_are_found_from_the_page_and_from_the_root():
    shown = PAGE.replace("img/a.png", "../img/./a%20b.png?v=1")
    rooted = PAGE.replace("img/a.png", "/img/a%20b.png")
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.mkdir("img")
        archive.writestr("img/a b.png", png())
        for name, markup in (("news/1.html", shown), ("news/2.html", rooted)):
            archive.writestr(name, markup.format(title=name, day="2012-03-04", text="正文。"))

    found = read_upload("old.zip", packed.getvalue())

    assert [list(each.pictures.values()) for each in found] == [[png()], [png()]]


def test_a_zip_that_would_unpack_to_too_much_says_what_else_there_is(monkeypatch):
    monkeypatch.setattr(reading_in, "MOST_FILES", 1)

    with pytest.raises(ArticleRefused, match="太大。请分成几包，或者用命令 taihua bring-articles"):
        read_upload("old.zip", zipped(a_html=page(), b_html=page()))


@pytest.mark.parametrize("at", range(40, 70))
def test_a_zip_that_is_damaged_somewhere_is_refused_in_words(at):
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.html", page(text="正文。" * 200))
    content = bytearray(packed.getvalue())
    content[at] ^= 0xFF

    with pytest.raises(ArticleRefused, match="打不开：损坏了，或者加了密码"):
        read_upload("old.zip", bytes(content))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", "只有一行".encode()])
def test_what_is_neither_is_refused(content):
    with pytest.raises(ArticleRefused):
        read_sheet(content)

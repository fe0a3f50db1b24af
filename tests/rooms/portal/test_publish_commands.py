"""The public site as plain files: links lead from file to file, the list is signed, twice is the same."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic import plain
from taihua.rooms.portal.models import Article, OldAddress, ViewCount
from tests.factories import NINE, UnitFactory
from tests.rooms.portal.factories import (
    PIXEL,
    ArticleFileFactory,
    ColumnFactory,
    PictureFactory,
    published,
)
from tests.rooms.portal.schemas import hold_to_rfc_4287, hold_to_sitemaps_org

LIVING = "http://localhost/portal/consultations/"  # where opinions go while the server lives


@pytest.fixture(autouse=True)
def on_the_day(settings, tmp_path):
    settings.TAIHUA_TODAY = NINE.date()
    settings.HOME = tmp_path / "home"


@pytest.fixture
def site(db):
    """A column of three articles, one of them with a picture and a file."""
    column, unit = ColumnFactory(slug="news"), UnitFactory()
    for number in range(3):
        article = published(column=column, unit=unit, at=NINE - timedelta(hours=number))
    PictureFactory(article=article)
    ArticleFileFactory(article=article, name="../申请 表.pdf")
    article.live.html = (
        f'<p><img src="/portal/a/{article.pk}/picture/1" alt="树"></p>'
        '<p><a href="https://example.org/x?a=1&amp;b=2">外面</a></p>'
    )
    article.live.save()
    published("藏起来的", column=column, unit=unit, expires_at=NINE)
    return article


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_page_is_written_and_every_link_leads_to_a_file(site, tmp_path):
    for number in range(3, 60):  # the column goes on to a third page
        published(column=site.column, unit=site.unit, at=NINE - timedelta(hours=number))
    folder = tmp_path / "out"
    call_command("publish", str(folder), verbosity=0)

    files = files_of(folder)
    assert {"index.html", "c/news/index.html", "c/news/2.html", "c/news/3.html"} <= files.keys()
    assert f"a/{site.pk}.html" in files
    assert files[f"a/{site.pk}/1.png"] == PIXEL
    assert not any(
        "藏起来的" in content.decode() for name, content in files.items() if name.endswith("html")
    )
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        for address in re.findall(r'\s(?:href|src)="([^"]*)"', content.decode()):
            where = address.partition("#")[0]
            if where and not where.startswith(("https://example.org/", LIVING)):
                assert (folder / name).parent.joinpath(where).resolve().is_file(), (name, address)
    assert "不能在里面搜索" in files["index.html"].decode()
    assert 'href="https://example.org/x?a=1&amp;b=2"' in files[f"a/{site.pk}.html"].decode()


def test_feeds_and_map_come_along_and_name_the_files_where_they_will_lie(site, tmp_path):
    folder = tmp_path / "out"
    call_command("publish", str(folder), address="https://kept.example/2013/", verbosity=0)

    files = files_of(folder)
    hold_to_rfc_4287(files["feed.xml"])
    hold_to_rfc_4287(files["c/news/feed.xml"])
    hold_to_sitemaps_org(files["sitemap.xml"])
    for name in ("feed.xml", "c/news/feed.xml", "sitemap.xml"):
        said = re.findall(r"(?:<loc>|<id>|href=\")([^<\"]*)", files[name].decode())
        assert said
        for address in said:
            assert address.removeprefix("https://kept.example/2013/") in files, (name, address)
    assert 'href="../feed.xml"' in files[f"a/{site.pk}.html"].decode()
    assert json.loads(files["manifest.json"])["sha256"].keys() >= {"feed.xml", "sitemap.xml"}


def test_pictures_and_files_by_their_other_address_and_pages_that_stay_behind(
    site, tmp_path, settings
):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["edu.example"], True
    picture, file = site.pictures.get(), site.files.get()
    site.live.html = (
        f'<img src="/portal/pictures/{picture.pk}/" alt="树">'
        f'<a href="/portal/files/{file.pk}/">表</a><a href="/portal/search/?q=1">找</a>'
    )
    site.live.save()
    folder = tmp_path / "out"
    call_command("publish", str(folder), verbosity=0)

    page = (folder / f"a/{site.pk}.html").read_text()
    assert f'src="{site.pk}/1.png"' in page
    assert f'href="{site.pk}/files/{file.pk}-' in page
    assert 'href="https://edu.example/portal/search/?q=1"' in page
    assert "https://edu.example/a/" in (folder / "feed.xml").read_text()


def test_links_to_former_addresses_lead_to_the_files_of_their_articles(site, tmp_path):
    other = published("另一篇", column=site.column, unit=site.unit)
    hidden = published("撤下的", column=site.column, unit=site.unit, expires_at=NINE)
    OldAddress.objects.create(address="/news/show.html?id=3", article=other)
    OldAddress.objects.create(address="/news/4.html", article=hidden)
    site.live.html = '<p><a href="/news/show.html?id=3#b">看</a> <a href="/news/4.html">看</a></p>'
    site.live.save()

    call_command("publish", tmp_path / "site")
    page = (tmp_path / "site" / "a" / f"{site.pk}.html").read_text()

    assert f'<a href="{other.pk}.html#b">看</a>' in page
    assert '<a href="http://localhost/news/4.html">看</a>' in page


def test_the_same_content_gives_the_same_folder_byte_for_byte(site, tmp_path, settings):
    call_command("publish", str(tmp_path / "one"), verbosity=0)
    ViewCount.objects.create(article=site, day=NINE.date(), times=7)
    settings.TAIHUA_TODAY = NINE.date() + timedelta(days=1)
    call_command("publish", str(tmp_path / "two"), verbosity=0)

    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_what_is_withdrawn_goes_when_it_is_written_again(site, tmp_path):
    folder = tmp_path / "out"
    call_command("publish", str(folder), verbosity=0)
    Article.objects.filter(pk=site.pk).update(expires_at=NINE)
    call_command("publish", str(folder), verbosity=0)

    assert f"a/{site.pk}.html" not in files_of(folder)
    call_command("publish", str(folder), check=True, verbosity=0)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "index.html").write_text("别的"), "被改动：index.html"),
        (lambda folder: (folder / "index.html").unlink(), "缺少：index.html"),
        (lambda folder: (folder / "more.html").write_text("x"), "清单里没有：more.html"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "签名不对"),
        (lambda folder: (folder / "manifest.sig").write_text("AAAA"), "签名不对"),
    ],
    ids=["changed", "missing", "strange", "other list", "other seal"],
)
def test_a_spoilt_folder_is_told_by_what_is_wrong(site, tmp_path, spoil, said):
    folder = tmp_path / "out"
    call_command("publish", str(folder), verbosity=0)
    call_command("publish", str(folder), check=True, verbosity=0)
    spoil(folder)

    with pytest.raises(CommandError, match=said):
        call_command("publish", str(folder), check=True, verbosity=0)


def test_elsewhere_it_is_checked_with_the_key_that_is_given(site, tmp_path, settings):
    folder = tmp_path / "out"
    call_command("publish", str(folder), verbosity=0)
    public = tmp_path / "public"
    public.write_bytes((folder / "manifest.pub").read_bytes())
    settings.HOME = tmp_path / "elsewhere"

    call_command("publish", str(folder), check=True, verbosity=0)
    call_command("publish", str(folder), check=True, key=str(public), verbosity=0)
    call_command("publish", str(tmp_path / "other"), verbosity=0)
    with pytest.raises(CommandError, match="签名不对"):
        call_command("publish", str(folder), check=True, verbosity=0)


def test_the_key_is_private(site, tmp_path, settings):
    call_command("publish", str(tmp_path / "out"), verbosity=0)

    assert (Path(settings.HOME) / "portal.key").stat().st_mode & 0o777 == 0o600


def test_a_folder_with_other_things_in_it_is_left_alone(db, tmp_path):
    (tmp_path / "letter.txt").write_text("重要")

    with pytest.raises(CommandError, match="别的东西"):
        call_command("publish", str(tmp_path), verbosity=0)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_list_that_names_something_outside_takes_nothing_away(db, tmp_path):
    outside, folder = tmp_path / "letter.txt", tmp_path / "out"
    outside.write_text("重要")
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({"sha256": {"../letter.txt": "x"}}))
    call_command("publish", str(folder), verbosity=0)

    assert outside.read_text() == "重要"


def test_a_folder_that_cannot_be_read_says_so(db, tmp_path):
    with pytest.raises(CommandError, match="读写"):
        call_command("publish", str(tmp_path / "nothing"), check=True, verbosity=0)


def test_the_index_is_made_anew_by_a_command(db, capsys):
    published()
    call_command("reindex")

    assert "1 篇" in capsys.readouterr().out


def test_style_sheets_come_along_under_their_lasting_names(site, tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    folder = tmp_path / "out"
    call_command("publish", str(folder), verbosity=0)

    page = (folder / f"a/{site.pk}.html").read_text()
    sheets = re.findall(r'rel="stylesheet"\s+href="([^"]*)"', page)
    assert any(re.fullmatch(r"\.\./static/portal/public\.[0-9a-f]{12}\.css", one) for one in sheets)
    for sheet in sheets:
        assert (folder / "a" / sheet).resolve().is_file()


@given(st.dictionaries(st.text(max_size=8), st.binary(max_size=8), max_size=5))
def test_a_list_says_what_it_was_made_of(files):
    sums = plain.listed(plain.listing(files))

    assert sums.keys() == files.keys()
    assert plain.differences(sums, sums) == {"missing": [], "changed": [], "strange": []}


@given(st.text(max_size=100))
def test_a_name_never_leads_out_of_its_folder(name):
    safe = plain.safe_name(name)

    assert safe not in {"", ".", ".."}
    assert not set(safe) & set("/\\\0")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"sha256": 1}', b"\xff"])
def test_what_is_no_list_lists_nothing(content):
    assert plain.listed(content) == {}

"""Columns, moving, files and the words of a Word file, through the pages."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from taihua.rooms.portal.actions.articles import write
from taihua.rooms.portal.models import Article, Column
from tests.factories import NINE
from tests.rooms.portal.conftest import png, words


def test_a_word_file_fills_the_form_and_saves_nothing(logged_in, news, shen):
    document, packed = Document(), BytesIO()
    for line in ("冬季长跑", "每天一圈。"):
        document.add_paragraph(line)
    document.save(packed)
    browser = logged_in(shen)

    answer = browser.post(
        "/portal/desk/new/",
        {"fill": "1", "word-file": SimpleUploadedFile("x.docx", packed.getvalue())},
    )
    refused = browser.post(
        "/portal/desk/new/", {"fill": "1", "word-file": SimpleUploadedFile("x.docx", b"x")}
    )

    assert 'value="冬季长跑"' in answer.text
    assert "每天一圈。" in answer.text
    assert "这个文件读不了" in refused.text
    assert not Article.objects.exists()


def test_columns_are_kept_in_pages(logged_in, su, news):
    browser = logged_in(su)
    told = {"title": "专题", "slug": "features", "place": "2", "is_open": "on"}
    browser.post("/portal/columns/new/", told)
    column = Column.objects.get(slug="features")
    browser.post(
        f"/portal/columns/{column.pk}/",
        {**told, "title": "专题专栏", "above": news.pk, "is_open": ""},
    )
    again = browser.post("/portal/columns/new/", told)

    column.refresh_from_db()
    assert (column.title, column.above, column.is_open) == ("专题专栏", news, False)
    assert "已经有栏目用了" in again.text
    assert "已关" in browser.get("/portal/columns/").text


def test_a_closed_column_hides_its_articles_from_everybody(logged_in, client, su, published, news):
    logged_in(su).post(
        f"/portal/columns/{news.pk}/", {"title": "工作动态", "slug": "news", "place": "1"}
    )

    assert client.get(f"/portal/a/{published.pk}/").status_code == 404


def test_what_is_public_is_moved_by_the_party_office(logged_in, published, su, shen):
    other = Column.objects.create(slug="campus", title="校园风采")
    address = f"/portal/desk/{published.pk}/place/"
    logged_in(shen).post(address, {"move-column": other.pk})
    published.refresh_from_db()
    assert published.column != other

    logged_in(su).post(address, {"move-column": other.pk})
    published.refresh_from_db()
    assert published.column == other


def test_files_and_pictures_come_and_go(logged_in, draft, shen):
    browser, base = logged_in(shen), f"/portal/desk/{draft.pk}"
    browser.post(f"{base}/files/", {"attachment-file": SimpleUploadedFile("表.pdf", b"%PDF-1")})
    browser.post(
        f"{base}/pictures/",
        {"picture-picture": SimpleUploadedFile("x.png", png()), "picture-alt": "操场"},
    )
    refused = browser.post(
        f"{base}/files/", {"attachment-file": SimpleUploadedFile("x.exe", b"MZ")}
    )
    file, picture = draft.files.get(), draft.pictures.get()
    answer = browser.get(f"/portal/files/{file.pk}/")

    assert "收不了" in refused.text
    assert answer.content == b"%PDF-1"
    assert "attachment" in answer["Content-Disposition"]
    browser.post(f"/portal/desk/files/{file.pk}/remove/")
    browser.post(f"/portal/desk/pictures/{picture.pk}/remove/")
    assert not draft.files.exists()
    assert not draft.pictures.exists()


def test_a_correction_shows_what_it_changes_and_asks_for_no_place(logged_in, published, shen):
    browser = logged_in(shen)
    form = browser.get(f"/portal/desk/{published.pk}/edit/")
    assert 'name="column"' not in form.text
    told = {"title": "全区秋季开学检查", "text": "一行是一段。\n又改了一段。", "expected": 1}
    browser.post(f"/portal/desk/{published.pk}/edit/", told)

    page = browser.get(f"/portal/desk/{published.pk}/").text
    assert "比第 1 稿改了什么" in page
    assert re.search(r"<ins\s*>改了</ins>", page)


@pytest.mark.parametrize("step", ["pass", "give-back", "issue", "withdraw", "restore", "hand-in"])
def test_a_step_of_what_one_may_not_see_is_not_there(logged_in, draft, wu, step):
    answer = logged_in(wu).post(f"/portal/desk/{draft.pk}/{step}/", {"expected": 1})

    assert answer.status_code == 404
    assert not draft.newest.steps.exists()


@pytest.mark.parametrize("revisions", [1, 3, 30])
def test_the_page_of_an_article_costs_the_same_however_long_its_history(
    logged_in, django_assert_max_num_queries, draft, su, revisions
):

    for number in range(1, revisions):
        write(
            article=draft,
            words=words(text=f"第 {number} 次。"),
            place=None,
            expected=number,
            by=su.account,
            at=NINE,
        )
    browser = logged_in(su)

    with django_assert_max_num_queries(32):
        assert browser.get(f"/portal/desk/{draft.pk}/").status_code == 200

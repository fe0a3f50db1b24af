"""Numbers in the files beside an article stop it like those in its words; what nobody read is named."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.pictures import add_file, keep_file
from taihua.rooms.portal.actions.review import Sensitive, hand_in, issue, pass_on
from taihua.rooms.portal.queries.attached import not_looked_into
from tests.factories import NINE

PERSON = "11010519491231002X"


def word(said):
    out = BytesIO()
    with ZipFile(out, "w") as into:
        into.writestr("word/document.xml", f"<w:p><w:t>{said}</w:t></w:p>")
    return out.getvalue()


def add(article, by, name="资助名单.docx", content=None, said="张三"):
    return add_file(article=article, name=name, content=content or word(said), by=by.account)


def test_a_file_with_an_identity_number_is_not_taken_and_it_says_where(draft, shen):
    with pytest.raises(ArticleRefused, match=r"附件“资助名单\.docx”里有不能公开的号码") as told:
        add(draft, shen, said=f"张三，{PERSON}")

    assert PERSON not in str(told.value)
    assert not draft.files.exists()


def test_nor_beside_an_article_that_is_public_already(published, lin):
    with pytest.raises(ArticleRefused, match="不能公开的号码"):
        add(published, lin, said="6222 4111111111111111")

    assert not published.files.exists()


def test_what_came_in_before_stops_the_article_all_the_same(draft, shen):
    keep_file(draft, "名单.docx", "application/msword", word(PERSON))

    with pytest.raises(Sensitive) as told:
        hand_in(article=draft, expected=1, by=shen.account, at=NINE)

    assert [each.where for each in told.value.findings] == ["附件“名单.docx”里"]


def test_a_mobile_number_in_a_file_asks_the_issuer_for_a_reason(draft, shen, su, lin):
    add(draft, shen, said="联系 13800138000")
    hand_in(article=draft, expected=1, by=shen.account, at=NINE)
    pass_on(article=draft, expected=1, by=su.account, at=NINE)

    with pytest.raises(Sensitive, match="手机号码"):
        issue(article=draft, expected=1, by=lin.account, at=NINE)
    issued = issue(
        article=draft, expected=1, by=lin.account, at=NINE, reason="值班电话，本人同意。"
    )

    assert issued.live is not None


def test_those_who_read_the_draft_are_told_which_files_they_have_to_open(draft, shen, logged_in):
    page = reverse("portal:draft", args=[draft.pk])
    add(draft, shen, "名单.docx")
    without = logged_in(shen).get(page).text
    add(draft, shen, "扫描件.pdf", b"%PDF-1.4")
    told = logged_in(shen).get(page).text

    assert "这些附件请打开看过" not in without
    assert "这些附件请打开看过" in told
    assert not_looked_into(draft) == ["扫描件.pdf"]


def test_a_file_is_looked_into_once(draft, shen, django_assert_num_queries):
    add(draft, shen)
    not_looked_into(draft)

    with django_assert_num_queries(1):
        assert not_looked_into(draft) == []

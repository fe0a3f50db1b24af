"""A file of old articles is chosen once: what was looked at is what is taken in."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taihua.rooms.portal.actions.bringing_in import brought_by, keep_brought
from taihua.rooms.portal.models import Article, BroughtFile
from tests.factories import NINE

BRING = "/portal/desk/bring/"
SHEET = "标题,发布时间,正文\n旧文章,2012-05-06,一段话。\n".encode()


@pytest.fixture
def send(news, bureau, su, logged_in):
    """Send the form as the clerk, or as somebody else."""

    def post(who=su, **told):
        asked = {"column": news.pk, "unit": bureau.pk, **told}
        return logged_in(who).post(BRING, asked, follow=True)

    return post


def sheet(content=SHEET, name="old.csv"):
    return SimpleUploadedFile(name, content)


def test_what_was_looked_at_is_taken_without_choosing_it_again(send):
    looked = send(file=sheet())
    kept = looked.context["form"]["kept"].value()
    assert "已收下“old.csv”，不用再选" in looked.text
    assert f'name="kept" value="{kept}"' in looked.text
    assert not Article.objects.exists()

    taken = send(kept=kept, take="1")

    assert "带入 1 篇" in taken.text
    assert [each.live.title for each in Article.objects.all()] == ["旧文章"]
    assert not BroughtFile.objects.exists()


def test_a_file_that_is_chosen_now_takes_the_place_of_the_one_before(send):
    kept = send(file=sheet()).context["form"]["kept"].value()

    send(kept=kept, file=sheet(SHEET.replace("旧".encode(), "新".encode())), take="1")

    assert [each.live.title for each in Article.objects.all()] == ["新文章"]


def test_another_clerk_does_not_take_what_he_has_not_seen(send, keeper):
    kept = send(file=sheet()).context["form"]["kept"].value()

    answer = send(who=keeper, kept=kept, take="1")

    assert "先前传的文件已经不在了" in answer.text
    assert not Article.objects.exists()
    assert BroughtFile.objects.count() == 1


def test_without_any_file_the_page_asks_for_one(send):
    assert "请选一个压缩包或表格。" in send().text


def test_what_cannot_be_read_is_not_kept(send):
    answer = send(file=sheet(b"nothing", "x.zip"))

    assert "打不开" in answer.text
    assert "不用再选" not in answer.text
    assert not BroughtFile.objects.exists()


def test_with_one_article_wrong_none_is_taken_and_the_file_waits(send):
    content = SHEET + ",2012-05-07,没有标题。\n".encode()

    answer = send(file=sheet(content), take="1")

    assert "一篇也没有带入" in answer.text
    assert "不用再选" in answer.text
    assert not Article.objects.exists()


def test_an_empty_file_is_refused(send):
    assert not BroughtFile.objects.exists()
    assert "error" in send(file=sheet(b"")).text


def test_what_nobody_came_back_for_is_let_go_after_a_day(su, keeper):
    old = keep_brought(name="a/b.zip", content=b"x", by=su.account, at=NINE)
    near = keep_brought(name="c.zip", content=b"y", by=su.account, at=NINE + timedelta(hours=24))
    assert brought_by(su.account, old.pk) == old
    last = keep_brought(name="d.zip", content=b"z", by=su.account, at=NINE + timedelta(hours=25))

    assert old.name == "b.zip"
    assert set(BroughtFile.objects.all()) == {near, last}
    assert brought_by(su.account, old.pk) is None
    assert brought_by(keeper, near.pk) is None

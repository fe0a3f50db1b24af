"""The desk and the pages of an article: who sees what, what a step does, nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taihua.kernel.drafts import actions as draft_actions
from taihua.rooms.portal.actions.articles import Place, begin, newest_of, write
from taihua.rooms.portal.actions.review import hand_in
from taihua.rooms.portal.forms.articles import ArticleForm
from taihua.rooms.portal.models import Article
from tests.factories import NINE, UnitFactory
from tests.rooms.portal.conftest import png, words
from tests.rooms.portal.factories import ColumnFactory

DESK = "/portal/desk/"


def page(article, name="draft"):
    return reverse(f"portal:{name}", args=[article.pk])


def filled(news, school, **changed):
    told = {"column": news.pk, "unit": school.pk, "title": "开学第一课", "text": "正文。"}
    return {**told, **changed}


def test_an_article_goes_from_a_clerk_by_a_reviewer_and_an_issuer_to_everybody(
    logged_in, client, news, school, shen, su, lin
):
    browser = logged_in(shen)
    browser.post("/portal/desk/new/", filled(news, school))
    article = Article.objects.get()
    browser.post(page(article, "hand-in"), {"expected": 1})
    assert "去审核" in logged_in(su).get(DESK).text
    logged_in(su).post(page(article, "pass"), {"expected": 1})
    assert "去签发" in logged_in(lin).get(DESK).text
    hidden = client.get(f"/portal/a/{article.pk}/").status_code
    logged_in(lin).post(page(article, "issue"), {"expected": 1})

    assert hidden == 404
    assert "开学第一课" in client.get(f"/portal/a/{article.pk}/").text
    assert "开学第一课" in browser.get(DESK).text


def test_what_waits_for_me_stands_on_the_desk_of_the_house(logged_in, handed_in, su):
    assert "等您审核" in logged_in(su).get("/").text


def test_nobody_else_finds_a_draft(logged_in, draft, wu, zhou):
    assert logged_in(wu).get(page(draft)).status_code == 404
    assert logged_in(zhou).get(page(draft)).status_code == 404
    assert logged_in(wu).get(DESK).status_code == 200
    assert "秋季开学检查" not in logged_in(wu).get(DESK).text


def test_a_form_that_is_refused_keeps_what_was_typed(logged_in, news, school, shen):
    told = filled(news, school, title="", text="很长的一段话。")

    answer = logged_in(shen).post("/portal/desk/new/", told)

    assert "很长的一段话。" in answer.text
    assert not Article.objects.exists()


def test_the_units_stand_as_a_tree_behind_ones_own(bureau, school, su):
    section = UnitFactory(kind="section", parent=bureau)

    form = ArticleForm(by=su.account, initial={"unit": section.pk})

    told = [str(label) for _value, label in form.fields["unit"].choices]
    assert told[:3] == ["请选择", section.name, bureau.name]
    assert f"\u3000{school.name}" in told[3:]
    assert sum(section.name in each for each in told) == 1


@pytest.fixture
def overtaken(logged_in, draft, shen, su, news, school):
    """沈老师 saves what she wrote while 苏禾 was faster; tells the answer she gets."""

    def late(theirs=None, **typed):
        first = words(**(theirs or {"text": "一行是一段。\n苏禾先存的。"}))
        write(article=draft, words=first, place=None, expected=1, by=su.account, at=NINE)
        told = filled(news, school, **{"title": first.title, "source": first.source, **typed})
        return logged_in(shen).post(page(draft, "edit-article"), {**told, "expected": 1})

    return late


def sides(answer, name):
    """What stands on either side of a field in which two texts differ, marks and all."""
    told = answer.text.split(f"{name}：两份不一样")[1].split("diff changes")[1:3]
    return [re.sub(r"\s+", "", side.split("</div>")[0].split(">", 1)[1]) for side in told]


def test_two_who_edit_see_both_texts_side_by_side_with_what_differs(overtaken, draft):
    answer = overtaken(text="一行是一段。\n沈青后存的。")

    assert answer.status_code == 409
    assert sides(answer, "正文") == [
        "<p>一行是一段。</p><del>苏禾先</del>存的。",
        "<p>一行是一段。</p><ins>沈青后</ins>存的。",
    ]
    assert "一行是一段。\n沈青后存的。</textarea>" in answer.text
    assert "标题：两份不一样" not in answer.text
    assert newest_of(draft).text == "一行是一段。\n苏禾先存的。"


def test_every_field_that_differs_is_shown_by_its_words(overtaken, news):
    other = ColumnFactory(title="校园风采", place=5)

    answer = overtaken(text="甲。", column=other.pk, published_at="2013-12-16T08:00")

    assert sides(answer, "栏目") == ["<del>工作动态</del>", "<ins>校园风采</ins>"]
    assert sides(answer, "发布时间") == ["", "<ins>2013-12-1608:00:00</ins>"]
    assert "供稿单位：两份不一样" not in answer.text


def test_the_same_text_twice_needs_no_second_saving(overtaken):
    answer = overtaken(theirs={"text": "一样的。"}, text="一样的。")

    assert "两份文字一样，不用再存" in answer.text


def test_what_came_too_late_is_kept_as_a_draft_of_its_writer_without_a_script(
    overtaken, logged_in, shen, draft
):
    key = str(uuid4())
    address = page(draft, "edit-article")
    told = overtaken(text="沈青后存的。", once=key, **kept_by(address)).text

    reopened = logged_in(shen).get(f"{address}?draft={key}").text

    assert "您的文字也存成了草稿" in told
    assert "沈青后存的。" in reopened
    assert "还没有交的草稿" in reopened


def kept_by(address):
    return {
        "draft-place": address,
        "draft-label": "改文章",
        "draft-number": "0",
        "draft-hand": str(uuid4()),
    }


def test_a_text_too_long_for_a_draft_is_said_and_stays_in_the_form(overtaken, draft, monkeypatch):
    monkeypatch.setattr(draft_actions, "MOST_SIGNS", 3)

    answer = overtaken(
        text="沈青后存的。", once=str(uuid4()), **kept_by(page(draft, "edit-article"))
    )

    assert "草稿存不下" in answer.text
    assert "您的文字也存成了草稿" not in answer.text
    assert "沈青后存的。</textarea>" in answer.text


def test_saving_again_after_being_told_takes_the_second_text_and_keeps_the_first(
    logged_in, draft, shen, su, news, school
):
    write(article=draft, words=words(text="先。"), place=None, expected=1, by=su.account, at=NINE)

    logged_in(shen).post(
        page(draft, "edit-article"), filled(news, school, text="并好的。", expected=2)
    )

    texts = draft.revisions.order_by("number").values_list("text", flat=True)
    assert list(texts) == ["一行是一段。\n又一段。", "先。", "并好的。"]


def test_a_number_in_the_text_is_shown_with_its_place_and_what_to_do(
    logged_in, draft, shen, news, school
):
    browser = logged_in(shen)
    text = "身份证 11010519491231002X，电话 0431-5550123。"
    browser.post(page(draft, "edit-article"), filled(news, school, text=text, expected=1))

    answer = browser.post(page(draft, "hand-in"), {"expected": 2})

    assert "像身份证号码" in answer.text
    assert "11010519491231002X" not in answer.text.split("findings")[1].split("</section>")[0]
    assert not draft.revisions.get(number=2).steps.exists()


def test_a_picture_is_taken_by_what_it_is_and_needs_words(logged_in, draft, shen):
    browser = logged_in(shen)
    browser.post(
        page(draft, "add-picture"),
        {"picture-picture": SimpleUploadedFile("x.png", png(30, 20)), "picture-alt": "操场"},
    )
    refused = browser.post(
        page(draft, "add-picture"),
        {"picture-picture": SimpleUploadedFile("y.png", b"GIF9"), "picture-alt": "操场"},
    )
    wordless = browser.post(
        page(draft, "add-picture"), {"picture-picture": SimpleUploadedFile("z.png", png())}
    )

    assert [(p.width, p.height, p.media_type) for p in draft.pictures.all()] == [
        (30, 20, "image/png")
    ]
    assert "这不是网页能显示的图片" in refused.text
    assert wordless.status_code == 200


def test_a_picture_is_seen_by_everybody_only_once_its_article_is_public(
    logged_in, client, draft, shen, wu
):
    logged_in(shen).post(
        page(draft, "add-picture"),
        {"picture-picture": SimpleUploadedFile("x.png", png()), "picture-alt": "操场"},
    )
    address = f"/portal/pictures/{draft.pictures.get().pk}/"

    assert client.get(address).status_code == 404
    assert logged_in(wu).get(address).status_code == 404
    assert logged_in(shen).get(address).content == png()
    draft.live, draft.published_at = draft.newest, NINE
    draft.save()
    assert client.get(address)["Content-Type"] == "image/png"


def test_a_step_that_was_refused_says_why_on_the_page(logged_in, handed_in, su):
    answer = logged_in(su).post(page(handed_in, "give-back"), {"expected": 1, "reason": " "})

    assert "请写明退回的原因" in answer.text
    assert handed_in.newest.steps.count() == 1


def test_a_public_article_is_taken_down_with_a_reason_and_put_back(
    logged_in, client, published, lin
):
    browser, address = logged_in(lin), f"/portal/a/{published.pk}/"
    browser.post(page(published, "withdraw"), {"reason": ""})
    assert client.get(address).status_code == 200

    browser.post(page(published, "withdraw"), {"reason": "数字有误"})
    assert client.get(address).status_code == 404
    assert "数字有误" in browser.get(page(published)).text

    browser.post(page(published, "restore"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_desk_costs_the_same_however_many_articles(
    logged_in, django_assert_max_num_queries, news, school, shen, su, count
):
    place = Place(column=news, unit=school)
    for _number in range(count):
        article = begin(words=words(), place=place, by=shen.account, at=NINE)
        hand_in(article=article, expected=1, by=shen.account, at=NINE)
    browser = logged_in(su)

    with django_assert_max_num_queries(24):
        assert browser.get(DESK).status_code == 200

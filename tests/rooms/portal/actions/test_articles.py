"""Writing: every saving is kept, nobody's text is lost, what is public stays until it is issued."""

from datetime import timedelta
from uuid import uuid4

import pytest

from taihua.rooms.portal.actions.articles import (
    ArticleRefused,
    Overtaken,
    Place,
    Words,
    add_revision,
    begin,
    move,
    newest_of,
    rewrite,
    write,
)
from taihua.rooms.portal.actions.columns import About, change_column, open_column
from taihua.rooms.portal.actions.pictures import (
    add_file,
    add_picture,
    remove_file,
    remove_picture,
)
from taihua.rooms.portal.enums import Form
from taihua.rooms.portal.models import Article, Column
from tests.factories import NINE
from tests.rooms.portal.conftest import png, words
from tests.rooms.portal.factories import ArticleFactory


def saved(article, by, expected, **changed):
    return write(
        article=article,
        words=words(**changed),
        place=None,
        expected=expected,
        by=by.account,
        at=NINE,
    )


def test_begun_twice_under_one_key_it_is_begun_once(news, school, shen):
    told = {"words": words(), "place": Place(column=news, unit=school), "by": shen.account}
    key = uuid4()

    first = begin(**told, at=NINE, once=key)
    second = begin(**told, at=NINE, once=key)

    assert first == second
    assert Article.objects.count() == 1


def test_nobody_drafts_for_a_unit_that_is_not_theirs(news, other_school, shen):
    with pytest.raises(ArticleRefused, match="您不能替苔花二小供稿"):
        begin(
            words=words(),
            place=Place(column=news, unit=other_school),
            by=shen.account,
            at=NINE,
        )

    assert not Article.objects.exists()


def test_a_closed_column_takes_nothing(news, school, shen):
    news.is_open = False
    news.save()

    with pytest.raises(ArticleRefused, match="已关闭"):
        begin(words=words(), place=Place(column=news, unit=school), by=shen.account, at=NINE)


def test_the_same_words_again_are_no_new_revision(draft, shen):
    saved(draft, shen, 1)
    saved(draft, shen, 1, text="改过的。")

    assert [r.number for r in draft.revisions.order_by("number")] == [1, 2]


def test_who_comes_too_late_is_told_whose_text_counts(draft, shen, su):
    saved(draft, su, 1, text="苏禾的。")

    with pytest.raises(Overtaken, match="苏禾先存了第 2 稿") as told:
        saved(draft, shen, 1, text="沈青的。")

    assert told.value.theirs.text == "苏禾的。"
    assert newest_of(draft).text == "苏禾的。"


def test_somebody_of_another_school_writes_nothing(draft, wu):
    with pytest.raises(ArticleRefused, match="不归您改"):
        saved(draft, wu, 1, text="别人的。")


def test_a_correction_leaves_what_is_public_as_it_is(published, shen):
    saved(published, shen, 1, text="更正。")

    published.refresh_from_db()
    assert published.live.number == 1
    assert published.newest.number == 2


def test_moving_a_text_under_review_begins_the_review_anew(handed_in, shen, school):
    other = Column.objects.create(slug="campus", title="校园风采")
    write(
        article=handed_in,
        words=words(),
        place=Place(column=other, unit=school),
        expected=1,
        by=shen.account,
        at=NINE,
    )

    handed_in.refresh_from_db()
    assert handed_in.column == other
    assert not newest_of(handed_in).steps.exists()


def test_only_the_party_office_moves_what_is_public(published, su, shen):
    other = Column.objects.create(slug="campus", title="校园风采")
    with pytest.raises(ArticleRefused, match="党办文员"):
        move(article=published, column=other, expires_at=None, by=shen.account)
    with pytest.raises(ArticleRefused, match="撤下时间"):
        move(article=published, column=other, expires_at=NINE, by=su.account)

    move(article=published, column=other, expires_at=NINE + timedelta(days=9), by=su.account)

    published.refresh_from_db()
    assert published.column == other


def test_words_that_were_brought_in_are_not_written_here(draft, shen):
    old = Words(title="旧文章", text="<p>旧的。</p>")
    add_revision(draft, old, None, NINE, html="<p>旧的。</p>", form=Form.HTML)

    with pytest.raises(ArticleRefused, match=r"不是在这里写的.*撤下后另写一篇"):
        saved(draft, shen, 2, text="新的。")
    rewrite(draft, shen.account, NINE)

    assert newest_of(draft).html == "<p>旧的。</p>"
    assert draft.revisions.count() == 2


def test_the_party_office_moves_nothing_into_a_closed_column(published, su):
    closed = Column.objects.create(slug="closed", title="旧栏目", is_open=False)

    with pytest.raises(ArticleRefused, match="栏目“旧栏目”已关闭，请换一个"):
        move(article=published, column=closed, expires_at=None, by=su.account)

    published.refresh_from_db()
    assert published.column.title == "工作动态"


def test_an_article_without_words_is_a_mistake_of_ours_and_said_by_its_number(db):
    empty = ArticleFactory()

    with pytest.raises(LookupError, match=f"article {empty.pk} has no words"):
        newest_of(empty)


# --- pictures and files -----------------------------------------------------------------------------


def pictured(article, by, content=None, alt="操场"):
    return add_picture(
        article=article,
        content=png() if content is None else content,
        alt=alt,
        caption="",
        by=by.account,
        at=NINE,
    )


def test_a_picture_for_which_the_text_waits_shows_in_a_new_revision(draft, shen):
    saved(draft, shen, 1, text="前。\n【图1】")
    picture = pictured(draft, shen)

    newest = newest_of(draft)
    assert newest.number == 3
    assert f'src="/portal/pictures/{picture.pk}/"' in newest.html


def test_a_picture_without_words_or_of_foreign_bytes_is_refused(draft, shen):
    with pytest.raises(ArticleRefused, match="图里有什么"):
        pictured(draft, shen, alt="  ")
    with pytest.raises(ArticleRefused, match="不是网页能显示的图片"):
        pictured(draft, shen, content=b"<svg/>")
    with pytest.raises(ArticleRefused, match="超过了 8 MB"):
        pictured(draft, shen, content=png() + b"\0" * 9 * 2**20)

    assert not draft.pictures.exists()


def test_a_picture_of_the_public_text_stays(published, shen):
    saved(published, shen, 1, text="【图1】")
    picture = pictured(published, shen)
    published.live = newest_of(published)
    published.save()

    with pytest.raises(ArticleRefused, match="公开的正文还用着"):
        remove_picture(picture=picture, by=shen.account, at=NINE)

    assert published.pictures.exists()


def test_a_picture_that_is_let_go_leaves_the_draft_too(draft, shen):
    saved(draft, shen, 1, text="【图1】\n后。")
    picture = pictured(draft, shen)
    remove_picture(picture=picture, by=shen.account, at=NINE)

    assert "<img" not in newest_of(draft).html


def test_a_file_is_what_its_name_says_and_bears_a_name_of_its_own(draft, shen):
    kept = add_file(article=draft, name="a/b\\表.pdf", content=b"%PDF-1.4", by=shen.account)
    with pytest.raises(ArticleRefused, match="已经有叫"):
        add_file(article=draft, name="表.pdf", content=b"%PDF-1.4", by=shen.account)
    for name, content in (("x.exe", b"MZ"), ("x.pdf", b"MZ"), ("x.html", b"<p>"), ("x.pdf", b"")):
        with pytest.raises(ArticleRefused):
            add_file(article=draft, name=name, content=content, by=shen.account)

    assert kept.name == "表.pdf"
    assert draft.files.count() == 1


def test_a_file_that_says_nothing_is_refused(draft, shen):
    with pytest.raises(ArticleRefused, match="附件要有内容，而且不超过 20 MB"):
        add_file(article=draft, name="空的.txt", content=b"", by=shen.account)
    with pytest.raises(ArticleRefused, match="附件要有内容，而且不超过 20 MB"):
        add_file(article=draft, name="大的.txt", content=b"x" * (20 * 2**20 + 1), by=shen.account)

    assert not draft.files.exists()


def test_somebody_of_another_school_adds_no_picture_and_no_file(draft, wu):
    with pytest.raises(ArticleRefused, match="不归您改"):
        pictured(draft, wu)
    with pytest.raises(ArticleRefused, match="不归您改"):
        add_file(article=draft, name="x.pdf", content=b"%PDF", by=wu.account)

    assert not draft.pictures.exists()
    assert not draft.files.exists()


def test_a_picture_that_the_text_does_not_show_comes_and_goes_without_a_revision(draft, shen):
    picture = pictured(draft, shen)
    remove_picture(picture=picture, by=shen.account, at=NINE)

    assert newest_of(draft).number == 1


def test_files_are_not_changed_under_the_eyes_of_a_reviewer(handed_in, shen):
    with pytest.raises(ArticleRefused, match="已经送审"):
        add_file(article=handed_in, name="x.pdf", content=b"%PDF", by=shen.account)


def test_files_of_a_public_article_are_changed_by_who_issues(published, shen, lin):
    with pytest.raises(ArticleRefused, match="由签发人来换"):
        add_file(article=published, name="x.pdf", content=b"%PDF", by=shen.account)
    file = add_file(article=published, name="x.pdf", content=b"%PDF", by=lin.account)
    remove_file(file=file, by=lin.account)

    assert not published.files.exists()


# --- columns ----------------------------------------------------------------------------------------


def test_columns_are_opened_renamed_and_closed_by_the_party_office(su, shen, news):
    about = About(title="专题专栏", slug="features")
    with pytest.raises(ArticleRefused, match="党办文员"):
        open_column(about=about, by=shen.account)
    column = open_column(about=about, by=su.account)
    with pytest.raises(ArticleRefused, match="已经有栏目用了"):
        change_column(column=column, about=About(title="x", slug="news"), by=su.account)

    change_column(
        column=column, about=About(title="专题", slug="features", is_open=False), by=su.account
    )

    column.refresh_from_db()
    assert (column.title, column.is_open) == ("专题", False)


def test_a_column_never_stands_in_itself(su, news):
    below = open_column(about=About(title="下", slug="below", above=news), by=su.account)

    with pytest.raises(ArticleRefused, match="自己下面"):
        change_column(
            column=news, about=About(title="工作动态", slug="news", above=below), by=su.account
        )

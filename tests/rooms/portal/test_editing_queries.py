"""What those who write have before them, and what everybody finds under a column."""

from taihua.rooms.portal.enums import Stage
from taihua.rooms.portal.queries.editing import (
    changes_since,
    findings_in,
    history_of,
    published_for,
    stage,
)
from taihua.rooms.portal.queries.public import family, places
from tests.factories import NINE
from tests.rooms.portal.factories import ArticleFactory, ColumnFactory


def test_an_article_without_words_is_a_draft_with_nothing_to_find_or_compare(db):
    empty = ArticleFactory()

    assert stage(empty) == Stage.DRAFT
    assert findings_in(empty) == []
    assert changes_since(empty, 1) == []
    assert history_of(empty) == []


def test_what_never_was_is_compared_with_nothing(draft):
    assert changes_since(draft, 7) == []


def test_a_column_and_all_below_it_are_one_family_however_deep(db):
    top, beside = ColumnFactory(title="上"), ColumnFactory(title="旁")
    below = ColumnFactory(title="下", above=top)
    deepest = ColumnFactory(title="最下", above=below)
    closed = ColumnFactory(title="关了的", above=top, is_open=False)

    tops = places()

    assert set(family(top, tops)) == {top.pk, below.pk, deepest.pk}
    assert set(family(below, tops)) == {below.pk, deepest.pk}
    assert family(beside, tops) == [beside.pk]
    assert family(closed, tops) == []


def test_a_column_below_a_closed_one_stands_free(db):
    closed = ColumnFactory(is_open=False)
    below = ColumnFactory(above=closed)

    assert [place.column for place in places()] == [below]


def test_what_is_public_and_one_may_go_on_with_is_listed_to_its_unit_and_the_issuer(
    published, shen, lin, wu
):
    assert list(published_for(shen.account, NINE)) == [published]
    assert list(published_for(lin.account, NINE)) == [published]
    assert list(published_for(wu.account, NINE)) == []

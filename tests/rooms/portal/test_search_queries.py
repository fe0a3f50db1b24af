"""Searching finds what a plain look through every text finds, on both databases."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.search import stand_in, words_of
from taihua.rooms.portal.actions import indexing
from taihua.rooms.portal.actions.indexing import reindex, reindex_all, unindex
from taihua.rooms.portal.models import Article, SearchEntry
from taihua.rooms.portal.queries.search import (
    articles_numbered,
    found_articles,
    years_of_publication,
)
from taihua.rooms.portal.room.search import found
from tests.factories import NINE, AccountFactory, UnitFactory
from tests.rooms.portal.factories import ColumnFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Few signs, so that words meet: Chinese, letters in all widths, digits, marks, gaps.
SIGNS = "教育局长读书Aaａ1１ -。《》\"'*+_%\\ß"
TEXTS = st.lists(st.text(SIGNS, max_size=14), min_size=1, max_size=5)


def shown(words, **limits):
    return list(found_articles(words, NINE, **limits).numbers)


@given(TEXTS, st.text(SIGNS, min_size=1, max_size=6))
def test_search_finds_what_a_plain_look_through_the_texts_finds(bureau, texts, asked):
    words = words_of(asked)
    if not words:
        return
    Article.objects.update(live=None, newest=None)
    reindex_all()
    column = ColumnFactory()
    articles = [published(text or "空", text, column=column, unit=bureau) for text in texts]
    for article in articles:
        reindex(article)

    expected = [
        article.pk
        for article in reversed(articles)
        if stand_in(words, f"{article.live.title}\n{article.live.plain}")
    ]
    assert shown(words) == expected


def test_a_word_is_not_found_across_a_gap_that_looks_like_it():
    reindex(published("教育", "教育 育局"))

    assert shown(["教育局"]) == []
    assert len(shown(["教育", "育局"])) == 1


def test_the_title_the_source_and_the_writer_are_searched_too():
    article = published(
        "晚八点", "一起读书", source="海州组织部", byline="沈青", summary="读书活动"
    )
    reindex(article)

    for word in ("晚八点", "组织部", "沈青", "书活动", "起读"):
        assert shown([word]) == [article.pk]
    assert shown(["点一"]) == []


def test_what_is_not_public_is_not_found():
    closed = ColumnFactory(is_open=False)
    articles = [
        published(at=NINE + timedelta(minutes=1)),
        published(expires_at=NINE),
        published(column=closed),
    ]
    for article in articles:
        reindex(article)

    assert SearchEntry.objects.count() == 3
    assert shown(["教育"]) == []
    assert found_articles(["教育"], NINE + timedelta(minutes=2)).numbers == (articles[0].pk,)


def test_the_newest_comes_first_and_the_count_is_bounded():
    unit, column = UnitFactory(), ColumnFactory()
    articles = [
        published(at=NINE - timedelta(hours=hours), unit=unit, column=column)
        for hours in (3, 1, 2, 1)
    ]
    for article in articles:
        reindex(article)
    third, first, second, later = [article.pk for article in articles]

    assert shown(["教育"]) == [later, first, second, third]
    answer = found_articles(["教育"], NINE, most=3)
    assert (answer.numbers, answer.more) == ((later, first, second), True)
    assert [each.pk for each in articles_numbered([second, later, 0])] == [second, later]


def test_columns_and_years_narrow_the_answer():
    old = published(at=NINE - timedelta(days=400))
    new = published()
    for article in (old, new):
        reindex(article)

    assert shown(["教育"], columns=[old.column_id]) == [old.pk]
    assert shown(["教育"], columns=[old.column_id, new.column_id]) == [new.pk, old.pk]
    assert shown(["教育"], year=2013) == [new.pk]
    assert shown(["教育"], year=2012, columns=[new.column_id]) == []
    assert years_of_publication(NINE) == [2013, 2012]


def test_an_article_issued_anew_is_found_by_its_new_words_only():
    article = published(text="旧词在此")
    reindex(article)
    article.live.plain = "新语在此"
    article.published_at = NINE - timedelta(hours=1)
    reindex(article)

    assert shown(["旧词"]) == []
    assert shown(["新语"]) == [article.pk]
    assert SearchEntry.objects.count() == 1


def test_an_article_taken_back_is_found_no_more():
    article, other = published(), published()
    for each in (article, other):
        reindex(each)
    unindex(article)
    other.live = None
    reindex(other)

    assert shown(["教育"]) == []
    unindex(article)  # nothing happens


def test_the_index_can_be_made_anew():
    articles = [published(), published()]
    reindex(articles[0])

    assert reindex_all() == 2
    assert shown(["教育"]) == [articles[1].pk, articles[0].pk]


def test_the_index_is_made_in_batches_and_forgets_nobody(monkeypatch):
    articles = [published() for _number in range(5)]
    monkeypatch.setattr(indexing, "A_BATCH", 2)

    assert reindex_all() == 5
    assert shown(["教育"]) == [each.pk for each in reversed(articles)]


def test_where_nothing_is_public_there_is_no_year():
    published(expires_at=NINE)

    assert years_of_publication(NINE) == []


def test_a_search_without_a_word_is_refused():
    with pytest.raises(ValueError, match="no word"):
        found_articles([], NINE)


def test_the_search_of_the_house_asks_for_nothing_and_is_told_nothing():
    published()

    assert list(found(AccountFactory(), [], 10)) == []

"""How often an article is opened is counted, and nothing about whoever opens it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, models
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel import house
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.actions import counting
from taihua.rooms.portal.logic.visitors import reads
from taihua.rooms.portal.models import Article, ViewCount
from tests.factories import NINE
from tests.rooms.portal.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TODAY = NINE.date()
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.TAIHUA_TODAY = TODAY
    counting._waiting.take()


def waiting():
    return sum(counting._waiting.opened.values())


def test_a_reader_is_counted_and_written_down_later(client, django_assert_num_queries):
    article = published()
    for _n in range(3):
        client.get(f"/portal/a/{article.pk}/", headers=READER)

    assert (waiting(), ViewCount.objects.count()) == (3, 0)
    counting.write_openings()
    counting.count_opening(article.pk, TODAY)
    counting.write_openings()

    row = ViewCount.objects.get()
    assert (row.article, row.day, row.times, waiting()) == (article, TODAY, 4, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"User-Agent": "curl/8.5.0"},
        READER | {"Sec-Purpose": "prefetch;prerender"},
        READER | {"Purpose": "prefetch"},
    ],
)
def test_machines_and_pages_fetched_ahead_are_not_counted(client, headers):
    article = published()
    client.get(f"/portal/a/{article.pk}/", headers=headers)

    assert waiting() == 0


def test_heads_missing_pages_and_those_logged_in_are_not_counted(client, lin, logged_in):
    article, gone = published(), published(expires_at=NINE)
    client.head(f"/portal/a/{article.pk}/", headers=READER)
    client.get(f"/portal/a/{gone.pk}/", headers=READER)
    client.get("/portal/", headers=READER)
    logged_in(lin).get(f"/portal/a/{article.pk}/", headers=READER)

    assert waiting() == 0


def test_nothing_of_the_reader_is_kept_and_no_figure_knows_of_it(client):
    article = published()
    answer = client.get(f"/portal/a/{article.pk}/", headers=READER)
    counting.write_openings()

    assert not answer.cookies
    assert statements().count() == 0
    kept = {field.name for field in ViewCount._meta.get_fields()}
    assert kept == {"id", "article", "day", "times"}
    pointing = [
        field
        for model in (ViewCount,)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is not Article
    ]
    assert pointing == []
    for each in [*house.figures().values(), *house.ledgers().values()]:
        assert "viewcount" not in repr(each).lower()


def test_an_article_deleted_meanwhile_is_let_go():
    article = published()
    counting.count_opening(article.pk + 1, TODAY)
    counting.count_opening(article.pk, TODAY - timedelta(days=1))
    counting.write_openings()

    assert [row.article for row in ViewCount.objects.all()] == [article]


def test_it_is_written_when_a_minute_is_over(monkeypatch):
    article = published()
    counting.count_opening(article.pk, TODAY)
    monkeypatch.setattr(counting, "WRITTEN_EVERY", 0)
    counting.count_opening(article.pk, TODAY)

    assert ViewCount.objects.get().times == 2


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_written_now_is_kept_for_later(monkeypatch):
    def fail(_opened):
        raise DatabaseError("database is locked")

    counting.count_opening(1, TODAY)
    monkeypatch.setattr(counting, "_write", fail)
    counting.write_openings()

    assert waiting() == 1


def test_nothing_is_written_when_nothing_was_counted(django_assert_num_queries):
    with django_assert_num_queries(0):
        counting.write_openings()


def test_within_somebody_elses_change_a_failure_is_theirs_to_undo(monkeypatch):
    def fail(_opened):
        raise DatabaseError("database is locked")

    counting.count_opening(1, TODAY)
    monkeypatch.setattr(counting, "_write", fail)

    with pytest.raises(DatabaseError):
        counting.write_openings()


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_written_is_not_heaped_up_without_end(monkeypatch):
    def fail(_opened):
        counting._waiting.opened[2, TODAY] += 1  # somebody opens another meanwhile
        raise DatabaseError("database is locked")

    counting.count_opening(1, TODAY)
    monkeypatch.setattr(counting, "_write", fail)
    monkeypatch.setattr(counting, "AT_MOST", 1)
    counting.write_openings()

    assert set(counting._waiting.opened) == {(2, TODAY)}


@given(st.text(max_size=30))
def test_whoever_does_not_get_the_page_does_not_read_it(agent):
    assert not reads("HEAD", {"User-Agent": agent})
    assert not reads("GET", {})

"""Links are looked at in the background; those who edit a page are told what leads nowhere."""

from hashlib import sha256

import pytest
from django.urls import reverse

from taihua.base.outside import Standing
from taihua.rooms.portal import tasks
from taihua.rooms.portal.actions.upkeep import (
    note_links,
)
from taihua.rooms.portal.enums import Rot
from taihua.rooms.portal.models import (
    BrokenLink,
    LinkRound,
    OldAddress,
)
from taihua.rooms.portal.queries import upkeep as queries
from taihua.rooms.portal.queries.links import Dead, look
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import sent
from tests.rooms.portal.factories import (
    PIXEL,
    ArticleFileFactory,
    ColumnFactory,
    PictureFactory,
    published,
)

pytestmark = pytest.mark.django_db
HOSTS = ["edu.example"]


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


def with_links(*addresses, **data):
    article = published(**data)
    article.live.html = "".join(f'<p><a href="{each}">看</a></p>' for each in addresses)
    article.live.save()
    return article


def dead_of(article):
    return {
        (each.address, each.why) for each in look(NINE, HOSTS).dead if each.article == article.pk
    }


def test_what_everybody_can_open_is_not_told(bureau, su):
    target = published(column=ColumnFactory(slug="news"))
    PictureFactory(article=target, digest=sha256(PIXEL).hexdigest())
    file = ArticleFileFactory(article=target, digest=sha256(b"%PDF-1.7").hexdigest())
    OldAddress.objects.create(address="/show.html?id=3", article=target)
    asked = sent(bureau, su)
    article = with_links(
        to("article", target.pk), to("column", "news"), to("column_feed", "news"), to("front"),
        to("picture", target.pk, 1), to("picture", target.pictures.get().pk),
        to("file", target.pk, file.pk), to("file", file.pk), "/show.html?id=3",
        to("consultation", asked.pk), to("consultations"), "/static/site/mark.svg",
        "https://edu.example/portal/", "https://elsewhere.example/", "mailto:a@b.example",
    )  # fmt: skip

    assert dead_of(article) == set()


def test_what_leads_nowhere_is_told_with_the_reason(bureau, su):
    hidden = published(expires_at=NINE)
    asked = sent(bureau, su)
    article = with_links(
        to("article", hidden.pk), to("column", "none"), to("picture", hidden.pk, 1),
        to("picture", 999), to("file", 1, 999), to("file", 999), "/show.html?id=4",
        to("outcome", asked.pk), to("consultation", 999), "/static/none.css", to("desk"),
    )  # fmt: skip

    assert dead_of(article) == {
        (to("article", hidden.pk), Rot.MISSING),
        (to("column", "none"), Rot.MISSING),
        (to("picture", hidden.pk, 1), Rot.PICTURE),
        (to("picture", 999), Rot.PICTURE),
        (to("file", 1, 999), Rot.FILE),
        (to("file", 999), Rot.FILE),
        ("/show.html?id=4", Rot.MISSING),
        (to("outcome", asked.pk), Rot.MISSING),
        (to("consultation", 999), Rot.MISSING),
        ("/static/none.css", Rot.MISSING),
        (to("desk"), Rot.HIDDEN),
    }


def test_a_file_that_is_no_longer_what_was_kept_is_told():
    article, hidden = published(), published(expires_at=NINE)
    spoilt = ArticleFileFactory(article=article)
    PictureFactory(article=article)
    ArticleFileFactory(article=hidden)

    assert dead_of(article) == {
        (to("file", article.pk, spoilt.pk), Rot.SPOILT),
        (to("picture", article.pk, 1), Rot.SPOILT),
    }
    assert dead_of(hidden) == set()


def test_a_look_costs_the_same_however_many_articles(django_assert_num_queries):
    for count in (1, 3, 30):
        while len(look(NINE, HOSTS).outside.get("https://a.example/", [])) < count:
            with_links("https://a.example/", "/nowhere/")
        with django_assert_num_queries(11):
            look(NINE, HOSTS)


def test_each_look_replaces_what_the_one_before_found():
    article = with_links("/a/", "/b/")
    note_links(dead=[Dead(article.pk, "/a/", Rot.MISSING)], links=5, outside=True, at=NINE)
    twice = [Dead(article.pk, "/b/", Rot.MISSING), Dead(article.pk, "/b/", Rot.HIDDEN)]
    note_links(dead=twice, links=2, outside=False, at=NINE)

    assert [each.address for each in BrokenLink.objects.all()] == ["/b/"]
    assert (LinkRound.objects.get().links, LinkRound.objects.get().outside) == (2, False)


UNDER = {"https://gone.example/a": Standing.NOTHING, "https://there.example/": Standing.ANSWERS}


def test_the_task_asks_nobody_outside_unless_it_is_allowed(settings, monkeypatch, logged_in, su):
    asked = []
    monkeypatch.setattr(tasks, "standing", lambda address: asked.append(address) or UNDER[address])
    article = with_links("/nowhere/", *UNDER)

    settings.TAIHUA_CHECK_OUTSIDE = False
    tasks.check_links.call()
    assert asked == []
    assert [each.address for each in BrokenLink.objects.all()] == ["/nowhere/"]
    page = logged_in(su).get(to("upkeep")).text
    assert "TAIHUA_CHECK_OUTSIDE" in page
    assert "/nowhere/" in page

    settings.TAIHUA_CHECK_OUTSIDE = True
    tasks.check_links.call()
    assert asked == list(UNDER)
    assert set(BrokenLink.objects.values_list("article", "why")) == {
        (article.pk, "missing"),
        (article.pk, "outside"),
    }
    assert "TAIHUA_CHECK_OUTSIDE" not in logged_in(su).get(to("upkeep")).text


def test_a_link_into_the_house_is_told_as_one_that_others_cannot_open(settings):
    settings.TAIHUA_CHECK_OUTSIDE = True
    with_links("http://127.0.0.1:1/", "http://169.254.169.254/latest/", "http://")

    tasks.check_links.call()

    assert set(BrokenLink.objects.values_list("address", "why")) == {
        ("http://127.0.0.1:1/", "hidden"),
        ("http://169.254.169.254/latest/", "hidden"),
    }


def test_only_those_who_edit_a_page_are_told_of_its_links(shen, wu, su, school):
    own, other = with_links("/a/", unit=school), with_links("/b/")
    dead = [Dead(own.pk, "/a/", Rot.MISSING), Dead(other.pk, "/b/", Rot.MISSING)]
    note_links(dead=dead, links=2, outside=False, at=NINE)

    def told_to(person):
        return {each.address for each in queries.broken_for(person.account, NINE)}

    assert told_to(shen) == {"/a/"}
    assert told_to(su) == {"/a/", "/b/"}
    assert told_to(wu) == set()

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from taihua.base.access import anyone
from taihua.kernel import house
from taihua.kernel.house import MenuEntry, Room
from taihua.kernel.org.models import Account
from taihua.site import context


def nobody(account) -> bool:
    return False


def entry(title: str, url_name: str, order: int = 50, admits=anyone) -> MenuEntry:
    return MenuEntry(title, url_name, admits, order)


@pytest.fixture
def rooms(monkeypatch):
    """A house with only the rooms of this test."""
    opened: list[Room] = []
    monkeypatch.setattr(context, "rooms", lambda: opened)
    return opened


def menu_at(path: str, user=None) -> list[context.Entry]:
    request = RequestFactory().get(path)
    request.user = user or Account(username="zhou")
    return context.menu_for(request)


def test_the_menu_has_what_the_account_may_open_in_its_order(rooms):
    rooms.append(
        Room(code="b", title="乙", menu=[entry("后", "me", 20), entry("不许", "me", 1, nobody)])
    )
    rooms.append(Room(code="a", title="甲", menu=[entry("先", "appearance", 10)]))

    assert [line.title for line in menu_at("/")] == ["先", "后"]


def test_the_menu_marks_the_nearest_entry_only(rooms):
    rooms.append(Room(code="a", title="甲", menu=[entry("我", "me"), entry("外观", "appearance")]))

    assert [line.title for line in menu_at("/me/keys/") if line.current] == ["我"]
    assert [line.title for line in menu_at("/elsewhere/") if line.current] == []


def test_the_menu_never_has_more_than_seven_entries(rooms):
    rooms.append(Room(code="a", title="甲", menu=[entry(str(n), "me") for n in range(9)]))

    assert len(menu_at("/")) == 7


def test_a_stranger_has_no_menu(rooms):
    rooms.append(Room(code="a", title="甲", menu=[entry("我", "me")]))

    assert menu_at("/", AnonymousUser()) == []


def test_the_real_house_fits_into_the_menu():
    entries = [entry for room in house.rooms() for entry in room.menu]

    assert len({entry.url_name for entry in entries}) == len(entries)


@pytest.mark.django_db
def test_a_day_that_stands_still_is_said_on_every_page(client, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)
    assert "固定在 2013 年 12 月 4 日" in client.get("/appearance/").content.decode()

    settings.TAIHUA_TODAY = None
    assert "fixed-day" not in client.get("/appearance/").content.decode()

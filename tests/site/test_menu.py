"""The menu: at most seven places on every page, and a page of them all."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from taihua.base.access import anyone
from taihua.kernel import house
from taihua.kernel.house import Act, Mark, Mechanism, MenuEntry, Room
from taihua.kernel.org.models import Account
from taihua.site import context, menu


def nobody(account) -> bool:
    return False


def entry(title: str, url_name: str, order: int = 50, admits=anyone) -> MenuEntry:
    return MenuEntry(title, url_name, admits, order)


@pytest.fixture
def rooms(monkeypatch):
    """A house with only the rooms of this test."""
    opened: list[Room] = []
    monkeypatch.setattr(menu, "rooms", lambda: opened)
    return opened


def menu_at(path: str, user=None) -> list[menu.Entry]:
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


def nine(*url_names: str) -> Room:
    names = [*url_names, *["me"] * (9 - len(url_names))]
    return Room(code="a", title="甲", menu=[entry(str(n), name, n) for n, name in enumerate(names)])


def test_seven_entries_stand_as_they_are(rooms):
    rooms.append(Room(code="a", title="甲", menu=[entry(str(n), "me") for n in range(7)]))

    assert [line.title for line in menu_at("/")] == ["0", "1", "2", "3", "4", "5", "6"]


def test_the_menu_never_has_more_than_seven_entries_the_last_leads_to_the_rest(rooms):
    rooms.append(nine())

    shown = menu_at("/")

    assert [line.title for line in shown] == ["0", "1", "2", "3", "4", "5", "更多"]
    assert shown[-1].url == reverse("more")


def test_who_stands_in_a_folded_place_stands_in_the_rest(rooms):
    rooms.append(nine(*["me"] * 6, *["appearance"] * 3))

    assert [line.title for line in menu_at("/appearance/") if line.current] == ["更多"]
    assert [line.title for line in menu_at("/more/") if line.current] == ["更多"]
    assert "更多" not in [line.title for line in menu_at("/me/") if line.current]


def test_what_is_somebodys_daily_work_stands_right_behind_the_desk(rooms):
    desk, other = entry("工作台", "me", 10), entry("读书", "me", 20)
    work = MenuEntry("台账", "me", anyone, 30, leads=lambda account: account.username == "su")
    rooms.append(Room(code="a", title="甲", menu=[desk, other, work]))

    assert [line.title for line in menu_at("/", Account(username="su"))] == [
        "工作台",
        "台账",
        "读书",
    ]
    assert [line.title for line in menu_at("/", Account(username="wu"))] == [
        "工作台",
        "读书",
        "台账",
    ]


def test_each_role_has_what_it_works_with_before_the_rest(lin, su, zheng, keeper):
    def first(account):
        return [line.title for line in menu_at("/", account)][:4]

    assert first(lin.account) == ["工作台", "履责总览", "四有看板", "读书"]
    assert {"台账", "履责总览", "年度总结"} == set(first(su.account)[1:])
    assert "台账" in first(zheng.account)
    assert "账号" in first(keeper)


def test_a_room_serves_the_power_of_most_of_its_mechanisms():
    mark = Mark("f", 1, "")

    def room(*codes):
        marks = {"plan": mark, "content": mark, "check": mark, "effect": mark}
        return Room(code="a", title="", mechanisms=[Mechanism(c, c, **marks) for c in codes])

    assert menu.power_of(room("L2", "I1", "I2")) == "I"
    assert menu.power_of(room("I1", "L2")) == "L"
    assert menu.power_of(room("C6")) == "C"
    assert menu.power_of(room()) == ""


def test_every_place_is_listed_with_what_one_does_there(logged_in, lin, wu):
    leader, member = logged_in(lin).get("/more/").text, logged_in(wu).get("/more/").text

    for words in ("学习力", "日常事务", "履责总览", "每个数都点得开依据"):
        assert words in leader
    assert "年度总结" in member
    assert "履责总览" not in member


def test_every_entry_of_the_house_says_what_one_does_there(lin, keeper):
    for account in (lin.account, keeper):
        silent = [place.title for _room, place in menu.places_of(account) if not place.sentence]
        assert silent == []


def test_without_a_sentence_the_words_on_the_buttons_say_it(rooms, lin):
    acts = [Act("read", "去读", "me"), Act("wrote", "写笔记", "me"), Act("noted", "写笔记", "me")]
    rooms.append(Room(code="a", title="甲", menu=[entry("书", "me")], acts=acts))

    assert [place.sentence for _room, place in menu.places_of(lin.account)] == ["去读、写笔记"]


def test_a_stranger_has_no_menu(rooms):
    rooms.append(Room(code="a", title="甲", menu=[entry("我", "me")]))

    assert menu_at("/", AnonymousUser()) == []


def test_the_real_house_fits_into_the_menu():
    entries = [entry for room in house.rooms() for entry in room.menu]

    assert len({entry.url_name for entry in entries}) == len(entries)


@pytest.mark.django_db
def test_a_day_that_stands_still_is_said_on_every_page(client, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)
    shown = client.get("/appearance/").content.decode()
    assert "固定在 2013 年 12 月 4 日" in shown
    assert 'class="fixed-day no-print"' in shown

    settings.TAIHUA_TODAY = None
    assert "fixed-day" not in client.get("/appearance/").content.decode()

"""The addresses of calendars: made, shown once, renewed, revoked; and what is fetched from them."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from taihua.kernel import house
from taihua.kernel.commitments.actions import commit
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.house import Due, Happening, Room
from taihua.kernel.org.models import Account, Grant, Unit
from taihua.rooms.desk import actions
from taihua.rooms.desk.models import CalendarEntry, CalendarKey
from taihua.rooms.desk.queries import calendars
from tests.factories import NINE, in_force

PAGE = reverse("desk:calendars")
SOON = NINE + timedelta(days=2)


@pytest.fixture(autouse=True)
def house_on_its_day(db, settings):
    settings.TAIHUA_TODAY = NINE.date()


@pytest.fixture
def told(monkeypatch):
    """A room that asks people and units to what the test says."""
    told = []

    def calendar(whose, first, last):
        kept = "unit" if isinstance(whose, Unit) else "person"
        return [
            happening
            for whom, happening in told
            if whom == f"{kept}/{whose.code}" and first <= happening.first.date() <= last
        ]

    def dues(person, on):
        return [Due("fake/due", f"{person.name}要办的", on, "/duties/", "去办")]

    room = Room(code="fake", title="测试", calendar=calendar, dues=dues)
    monkeypatch.setitem(house._house.rooms, "fake", room)
    return told


def session(path="fake/session/1", **changes):
    told = {"title": "中心组学习", "first": SOON, "last": SOON + timedelta(hours=2), **changes}
    return Happening(path=path, url="/duties/", **told)


def made(account, unit=None, language="zh-hans"):
    secret = actions.make_key(account=account, unit=unit, language=language, at=NINE)
    return reverse("desk:feed", args=[secret])


def read(answer):
    assert answer.status_code == 200
    return IcsCalendarStream.calendar_from_ics(answer.text)


# --- what a feed says --------------------------------------------------------------------------------


def test_a_calendar_without_a_session_is_given_what_its_owner_is_asked_to(client, told, lin, wu):
    told += [("person/lin", session()), ("person/wu", session("fake/session/2", title="别人的"))]

    answer = client.get(made(lin.account))

    found = read(answer)
    assert [event.summary for event in found.events] == ["中心组学习"]
    assert [todo.summary for todo in found.todos] == ["林知远要办的"]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in answer.cookies


def test_what_the_desk_shows_as_due_is_to_be_done_in_the_calendar(client, told, lin):
    in_force()
    commit(
        what="答复一小的建议", due=SOON.date(), origin="outreach/proposal/1", url="/duties/",
        act="去答复", at=NINE, person=lin,
    )  # fmt: skip

    found = read(client.get(made(lin.account))).todos

    titles = [todo.summary for todo in found]
    assert "答复一小的建议" in titles
    assert "林知远要办的" in titles
    assert (
        len([title for title in titles if "下基层调研" in title]) == 12
    )  # eleven owed, one to come
    assert len({todo.uid for todo in found}) == len(found)
    assert [todo.due for todo in found] == sorted(todo.due for todo in found)


def test_a_units_calendar_shows_the_unit_to_those_who_look_after_it(client, told, shen, school):
    told += [("unit/school-1", session(title="全校教师会")), ("person/shen", session())]
    commit(
        what="上报校舍台账", due=SOON.date(), origin="x/1", url="/", act="去", at=NINE, unit=school
    )

    found = read(client.get(made(shen.account, school)))

    assert [event.summary for event in found.events] == ["全校教师会"]
    assert [todo.summary for todo in found.todos] == ["苔花一小：上报校舍台账"]


def test_an_unknown_secret_finds_nothing_and_no_page_that_would_hand_it_on(client):
    answer = client.get(reverse("desk:feed", args=["nobody-has-this"]))

    assert answer.status_code == 404
    assert "nobody-has-this" not in answer.text
    assert "<a" not in answer.text


def test_who_no_longer_looks_after_a_unit_no_longer_reads_its_calendar(client, told, shen, school):
    address = made(shen.account, school)
    Grant.objects.filter(account=shen.account).delete()

    assert client.get(address).status_code == 404


def test_an_account_that_is_closed_reads_no_calendar(client, told, lin):
    address = made(lin.account)
    Account.objects.filter(pk=lin.account.pk).update(is_active=False)

    assert client.get(address).status_code == 404


def test_a_feed_speaks_the_language_in_which_its_address_was_made(client, lin):
    in_force()

    found = read(client.get(made(lin.account, language="en"), headers={"accept-language": "zh"}))

    assert all("field visits" in todo.summary for todo in found.todos)
    assert any("still" in todo.summary or "owed" in todo.summary for todo in found.todos)


# --- asking again -------------------------------------------------------------------------------------


def test_who_asks_again_is_told_that_nothing_changed(client, told, lin):
    told.append(("person/lin", session()))
    address = made(lin.account)
    first = client.get(address)

    by_tag = client.get(address, headers={"if-none-match": first["ETag"]})
    by_day = client.get(address, headers={"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_day.status_code == 304
    assert client.get(address).content == first.content


def test_a_change_is_seen_at_once_under_the_same_name(client, told, lin):
    told.append(("person/lin", session()))
    address = made(lin.account)
    first = client.get(address)
    told[:] = [("person/lin", session(title="改到周五", revision=1, is_cancelled=True))]

    second = client.get(address, headers={"if-none-match": first["ETag"]})

    (before,), (after,) = read(first).events, read(second).events
    assert second["ETag"] != first["ETag"]
    assert before.uid == after.uid
    assert (after.summary, after.sequence, after.status) == ("改到周五", 1, "CANCELLED")


def test_only_what_changed_is_a_later_revision_and_what_comes_again_goes_on_from_there(
    client, told, lin
):
    told += [("person/lin", session()), ("person/lin", session("fake/session/2"))]
    owed = commit(
        what="答复一小的建议", due=SOON.date(), origin="outreach/proposal/1", url="/duties/",
        act="去答复", at=NINE, person=lin,
    )  # fmt: skip
    address = made(lin.account)
    first = read(client.get(address))

    told[0] = ("person/lin", session(title="改了题目"))
    Commitment.objects.filter(pk=owed.pk).update(what="答复一小的两条建议")
    changed = read(client.get(address))
    kept = told.pop(0)
    client.get(address)
    told.insert(0, (kept[0], session(title="又办了")))
    back = read(client.get(address))

    assert [event.sequence for event in first.events] == [0, 0]
    assert [event.sequence for event in changed.events] == [1, 0]
    assert [event.sequence for event in back.events] == [2, 0]
    assert changed.events[1].last_modified == first.events[1].last_modified
    assert changed.events[0].last_modified > first.events[0].last_modified
    assert changed.events[0].dtstamp == changed.events[0].last_modified
    mine = {todo.uid: todo.sequence for todo in first.todos}
    assert set(mine.values()) == {0}
    later = [todo for todo in changed.todos if todo.sequence > mine[todo.uid]]
    assert [todo.summary for todo in later] == ["答复一小的两条建议"]


def test_an_entry_stands_once_in_a_calendar_and_goes_with_it(client, told, lin):
    told.append(("person/lin", session()))
    client.get(made(lin.account))
    entry = CalendarEntry.objects.first()
    assert str(entry) == f"{entry.name} #0"

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarEntry.objects.create(
            key=entry.key, name=entry.name, shown="x", revision=1, changed_at=NINE
        )
    actions.revoke_key(key=entry.key)

    assert not CalendarEntry.objects.exists()


def test_a_head_tells_the_same_without_the_text(client, told, lin):
    address = made(lin.account)
    whole = client.get(address)

    head = client.head(address)

    assert head["ETag"] == whole["ETag"]
    assert head.content == b""
    assert client.post(address).status_code == 405


def test_a_feed_costs_the_same_however_much_it_says(client, told, lin):
    address, costs = made(lin.account), set()
    for more in (1, 2, 297):
        for n in range(len(told), len(told) + more):
            told.append(("person/lin", session(f"fake/session/{n}")))
            commit(
                what=str(n),
                due=SOON.date(),
                origin=f"x/{n}",
                url="/",
                act="去",
                at=NINE,
                person=lin,
            )
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert len(read(client.get(address)).events) == len(told)
        costs.add(len(asked))

    assert len(told) == 300
    assert len(costs) == 1, costs


# --- the page -----------------------------------------------------------------------------------------


def test_an_address_is_shown_once_and_kept_only_as_a_digest(logged_in, client, told, lin):
    browser = logged_in(lin)

    fresh = browser.post(PAGE, {"own": "1"})

    address = fresh.context["address"]
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert address in fresh.text
    assert address.replace("http://", "webcal://") in fresh.text
    assert "no-store" in fresh["Cache-Control"]
    assert secret not in browser.get(PAGE).text
    key = CalendarKey.objects.get()
    assert key.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(CalendarKey.objects.values().get())
    assert len(secret) >= 43  # 32 random bytes
    assert read(client.get(address)).todos


def test_a_second_address_of_one_calendar_is_refused_and_the_first_keeps_working(
    logged_in, client, told, lin
):
    address = made(lin.account)

    answer = logged_in(lin).post(PAGE, {"own": "1"}, follow=True)

    assert "已经有地址了" in answer.text
    assert client.get(address).status_code == 200
    assert CalendarKey.objects.count() == 1


def test_renewing_closes_the_old_address_and_opens_a_new_one(logged_in, client, told, lin):
    old = made(lin.account)

    fresh = logged_in(lin).post(reverse("desk:renew-calendar", args=[CalendarKey.objects.get().pk]))

    assert client.get(old).status_code == 404
    assert client.get(fresh.context["address"]).status_code == 200


def test_revoking_closes_the_address(logged_in, client, told, lin):
    address = made(lin.account)

    answer = logged_in(lin).post(
        reverse("desk:revoke-calendar", args=[CalendarKey.objects.get().pk]), follow=True
    )

    assert "已经停用" in answer.text
    assert client.get(address).status_code == 404


def test_nobody_renews_or_revokes_what_another_made(logged_in, client, told, lin, wu):
    address, pk = made(lin.account), CalendarKey.objects.get().pk
    stranger = logged_in(wu)

    assert stranger.post(reverse("desk:renew-calendar", args=[pk])).status_code == 404
    assert stranger.post(reverse("desk:revoke-calendar", args=[pk])).status_code == 404
    assert client.get(address).status_code == 200


def test_only_units_that_one_looks_after_can_be_chosen(logged_in, told, shen, wu, other_school):
    mine = logged_in(shen).post(PAGE, {"unit": "school-1"})
    foreign = logged_in(shen).post(PAGE, {"unit": "school-2"})
    nobodys = logged_in(wu).post(PAGE, {"unit": "school-2"})

    assert "苔花一小的日历地址" in mine.text
    assert foreign.context["address"] == ""
    assert foreign.context["form"].errors["unit"]
    assert nobodys.context["address"] == ""
    assert [key.unit.code for key in CalendarKey.objects.all()] == ["school-1"]


def test_an_account_without_a_person_has_no_calendar_of_its_own(logged_in, keeper, school):
    browser = logged_in(keeper)

    assert "生成我的日历地址" not in browser.get(PAGE).text
    browser.post(PAGE, {"own": "1"})
    browser.post(PAGE, {"unit": school.code})

    assert [key.unit for key in CalendarKey.objects.all()] == [school]


def test_one_reaches_the_page_from_the_desk_and_from_ones_account(logged_in, lin):
    browser = logged_in(lin)

    assert PAGE in browser.get(reverse("desk:today")).text
    assert PAGE in browser.get(reverse("me")).text
    assert reverse("me") in browser.get(PAGE).text


def test_a_calendar_has_one_address_for_each_who_reads_it(lin, zhou, bureau):
    made(lin.account)
    made(lin.account, bureau)
    made(zhou.account, bureau)
    again = {"language": "zh-hans", "made_at": NINE, "changed_at": NINE}

    for unit in (None, bureau):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarKey.objects.create(account=lin.account, unit=unit, digest="x", **again)
    assert [key.unit for key in calendars.keys_of(lin.account)] == [None, bureau]

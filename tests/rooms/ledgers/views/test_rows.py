"""One row: seen, entered, corrected, voided."""

import pytest
from django.urls import reverse

from taihua.kernel.records.queries import statements
from tests.rooms.ledgers.browsing import HEADER, hand_in, ref_of, text
from tests.rooms.ledgers.sheets import xlsx

pytestmark = pytest.mark.usefixtures("demonstration_day")


def test_a_row_tells_who_entered_it_and_what_befell_it(visits, clerk):
    ref = ref_of(clerk)
    page = text(clerk.get(reverse("ledgers:row", args=["visits", ref])))

    assert "记入 · 苏禾" in page
    assert "课堂教学" in page


def test_a_row_out_of_sight_is_not_there(visits, clerk, shen, wu, zheng, logged_in):
    ref = ref_of(clerk)

    for somebody in (shen, wu):
        for page in ("row", "correct", "void"):
            address = reverse(f"ledgers:{page}", args=["visits", ref])
            assert logged_in(somebody).get(address).status_code == 404
    auditor = logged_in(zheng)
    assert auditor.get(reverse("ledgers:row", args=["visits", ref])).status_code == 200
    assert auditor.get(reverse("ledgers:correct", args=["visits", ref])).status_code == 404


def test_a_row_is_corrected_with_a_reason(visits, clerk):
    address = reverse("ledgers:correct", args=["visits", ref_of(clerk)])
    row = {
        "person": "林知远",
        "day": "2013-11-04",
        "place": "苔花一小",
        "days": "1",
        "topic": "课堂教学",
    }

    refused = clerk.post(address, row)
    assert "更正原因" in text(refused)

    done = clerk.post(address, row | {"reason": "其实是一天"}, follow=True)
    assert "已更正" in text(done)
    assert statements().get(person__name="林知远").hundredths == 100
    history = text(clerk.get(reverse("ledgers:row", args=["visits", ref_of(clerk)])))
    assert "作废 · 苏禾：其实是一天" in history


def test_a_correction_with_a_wrong_cell_keeps_what_was_typed(visits, clerk):
    address = reverse("ledgers:correct", args=["visits", ref_of(clerk)])
    row = {
        "person": "林之远",
        "day": "2013-11-04",
        "place": "苔花九小",
        "topic": "新题目",
        "reason": "改",
    }

    page = text(clerk.post(address, row))

    assert "没有“苔花九小”这个单位。" in page
    assert 'value="新题目"' in page


def test_a_row_is_voided_with_a_reason(visits, clerk):
    ref = ref_of(clerk)

    clerk.post(reverse("ledgers:void", args=["visits", ref]), {"reason": "重复了"})

    assert not statements().filter(person__name="林知远").exists()
    page = text(clerk.get(reverse("ledgers:row", args=["visits", ref])))
    assert "这一条已经作废" in page
    assert clerk.get(reverse("ledgers:correct", args=["visits", ref])).status_code == 200


def test_a_member_enters_their_own_row_and_no_other(everybody, wu, logged_in):
    browser = logged_in(wu)
    row = {
        "person": "林知远",
        "day": "2013-12-01",
        "place": "苔花一小",
        "days": "1",
        "topic": "听课",
    }

    page = browser.post(reverse("ledgers:add", args=["visits"]), row, follow=True)

    assert "已记入《下基层调研台账》。" in text(page)
    assert statements().get().person == wu


def test_a_ledger_that_members_do_not_keep_is_closed_to_them(everybody, wu, logged_in):
    assert logged_in(wu).get(reverse("ledgers:add", args=["meetings"])).status_code == 404


@pytest.mark.parametrize("page", ["add", "import"])
def test_a_unit_clerk_writes_for_the_own_unit_only(everybody, shen, logged_in, page):
    browser = logged_in(shen)

    if page == "add":
        row = {"person": "吴江", "day": "2013-12-01", "place": "苔花一小", "topic": "听课"}
        answer = browser.post(reverse("ledgers:add", args=["visits"]), row)
    else:
        answer = hand_in(browser, xlsx(HEADER, ("吴江", "2013-12-01", "苔花一小", 1, "听课")))

    assert "这一行不归您登记。" in text(answer)
    assert hand_in(browser, b"x", ledger="roster").status_code == 404


def test_a_row_that_is_there_already_is_not_entered_twice(visits, clerk):
    address = reverse("ledgers:add", args=["visits"])
    row = {
        "person": "林知远",
        "day": "2013-11-04",
        "place": "苔花一小",
        "days": "0.5",
        "topic": "课堂教学",
    }

    assert "台账里已经有这一行了。" in text(clerk.post(address, row))
    assert "到那一行里更正" in text(clerk.post(address, row | {"days": "1"}))


def test_strangers_and_members_have_no_way_in(everybody, wu, client, logged_in):
    address = reverse("ledgers:import", args=["visits"])

    assert client.get(address).status_code == 302
    assert logged_in(wu).get(address).status_code == 403
    assert logged_in(wu).get(reverse("ledgers:ledger", args=["nothing"])).status_code == 404


def test_a_row_voided_meanwhile_cannot_be_voided_again(visits, clerk):
    address = reverse("ledgers:void", args=["visits", ref_of(clerk)])
    clerk.post(address, {"reason": "重复"})

    assert "这条记录已经作废过了。" in text(clerk.post(address, {"reason": "再来"}))


def test_rows_of_rosters_have_pages_and_are_corrected_one_by_one(everybody, clerk):
    page = clerk.get(reverse("ledgers:ledger", args=["terms"]), {"name": "沈青"})
    ref = page.context["page"][0].ref

    told = text(clerk.get(reverse("ledgers:row", args=["terms", ref])))
    row = {"person": "沈青", "unit": "苔花一小", "post": "教师", "first_day": "2010-01-01"}
    done = clerk.post(
        reverse("ledgers:correct", args=["terms", ref]),
        row | {"last_day": "2013-07-31", "concurrent": "否", "reason": "调离"},
        follow=True,
    )

    assert "记入：2010-01-01 — 至今" in told
    assert "已更正" in text(done)


def test_a_row_of_the_combined_roster_is_corrected_in_the_ledger_of_terms(everybody, clerk):
    page = clerk.get(reverse("ledgers:ledger", args=["roster"]), {"name": "沈青"})
    ref = page.context["page"][0].ref

    told = text(clerk.get(reverse("ledgers:row", args=["roster", ref])))
    address = reverse("ledgers:correct", args=["terms", ref])

    assert address in told
    assert 'value="沈青"' in text(clerk.get(address))

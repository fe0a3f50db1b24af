"""A ledger as the cast sees it, and its way out."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.rooms.ledgers.browsing import HEADER, VISIT, confirm, hand_in, names, ref_of, text
from tests.rooms.ledgers.sheets import xlsx

pytestmark = pytest.mark.usefixtures("demonstration_day")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("su", {"林知远", "周明", "吴江", "沈青"}),
        ("zheng", {"林知远", "周明", "吴江", "沈青"}),
        ("lin", {"林知远", "周明", "吴江", "沈青"}),
        ("zhou", {"周明"}),
        ("shen", {"沈青"}),
        ("wu", {"吴江"}),
    ],
)
def test_everybody_sees_what_is_theirs(visits, logged_in, request, who, seen):
    browser = logged_in(request.getfixturevalue(who))

    page = browser.get(reverse("ledgers:ledger", args=["visits"]))

    assert names(page) == seen
    assert f"共 {len(seen)} 条" in text(page)


def test_the_sentence_of_filters_narrows_the_rows(visits, clerk, school):
    address = reverse("ledgers:ledger", args=["visits"])

    assert names(clerk.get(address, {"unit": school.pk, "year": "2013"})) == {"沈青"}
    assert names(clerk.get(address, {"name": "周", "year": ""})) == {"周明"}
    assert names(clerk.get(address, {"year": "2012"})) == set()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_comes_back_as_the_same(visits, clerk, form):
    exported = clerk.get(reverse("ledgers:export", args=["visits"]), {"form": form, "year": ""})

    preview = hand_in(clerk, exported.content, name=f"导出.{form}")

    assert "新增 0，更正 0，不变 4" in text(preview)
    assert "attachment" in exported.headers["Content-Disposition"]


@pytest.mark.parametrize(("out", "back"), [("en", "zh-hans"), ("zh-hans", "en")])
def test_what_is_exported_in_one_language_comes_back_in_the_other(visits, clerk, out, back):
    clerk.cookies["django_language"] = out
    exported = clerk.get(reverse("ledgers:export", args=["visits"]), {"form": "xlsx", "year": ""})
    clerk.cookies["django_language"] = back

    preview = hand_in(clerk, exported.content, name="visits.xlsx").context["preview"]

    assert preview.counts == {"new": 0, "changed": 0, "same": 4}


def test_a_blank_sheet_has_the_columns_and_nothing_else(everybody, clerk):
    blank = clerk.get(reverse("ledgers:blank", args=["visits"]))

    rows = CalamineWorkbook.from_filelike(BytesIO(blank.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["调研人", "单位", "日期"]
    assert len(rows) == 1


def test_the_list_of_ledgers_names_them_all(everybody, clerk):
    page = text(clerk.get(reverse("ledgers:index")))

    for title in ("花名册", "下基层调研台账", "帮扶台账", "会议台账", "轮流授课台账", "讲坛台账"):
        assert title in page


def test_every_ledger_shows_its_pages(visits, clerk):
    codes = [
        ledger.code
        for group in clerk.get(reverse("ledgers:index")).context["groups"]
        for ledger in group.ledgers
    ]

    for code in codes:
        for page in ("ledger", "add", "import", "export", "blank"):
            assert clerk.get(reverse(f"ledgers:{page}", args=[code])).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 24])
def test_a_ledger_costs_the_same_however_many_rows(
    everybody, clerk, count, django_assert_max_num_queries
):
    rows = [("林知远", "2013-11-04", "苔花一小", 1, f"题{number}") for number in range(count)]
    confirm(clerk, hand_in(clerk, xlsx(HEADER, *rows)))

    with django_assert_max_num_queries(14):
        clerk.get(reverse("ledgers:ledger", args=["visits"]))


def test_what_a_cell_shows_is_short_in_tables_and_whole_on_its_page(everybody, clerk):
    long = "很" * 60
    confirm(clerk, hand_in(clerk, xlsx((*HEADER, "建议"), (*VISIT, long))))

    table = text(clerk.get(reverse("ledgers:ledger", args=["visits"])))
    page = text(clerk.get(reverse("ledgers:row", args=["visits", ref_of(clerk)])))

    assert long not in table
    assert "很" * 39 + "…" in table
    assert long in page
    assert "0.5 天" in page


def test_the_whole_ledger_can_be_printed_on_one_page(visits, clerk):
    page = clerk.get(reverse("ledgers:ledger", args=["visits"]), {"print": "1", "year": ""})

    assert "回到分页" in text(page)
    assert "统计口径：未作废的记录" in text(page)


@pytest.mark.parametrize("asked", [{"unit": "999999", "year": "2013"}, {"year": "never"}])
def test_a_filter_that_cannot_be_understood_does_not_turn_into_everything(clerk, asked):
    assert clerk.get(reverse("ledgers:export", args=["visits"]), asked).status_code == 404
    assert clerk.get(reverse("ledgers:ledger", args=["visits"]), asked).status_code == 404


def test_what_is_chosen_is_offered_in_the_language_of_the_page_and_kept_as_sheets_have_it(clerk):
    clerk.cookies["django_language"] = "en"

    form = clerk.get(reverse("ledgers:add", args=["terms"])).text

    assert '<option value="否">No</option>' in " ".join(form.split())

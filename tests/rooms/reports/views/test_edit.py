import re
from datetime import timedelta

import pytest

from taihua.kernel.documents.queries import newest
from taihua.kernel.drafts.models import Draft
from taihua.rooms.reports.queries.report import paper_of, report_of, version_of
from tests.rooms.reports.views.reading import SERVICE, TEN, page, text_now


def test_a_section_is_saved_and_retyped_numbers_are_put_right_and_told(logged_in, su, begun):
    answer = logged_in(su).post(
        f"/reports/2013/write/{SERVICE}/",
        {"text": "帮了[[help.person_times|999]]人次。", "expected": 1},
        follow=True,
    )

    assert text_now() == "帮了[[help.person_times|612]]人次。"
    assert "999→612" in answer.content.decode()


def test_an_unknown_figure_is_refused_beside_the_field_and_the_text_stays(logged_in, su, begun):
    html = (
        logged_in(su)
        .post(f"/reports/2013/write/{SERVICE}/", {"text": "[[x.y]]人，我写了很久", "expected": 1})
        .content.decode()
    )

    assert "没有名为 x.y 的统计数" in html
    assert "我写了很久" in html
    assert newest(begun.document).number == 1


def test_a_form_that_does_not_say_what_it_was_written_on_is_shown_again(logged_in, su, begun):
    answer = logged_in(su).post(f"/reports/2013/write/{SERVICE}/", {"text": "我写的。"})

    assert answer.status_code == 200
    assert "我写的。" in answer.content.decode()
    assert newest(begun.document).number == 1


def test_the_slower_writer_sees_both_texts_and_can_save_again(logged_in, su, keeper, begun):
    slow, address = logged_in(su), f"/reports/2013/write/{SERVICE}/"
    logged_in(keeper).post(address, {"text": "先存的。", "expected": 1})

    html = slow.post(address, {"text": "后存的。", "expected": 1}).content.decode()

    assert "先存的。" in html
    assert "后存的。" in html
    assert "没有丢失" in html
    assert text_now() == "先存的。"
    assert 'name="expected" value="2"' in html
    slow.post(address, {"text": "先存的。后存的。", "expected": 2})
    assert text_now() == "先存的。后存的。"


@pytest.mark.parametrize("address", ["nowhere/", "learning/../"])
def test_a_section_that_is_not_there_is_not_found(logged_in, su, begun, address):
    assert logged_in(su).get(f"/reports/2013/write/{address}").status_code == 404


@pytest.mark.parametrize("expected", ["0", "-1", "99"])
def test_a_text_written_on_a_draft_that_never_was_is_refused_and_not_lost(
    logged_in, su, begun, expected
):
    said = {"text": "我写的。", "expected": expected}

    answer = logged_in(su).post(f"/reports/2013/write/{SERVICE}/", said)

    assert "您改的那一稿找不到了。" in answer.text
    assert "我写的。" in answer.text
    assert newest(begun.document).number == 1


def test_what_is_not_begun_cannot_be_written(logged_in, su, bureau):
    assert logged_in(su).get(f"/reports/2013/write/{SERVICE}/").status_code == 404


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]+)"', html)[1]


def test_refresh_without_conflict_asks_nothing(logged_in, su, lin, begun, helped):
    browser = logged_in(su)
    helped(lin, 8, path="t-9")
    html = page(browser, "/reports/2013/refresh/")

    browser.post(
        "/reports/2013/refresh/",
        {"expected": hidden(html, "expected"), "known": hidden(html, "known")},
    )

    assert "没有冲突" in html
    assert "612 → <b>620</b>" in html
    assert "[[help.person_times|620]]" in text_now()
    assert "没有新的变化" in page(browser, "/reports/2013/refresh/")


def test_refresh_shows_both_sentences_and_takes_the_chosen_one(logged_in, su, bureau, lin, helped):
    browser = logged_in(su)
    browser.post("/reports/2013/begin/")
    browser.post(f"/reports/2013/write/{SERVICE}/", {"text": "我重写了这一段。", "expected": 1})
    helped(lin, 612)
    html = page(browser, "/reports/2013/refresh/")

    assert "我重写了这一段。" in html
    assert "解决实际困难612人次" in html
    browser.post(
        "/reports/2013/refresh/",
        {
            "expected": hidden(html, "expected"),
            "known": hidden(html, "known"),
            f"{SERVICE}:0": "theirs",
        },
    )
    assert "解决实际困难[[help.person_times|612]]人次" in text_now()


def test_refresh_of_a_text_changed_meanwhile_is_refused(logged_in, su, begun):
    browser = logged_in(su)
    html = page(browser, "/reports/2013/refresh/")
    browser.post(f"/reports/2013/write/{SERVICE}/", {"text": "新写的。", "expected": 1})

    answer = browser.post("/reports/2013/refresh/", {"expected": 1, "known": hidden(html, "known")})

    assert "又有人改过" in answer.content.decode()
    assert text_now() == "新写的。"


def test_refresh_without_its_moment_shows_the_questions_anew(logged_in, su, begun):
    answer = logged_in(su).post("/reports/2013/refresh/", {"expected": 1, "known": "昨天"})

    assert answer.status_code == 200
    assert newest(begun.document).number == 1


def test_issue_offers_the_next_number_and_closes_the_year(logged_in, su, begun):
    browser = logged_in(su)
    html = page(browser, "/reports/2013/issue/")

    assert "苔教〔2013〕1号" in html
    browser.post("/reports/2013/issue/", {"number": "苔教〔2013〕1号", "expected": 1})
    assert version_of(2013).is_issued
    assert "从此不变" in page(browser, "/reports/2013/")
    assert browser.get(f"/reports/2013/write/{SERVICE}/").status_code == 403


def test_the_sign_of_the_office_begins_the_number(logged_in, su, begun, settings):
    settings.TAIHUA_SIGN = "某教"

    assert "某教〔2013〕1号" in page(logged_in(su), "/reports/2013/issue/")


def test_issue_shows_the_claims_that_are_still_open(logged_in, su, begun):
    browser = logged_in(su)
    browser.post(f"/reports/2013/write/{SERVICE}/", {"text": "约三百人次。", "expected": 1})

    assert "三百人次" in page(browser, "/reports/2013/issue/")


def test_issue_under_a_taken_number_is_refused_with_the_reason(logged_in, su, issued, bureau):
    browser = logged_in(su)
    browser.post("/reports/2012/begin/")

    html = browser.post(
        "/reports/2012/issue/", {"number": "苔教〔2013〕1号", "expected": 1}
    ).content.decode()

    assert "已经用过" in html
    assert not version_of(2012).is_issued


def test_an_issued_report_tells_which_figures_changed_since(logged_in, su, lin, issued, helped):
    helped(lin, 8, path="t-9", at=TEN + timedelta(days=1))

    html = re.sub(r"\s+", " ", page(logged_in(su), "/reports/2013/"))

    assert "印发时 612，现在 620" in html
    assert ">612<span" in html.replace("> 612", ">612")


def test_issue_asks_for_whom_the_report_is_and_prints_it_without_doubled_signs(
    logged_in, su, begun
):
    fields = {
        "number": "苔教〔2013〕1号",
        "expected": 1,
        "addressee": "区委组织部：",
        "copies": "区委宣传部、 各学校。，",
    }

    logged_in(su).post("/reports/2013/issue/", fields)

    paper = paper_of(report_of(2013, TEN.date()), TEN.date())
    assert paper.addressee == "区委组织部"
    assert paper.copies == ("区委宣传部", "各学校")


# --- drafts ------------------------------------------------------------------------------------------


def test_a_section_kept_as_a_draft_is_there_again_and_gone_once_it_is_saved(logged_in, su, begun):
    browser, address = logged_in(su), f"/reports/2013/write/{SERVICE}/"
    sheet = browser.get(address).context["sheet"]
    typed = {
        "once": str(sheet.line),
        "draft-place": sheet.place,
        "draft-label": sheet.label,
        "draft-number": "0",
        "draft-hand": str(sheet.hand),
        "text": "写到一半。",
        "expected": "1",
    }
    browser.post("/drafts/keep/", typed)

    again = browser.get(address)
    assert "写到一半。" in again.text
    assert text_now() != "写到一半。"

    form = again.context["form"]
    told = {name: str(form[name].value()) for name in ("text", "expected", "once")}
    browser.post(address, told)
    assert text_now() == "写到一半。"
    assert not Draft.objects.exists()


def test_a_draft_that_somebody_overtook_stays_until_both_texts_are_joined(
    logged_in, su, keeper, begun
):
    browser, address = logged_in(su), f"/reports/2013/write/{SERVICE}/"
    sheet = browser.get(address).context["sheet"]
    typed = {
        "once": str(sheet.line),
        "draft-place": sheet.place,
        "draft-label": sheet.label,
        "draft-number": "0",
        "draft-hand": str(sheet.hand),
        "text": "我写的。",
        "expected": "1",
    }
    browser.post("/drafts/keep/", typed)
    logged_in(keeper).post(address, {"text": "先存的。", "expected": 1})

    html = browser.post(address, typed).text

    assert "先存的。" in html
    assert str(sheet.line) in html
    assert Draft.objects.get().words["text"] == ["我写的。"]
    assert "我写的。" not in logged_in(keeper).get(address).text

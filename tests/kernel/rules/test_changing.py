"""Which rules can be changed in a form, and what becomes of what two clerks change at once."""

from datetime import date

import pytest

from taihua.kernel.rules.models import RuleBook
from tests.kernel.rules.packs import TEXT, THREE, adopted, amended

pytestmark = pytest.mark.django_db
ONE_VISIT = 'times = 1\nevery = "month"'
PATH = "/rules/book/bureau-book/b.visits/"


@pytest.fixture(autouse=True)
def _on_the_fourth(settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)


@pytest.fixture
def book(lin, zhou):
    return adopted()


@pytest.fixture
def told(book, su, logged_in):
    """What the form of a rule says when it is opened."""
    form = logged_in(su).get(PATH).context["form"]
    told = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    return {name: value for name, value in told.items() if value is not None and value is not False}


def test_a_rule_is_offered_for_change_only_where_its_text_is_kept(book, su, logged_in):
    browser = logged_in(su)
    kept = browser.get("/rules/rule/b.visits/").text

    RuleBook.objects.update(text="")
    lost = browser.get("/rules/rule/b.visits/").text
    shelf = browser.get("/rules/book/bureau-book/").text

    assert "/rules/book/bureau-book/b.visits/" in kept
    assert "/rules/book/bureau-book/b.visits/" not in lost
    assert "新增一条" not in shelf
    assert "修改这部制度" in shelf


def test_who_asks_to_change_a_rule_without_a_text_is_led_to_write_the_text(book, su, logged_in):
    RuleBook.objects.update(text="")

    page = logged_in(su).get("/rules/book/bureau-book/b.visits/", follow=True)

    assert page.redirect_chain == [("/rules/book/bureau-book/edit/", 302)]
    assert "这部制度的全文没有存下来" in page.text


def test_a_rule_that_ends_on_a_day_to_come_says_so_and_is_no_longer_changed(book, su, logged_in):
    browser = logged_in(su)

    browser.post("/rules/rule/b.visits/retire/", {"from_day": "2014-01-01"})
    page = browser.get("/rules/rule/b.visits/").text

    assert "到 2013 年 12 月 31 日为止" in page
    assert "修改这一条" not in page


def test_a_rule_changed_meanwhile_by_a_colleague_is_not_changed_back_unawares(told, su, logged_in):
    browser = logged_in(su)
    amended(TEXT.replace(ONE_VISIT, ONE_VISIT.replace("1", "3")))

    warned = browser.post(PATH, {**told, "version": "1", "times": "2"})
    again = browser.post(PATH, {**told, "version": "2", "times": "2"})

    assert "已经改到第 2 版" in warned.text
    assert 'name="version" type="hidden" value="2"' in warned.text
    assert 'value="2"' in str(warned.context["form"]["times"])
    assert "times = 2" in again.context["form"].initial["text"]


def test_another_rule_changed_meanwhile_does_not_stand_in_the_way(told, su, logged_in):
    browser = logged_in(su)
    amended(TEXT.replace("必读两本书", "必读三本书"))

    looked = browser.post(PATH, {**told, "version": "1", "times": "2"})

    assert "必读三本书" in looked.context["form"].initial["text"]
    assert "times = 2" in looked.context["form"].initial["text"]


def test_a_text_that_says_what_is_in_force_is_not_offered_for_adoption(book, su, logged_in):
    browser = logged_in(su)

    same = browser.post("/rules/adopt/", {"text": TEXT, "do": "look", "version": 1, "year": 2012})
    other = browser.post(
        "/rules/adopt/", {"text": TEXT + "\n# 附注", "do": "look", "version": 1, "year": 2012}
    )

    assert "与现行版本没有不同" in same.text
    assert "通过这部制度" not in same.text
    assert "通过这部制度" in other.text


def test_the_packs_of_the_house_say_which_of_them_are_adopted(lin, zhou, su, logged_in):
    browser = logged_in(su)
    before = browser.get("/rules/start/").text
    adopted(TEXT.replace("bureau-book", "haizhou-2013"))

    after = browser.get("/rules/start/").text

    assert (before.count("已经通过"), after.count("已经通过")) == (0, 1)


def test_a_version_that_nobody_ever_wrote_is_compared_with_nothing(book, su, logged_in):
    amended(THREE)

    for asked in ["9" * 5000, "０", "x", "-1"]:
        page = logged_in(su).get("/rules/book/bureau-book/", {"since": asked})
        assert page.status_code == 200
        assert page.context["differences"] is None

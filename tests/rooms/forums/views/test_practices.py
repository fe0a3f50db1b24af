from datetime import date

import pytest
from django.urls import reverse

from taihua.rooms.forums.actions.practices import begin_trial
from taihua.rooms.forums.models import Practice, Trial
from tests.factories import NINE, UnitFactory
from tests.rooms.forums.conftest import CARD, TODAY, imported


def to(name, *args):
    return reverse(f"forums:{name}", args=args)


TOLD = CARD.as_fields() | {"title": "来电一次说清"}


def test_a_card_is_drafted_and_written_out(logged_in, shen, wu):
    browser = logged_in(shen)
    browser.post(to("new-practice"), TOLD | {"outcome": "", "keep": "1"})
    draft = Practice.objects.get()
    assert draft.is_draft
    assert logged_in(wu).get(to("practice", draft.pk)).status_code == 404
    assert logged_in(wu).get(to("edit-practice", draft.pk)).status_code == 404

    browser.post(to("edit-practice", draft.pk), TOLD)

    assert "来电一次说清" in logged_in(wu).get(to("practices")).text
    assert browser.get(to("edit-practice", draft.pk)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"), [({"problem": ""}, "这一项还空着"), ({"title": "长" * 61}, "60")]
)
def test_half_a_card_is_told_and_kept(logged_in, shen, wrong, told):
    page = logged_in(shen).post(to("new-practice"), TOLD | wrong | {"evidence": "留住"}).text

    assert "还有几处要改" in page
    assert told in page
    assert "留住" in page
    assert not Practice.objects.exists()


def test_the_same_card_sent_twice_is_one(logged_in, shen):
    browser = logged_in(shen)
    browser.post(to("new-practice"), TOLD)

    assert "已经写过" in browser.post(to("new-practice"), TOLD).text
    assert Practice.objects.count() == 1


def test_another_school_tries_and_tells(logged_in, practice, wu, shen):
    browser = logged_in(wu)
    assert "我们也试一试" in browser.get(to("practice", practice.pk)).text
    assert "我们也试一试" not in logged_in(shen).get(to("practice", practice.pk)).text

    browser.post(to("begin-trial", practice.pk), {"since": "2013-12-02"})
    trial = Trial.objects.get()
    assert "我们在试“放学路上有老师”" in browser.get(to("practices")).text
    assert logged_in(shen).get(to("tell-trial", trial.pk)).status_code == 404
    told = {"result": "forums/trial-partly", "why": "低年级做得起来。"}
    browser.post(to("tell-trial", trial.pk), told)

    page = logged_in(shen).get(to("practice", practice.pk)).text
    assert "部分见效" in page
    assert "低年级做得起来。" in page
    assert browser.get(to("tell-trial", trial.pk)).status_code == 404


def test_only_the_unit_retires_its_card(logged_in, practice, wu, shen):
    assert logged_in(wu).get(to("retire", practice.pk)).status_code == 404

    page = logged_in(shen).post(to("retire", practice.pk), {"reason": "路修好了"}, follow=True).text

    assert "停用：路修好了" in page
    assert "我们也试一试" not in logged_in(wu).get(to("practice", practice.pk)).text


def test_there_is_nothing_to_like_and_nothing_to_be_first_in(logged_in, practice, wu, keeper):
    begin_trial(practice=practice, person=wu, since=TODAY, at=NINE)
    imported("practices", unit="school-2", day=date(2012, 3, 1), topic="从前的做法", problem="挤")

    page = logged_in(keeper).get(to("practices")).text

    assert "从前的做法" in page
    for word in ("点赞", "排名", "票"):
        assert word not in page


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_shelf_costs_the_same_however_many_cards(logged_in, costs, shen, wu, practice, count):
    units = [UnitFactory() for _each in range(count)]
    Practice.objects.bulk_create(
        Practice(
            unit=unit, writer=shen, title=f"做法{unit.pk}", saved_at=NINE, shared_at=NINE,
            record="00000000-0000-4000-8000-000000000000",
        )
        for unit in units
    )  # fmt: skip
    Trial.objects.bulk_create(
        Trial(
            practice=practice, unit=unit, started=TODAY, noted_by=wu,
            record="00000000-0000-4000-8000-000000000000",
        )
        for unit in units
    )  # fmt: skip
    browser = logged_in(wu)

    assert costs(browser, to("practices")) <= 18
    assert costs(browser, f"{to('practices')}?order=mine") <= 18
    assert costs(browser, to("practice", practice.pk)) <= 12

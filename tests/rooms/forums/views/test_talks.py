from datetime import timedelta

import pytest
from django.urls import reverse

from taihua.kernel.commitments.queries import open_for
from taihua.kernel.records.actions import record
from taihua.rooms.forums.actions.talks import answer, hand_in, save_draft
from taihua.rooms.forums.models import Round, TalkAnswer, WorkTalk
from tests.factories import NINE, AccountFactory, in_force
from tests.rooms.forums.conftest import at, colleagues, words


def to(name, *args):
    return reverse(f"forums:{name}", args=args)


def said(owner=None, **changed):
    told = {
        "work": "招生",
        "did": "重画了片区图。",
        "learnt": "",
        "blocked": "",
        "ask": "",
        "owner": "",
    }
    if owner:
        told |= {"ask": "请出面商量。", "owner": owner.pk}
    return told | changed


# --- rounds ------------------------------------------------------------------------------------------


def test_the_party_office_calls_a_round(logged_in, su, bureau):
    told = {
        "title": "年末谈工作", "unit": bureau.pk, "stage": "everybody", "request": "谈一项工作。",
        "first_day": "2013-12-04", "last_day": "2013-12-20", "answer_days": "7", "plan": "",
    }  # fmt: skip

    wrong = logged_in(su).post(to("call-round"), told | {"last_day": "2013-12-01"})
    assert "截止日期不能早于开始日期。" in wrong.text
    assert "年末谈工作" in wrong.text
    page = logged_in(su).post(to("call-round"), told, follow=True).text

    assert "“年末谈工作”已布置。" in page
    assert Round.objects.get().answer_days == 7


def test_a_round_shows_progress_to_those_who_look_after_units(logged_in, heads, zhou, lin, wu, su):
    page = logged_in(lin).get(to("round", heads.pk)).text
    assert "0/1" in page
    assert "周明" in page
    assert "0/1" not in logged_in(wu).get(to("round", heads.pk)).text

    hand_in(speaker=zhou, words=words(), asked=heads, at=NINE)

    assert "1/1" in logged_in(su).get(to("round", heads.pk)).text


# --- a talk ------------------------------------------------------------------------------------------


def test_a_draft_is_kept_shown_again_and_handed_in(logged_in, heads, zhou, lin):
    browser, page = logged_in(zhou), to("new-talk-in", heads.pk)

    kept = browser.post(page, said(did="", keep="1"), follow=True).text
    assert "只有您自己看得到" in kept
    assert "招生" in browser.get(page).text
    assert "接着写" in browser.get(to("talks")).text
    done = browser.post(page, said(lin), follow=True).text

    assert "已提交" in done
    assert "重画了片区图" in done
    assert open_for(lin).count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"did": ""}, "这一项还空着"),
        ({"ask": "请帮忙"}, "请选择请谁答复。"),
        ({"work": "长" * 81}, "80"),
        ({"did": "长" * 3001}, "3000"),
        ({"owner": "99999"}, "选择"),
    ],
)
def test_half_a_talk_is_told_and_kept(logged_in, heads, zhou, lin, wrong, told):
    page = (
        logged_in(zhou).post(to("new-talk-in", heads.pk), said() | {"learnt": "留住"} | wrong).text
    )

    assert "还有几处要改" in page
    assert "留住" in page
    assert not WorkTalk.objects.exists()


def test_a_talk_sent_twice_is_one(logged_in, heads, zhou):
    browser, page = logged_in(zhou), to("new-talk-in", heads.pk)
    browser.post(page, said())

    again = browser.post(page, said())

    assert "已经谈过" in again.text
    assert WorkTalk.objects.count() == 1


def test_who_is_not_asked_is_told_and_keeps_the_words(logged_in, heads, shen):
    page = logged_in(shen).post(to("new-talk-in", heads.pk), said()).text

    assert "没有请您谈" in page
    assert "重画了片区图" in page


def test_the_required_books_stand_beside_from_rules_and_records(logged_in, heads, zhou):
    in_force(
        "books", sentence="中层干部每年必读两本书。", verbs=["read"], times=2, every="year",
        count="objects", audience={"tiers": ["middle"]}, mechanism="I3",
    )  # fmt: skip
    record(
        person=zhou, verb="read", kind="reading/book", path="reading/book/1", label="劝学", at=NINE
    )

    page = logged_in(zhou).get(to("new-talk-in", heads.pk)).text

    assert "中层干部每年必读两本书。" in page
    assert "《劝学》" in page


# --- who sees what -----------------------------------------------------------------------------------


def test_a_talk_is_read_by_section_leadership_owner_and_overseers_alone(
    logged_in, talk, section, bureau, school, posts, zhou, lin, su, zheng, shen, wu, keeper
):
    same, elsewhere = (colleagues(1, unit, posts["科员"])[0] for unit in (section, bureau))
    for person in (same, elsewhere):
        AccountFactory(person=person)
    page = to("talk", talk.pk)

    for reader in (zhou, lin, su, zheng, keeper, same):
        assert logged_in(reader).get(page).status_code == 200
    for stranger in (shen, wu, elsewhere):
        assert logged_in(stranger).get(page).status_code == 404
        assert "招生" not in logged_in(stranger).get(to("talks")).text
    assert "周明本人、基础教育科的同事、局领导" in logged_in(zhou).get(page).text


def test_a_draft_is_nobody_elses(logged_in, heads, zhou, lin, su):
    draft = save_draft(speaker=zhou, words=words(lin), asked=heads, at=NINE)

    for reader in (zhou, lin, su):
        assert logged_in(reader).get(to("talk", draft.pk)).status_code == 404
    assert "招生" not in logged_in(su).get(to("talks")).text


# --- ask and answer ----------------------------------------------------------------------------------


def test_an_ask_is_answered_and_weighed(logged_in, talk, zhou, lin):
    page = to("talk", talk.pk)
    assert "等林知远答复" in logged_in(zhou).get(to("talks")).text
    assert "答复周明" in logged_in(lin).get(page).text
    assert "去答复" in logged_in(lin).get(to("talks")).text

    empty = logged_in(lin).post(page, {"kind": "refused", "text": ""})
    assert "还有几处要改" in empty.text
    logged_in(lin).post(page, {"kind": "taken-up", "text": "下周办。"})

    shown = logged_in(zhou).get(page).text
    assert "下周办。" in shown
    assert "说说解决了没有" in shown
    half = logged_in(zhou).post(to("weigh", talk.pk), {"helped": "partly", "remark": ""})
    assert "请写明还差什么。" in half.text
    logged_in(zhou).post(to("weigh", talk.pk), {"helped": "yes", "remark": ""})
    assert "周明说：解决了" in logged_in(lin).get(page).text
    assert logged_in(zhou).get(to("weigh", talk.pk)).status_code == 404


def test_somebody_else_has_no_form_and_his_post_changes_nothing(logged_in, talk, zhou, su):
    for other in (zhou, su):
        page = logged_in(other).post(to("talk", talk.pk), {"kind": "answered", "text": "我来说"})
        assert "我来说" not in page.text
        assert logged_in(other).get(to("pass-on", talk.pk)).status_code == 404

    assert not TalkAnswer.objects.exists()


def test_an_ask_is_passed_on(logged_in, talk, lin, bureau, posts):
    [deputy] = colleagues(1, bureau, posts["局长"])

    told = {"taker": deputy.pk, "reason": "归他分管"}
    page = logged_in(lin).post(to("pass-on", talk.pk), told, follow=True).text

    assert "已转出去" in page
    talk.refresh_from_db()
    assert talk.owner == deputy


def test_the_list_can_show_only_what_has_no_answer(logged_in, talk, lin):
    page = f"{to('talks')}?asks=open"
    assert "招生" in logged_in(lin).get(page).text

    answer(talk=talk, owner=lin, kind="answered", text="好。", at=at(5))

    assert "招生" not in logged_in(lin).get(page).text


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_costs_the_same_however_many_talks(
    logged_in, costs, heads, section, posts, zhou, lin, count
):
    WorkTalk.objects.bulk_create(
        WorkTalk(
            speaker=each, unit=section, work=f"工作{each.pk}", did="做了", ask="请帮忙", owner=lin,
            saved_at=NINE, handed_in_at=NINE, record="00000000-0000-4000-8000-000000000000",
        )
        for each in colleagues(count, section, posts["科员"])
    )  # fmt: skip

    assert costs(logged_in(zhou), to("talks")) <= 20
    assert costs(logged_in(zhou), to("round", heads.pk)) <= 20


def test_an_ask_that_nobody_answered_in_time_says_so_in_list_and_talk(
    logged_in, talk, zhou, settings
):
    settings.TAIHUA_TODAY = talk.answer_due
    in_time = [logged_in(zhou).get(page).text for page in (to("talks"), to("talk", talk.pk))]
    settings.TAIHUA_TODAY = talk.answer_due + timedelta(days=1)
    late = [logged_in(zhou).get(page).text for page in (to("talks"), to("talk", talk.pk))]

    assert not [page for page in in_time if "，已过" in page]
    assert [
        page for page in late if "state-owed" in page and "12 月 18 日（周三），已过" in page
    ] == late

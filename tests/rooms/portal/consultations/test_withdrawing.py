"""What was sent out by mistake is withdrawn: everybody reads when and why, and what came is kept."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from taihua.kernel import house
from taihua.kernel.house import calendar_of, dues_of
from taihua.kernel.measures.queries import value
from taihua.kernel.records.actions import void
from taihua.kernel.records.models import Statement
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.access.consultations import may_see
from taihua.rooms.portal.actions.consultations import publish, send_out, write_final
from taihua.rooms.portal.actions.opinions import Answer, Said, Sender, answer, enter, give
from taihua.rooms.portal.actions.withdrawing import withdraw
from taihua.rooms.portal.enums import Phase
from taihua.rooms.portal.models import Consultation, Opinion
from taihua.rooms.portal.queries.consultations import asking_all, holding, open_to_all, seen_by
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import (
    CLOSES,
    FINAL,
    LATER,
    OPENS,
    TODAY,
    letter,
    refused,
    sent,
)

WHY = "附件用错了一版。"
ADOPTED = Answer(adoption="adopted", reason="新稿里改。")


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


def numbers(*codes):
    span = {"first": date(2013, 1, 1), "last": date(2013, 12, 31)}
    return [value(house.figures()[f"portal.{code}"], **span).number for code in codes]


@pytest.fixture
def gone(out, su):
    """Withdrawn on its second day, after a letter on its second clause had come."""
    letter(out, su.account, "请多建一所。", 2)
    day = NINE + timedelta(days=1)
    return withdraw(consultation=out, reason=f" {WHY} ", by=su.account, at=day)


def test_it_stands_withdrawn_from_then_on_with_who_when_and_why(gone, su):
    row = Consultation.objects.get()

    assert (row.withdrawn_on, row.withdrawn_because) == (date(2013, 12, 5), WHY)
    assert row.withdrawn_by == su.account
    assert {row.phase(day) for day in (OPENS, CLOSES, LATER.date())} == {Phase.WITHDRAWN}


def test_on_record_it_was_not_held_and_its_plan_stands(out, su):
    asked = ("consultations_planned", "consultations", "explained_share")
    assert numbers(*asked) == [1, 1, 1]

    withdraw(consultation=out, reason=WHY, by=su.account, at=NINE)

    assert numbers(*asked)[:2] == [1, 0]
    assert set(statements().values_list("verb__code", flat=True)) == {"planned-consultation"}
    assert list(house.ledgers()["consultations"].store.rows(None)) == []
    voiding = Statement.objects.filter(voids__isnull=False)
    assert {each.context["reason"] for each in voiding} == {f"征求意见已撤回：{WHY}"}
    assert [each.entered_by for each in voiding] == [su.account] * 2


def test_an_act_that_was_voided_before_is_not_voided_again(out, su):
    opened = statements().get(verb__code="opened-consultation")
    void(statement=opened, reason="记错了", at=NINE)

    withdraw(consultation=out, reason=WHY, by=su.account, at=NINE)

    assert Statement.objects.filter(voids=opened).count() == 1
    assert numbers("consultations") == [0]


def test_written_again_under_its_name_it_is_planned_once_and_held_once(gone, bureau, su):
    again = sent(bureau, su)

    assert again.pk != gone.pk
    assert numbers("consultations_planned", "consultations") == [1, 1]


def test_nobody_owes_an_answer_or_an_opinion_any_more(bureau, section, su, zhou, out):
    inside = sent(
        bureau, su, audience="internal", units=[section], kind="ordinary", title="会议安排"
    )
    assert [due.topic for due in dues_of(zhou, TODAY)] == [inside.path]
    assert len(dues_of(su, LATER.date())) == 2

    for each in (out, inside):
        withdraw(consultation=each, reason=WHY, by=su.account, at=NINE)

    assert dues_of(zhou, TODAY) == []
    assert dues_of(su, LATER.date()) == []


def test_calendars_show_its_closing_day_as_cancelled(out, bureau, su):
    span = (date(2014, 1, 1), date(2014, 1, 31))
    [before] = calendar_of(bureau, *span)
    withdraw(consultation=out, reason=WHY, by=su.account, at=NINE)
    [after] = calendar_of(bureau, *span)

    assert (before.is_cancelled, before.revision) == (False, 0)
    assert (after.is_cancelled, after.revision, after.path) == (True, 1, before.path)


def test_its_draft_is_found_and_asked_about_no_more_but_it_stays_in_the_list(gone):
    assert list(open_to_all(LATER.date())) == [gone]
    assert list(asking_all(date(2013, 12, 5))) == []
    assert list(holding(open_to_all(LATER.date()), ["学校"])) == []


def test_what_was_withdrawn_before_its_first_day_is_seen_by_its_host_alone(bureau, su, wu, zheng):
    ahead = sent(bureau, su, opens=OPENS + timedelta(days=3))
    withdraw(consultation=ahead, reason=WHY, by=su.account, at=NINE)
    ahead.refresh_from_db()

    for person, sees in ((su, True), (wu, False), (zheng, False)):
        assert may_see(person.account, ahead, LATER.date()) is sees
        assert list(seen_by(person.account, LATER.date())) == [ahead] * sees
    assert list(open_to_all(LATER.date())) == []


def test_strangers_read_when_and_why_and_neither_draft_nor_form(gone, client):
    page = client.get(to("consultation", gone.pk)).text

    for told in ("教育发展规划纲要", "已撤回", "12 月 5 日", WHY):
        assert told in page
    for hidden in ("每年建两所新校", "为什么要有规划", "对全文提意见", "和最终文本一起公布"):
        assert hidden not in page
    assert f"撤回：{WHY}" in client.get(to("consultations")).text
    answer = client.get(to("give-opinion", gone.pk))
    assert (answer.status_code, answer.url) == (302, to("consultation", gone.pk))
    assert client.get(to("outcome", gone.pk)).status_code == 404


def test_its_host_still_reads_the_draft_and_answers_what_came(gone, logged_in, su):
    office = logged_in(su)
    page = office.get(to("consultation", gone.pk)).text
    assert "每年建两所新校" in page
    assert to("withdraw-consultation", gone.pk) not in page

    page = office.get(to("opinions", gone.pk)).text
    assert "不写最终文本" in page
    for way in ("final", "matrix", "enter-opinion"):
        assert to(way, gone.pk) not in page
    told = {"adoption": "adopted", "reason": "新稿里改。"}
    page = office.post(to("answer-opinion", Opinion.objects.get().pk), told, follow=True).text
    assert "凭回执号看得到" in page


def test_whoever_gave_an_opinion_reads_its_answer_by_the_receipt_at_once(gone, client, su):
    opinion = Opinion.objects.get()
    page = client.get(to("receipt", opinion.receipt)).text
    assert WHY in page
    assert "请多建一所。" in page
    assert "意见留着" in page

    answer(opinion=opinion, answer=ADOPTED, by=su.account, at=LATER)

    page = client.get(to("receipt", opinion.receipt)).text
    assert "新稿里改。" in page
    assert "意见留着" not in page
    assert statements().filter(verb__code="answered-opinion").count() == 1


def test_what_somebody_typed_when_it_was_withdrawn_is_not_lost(gone, client):
    page = client.post(to("give-opinion", gone.pk), {"text": "操场要留够。"}).text

    assert "操场要留够。" in page
    assert Opinion.objects.count() == 1


def test_the_office_withdraws_it_with_the_reason_in_a_form(out, logged_in, su):
    office, way = logged_in(su), to("withdraw-consultation", out.pk)
    assert way in office.get(to("consultation", out.pk)).text

    assert "为什么撤回" in office.get(way).text
    assert office.post(way, {"reason": ""}).status_code == 200
    assert Consultation.objects.get().withdrawn_on is None
    page = office.post(way, {"reason": WHY}, follow=True).text

    assert "已撤回，原因公开在这一页。" in page
    assert "下面的稿子只有办理的人看得到" in page


@pytest.mark.parametrize("who", ["wu", "zhou", "lin", "zheng"])
def test_nobody_else_comes_upon_the_form(out, logged_in, request, who):
    client = logged_in(request.getfixturevalue(who))

    assert client.post(to("withdraw-consultation", out.pk), {"reason": WHY}).status_code == 404
    assert Consultation.objects.get().withdrawn_on is None


def test_plain_files_tell_it_as_the_page_does(gone, settings, tmp_path):
    settings.TAIHUA_TODAY, settings.HOME = LATER.date(), tmp_path / "home"
    settings.ALLOWED_HOSTS, settings.HTTPS = ["edu.example"], True

    call_command("publish", str(tmp_path / "out"), verbosity=0)

    page = (tmp_path / "out" / "consultations" / f"{gone.pk}.html").read_text()
    assert WHY in page
    assert "每年建两所新校" not in page
    assert f"撤回：{WHY}" in (tmp_path / "out" / "consultations" / "index.html").read_text()


def test_it_is_refused_to_others_without_a_reason_and_twice(out, gone, bureau, su, wu):
    running = sent(bureau, su, title="另一份")

    with refused("负责人来办"):
        withdraw(consultation=running, reason=WHY, by=wu.account, at=NINE)
    with refused("请写明撤回的原因"):
        withdraw(consultation=running, reason=" ", by=su.account, at=NINE)
    with refused("已经撤回"):
        withdraw(consultation=gone, reason=WHY, by=su.account, at=NINE)


def test_it_is_refused_before_sending_out_and_after_publishing(finished, su):
    draft = Consultation.objects.get(pk=finished.pk)
    draft.pk, draft.sent_at, draft.record = None, None, None
    draft.save()
    publish(consultation=finished, summary="", by=su.account, at=LATER)

    with refused("还没有发出"):
        withdraw(consultation=draft, reason=WHY, by=su.account, at=LATER)
    with refused("已经公布，不能撤回"):
        withdraw(consultation=finished, reason=WHY, by=su.account, at=LATER)


def test_nothing_more_is_taken_written_or_sent_out_afterwards(gone, su):
    said = Said(text="再说一句。")
    with refused("已经撤回，不再收意见"):
        give(consultation=gone, said=said, sender=Sender(address="10.0.0.1"), at=NINE)
    with refused("已经撤回，不再收意见"):
        enter(
            consultation=gone, said=said, channel="letter", received_on=OPENS,
            by=su.account, at=LATER,
        )  # fmt: skip
    with refused("已经撤回，不再写最终文本"):
        write_final(consultation=gone, text=FINAL, by=su.account, at=LATER)
    with refused("已经发出"):
        send_out(consultation=gone, by=su.account, at=NINE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"withdrawn_on": TODAY, "withdrawn_because": ""},
        {"withdrawn_on": TODAY, "withdrawn_because": WHY, "sent_at": None},
        {"withdrawn_on": TODAY, "withdrawn_because": WHY, "published_on": LATER.date()},
    ],
)
def test_the_database_holds_that_it_has_a_reason_and_was_out_and_unpublished(out, wrong):
    with pytest.raises(IntegrityError, match="withdrawn_with_reason"), transaction.atomic():
        Consultation.objects.filter(pk=out.pk).update(**wrong)

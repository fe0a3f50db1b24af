"""Draft and final text as Akoma Ntoso: the clauses as they are kept, for whoever may read them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from taihua.base.akn import Clause
from taihua.rooms.portal.actions.consultations import publish, save
from taihua.rooms.portal.actions.withdrawing import withdraw
from tests.base.akn import A, clauses_in, hold_to_akn, title_in
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import LATER, OPENS, asked, sent

CHAPTERS = (
    "第一章　总则\n第一条　为了 <学校> & 孩子。\n第二条　两件事：\n（一）校舍；\n（二）教师。"
)


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


@pytest.fixture
def settled(finished, su, settings):
    settings.TAIHUA_TODAY = LATER.date()
    return publish(consultation=finished, summary="", by=su.account, at=LATER)


def test_a_stranger_takes_the_draft_along_with_its_clauses_as_they_are_kept(client, bureau, su):
    out = sent(bureau, su, draft=CHAPTERS)
    way = to("draft-text", out.pk)
    assert f'href="{way}"' in client.get(to("consultation", out.pk)).text

    answer = client.get(way)

    assert answer["Content-Type"] == "application/akn+xml"
    assert answer["Content-Disposition"].startswith("attachment")
    assert title_in(answer.content) == "教育发展规划纲要"
    assert clauses_in(answer.content) == [
        Clause("第一条", "第一章　总则", "为了 <学校> & 孩子。"),
        Clause("第二条", "", "两件事：\n（一）校舍；\n（二）教师。"),
    ]
    root = hold_to_akn(answer.content)
    assert root.xpath("//a:FRBRExpression/a:FRBRuri/@value", namespaces=A) == [
        f"/akn/cn/bill/2013-12-04/consultation-{out.pk}/zho@2013-12-04"
    ]


def test_the_final_text_is_an_act_from_the_day_on_which_it_is_published(client, settled):
    way = to("final-text", settled.pk)
    assert f'href="{way}"' in client.get(to("outcome", settled.pk)).text

    written = client.get(way).content

    assert [each.text for each in clauses_in(written)] == [
        "全区办好每一所学校。", "每年建三所新校。", "村小保留教学点。",
    ]  # fmt: skip
    assert hold_to_akn(written).xpath("//a:act//a:FRBRManifestation/a:FRBRuri/@value", namespaces=A) == [
        f"/akn/cn/act/2013-12-04/consultation-{settled.pk}/zho@2014-01-13.xml"
    ]  # fmt: skip
    assert client.get(to("draft-text", settled.pk)).status_code == 200


def test_nobody_takes_a_final_text_before_it_is_published(finished, logged_in, su):
    assert logged_in(su).get(to("final-text", finished.pk)).status_code == 404


def test_what_is_not_sent_out_has_no_text_yet(bureau, su, logged_in):
    draft = save(asked=asked(bureau, su), by=su.account, at=NINE)
    office = logged_in(su)

    assert office.get(to("draft-text", draft.pk)).status_code == 404
    assert "机读文本" not in office.get(to("consultation", draft.pk)).text


def test_texts_are_taken_by_those_alone_who_may_read_the_page(
    client, logged_in, bureau, section, su, zhou, wu
):
    ahead = sent(bureau, su, opens=OPENS + timedelta(days=2))
    inside = sent(bureau, su, audience="internal", units=[section], kind="ordinary", title="会议")

    assert client.get(to("draft-text", ahead.pk)).status_code == 404
    assert client.get(to("draft-text", inside.pk)).status_code == 404
    assert logged_in(wu).get(to("draft-text", inside.pk)).status_code == 404
    assert logged_in(zhou).get(to("draft-text", inside.pk)).status_code == 200


def test_of_a_withdrawn_one_its_host_alone_takes_the_draft(out, client, logged_in, su):
    withdraw(consultation=out, reason="发错了。", by=su.account, at=NINE)

    assert client.get(to("draft-text", out.pk)).status_code == 404
    assert "机读文本" not in client.get(to("consultation", out.pk)).text
    assert logged_in(su).get(to("draft-text", out.pk)).status_code == 200


def test_plain_files_hold_the_same_texts(client, settled, bureau, su, settings, tmp_path):
    settings.HOME, settings.ALLOWED_HOSTS = tmp_path / "home", ["edu.example", "testserver"]
    gone = sent(bureau, su, title="发错的")
    withdraw(consultation=gone, reason="发错了。", by=su.account, at=LATER)

    call_command("publish", str(tmp_path / "out"), verbosity=0)

    folder = tmp_path / "out" / "consultations"
    for name in ("draft", "final"):
        answer = client.get(to(f"{name}-text", settled.pk))
        assert (folder / f"{settled.pk}-{name}.xml").read_bytes() == answer.content
    assert f'href="{settled.pk}-draft.xml"' in (folder / f"{settled.pk}.html").read_text()
    assert f'href="{settled.pk}-final.xml"' in (folder / f"{settled.pk}-outcome.html").read_text()
    assert not (folder / f"{gone.pk}-draft.xml").exists()

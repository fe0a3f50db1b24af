"""Pages ask the database as often for three hundred opinions or consultations as for three."""

import pytest
from django.urls import reverse

from taihua.kernel.records.models import Statement
from taihua.rooms.portal.actions.consultations import publish
from taihua.rooms.portal.actions.opinions import Answer, answer
from taihua.rooms.portal.models import Clause, Consultation, FinalClause, Opinion
from taihua.rooms.portal.queries.consultations import opinions_of
from tests.rooms.portal.consultations.conftest import CLOSES, LATER, OPENS, letter

COUNTS = [1, 3, 300]


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


def many_opinions(consultation, su, count):
    """Said by several, each pair of them nearly the same and together in a family."""
    clause = consultation.clauses.get(position=2)
    first = [
        letter(consultation, su.account, f"每年多建一所新校{end}", 2) for end in ("。", "吧。")
    ]
    made = Opinion.objects.bulk_create(
        Opinion(
            consultation=consultation,
            clause=clause,
            text=f"第 {number} 条",
            receipt=f"R{number}",
            received_on=OPENS,
            channel="phone",
            entered_by=su.account,
        )
        for number in range(2 * count)
    )
    for one, other in zip(made[::2], made[1::2], strict=True):
        one.family_id = other.family_id = one.pk
    Opinion.objects.bulk_update(made, ["family"])
    return first[0]


def many_clauses(consultation, count):
    for model in (Clause, FinalClause):
        model.objects.bulk_create(
            model(consultation=consultation, position=10 + n, text=f"第 {n} 段")
            for n in range(count)
        )


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("opinions", 14),
        ("opinions?show=open", 14),
        ("opinions?show=alike", 14),
        ("opinions?show=aside", 14),
        ("opinions?page=2", 14),
        ("matrix", 12),
        ("sources", 12),
        ("consultation", 12),
    ],
)
def test_an_officers_page_costs_the_same_for_many(
    logged_in, finished, su, settings, django_assert_max_num_queries, page, most, count
):
    settings.TAIHUA_TODAY = LATER.date()
    first = many_opinions(finished, su, count)
    many_clauses(finished, count if page in {"matrix", "sources", "consultation"} else 1)
    told = Answer(adoption="adopted", reason="已改。", changed=first.clause)
    answer(opinion=first, answer=told, by=su.account, at=LATER)
    browser = logged_in(su)
    name, _, asked = page.partition("?")
    browser.get(to(name, finished.pk))

    with django_assert_max_num_queries(most):
        assert browser.get(f"{to(name, finished.pk)}?{asked}").status_code == 200


@pytest.mark.parametrize("count", COUNTS)
def test_the_outcome_costs_the_same_for_many(
    client, finished, su, settings, django_assert_max_num_queries, count
):
    settings.TAIHUA_TODAY = LATER.date()
    publish(consultation=finished, summary="", by=su.account, at=LATER)
    many_clauses(finished, count)
    Consultation.objects.update(published_on=None)
    many_opinions(finished, su, count)
    Consultation.objects.update(published_on=LATER.date())
    client.get(to("outcome", finished.pk))

    with django_assert_max_num_queries(10):
        page = client.get(to("outcome", finished.pk)).text

    assert f"一共收到 {2 * count + 2} 条意见" in page
    assert opinions_of(finished).count() == 2 * count + 2


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("page", ["consultations", "front", "sitemap"])
def test_the_list_costs_the_same_for_many(
    client, logged_in, bureau, su, out, django_assert_max_num_queries, page, count
):
    on_record = Statement.objects.get(uuid=out.record).uuid
    Consultation.objects.bulk_create(
        Consultation(
            title=f"第 {number} 份",
            kind="ordinary",
            host=bureau,
            responsible=su,
            draft="一",
            explanation="二",
            opens=OPENS,
            closes=CLOSES,
            sent_at=LATER,
            record=on_record,
        )
        for number in range(count)
    )
    browser = logged_in(su)
    browser.get(to(page))

    with django_assert_max_num_queries(16):
        assert browser.get(to(page)).status_code == 200

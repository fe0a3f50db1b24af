"""What the tests of consultations start from: a draft that is out, and one whose days are over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from taihua.kernel.commitments.models import Commitment
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.queries import everything_said
from taihua.rooms.portal import models
from taihua.rooms.portal.actions.consultations import (
    Asked,
    ConsultationRefused,
    save,
    send_out,
    write_final,
)
from taihua.rooms.portal.actions.opinions import Said, enter
from taihua.rooms.portal.models import Consultation, Opinion
from tests.factories import NINE

TODAY = NINE.date()
OPENS, CLOSES = date(2013, 12, 4), date(2014, 1, 6)
LATER = NINE + timedelta(days=40)
DRAFT = "第一条　全区办好每一所学校。\n第二条　每年建两所新校。\n第三条　村小保留教学点。"
FINAL = "第一条　全区办好每一所学校。\n第二条　每年建三所新校。\n第三条　村小保留教学点。"


@pytest.fixture(autouse=True)
def today(settings):
    settings.TAIHUA_TODAY = TODAY


def asked(host: Unit, responsible: Person, **changed: Any) -> Asked:
    told: dict[str, Any] = {
        "title": "教育发展规划纲要",
        "kind": "plan",
        "host": host,
        "responsible": responsible,
        "draft": DRAFT,
        "explanation": "为什么要有规划。",
        "opens": OPENS,
        "closes": CLOSES,
        **changed,
    }
    return Asked(**told)


def sent(host: Unit, by: Person, at: datetime = NINE, **changed: Any) -> Consultation:
    responsible = changed.pop("responsible", by)
    made = save(asked=asked(host, responsible, **changed), by=by.account, at=at)
    return send_out(consultation=made, by=by.account, at=at)


def letter(consultation: Consultation, by: Account, text: str, place: int = 0) -> Opinion:
    """A letter that came on the first day, on the clause of that place or on the whole."""
    clause = consultation.clauses.get(position=place) if place else None
    return enter(
        consultation=consultation,
        said=Said(text=text, clause=clause, name="赵某"),
        channel="letter",
        received_on=OPENS,
        by=by,
        at=LATER,
    )


def all_that_is_kept() -> list[list[Any]]:
    """Every row of the room's consultations, of the records and of what is owed."""
    rows: list[list[Any]] = [
        sorted(map(repr, model._default_manager.values_list()))
        for model in (
            models.Consultation,
            models.Consultation.units.through,
            models.Clause,
            models.Opinion,
            models.OpinionGroup,
            models.Response,
            models.FinalClause,
            models.FinalClause.sources.through,
            Commitment,
        )
    ]
    return [*rows, list(everything_said().order_by("pk").values_list("pk"))]


@contextmanager
def refused(told: str) -> Iterator[None]:
    """What is done within is refused in these words, and nothing at all is changed by it."""
    before = all_that_is_kept()
    with pytest.raises(ConsultationRefused, match=told):
        yield
    assert all_that_is_kept() == before


@pytest.fixture
def out(bureau, su) -> Consultation:
    """Sent out by the party office on 4 December, open until 6 January."""
    return sent(bureau, su)


@pytest.fixture
def finished(out, su) -> Consultation:
    """With a final text that changes the second clause."""
    write_final(consultation=out, text=FINAL, by=su.account, at=LATER)
    return out

"""Sessions and lectures as the tests of the room need them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.study.actions.attendance import Noted, note_attendance
from taihua.rooms.study.actions.rotas import Wish, draft_rota, issue_rota
from taihua.rooms.study.actions.sessions import Arrangement, set_session
from taihua.rooms.study.models import Rota, Session
from taihua.rooms.study.queries.sessions import expected_at

SET_AT = datetime(2013, 11, 1, 9, tzinfo=ZONE)


def moment(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def arrangement(day: date, lead: Person, **changed: Any) -> Arrangement:
    told = {
        "topic": "校园安全",
        "starts_at": moment(day),
        "ends_at": moment(day, 11),
        "days": Decimal("0.5"),
        "lead": lead,
    }
    return Arrangement(**(told | changed))


def set_on(
    unit: Unit, day: date, lead: Person, by: Account | None = None, **changed: Any
) -> Session:
    """A session beyond the plan, set on the first of November."""
    slot = changed.pop("slot", None)
    return set_session(
        unit=unit,
        arrangement=arrangement(day, lead, **changed),
        slot=slot,
        beyond_plan="" if slot else "上级要求",
        at=SET_AT,
        by=by,
    )


def noted_all(session: Session, **turnouts: tuple[str, str]) -> dict[Person, Noted]:
    """Everybody expected as present, but for those whose code is named otherwise."""
    return {
        each.person: Noted(*turnouts.get(each.person.code, ("present", "")))
        for each in expected_at(session)
    }


def hold(session: Session, by: Account, **turnouts: tuple[str, str]) -> Session:
    """Note who came on the day after."""
    noted = noted_all(session, **turnouts)
    at = session.starts_at + timedelta(days=1)
    return note_attendance(session=session, noted=noted, at=at, by=by)


def rota_of(unit: Unit, days: list[date], by: Account, **changed: Any) -> Rota:
    """An issued rota with a lecture at three on each of ``days``."""
    wishes = [
        Wish(starts_at=moment(day, 15), ends_at=moment(day, 16), topic=f"第 {n} 讲")
        for n, day in enumerate(days, start=1)
    ]
    told = {
        "unit": unit,
        "first": min(days),
        "last": max(days),
        "audience": "office",
        "wishes": wishes,
        "at": SET_AT,
        "by": by,
    }
    return issue_rota(rota=draft_rota(**(told | changed)), at=SET_AT, by=by)

"""轮流授课: make a rota that is even and says why, issue it, let the reserve step in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record
from taihua.kernel.records.restating import restate, take_back
from taihua.rooms.study.actions.promises import let_go, owe
from taihua.rooms.study.logic.rota import Choice, Lecturer, Slot, make_rota
from taihua.rooms.study.logic.rota import Rota as Found
from taihua.rooms.study.models import Rota, Turn
from taihua.rooms.study.queries.candidates import Candidates, candidates_for, why_barred
from taihua.rooms.study.queries.sessions import overlapping
from taihua.rooms.study.queries.turns import lectures_at, turns_of

MATERIAL_BEFORE = timedelta(days=3)
MOST_TURNS = 60


class RotaRefused(Exception):
    """Nothing was changed; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A lecture that is wanted: when, on what, and who can speak on it (nobody named: anybody)."""

    starts_at: datetime
    ends_at: datetime
    topic: str
    place: str = ""
    able: Sequence[Person] = ()


@transaction.atomic
def draft_rota(
    *, unit: Unit, first: date, last: date, audience: str, wishes: Sequence[Wish], at: datetime,
    by: Account | None = None,
) -> Rota:  # fmt: skip
    """Choose a lecturer for each lecture, as evenly as leave and topics allow, with the reason.

    Turns given in the same span before its first lecture count, imported ones too.

    :raises RotaRefused: there is no lecture or too many, one lies outside the span or at the same
        time as another, or nobody can give it
    """
    _refuse(unit, first, last, wishes)
    people = candidates_for(unit, first, wishes)
    found = _solved(wishes, people)
    rota = Rota.objects.create(
        unit=unit,
        first_day=first,
        last_day=last,
        audience=audience,
        made_at=at,
        made_by=by,
        verdict=_verdict(found, wishes, people),
    )
    by_name = people.by_key
    reserves: dict[str, int] = dict.fromkeys(by_name, 0)
    for choice in found.choices:
        wish = wishes[choice.slot]
        reserve = _reserve(choice, people.barred[choice.slot], reserves)
        turn = Turn.objects.create(
            rota=rota,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            place=wish.place,
            topic=wish.topic.strip(),
            lecturer=by_name[choice.lecturer],
            reserve=by_name[reserve] if reserve else None,
            because=_because(choice, people, choice.slot),
        )
        turn.able.set(wish.able)
    return rota


def _solved(wishes: Sequence[Wish], people: Candidates) -> Found:
    slots = [
        Slot(local_day(wish.starts_at), wish.topic, barred)
        for wish, barred in zip(wishes, people.barred, strict=True)
    ]
    lecturers = [
        Lecturer(key, people.before(key), people.last(key)) for key in sorted(people.by_key)
    ]
    found = make_rota(slots, lecturers)
    if found.unfilled:
        wish = wishes[found.unfilled[0]]
        reasons = [
            f"{people.by_key[key].name}（{why_barred(code)}）"
            for key, code in sorted(people.barred[found.unfilled[0]].items())
        ]
        raise RotaRefused(
            _("《%(topic)s》没有人能讲：%(reasons)s。请改日期，或多写几位能讲的人。")
            % {"topic": wish.topic, "reasons": "、".join(reasons) or _("班子里那天没有人")}
        )
    return found


def _refuse(unit: Unit, first: date, last: date, wishes: Sequence[Wish]) -> None:
    if not wishes:
        raise RotaRefused(_("请至少写一讲。"))
    if len(wishes) > MOST_TURNS:
        raise RotaRefused(_("一张轮值表最多排 %(most)d 讲。") % {"most": MOST_TURNS})
    before: Wish | None = None
    for wish in sorted(wishes, key=lambda each: each.starts_at):
        told = {"topic": wish.topic}
        if not first <= local_day(wish.starts_at) <= last:
            raise RotaRefused(_("《%(topic)s》不在这张表的起止日期之内。") % told)
        if before is not None and wish.starts_at < before.ends_at:
            raise RotaRefused(
                _("《%(topic)s》和《%(other)s》排在了同一段时间。")
                % {**told, "other": before.topic}
            )
        lecture = lectures_at(unit, wish.starts_at, wish.ends_at).first()
        other = lecture or overlapping(unit, wish.starts_at, wish.ends_at).first()
        if other is not None:
            raise RotaRefused(
                _("《%(topic)s》和已排定的《%(other)s》在同一段时间，请改日期。")
                % {**told, "other": other.topic}
            )
        before = wish


def _reserve(choice: Choice, barred: Mapping[str, str], reserves: dict[str, int]) -> str:
    """Who stands by: able too, and asked to stand by least so far."""
    able = [key for key in reserves if key not in barred and key != choice.lecturer]
    chosen = min(able, key=lambda key: (reserves[key], key), default="")
    if chosen:
        reserves[chosen] += 1
    return chosen


def _because(choice: Choice, people: Candidates, slot: int) -> dict[str, object]:
    """Why it is this lecturer, as facts: the words are found when it is shown."""
    names = {key: person.name for key, person in people.by_key.items()}
    return {
        "given": choice.given,
        "last": choice.last.isoformat() if choice.last > date.min else "",
        "alone": choice.alone,
        "waits": [names[key] for key in choice.waits],
        "barred": {names[key]: code for key, code in sorted(people.barred[slot].items())},
    }


def _verdict(found: Found, wishes: Sequence[Wish], people: Candidates) -> dict[str, object]:
    """How even it is; and where it is not, who alone can take which lectures."""
    told: dict[str, object] = {"spread": found.spread, "fair": found.is_fair}
    if found.obstacle is not None:
        names = {key: person.name for key, person in people.by_key.items()}
        told["obstacle"] = {
            "few": [names[key] for key in found.obstacle.few],
            "spared": [names[key] for key in found.obstacle.spared],
            "topics": [wishes[number].topic for number in found.obstacle.slots],
        }
    return told


@transaction.atomic
def issue_rota(*, rota: Rota, at: datetime, by: Account | None) -> Rota:
    """Make a rota known: its lectures go on record as planned, and material is asked for.

    :raises RotaRefused: it is issued already
    """
    rota = Rota.objects.select_for_update().select_related("unit").get(pk=rota.pk)
    if rota.is_issued:
        raise RotaRefused(_("这张轮值表已经公布了。"))
    rota.issued_at = at
    rota.save(update_fields=["issued_at"])
    for turn in turns_of(rota):
        plan_turn(turn, at, by)
    return rota


@transaction.atomic
def discard_rota(*, rota: Rota) -> None:
    """Throw a rota away that nobody but its makers has seen.

    :raises RotaRefused: it is issued
    """
    rota = Rota.objects.select_for_update().get(pk=rota.pk)
    if rota.is_issued:
        raise RotaRefused(_("已公布的轮值表不能作废；可以换讲、请候补来讲，或取消一讲。"))
    rota.delete()


def plan_turn(turn: Turn, at: datetime, by: Account | None) -> None:
    """Put on record that a lecture is planned, and let its lecturer owe the material."""
    statement = record(
        unit=turn.rota.unit,
        verb="planned-session",
        kind="study/lecture",
        path=turn.path,
        label=turn.topic,
        at=at,
        context=planned(turn),
        entered_by=by,
    )
    turn.planned_by = statement.uuid
    turn.save(update_fields=["planned_by"])
    ask_material(turn, at)


def replan_turn(turn: Turn, reason: str, at: datetime, by: Account | None) -> None:
    """State a changed lecture anew, and ask the one who gives it now for the material."""
    turn.revision += 1
    if turn.planned_by is not None:
        turn.planned_by = restate(
            uuid=turn.planned_by, reason=reason, at=at, by=by, context=planned(turn)
        )
    turn.save()
    let_go(f"{turn.path}/material", reason, at)
    ask_material(turn, at)


def planned(turn: Turn) -> dict[str, str]:
    """What the ledger of plans keeps of it."""
    return {
        "planned": turn.day.isoformat(),
        "lead": turn.lecturer.code if turn.lecturer else "",
    }


def ask_material(turn: Turn, at: datetime) -> None:
    """Let the lecturer owe the material three days before, unless it is there."""
    if turn.lecturer is None or turn.materials.exists() or turn.day < local_day(at):
        return
    owe(
        turn.lecturer,
        _("交《%(topic)s》的授课材料") % {"topic": turn.topic},
        max(turn.day - MATERIAL_BEFORE, local_day(at)),
        f"{turn.path}/material",
        (reverse("study:turn-material", args=[turn.pk]), _("交材料")),
        at,
    )


@transaction.atomic
def replace_lecturer(
    *, turn: Turn, lecturer: Person, reason: str, at: datetime, by: Account | None
) -> Turn:
    """Let another lecture instead, mostly the reserve, with the reason.

    :raises RotaRefused: the lecture was given or cancelled, no reason is given, or the other
        cannot take it
    """
    turn = open_turn(turn)
    if not reason.strip():
        raise RotaRefused(_("换人要写明原因。"))
    refuse_unable(turn, lecturer, turn.day)
    was = turn.lecturer.name if turn.lecturer else ""
    if turn.reserve == lecturer:
        turn.reserve = None
    turn.lecturer = lecturer
    turn.because = {**turn.because, "instead": was, "reason": reason.strip()}
    replan_turn(turn, reason.strip(), at, by)
    return turn


@transaction.atomic
def cancel_turn(*, turn: Turn, reason: str, at: datetime, by: Account | None) -> Turn:
    """Call a lecture off, with the reason.

    :raises RotaRefused: it was given or cancelled, or no reason is given
    """
    turn = open_turn(turn)
    if not reason.strip():
        raise RotaRefused(_("取消要写明原因。"))
    take_back(uuid=turn.planned_by, reason=reason.strip(), at=at, by=by)
    turn.cancelled_because, turn.planned_by = reason.strip(), None
    turn.revision += 1
    turn.save()
    let_go(f"{turn.path}/material", reason.strip(), at)
    return turn


def open_turn(turn: Turn) -> Turn:
    """The lecture, held fast; refused where it was given or cancelled."""
    rows = Turn.objects.select_for_update(of=("self",))
    row = rows.select_related("rota__unit", "lecturer", "reserve").get(pk=turn.pk)
    if row.is_held or row.is_cancelled:
        raise RotaRefused(_("《%(topic)s》已经讲过或取消。") % {"topic": row.topic})
    return row


def refuse_unable(turn: Turn, lecturer: Person, day: date) -> None:
    """Refuse somebody who on that day is away, not in post, or cannot speak on the topic."""
    wish = Wish(
        starts_at=turn.starts_at + (day - turn.day),
        ends_at=turn.ends_at + (day - turn.day),
        topic=turn.topic,
        able=list(turn.able.all()),
    )
    people = candidates_for(turn.rota.unit, day, [wish])
    code = people.barred[0].get(lecturer.code, "") if lecturer.code in people.by_key else "out"
    if code:
        raise RotaRefused(
            _("%(name)s不能在 %(day)s讲《%(topic)s》：%(why)s。")
            % {
                "name": lecturer.name,
                "day": longday(day),
                "topic": turn.topic,
                "why": why_barred(code),
            }
        )

"""Take in the note of a visit, from the page or from a device that was long without a network.

Whatever order notes arrive in, and however often, the same stands in the end. Three things make it
so: a note bears a number of its own; of two writings with one number the newer stays, by a total
order (:func:`~taihua.rooms.outreach.logic.sync.is_newer`); and what counts is settled each time from
all notes of the day (:mod:`~taihua.rooms.outreach.logic.counting`), not from what came first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.outreach.actions.counting import settle_day
from taihua.rooms.outreach.actions.matters import FARTHEST, bring_up, take_back
from taihua.rooms.outreach.enums import Way
from taihua.rooms.outreach.logic.private import private_marks
from taihua.rooms.outreach.logic.sync import digest, is_newer
from taihua.rooms.outreach.models import FieldVisit, Problem, Proposal, ProposalStep
from taihua.rooms.outreach.queries.visits import leave_on

ANSWER_WITHIN = timedelta(days=30)
NOON = time(12)


class NoteRefused(Exception):
    """Nothing of the note was kept; the message is written for its writer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A problem or a proposal: what, whose, and by when (thirty days after the visit if unsaid)."""

    text: str
    owner: Unit
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A visit as it was written down; ``written`` is when, by the device, and only orders notes."""

    uuid: UUID
    visitor: Person
    place: Unit
    day: date
    halves: int
    topic: str
    heard: str
    seen: str
    way: str = Way.TALK
    makes_up: date | None = None
    written: str = ""
    revision: int = 1
    problems: tuple[Matter, ...] = ()
    proposals: tuple[Matter, ...] = ()

    @property
    def digest(self) -> str:
        """The fingerprint of everything that was written."""
        told = {name: str(getattr(self, name)) for name in SAID}
        return digest(told | {"place": self.place.code, "matters": [*self._told_matters()]})

    def _told_matters(self) -> list[tuple[str, ...]]:
        both = [("problem", each) for each in self.problems]
        both += [("proposal", each) for each in self.proposals]
        return [(kind, each.text, each.owner.code, str(each.due)) for kind, each in both]

    def due(self, matter: Matter) -> date:
        """By when a matter is due: as it says, or so long after the visit."""
        return matter.due or self.day + ANSWER_WITHIN

    def number(self, kind: str, matter: Matter) -> UUID:
        """The number of a matter: the same for the same words, owner and days, and for no others."""
        told = (kind, self.day, self.due(matter), matter.owner.code, matter.text)
        return uuid5(self.uuid, " ".join(map(str, told)))


SAID = ("day", "halves", "topic", "heard", "seen", "way", "makes_up", "written")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a note: the visit that stands, and whether this writing changed anything."""

    visit: FieldVisit
    is_new: bool


@transaction.atomic
def take_in(*, note: Note, at: datetime, by: Account | None = None) -> Taken:
    """Keep a note, and let what it says be on record, counted and owed.

    The same or an older writing of a number changes nothing. A newer one replaces the words, the
    problems and the proposals, as long as nobody has done anything about these.

    :raises NoteRefused: the visit lies ahead, on a day of leave or at a unit that was closed then;
        neither half a day nor a whole one; numbers of people in it; somebody else's note; or an
        answer came meanwhile
    """
    Person.objects.select_for_update().get(pk=note.visitor.pk)  # one at a time: a day is settled
    there = FieldVisit.objects.filter(uuid=note.uuid).select_related("place", "visitor").first()
    if there and there.visitor_id != note.visitor.pk:
        raise NoteRefused(_("这份记录是另一个人写的，没有收下。"))
    if there and not is_newer(note.revision, note.digest, (there.revision, there.digest)):
        return Taken(there, is_new=False)
    _refuse_what_cannot_be(note, local_day(at))
    if there:
        _refuse_what_was_answered(there, note)
    days = {note.day} | ({there.day} if there else set())
    visit = _kept(note, there, at)
    _bring_matters_in_line(visit, note, at, by)
    for day in sorted(days):
        settle_day(visitor=note.visitor, day=day, at=at, by=by)
    visit.refresh_from_db()
    return Taken(visit, is_new=True)


def refuse_what_lost(note: Note, taken: Taken) -> None:
    """Tell a writer whose words were not kept because another writing of the same number stands.

    :raises NoteRefused: the note that stands says something else
    """
    if taken.visit.revision == note.revision and taken.visit.digest != note.digest:
        raise NoteRefused(
            _("这份记录已经另存了一稿，这次写的没有存下。请打开那一稿，把要改的改上去。")
        )


def _refuse_what_cannot_be(note: Note, today: date) -> None:
    told = {"place": note.place.name, "day": longday(note.day)}
    if note.day > today:
        raise NoteRefused(_("%(day)s还没有到，请核对日期，去过以后再交。") % told)
    if note.place.opened > note.day or (note.place.closed and note.place.closed < note.day):
        raise NoteRefused(_("%(day)s%(place)s不在办，请核对单位和日期。") % told)
    if leave := leave_on(note.visitor, note.day):
        told["kind"] = leave.get_kind_display()
        raise NoteRefused(_("%(day)s您在请假（%(kind)s），请核对日期，或请党办更正请假。") % told)
    if note.halves not in {1, 2}:
        raise NoteRefused(_("一次调研记半天或一天；去了几天的，请一天写一份。"))
    if note.makes_up and note.makes_up >= note.day:
        raise NoteRefused(_("只能补以前的日子，请核对“补哪天的”。"))
    matters = [*note.problems, *note.proposals]
    _refuse_days([matter.due for matter in matters if matter.due], note.day)
    said = "\n".join([note.topic, note.heard, note.seen, *(matter.text for matter in matters)])
    if found := private_marks(said):
        told["number"] = found[0]
        raise NoteRefused(_("里面有身份证号或手机号（%(number)s），请删去再交。") % told)


def _refuse_days(dues: Sequence[date], visited: date) -> None:
    """Days by which something is to be done, long before or after a visit, were mistyped."""
    if any(due < visited for due in dues):
        raise NoteRefused(_("办理和答复的期限不能早于调研那天。"))
    if any(due > visited + FARTHEST for due in dues):
        raise NoteRefused(_("办理和答复的期限离调研那天三年以上，请核对日期。"))


def _refuse_what_was_answered(there: FieldVisit, note: Note) -> None:
    """A matter that somebody has dealt with stays; a writing that would lose it is refused."""
    kept = {note.number("proposal", each) for each in note.proposals}
    kept |= {note.number("problem", each) for each in note.problems}
    answered = ProposalStep.objects.filter(proposal__visit=there).values("proposal__uuid")
    settled = Problem.objects.filter(visit=there, settled_at__isnull=False).values("uuid")
    dealt_with = {row["proposal__uuid"] for row in answered} | {row["uuid"] for row in settled}
    if dealt_with - kept:
        raise NoteRefused(_("有的建议或问题已经有人办理，这几条不能再改；请照原样留着。"))


def _kept(note: Note, there: FieldVisit | None, at: datetime) -> FieldVisit:
    visit = there or FieldVisit(uuid=note.uuid, visitor=note.visitor, counting="full")
    visit.place, visit.day, visit.halves = note.place, note.day, note.halves
    visit.topic, visit.heard, visit.seen = note.topic, note.heard, note.seen
    visit.way, visit.makes_up, visit.written = note.way, note.makes_up, note.written
    visit.revision, visit.digest, visit.taken_at = note.revision, note.digest, at
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError:
        raise NoteRefused(_("这份记录的编号已被占用，请另写一份。")) from None
    return visit


def _bring_matters_in_line(visit: FieldVisit, note: Note, at: datetime, by: Account | None) -> None:
    """Take back what the newer writing no longer says, and bring up what it says anew."""
    for kind, model, matters in (
        ("problem", Problem, note.problems),
        ("proposal", Proposal, note.proposals),
    ):
        wanted = {note.number(kind, matter): matter for matter in matters}
        known = {each.uuid: each for each in model._default_manager.filter(visit=visit)}
        for number in sorted(known.keys() - wanted.keys()):
            take_back(matter=known[number], at=at, by=by)
        for number, said in wanted.items():
            if number not in known:
                matter = model(
                    visit=visit, uuid=number, text=said.text, owner=said.owner, due=note.due(said)
                )
                bring_up(matter=matter, at=at, by=by)

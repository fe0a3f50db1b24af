"""What the demonstration district asked its people: a plan that is settled, rules under way, a schedule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from taihua.base.ledger import Row
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Role, Tier, UnitKind
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.ledgers import told
from taihua.rooms.portal.actions.consultations import Asked, publish, save, send_out, write_final
from taihua.rooms.portal.actions.opinions import Answer, Said, Sender, answer, enter, give, join
from taihua.rooms.portal.enums import Audience, Channel, DraftKind, Naming
from taihua.rooms.portal.models import Consultation, Opinion
from taihua.rooms.portal.room import consultations_texts as texts
from taihua.rooms.portal.room.consultations import LEDGERS

SETTLED = timedelta(days=150)  # younger districts have only their ledgers


def tell(story: Story) -> None:
    """One closed and settled, one open with opinions that wait, one among the schools; older ones in the ledger."""
    bureaus = story.units(UnitKind.BUREAU)
    if not bureaus:
        return
    rng = Random(f"consultations-{story.first}")  # noqa: S311  # no secret hangs on it
    ledger, plans = LEDGERS
    for year in story.years():
        for where, rows in (
            (ledger, _rows(bureaus[0], year)),
            (plans, _plans(bureaus[0], year)),
        ):
            lived = (row for row in rows if story.first <= _day(row) <= story.on)
            for draft in told(where, lived, rng):
                story.add(draft)
    stage = _stage(story, bureaus[0])
    if stage:
        stage.settled()
        stage.under_way()
        stage.among_schools()


def _day(row: Row) -> date:
    day = row["day"]
    return day if isinstance(day, date) else date.max


def _rows(bureau: Unit, year: int) -> Iterator[Row]:
    """What stands in the spreadsheets of the years before the pages were there."""
    for title, final in texts.OLDER.get(year, ()):
        yield {
            "unit": bureau.code, "day": date(year, 4, 10), "topic": title,
            "closes": date(year, 5, 10), "explanation": texts.OLDER_WHY, "opinions": "9",
            "answered": texts.OLDER_ANSWERED, "final": final, "look_back": None,
        }  # fmt: skip


def _plans(bureau: Unit, year: int) -> Iterator[Row]:
    for title, _final in texts.OLDER.get(year, ()):
        yield {
            "unit": bureau.code, "kind": "征求意见", "day": date(year, 1, 20), "topic": title,
            "planned": date(year, 4, 10), "lead": None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stage:
    """The part of the story that was made in the pages."""

    story: Story
    bureau: Unit
    clerk: Account
    responsible: Person

    def settled(self) -> None:
        """The outline of a plan: twelve opinions, all answered, the final text with what it changed."""
        asked = self._open(
            110, 76, title=texts.PLAN_TITLE, kind=DraftKind.PLAN, draft=texts.PLAN,
            explanation=texts.PLAN_WHY, naming=Naming.EITHER,
        )  # fmt: skip
        opinions = [
            self._hear(asked, 100 - number, number, *said)
            for number, said in enumerate(texts.PLAN_OPINIONS)
        ]
        alike = [opinions[at] for at in texts.PLAN_ALIKE]
        by = self.clerk
        join(consultation=asked, opinions=alike, title=texts.PLAN_ALIKE_TITLE, by=by)
        for number, (adoption, reason, place) in enumerate(texts.PLAN_ANSWERS):
            self._answer(opinions[number], 70 - number, adoption, reason, place)
        self._publish(asked, 55, texts.PLAN_FINAL, texts.PLAN_SUMMARY)

    def under_way(self) -> None:
        """Rules on which one may still say something; some opinions wait for their answer."""
        asked = self._open(
            16, -16, title=texts.RULES_TITLE, kind=DraftKind.NORMATIVE, draft=texts.RULES,
            explanation=texts.RULES_WHY, naming=Naming.EITHER,
        )  # fmt: skip
        for number, said in enumerate(texts.RULES_OPINIONS):
            opinion = self._hear(asked, 12 - number, 40 + number, *said)
            if number < len(texts.RULES_ANSWERS):
                adoption, reason, place = texts.RULES_ANSWERS[number]
                self._answer(opinion, 4, adoption, reason, place)

    def among_schools(self) -> None:
        """Asked inside the house alone, by name, and settled."""
        asked = self._open(
            75, 60, title=texts.HOURS_TITLE, kind=DraftKind.ORDINARY, draft=texts.HOURS,
            explanation=texts.HOURS_WHY, audience=Audience.INTERNAL, units=(self.bureau,),
            naming=Naming.NAMED,
        )  # fmt: skip
        for number, (text, place) in enumerate(texts.HOURS_OPINIONS):
            opinion = self._hear(asked, 70 - number, 60, Channel.MEETING, place, text)
            adoption, reason, changed = texts.HOURS_ANSWERS[number]
            self._answer(opinion, 58, adoption, reason, changed)
        self._publish(asked, 50, texts.HOURS_FINAL, "")

    def _before(self, days: int) -> date:
        return self.story.on - timedelta(days=days)

    def _open(self, opens: int, closes: int, **told: object) -> Consultation:
        day = self._before(opens)
        asked = Asked(
            host=self.bureau, responsible=self.responsible, opens=day, closes=self._before(closes),
            address=texts.ADDRESS, phone=texts.PHONE, **told,  # type: ignore[arg-type]
        )  # fmt: skip
        saved = self.story.moment(day, 8, 30)
        made = save(asked=asked, by=self.clerk, at=saved)
        return send_out(consultation=made, by=self.clerk, at=self.story.moment(day))

    def _hear(
        self, asked: Consultation, days: int, number: int, channel: str, place: int, text: str
    ) -> Opinion:
        clause = asked.clauses.get(position=place) if place else None
        day, said = self._before(days), Said(text=text, clause=clause)
        at = self.story.moment(day, 10, number % 60)
        if channel == Channel.WEB:
            sender = Sender(address=f"demonstration-{number}")
            return give(consultation=asked, said=said, sender=sender, at=at)
        return enter(
            consultation=asked, said=said, channel=channel, received_on=day, by=self.clerk, at=at
        )

    def _answer(self, opinion: Opinion, days: int, adoption: str, reason: str, place: int) -> None:
        changed = opinion.consultation.clauses.get(position=place) if place else None
        told = Answer(adoption=adoption, reason=reason, changed=changed)
        at = self.story.moment(self._before(days), 15)
        answer(opinion=opinion, answer=told, by=self.clerk, at=at)

    def _publish(self, asked: Consultation, days: int, final: str, summary: str) -> None:
        at = self.story.moment(self._before(days), 16)
        write_final(consultation=asked, text=final, by=self.clerk, at=at)
        publish(consultation=asked, summary=summary, by=self.clerk, at=at)


def _stage(story: Story, bureau: Unit) -> _Stage | None:
    """Nothing without somebody to log in, in a young district, or told twice."""
    clerks = Account.objects.filter(grants__role=Role.CLERK, person__isnull=False)
    clerk = clerks.order_by("pk").first()
    if clerk is None or story.on - SETTLED < story.first or Consultation.objects.exists():
        return None
    cast = story.cast()
    middle = [each for each in story.people(tier=Tier.MIDDLE) if each.code in cast]
    responsible = middle[0] if middle else clerk.person
    return _Stage(story, bureau, clerk, responsible) if responsible else None

"""What people keep doing by themselves: a note a month after eight, a reflection each half-year.

These are the years kept on paper, from before the reading room opened: the record says that a note
was written about a book, and the note itself is its writer's.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import Draft

BOOKS = ("给教师的建议", "致加西亚的信", "陶行知教育文集", "爱的教育", "论语", "学记")
STEADY = (0.97, 0.97, 0.96, 0.95, 0.93, 0.9, 0.85, 0.7, 0.35)
SURE = frozenset({"lin", "zhou", "su"})
REFLECTS, SHARES = 0.85, 0.6


def keep(story: Story) -> None:
    """Add the notes and reflections of all years."""
    steadiness: dict[str, float] = {}
    for number, month in enumerate(months(story)):
        for person in _serving(story, month):
            steady = steadiness.setdefault(person.code, story.rng.choice(STEADY))
            if story.rng.random() < (1 if person.code in SURE else steady):
                story.add(_draft(story, "wrote-note", person, month, f"{number}-{person.code}"))
        if month.month % 6 == 4:  # noqa: PLR2004  # April and October
            for person in story.people(tier=Tier.LEADERSHIP, on=month):
                _reflect(story, person, month, f"{number}-{person.code}-r")


def months(story: Story) -> Iterator[date]:
    """The first days of the months that lie in the story."""
    month = story.first.replace(day=1)
    while month <= story.on:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _serving(story: Story, month: date) -> list[Person]:
    day = min(month + timedelta(days=14), story.on)
    people = {
        person.pk: person
        for tier in (Tier.LEADERSHIP, Tier.MIDDLE, Tier.STAFF)
        for person in story.people(tier=tier, on=day)
    }
    return sorted(people.values(), key=lambda person: person.code)


def _reflect(story: Story, person: Person, month: date, name: str) -> None:
    if story.rng.random() < REFLECTS:
        story.add(_draft(story, "wrote-reflection", person, month, name))
        if story.rng.random() < SHARES:
            story.add(_draft(story, "shared-note", person, month, name))


def _draft(story: Story, verb: str, person: Person, month: date, name: str) -> Draft:
    day = month + timedelta(days=story.rng.randrange(27))
    moment = story.moment(day, 20, story.rng.randrange(5, 60))
    return Draft(
        verb=verb,
        kind="reading/note",
        path=f"reading/note/paper-{name}",
        label=f"《{story.rng.choice(BOOKS)}》读书笔记",
        person=person,
        occurred_at=moment,
        stored_at=moment,
    )

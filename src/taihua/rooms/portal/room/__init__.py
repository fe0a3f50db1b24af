"""What portal tells the house: its words, pages, figures, marks and story."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Due, Room, Story, open_room
from taihua.kernel.org.models import Person
from taihua.rooms.portal.room import (
    articles,
    consultations,
    consultations_demo,
    demo,
    search,
    upkeep,
)


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """What is asked of a person: articles that wait for their step, drafts put to their unit, faults told."""
    yield from articles.asked_of(person, on)
    yield from consultations.asked_of(person, on)
    yield from upkeep.asked_of(person, on)


def tell(story: Story) -> None:
    """The columns and articles of the years, then what was put out for comment."""
    demo.tell(story)
    consultations_demo.tell(story)


ROOM = open_room(
    Room(
        code="portal",
        title=_("门户"),
        verbs=[*articles.VERBS, *consultations.VERBS],
        kinds=[*articles.KINDS, *consultations.KINDS],
        menu=[*articles.MENU, *consultations.MENU],
        acts=[*articles.ACTS, *consultations.ACTS],
        ledgers=[*articles.LEDGERS, *consultations.LEDGERS],
        figures=[*articles.FIGURES, *consultations.FIGURES],
        mechanisms=[*articles.MECHANISMS, *consultations.MECHANISMS],
        dues=asked_of,
        calendar=consultations.happenings,
        search=search.found,
        publishing=articles.publishing_of,
        demo=tell,
    )
)

"""What somebody owes because of a session or a lecture: opened, kept, let go."""

from datetime import date, datetime

from taihua.kernel.commitments.actions import commit, fulfil, release
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.queries import Statement


def owe(
    owner: Person | Unit, what: str, due: date, origin: str, door: tuple[str, str], at: datetime
) -> Commitment:
    """Let a person or a unit owe something; ``door`` is the page to do it on, and its button."""
    url, act = door
    person = owner if isinstance(owner, Person) else None
    unit = owner if isinstance(owner, Unit) else None
    return commit(
        what=what[:200], due=due, origin=origin, url=url, act=act, at=at, person=person, unit=unit
    )


def keep(origin: str, statement: Statement, at: datetime) -> None:
    """Close what is owed from ``origin`` by the record that shows it done."""
    for each in of_origin(origin).filter(closed_at__isnull=True):
        fulfil(commitment=each, statement=statement, at=at)


def let_go(origin: str, reason: str, at: datetime) -> None:
    """Let what is owed from ``origin`` go undone, with the reason."""
    for each in of_origin(origin).filter(closed_at__isnull=True):
        release(commitment=each, reason=reason, at=at)

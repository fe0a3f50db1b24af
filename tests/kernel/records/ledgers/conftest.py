"""The house in which ledgers are tried."""

from datetime import date

import pytest

from taihua.kernel.org.models import Person, Post, Term, Unit
from taihua.kernel.records.actions import learn_words
from tests.kernel.records.ledgers.trial import NINE


@pytest.fixture
def house(db):
    """Two schools, three people, two of one name."""
    learn_words(
        [("read", "读完"), ("held-meeting", "召开"), ("attended", "参加"), ("voided", "作废")],
        [
            ("reading/book", "书"),
            ("meetings/assembly", "党员大会"),
            ("meetings/committee", "支委会"),
        ],
    )
    one = Unit.objects.create(code="U1", name="苔花一小", kind="school", opened=date(1990, 1, 1))
    two = Unit.objects.create(code="U2", name="苔花二小", kind="school", opened=date(1990, 1, 1))
    teacher = Post.objects.create(code="P1", name="教师")
    for code, name, unit in (("T1", "沈青", one), ("T2", "王伟", one), ("T3", "王伟", two)):
        person = Person.objects.create(code=code, name=name)
        Term.objects.create(
            person=person, post=teacher, unit=unit, first_day=date(2010, 9, 1), known_from=NINE
        )
    return {"one": one, "two": two}

"""A small district for the stories of the rooms."""

import random
from datetime import date

from taihua.kernel.house import Story
from tests.factories import PersonFactory, PostFactory, TermFactory, UnitFactory

FIRST, LAST = date(2011, 1, 1), date(2013, 12, 4)


def settle():
    """A bureau, two sections, four schools, two branches, and who works there."""
    bureau = UnitFactory(code="bureau", name="苔花区教育局", kind="bureau")
    posts = {
        "leader": PostFactory(name="副局长", tier="leadership"),
        "head": PostFactory(name="科长", tier="middle", tagged=["section_head"]),
        "principal": PostFactory(name="校长", tier="middle", tagged=["principal"]),
        "teacher": PostFactory(name="教师", tagged=["teacher"]),
        "member": PostFactory(name="党员", tier="none", tagged=["party_member"]),
    }
    people = [_serve(f"l{number}", posts["leader"], bureau) for number in range(5)]
    for number in range(2):
        section = UnitFactory(name=f"第{number}科", kind="section", parent=bureau)
        people.append(_serve(f"h{number}", posts["head"], section))
    for number in range(4):
        school = UnitFactory(code=f"s{number}", name=f"苔花第{number}小学", parent=bureau)
        people.append(_serve(f"p{number}", posts["principal"], school))
        people += [_serve(f"t{number}{each}", posts["teacher"], school) for each in range(3)]
    branches = [UnitFactory(name=f"第{number}支部", kind="branch") for number in range(2)]
    for number, person in enumerate(people):
        TermFactory(person=person, post=posts["member"], unit=branches[number % 2])


def _serve(code, post, unit):
    person = PersonFactory(code=code, name=f"某{code}")
    TermFactory(person=person, post=post, unit=unit, first_day=date(2009, 9, 1))
    return person


def story(seed=2013):
    return Story(rng=random.Random(seed), first=FIRST, on=LAST)


def lived(room, seed=2013):
    """What a room lets happen in the district."""
    told = story(seed)
    room.demo(told)
    return told.drafts

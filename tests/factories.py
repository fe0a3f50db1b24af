"""Makes rows for tests: real ones, in the real database, with sensible defaults."""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Account, Leave, Person, Post, PostTag, Term, Unit
from taihua.kernel.rules.models import RuleBook, RuleEntry

FOUNDED = date(2005, 1, 1)
NINE = datetime(2013, 12, 4, 9, tzinfo=ZONE)  # nine o'clock on the demonstration's day
LONG_AGO = datetime(2005, 1, 1, tzinfo=ZONE)


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"u{n}")
    name = factory.Sequence(lambda n: f"第{n}小学")
    kind = "school"
    opened = FOUNDED


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    code = factory.Sequence(lambda n: f"p{n}")
    name = factory.Sequence(lambda n: f"某{n}")


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"post{n}")
    name = factory.Sequence(lambda n: f"职务{n}")
    tier = "staff"

    @factory.post_generation
    def tagged(self, create: bool, extracted: list[str] | None) -> None:  # noqa: FBT001
        for tag in extracted or []:
            PostTag.objects.create(post=self, tag=tag)


class TermFactory(DjangoModelFactory[Term]):
    class Meta:
        model = Term

    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(PostFactory)
    unit = factory.SubFactory(UnitFactory)
    first_day = date(2010, 1, 1)
    known_from = LONG_AGO


class LeaveFactory(DjangoModelFactory[Leave]):
    class Meta:
        model = Leave

    person = factory.SubFactory(PersonFactory)
    first_day = date(2013, 3, 1)
    last_day = date(2013, 3, 31)
    kind = "sick"
    known_from = LONG_AGO


class AccountFactory(DjangoModelFactory[Account]):
    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"user{n}")
    person = factory.SubFactory(PersonFactory)


def in_force(
    code: str = "visit.monthly", since: date = date(2011, 8, 1), **data: object
) -> RuleEntry:
    """A rule that holds, by default the monthly visit of the leadership (每月下基层一天)."""
    book, _created = RuleBook.objects.get_or_create(
        code="test-book",
        version=1,
        defaults={
            "title": "测试制度",
            "level": "local",
            "source": "测试",
            "effective_from": since,
            "text": "",
            "adopted_at": LONG_AGO,
        },
    )
    told = {
        "code": code,
        "sentence": "班子成员每月至少一天深入基层调研。",
        "mechanism": "L6",
        "source": "测试",
        "level": "local",
        "verbs": ["visited"],
        "times": 1,
        "count": "quantity",
        "every": "month",
        "valid_from": since.isoformat(),
        "act": "下基层调研",
        "measure": "天",
        "audience": {"tiers": ["leadership"]},
        **data,
    }
    return RuleEntry.objects.create(
        book=book,
        code=code,
        mechanism=told["mechanism"],
        data=told,
        in_force_from=since,
        valid_from=since,
        known_from=LONG_AGO,
    )

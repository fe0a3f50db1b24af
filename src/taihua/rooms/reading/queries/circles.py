"""Reading circles, and what they ask themselves."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from taihua.kernel.org.models import Person
from taihua.rooms.reading.logic.turns import in_turn, monday
from taihua.rooms.reading.models import Circle, WeeklyAnswer, WeeklyQuestion


def circles_of(person: Person) -> QuerySet[Circle]:
    """The circles that ``person`` belongs to, by name."""
    return (
        Circle.objects.filter(Q(keeper=person) | Q(members=person))
        .distinct()
        .select_related("keeper")
        .prefetch_related("members")
        .order_by("name")
    )


def questions_of(circle: Circle) -> QuerySet[WeeklyQuestion]:
    """What a circle asked, with what its members said to it, the latest week first."""
    said = WeeklyAnswer.objects.select_related("writer").order_by("written_at", "pk")
    return (
        WeeklyQuestion.objects.filter(circle=circle)
        .select_related("asker", "book")
        .prefetch_related(Prefetch("answers", said))
        .order_by("-week")
    )


def question_of_week(circle: Circle, day: date) -> WeeklyQuestion | None:
    """The question of the week in which ``day`` lies."""
    return questions_of(circle).filter(week=monday(day)).first()


def whose_turn(circle: Circle, day: date) -> Person | None:
    """Who might ask this week: a suggestion, by name in turn; anybody may."""
    return in_turn(sorted(circle.members.all(), key=lambda each: (each.name, each.pk)), day)

"""What came of sessions, and how it stands."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account
from taihua.rooms.study.models import Effect, FollowUp, Session
from taihua.rooms.study.queries.sessions import sessions_seen_by


def effects_of(session: Session) -> QuerySet[Effect]:
    """What a session led to, with its owners and the looks back, oldest first."""
    return (
        session.effects.select_related("owner", "owner_unit")
        .prefetch_related(Prefetch("follow_ups", queryset=FollowUp.objects.order_by("pk")))
        .order_by("pk")
    )


def effects_seen_by(account: Account, on: date) -> QuerySet[Effect]:
    """What came of the sessions that ``account`` may see, and what its units carry out."""
    units = account.granted_units([Role.LEADER, Role.UNIT_CLERK])
    seen = Q(session__in=sessions_seen_by(account, on).order_by().values("pk"))
    return (
        Effect.objects.filter(seen | Q(owner_unit__in=units))
        .select_related("session__unit", "session__recorder", "owner", "owner_unit")
        .prefetch_related(Prefetch("follow_ups", queryset=FollowUp.objects.order_by("pk")))
        .order_by("-session__starts_at", "pk")
    )

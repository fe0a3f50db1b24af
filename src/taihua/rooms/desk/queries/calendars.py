"""Calendar feeds: whose there are, what one says, which secret opens it."""

import hashlib
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from taihua.kernel import house
from taihua.kernel.org.models import Account, Unit
from taihua.kernel.org.queries import units_seen_by
from taihua.rooms.desk.logic.ics import Feed, Told
from taihua.rooms.desk.models import CalendarEntry, CalendarKey
from taihua.rooms.desk.queries.duties import cards_of, cards_of_units
from taihua.rooms.desk.queries.standings import units_overseen

BACK = timedelta(days=92)
AHEAD = timedelta(days=400)


def digest_of(secret: str) -> str:
    """What is kept of a secret: it is long and random, so that a plain digest cannot be undone."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keys_of(account: Account) -> QuerySet[CalendarKey]:
    """The addresses that ``account`` has made, its own first."""
    keys = CalendarKey.objects.filter(account=account).select_related("unit")
    return keys.order_by(F("unit__name").asc(nulls_first=True), "pk")


def units_without_key(account: Account, on: date) -> QuerySet[Unit]:
    """The units that ``account`` looks after and has no address for yet."""
    taken = CalendarKey.objects.filter(account=account, unit__isnull=False)
    return units_overseen(account, on).exclude(pk__in=taken.values("unit"))


def key_of(secret: str) -> CalendarKey | None:
    """The address that ``secret`` opens, as long as its owner may still see what it shows."""
    key = (
        CalendarKey.objects.filter(digest=digest_of(secret))
        .select_related("account__person", "unit")
        .first()
    )
    if key is None or not key.account.is_active:
        return None
    if key.unit_id is None:
        return key if key.account.person_id else None
    return key if key.unit_id in units_seen_by(key.account) else None


def feed_of(key: CalendarKey, on: date) -> Feed:
    """What the calendar behind ``key`` says on the day ``on``, in the language now spoken.

    :raises LookupError: it is neither a person's nor a unit's
    """
    whose = key.unit or key.account.person
    if whose is None:
        raise LookupError(f"calendar {key.pk} belongs to nobody")
    if isinstance(whose, Unit):
        cards = cards_of_units(Unit.objects.filter(pk=whose.pk), on)
    else:
        cards = cards_of(whose, on)
    return Feed(
        name=_("苔花：%(name)s") % {"name": whose.name},
        happenings=house.calendar_of(whose, on - BACK, on + AHEAD),
        cards=sorted(cards, key=lambda card: (card.due, card.path)),
    )


def last_told(key: CalendarKey) -> dict[str, Told]:
    """Every entry that the calendar behind ``key`` was ever told, by its UID, as it last was."""
    rows = CalendarEntry.objects.filter(key=key)
    return {
        str(name): Told(shown, revision, changed_at)
        for name, shown, revision, changed_at in rows.values_list(
            "name", "shown", "revision", "changed_at"
        )
    }

"""What can be done at the desk: make, renew and revoke the address of a calendar."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account, Unit
from taihua.rooms.desk.logic.ics import Feed, Told, told_now
from taihua.rooms.desk.models import CalendarEntry, CalendarKey
from taihua.rooms.desk.queries.calendars import digest_of, last_told

SECRET_BYTES = 32


class KeyRefused(Exception):
    """No address was made; the message is written for who asked."""


def make_key(*, account: Account, unit: Unit | None, language: str, at: datetime) -> str:
    """Make the address of a calendar and return its secret: it is never known again.

    :raises KeyRefused: there is an address already
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    try:
        with transaction.atomic():
            CalendarKey.objects.create(
                account=account,
                unit=unit,
                digest=digest_of(secret),
                language=language,
                made_at=at,
                changed_at=at,
            )
    except IntegrityError:
        raise KeyRefused(
            _("这个日历已经有地址了。不记得的话，请换一个新地址，旧的随即失效。")
        ) from None
    return secret


def renew_key(*, key: CalendarKey, language: str, at: datetime) -> str:
    """Put a new secret in the place of the old one, which opens nothing from now on."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    key.digest, key.language, key.made_at = digest_of(secret), language, at
    key.save(update_fields=["digest", "language", "made_at"])
    return secret


def revoke_key(*, key: CalendarKey) -> None:
    """Let the address of a calendar open nothing any more."""
    key.delete()


def note_change(*, key: CalendarKey, shown: str, at: datetime) -> datetime:
    """When the feed last said something else than before: now, if it does so now."""
    if key.shown == shown:
        return key.changed_at
    # HTTP and iCalendar know whole seconds: two changes within one must still differ.
    changed = max(at.replace(microsecond=0), key.changed_at + timedelta(seconds=1))
    CalendarKey.objects.filter(pk=key.pk).update(shown=shown, changed_at=changed)
    return changed


def note_entries(*, key: CalendarKey, feed: Feed, site: str, at: datetime) -> dict[str, Told]:
    """What a calendar is told of each entry now, by UID; what changed since it asked is kept."""
    before = last_told(key)
    now = told_now(feed, site, before, at)
    CalendarEntry.objects.bulk_create(
        [
            CalendarEntry(
                key=key,
                name=UUID(uid),
                shown=told.digest,
                revision=told.revision,
                changed_at=told.changed_at,
            )
            for uid, told in now.items()
            if told != before.get(uid)
        ],
        update_conflicts=True,
        unique_fields=["key", "name"],
        update_fields=["shown", "revision", "changed_at"],
    )
    return now

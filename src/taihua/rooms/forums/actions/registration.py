"""Ask for a seat, and give it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Person
from taihua.rooms.forums.actions.forums import ForumRefused, locked
from taihua.rooms.forums.models import Forum, Registration
from taihua.rooms.forums.queries.forums import speaking


@transaction.atomic
def register(*, forum: Forum, person: Person, at: datetime) -> Registration:
    """Ask for a seat; the order of asking decides, and asking twice is asking once.

    :raises ForumRefused: registration has closed, the forum is over, or one speaks there
    """
    # The lock makes the order of the rows the order in which people were told.
    forum = locked(forum)
    if local_day(at) > forum.registration_closes:
        raise ForumRefused(_("报名已于 %(day)s截止。") % {"day": forum.registration_closes})
    if speaking(person).filter(slot__forum=forum).exists():
        raise ForumRefused(_("您是主讲人，不用报名。"))
    return Registration.objects.get_or_create(
        forum=forum, person=person, withdrawn_at=None, defaults={"registered_at": at}
    )[0]


@transaction.atomic
def give_back(*, forum: Forum, person: Person, at: datetime) -> None:
    """Give one's seat or place back; the first who waits moves up.

    :raises ForumRefused: one did not register, or the forum is over
    """
    forum = locked(forum)
    given = Registration.objects.filter(forum=forum, person=person, withdrawn_at__isnull=True)
    if not given.update(withdrawn_at=at):
        raise ForumRefused(_("您没有报名，不用退出。"))

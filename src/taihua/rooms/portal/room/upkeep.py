"""What the house is told of faults that readers find on public pages."""

from collections.abc import Iterator
from datetime import date

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext

from taihua.base.clock import local_day
from taihua.kernel.house import Due
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import account_of
from taihua.rooms.portal.models import PageFault
from taihua.rooms.portal.queries.upkeep import FAULT_DAYS, faults_asked_of

MOST = 5  # at once: whoever answers these is asked the next
QUOTED = 40


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """The faults that wait for one's answer, the oldest first."""
    account = account_of(person)
    for fault in faults_asked_of(account, on)[:MOST] if account else ():
        yield Due(
            topic=f"portal/fault/{fault.pk}",
            sentence=gettext("读者说《%(page)s》有错：“%(text)s”，请改正并答复")
            % {"page": _page(fault), "text": truncatechars(fault.text, QUOTED)},
            due=local_day(fault.received_at) + FAULT_DAYS,
            url=reverse("portal:answer-fault", args=[fault.pk]),
            act=gettext("去答复"),
        )


def _page(fault: PageFault) -> str:
    """What the page is called; one that is no article, by its address."""
    live = fault.article and fault.article.live
    return live.title if live else fault.path

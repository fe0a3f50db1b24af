"""What editors have to look after: faults told, links that lead nowhere, pages nobody touched."""

from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet

from taihua.base.clock import ZONE
from taihua.kernel.org.access import is_clerk
from taihua.kernel.org.models import Account
from taihua.kernel.org.queries import units_kept_by
from taihua.rooms.portal.access.articles import may_draft, units_written_for
from taihua.rooms.portal.models import Article, BrokenLink, LinkRound, PageFault
from taihua.rooms.portal.queries.public import open_columns, public_articles

FAULT_DAYS = timedelta(days=3)  # within which a reader has an answer


def edited_by(account: Account) -> Q:
    """The condition on an article that ``account`` answers for it: the party office for all."""
    if is_clerk(account):
        return Q()
    if not may_draft(account):
        return Q(pk__in=())
    return Q(drafter=account) | Q(unit__in=units_written_for(account))


def _theirs(account: Account) -> QuerySet[Article]:
    return Article.objects.filter(edited_by(account))


def faults_for(account: Account) -> QuerySet[PageFault]:
    """What readers told of pages that ``account`` answers for, the oldest unanswered first."""
    found = PageFault.objects.select_related("article__live", "answered_by")
    if not is_clerk(account):
        found = found.filter(article__in=_theirs(account).values("pk"))
    return found.order_by(F("answered_at").desc(nulls_first=True), "received_at", "pk")


def faults_asked_of(account: Account, on: date) -> QuerySet[PageFault]:
    """The faults whose answer is ``account``'s to give on a day, the oldest first.

    Those of an article are for whoever drafted it and for the clerks of its unit; all others are the
    party office's, and so is whatever nobody has answered within its days.
    """
    late = datetime.combine(on - FAULT_DAYS, time.min, ZONE)
    if is_clerk(account):
        theirs = Q(article=None) | Q(received_at__lt=late)
    else:
        theirs = Q(article__unit__in=units_kept_by(account))
    waiting = faults_for(account).filter(answered_at__isnull=True)
    return waiting.filter(theirs | Q(article__drafter=account))


def broken_for(account: Account, at: datetime) -> QuerySet[BrokenLink]:
    """Links that lead nowhere in the public articles ``account`` answers for."""
    shown = public_articles(at).filter(pk__in=_theirs(account).values("pk"))
    found = BrokenLink.objects.filter(article__in=shown.values("pk"))
    return found.select_related("article__live").order_by("article__live__title", "pk")


def last_round() -> LinkRound | None:
    """When links were looked at last, if ever."""
    return LinkRound.objects.order_by("-at").first()


def stale_for(account: Account, at: datetime) -> QuerySet[Article]:
    """Public articles that nobody touched or looked at for as long as their column allows."""
    old = Q(pk__in=())
    for column in open_columns().filter(stale_days__isnull=False):
        limit = at - timedelta(days=column.stale_days or 0)
        unseen = Q(looked_at__isnull=True) | Q(looked_at__lt=limit)
        old |= Q(column=column, live__written_at__lt=limit) & unseen
    found = public_articles(at).filter(old, pk__in=_theirs(account).values("pk"))
    return found.defer("live__text", "live__html", "live__plain").order_by("live__written_at", "pk")

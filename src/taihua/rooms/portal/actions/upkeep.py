"""Keeping the public site right: faults that readers tell, links looked at, pages looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.once import made_once
from taihua.kernel.org.models import Account
from taihua.rooms.portal.access.articles import may_edit
from taihua.rooms.portal.access.upkeep import may_answer
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.opinions import MOST_A_DAY, Sender, mark_of, new_receipt
from taihua.rooms.portal.models import Article, BrokenLink, LinkRound, PageFault, SenderMark
from taihua.rooms.portal.queries.links import Dead


class FaultRefused(Exception):
    """What a reader tells could not be taken or answered; the message is written for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What a reader found wrong, on which page."""

    path: str
    text: str
    contact: str = ""
    article: Article | None = None


@transaction.atomic
def tell_fault(*, wrong: Wrong, sender: Sender, at: datetime) -> PageFault:
    """Take what a reader says of a page. The same form sent twice is one fault.

    :raises FaultRefused: nothing is said, or too much came from one address today
    """
    if not wrong.text.strip():
        raise FaultRefused(_("请写下哪里不对。"))
    if sender.once and (there := PageFault.objects.filter(once=sender.once).first()):
        return there
    mark, salt = mark_of(sender.address, local_day(at))
    if SenderMark.objects.filter(salt=salt, mark=mark).count() >= MOST_A_DAY:
        raise FaultRefused(
            _("今天从您这里已经来了 %(most)d 条。请明天再写，或者打电话给我们。")
            % {"most": MOST_A_DAY}
        )

    def make() -> PageFault:
        return PageFault.objects.create(
            path=wrong.path,
            article=wrong.article,
            text=wrong.text.strip(),
            contact=wrong.contact.strip(),
            receipt=new_receipt(),
            received_at=at,
            once=sender.once,
        )

    fault, _new = made_once(PageFault.objects.all(), sender.once, make)
    SenderMark.objects.create(salt=salt, mark=mark, at=at)
    return fault


@transaction.atomic
def answer_fault(*, fault: PageFault, answer: str, by: Account, at: datetime) -> PageFault:
    """Say what became of a fault; it may be answered anew.

    :raises FaultRefused: it is not ``by``'s to answer, or nothing is said
    """
    row = PageFault.objects.select_for_update().get(pk=fault.pk)
    if not may_answer(by, row):
        raise FaultRefused(_("这一页不归您管。"))
    if not answer.strip():
        raise FaultRefused(_("请写明改了什么，或者为什么不改。"))
    row.answer, row.answered_by, row.answered_at = answer.strip(), by, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    return row


@transaction.atomic
def still_right(*, article: Article, by: Account, at: datetime) -> Article:
    """Say that a page was looked at and is still right, so that it counts as touched.

    :raises ArticleRefused: it is not ``by``'s to edit, or is not issued
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    if not may_edit(by, row) or row.live_id is None:
        raise ArticleRefused(_("这篇文章不归您管，或者还没有公开。"))
    row.looked_at = at
    row.save(update_fields=["looked_at"])
    return row


@transaction.atomic
def note_links(*, dead: Iterable[Dead], links: int, outside: bool, at: datetime) -> LinkRound:
    """Keep what a look at all links came upon; what an earlier one found is forgotten."""
    BrokenLink.objects.all().delete()
    LinkRound.objects.all().delete()
    rows = {(each.article, each.address[:500]): each.why for each in dead}
    BrokenLink.objects.bulk_create(
        BrokenLink(article_id=article, address=address, why=why)
        for (article, address), why in rows.items()
    )
    return LinkRound.objects.create(at=at, links=links, outside=outside)

"""The notice of a forum (讲坛通知): begun from what the room knows, written on, issued once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.documents import actions as documents
from taihua.kernel.documents.models import Version
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record
from taihua.rooms.forums.access import may_organise
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.logic.notice import Notice
from taihua.rooms.forums.models import Forum
from taihua.rooms.forums.queries.notice import (
    KIND,
    arrangement,
    changes_since,
    draft_of,
    fresh_notice,
    notices_of,
    path_of,
)

ISSUED = "issued-notice"


@transaction.atomic
def begin(*, forum: Forum, by: Account, at: datetime) -> Version:
    """Write the first text from what the room knows; a text that is begun is returned.

    Once a notice is issued, this begins the one that takes its place.

    :raises ForumRefused: the forum is held, called off before anybody was told, or not hosted by
        the unit of ``by``; or a notice is issued and nothing has changed since
    """
    forum = Forum.objects.select_for_update().get(pk=_hosted_by(forum, by).pk)
    if (there := draft_of(forum)) is not None:
        return there
    last = notices_of(forum).first()
    if last is None and forum.is_cancelled:
        raise ForumRefused(_("这一期没有发过通知就取消了，不用再发。"))
    if last is not None and not changes_since(last, forum):
        raise ForumRefused(_("通知印发以后安排没有变，不用再发一份。"))
    text = fresh_notice(forum)
    return documents.draft(
        kind=KIND,
        title=text.title,
        year=at.year,
        body=_body(text, forum),
        at=at,
        by=by,
        unit=forum.host,
        path=path_of(forum),
    )


def write(*, forum: Forum, text: Notice, expected: int, by: Account, at: datetime) -> Version:
    """Save the text as its writer left it, who has the present arrangement before him.

    :raises Overtaken: somebody saved another meanwhile; both texts are kept
    :raises DocumentRefused: it is issued
    :raises ForumRefused: not begun, held already, or not hosted by the unit of ``by``
    """
    document = _begun(_hosted_by(forum, by)).document
    version = documents.revise(
        document=document, expected=expected, body=_body(text, forum), at=at, by=by
    )
    document.title = text.title
    document.save(update_fields=["title"])
    return version


@transaction.atomic
def issue(*, forum: Forum, expected: int, number: str, by: Account, at: datetime) -> Version:
    """Issue the notice under a number; from then on the text stays as it is.

    :raises ForumRefused: no number, not begun, changed since it was read, written before the
        arrangement changed, held already, or not hosted by the unit of ``by``
    :raises DocumentRefused: the number is taken
    """
    forum = Forum.objects.select_for_update().get(pk=_hosted_by(forum, by).pk)
    version = _begun(forum)
    if not number.strip():
        raise ForumRefused(_("请填写编号，例如 讲坛通知〔2013〕1号。"))
    if version.number != expected:
        raise ForumRefused(_("您查看期间，文字又有人改过，请重新核对。"))
    if changes_since(version, forum):
        raise ForumRefused(_("存稿以后安排又改过，请先把文字改好存下，再印发。"))
    issued = documents.issue(
        version=version, number=number.strip(), by=by, at=at, known=at, provenance={}
    )
    record(
        unit=forum.host,
        verb=ISSUED,
        kind=KIND,
        path=f"{KIND}/{version.document_id}",
        label=version.document.title,
        at=at,
        entered_by=by,
    )
    return issued


def _begun(forum: Forum) -> Version:
    version = draft_of(forum)
    if version is None:
        raise ForumRefused(_("通知还没有开始写。"))
    return version


def _body(text: Notice, forum: Forum) -> dict[str, object]:
    """The text, with the arrangement that it was written from."""
    sections = [section for section in text.sections if section.heading.strip()]
    kept = Notice(text.title, text.addressee, text.opening, sections)
    return {**kept.as_body(), "forum": forum.pk, "told": arrangement(forum).as_told()}


def _hosted_by(forum: Forum, by: Account) -> Forum:
    if not may_organise(by, forum):
        raise ForumRefused(_("通知由主办单位来发。"))
    if forum.held_at is not None:
        raise ForumRefused(_("这一期已经办完，不用再发通知。"))
    return forum

"""The proceedings: begun from what the room knows, written on, issued once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.documents import actions as documents
from taihua.kernel.documents.models import DocumentFile, Version
from taihua.kernel.documents.queries import newest
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record
from taihua.rooms.forums.access import may_record
from taihua.rooms.forums.actions.files import keep
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.logic.proceedings import Section, as_body
from taihua.rooms.forums.models import Forum
from taihua.rooms.forums.queries.proceedings import (
    KIND,
    document_of,
    fresh_sections,
    paper_of,
    version_of,
)

ISSUED = "issued-proceedings"


@transaction.atomic
def begin(*, forum: Forum, by: Account, at: datetime) -> Version:
    """Write the first text from what the room knows; a text that there is already is returned.

    :raises ForumRefused: the forum is not held, or it is not the recorder
    """
    forum = _held_by(forum, by)
    if (there := version_of(forum)) is not None:
        return there
    version = documents.draft(
        kind=KIND,
        title=_title(forum),
        year=forum.day.year,
        body=as_body(fresh_sections(forum)),
        at=at,
        by=by,
        unit=forum.host,
        path=f"/forums/{forum.pk}/proceedings/",
    )
    forum.proceedings = version.document_id
    forum.save(update_fields=["proceedings"])
    return version


def write(
    *, forum: Forum, sections: Sequence[Section], expected: int, by: Account, at: datetime
) -> Version:
    """Save the text as the recorder left it.

    :raises Overtaken: somebody saved another meanwhile; both texts are kept
    :raises DocumentRefused: it is issued
    :raises ForumRefused: not begun, or it is not the recorder
    """
    document = document_of(_held_by(forum, by))
    if document is None:
        raise ForumRefused(_("文集还没有开始写。"))
    kept = [section for section in sections if section.heading.strip()]
    return documents.revise(document=document, expected=expected, body=as_body(kept), at=at, by=by)


@transaction.atomic
def issue(*, forum: Forum, expected: int, number: str, by: Account, at: datetime) -> Version:
    """Issue the proceedings under a number; from then on the text stays as it is.

    :raises ForumRefused: no number, not begun, changed since it was read, or not the recorder
    :raises DocumentRefused: it is issued, or the number is taken
    """
    forum = Forum.objects.select_for_update().get(pk=_held_by(forum, by).pk)
    document = document_of(forum)
    if document is None:
        raise ForumRefused(_("文集还没有开始写。"))
    if not number.strip():
        raise ForumRefused(_("请填写编号，例如 讲坛文集〔2013〕1号。"))
    version = newest(document)
    if version.number != expected:
        raise ForumRefused(_("您查看期间，文字又有人改过，请重新核对。"))
    issued = documents.issue(
        version=version, number=number.strip(), by=by, at=at, known=at, provenance={}
    )
    forum.issued_at = at
    forum.save(update_fields=["issued_at"])
    record(
        unit=forum.host,
        verb=ISSUED,
        kind=KIND,
        path=f"{KIND}/{document.pk}",
        label=document.title,
        at=at,
        entered_by=by,
    )
    return issued


def keep_file(*, forum: Forum, version: Version, form: str, at: datetime) -> DocumentFile:
    """Make Word or PDF of the text and keep it; of an issued text the first one made stands."""
    return keep(version=version, paper=paper_of(forum, version), form=form, at=at)


def _title(forum: Forum) -> str:
    return f"《{forum.topic}》{forum.get_kind_display()}文集"


def _held_by(forum: Forum, by: Account) -> Forum:
    if forum.held_at is None:
        raise ForumRefused(_("讲坛办完以后才能写文集。"))
    if not may_record(by, forum):
        raise ForumRefused(_("文集由记录人来写。"))
    return forum

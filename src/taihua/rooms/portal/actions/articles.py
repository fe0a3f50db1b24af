"""Writing articles: each saving is a revision of its own, and nobody's text is lost."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.once import made_once
from taihua.kernel.drafts.actions import use_up
from taihua.kernel.org.models import Account, Unit
from taihua.rooms.portal.access.articles import may_edit, may_manage_columns, units_written_for
from taihua.rooms.portal.actions.indexing import reindex
from taihua.rooms.portal.enums import Form
from taihua.rooms.portal.logic.words import to_html, to_plain
from taihua.rooms.portal.models import Article, Column, Revision
from taihua.rooms.portal.queries.editing import shown_pictures


class ArticleRefused(Exception):
    """Nothing was changed; the message says why and how to mend it."""


class Overtaken(ArticleRefused):
    """Somebody else saved first; ``theirs`` is the revision that counts now."""

    def __init__(self, theirs: Revision) -> None:
        super().__init__(
            _("您编辑期间，%(by)s先存了第 %(number)d 稿。您的文字还在下面，没有丢，也还没有存。")
            % {"by": theirs.written_by or "—", "number": theirs.number}
        )
        self.theirs = theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an article says."""

    title: str
    text: str
    source: str = ""
    byline: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article stands and when; without a moment it is published as soon as it is issued."""

    column: Column
    unit: Unit
    published_at: datetime | None = None
    expires_at: datetime | None = None


@transaction.atomic
def begin(
    *, words: Words, place: Place, by: Account, at: datetime, once: UUID | None = None
) -> Article:
    """Begin an article; its words are revision 1. Sent twice under one key it is begun once.

    :raises ArticleRefused: the unit is not one that ``by`` writes for, or the column is closed
    """
    if place.unit.pk not in units_written_for(by):
        raise ArticleRefused(_("您不能替%(unit)s供稿。") % {"unit": place.unit})
    _refuse_place(place)

    def make() -> Article:
        article = Article.objects.create(drafter=by, once=once, **_columns(place))
        add_revision(article, words, by, at)
        return article

    mine = Article.objects.filter(drafter=by)
    article, _made = made_once(mine, once, make)
    use_up(line=once, owner=by)
    return article


@transaction.atomic
def write(
    *,
    article: Article,
    words: Words,
    place: Place | None,
    expected: int,
    by: Account,
    at: datetime,
    once: UUID | None = None,
) -> Revision:
    """Save the words as the next revision; the same words again are none.

    What is public stays as it is until the new revision is issued; its place and times too, so
    ``place`` is taken only before it is public. A review that was under way begins anew.

    :param expected: the number of the revision from which they were written
    :raises Overtaken: somebody saved another meanwhile
    :raises ArticleRefused: ``by`` does not write for its unit, the words were brought in or made of
        a document, or the column is closed
    """
    article = locked(article)
    current = newest_of(article)
    if not may_edit(by, article):
        raise ArticleRefused(_("这篇文章不归您改。"))
    if current.form != Form.TEXT:
        raise ArticleRefused(_("这篇文章不是在这里写的，文字不能改；要改请撤下后另写一篇。"))
    if current.number != expected:
        raise Overtaken(current)
    moved = place is not None and article.live_id is None and _moved(article, place)
    html = to_html(words.text, shown_pictures(article))
    # What was handed in is not moved under the eyes of whoever reads it.
    if (_said(current), current.html) != (words, html) or (moved and current.steps.exists()):
        current = add_revision(article, words, by, at)
    use_up(line=once, owner=by)
    return current


def rewrite(article: Article, by: Account, at: datetime) -> None:
    """Show the same words again, after a picture in them came or went."""
    current = newest_of(article)
    if current.form == Form.TEXT:
        add_revision(article, _said(current), by, at)


@transaction.atomic
def move(*, article: Article, column: Column, expires_at: datetime | None, by: Account) -> Article:
    """Put an article into another column, or change the moment at which it goes.

    :raises ArticleRefused: ``by`` keeps no columns, the column is closed, or it goes before it comes
    """
    article = locked(article)
    if not may_manage_columns(by):
        raise ArticleRefused(_("换栏目由党办文员来办。"))
    place = Place(
        column=column,
        unit=article.unit,
        published_at=article.published_at,
        expires_at=expires_at,
    )
    _refuse_place(place)
    article.column, article.expires_at = column, expires_at
    article.save(update_fields=["column", "expires_at"])
    reindex(article)
    return article


def locked(article: Article) -> Article:
    """The article, while nobody else may save or take a step with it."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("unit", "column")
    return rows.get(pk=article.pk)


def newest_of(article: Article) -> Revision:
    """The words that were saved last.

    :raises LookupError: it has none: it was not begun by :func:`begin`
    """
    found = article.revisions.select_related("written_by__person").order_by("-number").first()
    if found is None:
        raise LookupError(f"article {article.pk} has no words")
    return found


def add_revision(
    article: Article,
    words: Words,
    by: Account | None,
    at: datetime,
    *,
    html: str = "",
    form: Form = Form.TEXT,
) -> Revision:
    """Write the next revision of an article; with ``html`` where that is not made of the text here."""
    shown = html or to_html(words.text, shown_pictures(article))
    last = article.revisions.order_by("-number").values_list("number", flat=True).first()
    revision = Revision.objects.create(
        article=article,
        number=(last or 0) + 1,
        title=words.title,
        source=words.source,
        byline=words.byline,
        summary=words.summary,
        form=form,
        text=words.text,
        html=shown,
        plain=to_plain(shown),
        written_at=at,
        written_by=by,
    )
    article.newest = revision
    article.save(update_fields=["newest"])
    return revision


def _said(revision: Revision) -> Words:
    return Words(
        title=revision.title,
        text=revision.text,
        source=revision.source,
        byline=revision.byline,
        summary=revision.summary,
    )


def _moved(article: Article, place: Place) -> bool:
    _refuse_place(place)
    told = _columns(place)
    if all(getattr(article, name) == value for name, value in told.items()):
        return False
    for name, value in told.items():
        setattr(article, name, value)
    article.save(update_fields=list(told))
    return True


def _columns(place: Place) -> dict[str, object]:
    return {
        "column": place.column,
        "unit": place.unit,
        "published_at": place.published_at,
        "expires_at": place.expires_at,
    }


def _refuse_place(place: Place) -> None:
    if not place.column.is_open:
        raise ArticleRefused(_("栏目“%(column)s”已关闭，请换一个。") % {"column": place.column})
    if place.expires_at and place.published_at and place.expires_at <= place.published_at:
        raise ArticleRefused(_("撤下时间要在发布时间之后。"))

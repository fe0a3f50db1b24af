"""A document of the house becomes an article: once, as it was issued, with its files (文件发布)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from taihua.base.clock import ZONE
from taihua.base.papers import to_body
from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.kernel.org.models import Account, Unit
from taihua.rooms.portal.access.articles import may_issue
from taihua.rooms.portal.actions.articles import ArticleRefused, Place, Words, add_revision
from taihua.rooms.portal.actions.pictures import keep_file
from taihua.rooms.portal.actions.review import go_public, put_on_record, refuse_sensitive
from taihua.rooms.portal.enums import Form, Step
from taihua.rooms.portal.models import Article, ReviewStep


@transaction.atomic
def publish(
    *,
    version: Version,
    words: Words,
    place: Place,
    by: Account,
    at: datetime,
    reason: str = "",
) -> Article:
    """Publish an issued version as an article: its text as the room reads it, its files beside it.

    ``words`` say title, source, byline and summary; the text is the document's own.

    :raises Sensitive: something in it must not be public
    :raises ArticleRefused: ``by`` does not issue, it is not issued or no room reads it, it is
        published already, or the column is closed
    """
    if not may_issue(by):
        raise ArticleRefused(_("发布由局领导来办。"))
    read = house.papers().get(version.document.kind)
    if read is None or not version.is_issued:
        raise ArticleRefused(_("这份文件还没有印发，或者不能发布成文章。"))
    if not place.column.is_open:
        raise ArticleRefused(_("栏目“%(column)s”已关闭，请换一个。") % {"column": place.column})
    article = _begun(version, place, by)
    add_revision(
        article, words, by, at, html=to_body(read(version)) + _known(version), form=Form.PAPER
    )
    for file in version.files.order_by("form"):
        keep_file(article, file.name, file.media_type, bytes(file.content))
    refuse_sensitive(article, reason)
    newest = article.newest
    if newest is None:
        raise LookupError(f"article {article.pk} has no words")
    ReviewStep.objects.create(revision=newest, step=Step.ISSUE, by=by, at=at, reason=reason.strip())
    article.published_at = max(place.published_at or at, at)
    go_public(article, newest, at, recorded_by=None)
    put_on_record(article, newest, at, by, document=version.document.title)
    return article


def issuing_unit(version: Version) -> Unit:
    """The unit in whose name a version was issued.

    :raises ArticleRefused: it has none
    """
    if version.document.unit is None:
        raise ArticleRefused(_("%(title)s没有发文单位。") % {"title": version.document})
    return version.document.unit


def _begun(version: Version, place: Place, by: Account) -> Article:
    try:
        with transaction.atomic():
            return Article.objects.create(
                drafter=by,
                version=version.pk,
                column=place.column,
                unit=issuing_unit(version),
                expires_at=place.expires_at,
            )
    except IntegrityError:
        raise ArticleRefused(_("%(title)s已经发布过了。") % {"title": version.document}) from None


def _known(version: Version) -> str:
    """The date of the data, where the document has figures in it."""
    if not version.provenance or version.known_at is None:
        return ""
    moment = version.known_at.astimezone(ZONE)
    return format_html(
        '<p class="known">文中数据截至 {} 年 {} 月 {} 日 {}，由台账记录算出；点文中的数，看它的口径。</p>',
        moment.year,
        moment.month,
        moment.day,
        f"{moment:%H:%M}",
    )

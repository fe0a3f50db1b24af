"""A document of the house becomes an article: once, as it was issued, with its files (文件发布)."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from taihua.base.clock import ZONE
from taihua.base.papers import to_body, to_pdf
from taihua.base.papers.layout import PRINT_FONTS
from taihua.kernel import house
from taihua.kernel.documents.actions import keep_file as keep_document_file
from taihua.kernel.documents.models import Version
from taihua.kernel.org.models import Account, Unit
from taihua.rooms.portal.access.articles import may_issue
from taihua.rooms.portal.actions.articles import (
    ArticleRefused,
    Place,
    Words,
    add_revision,
    locked,
)
from taihua.rooms.portal.actions.pictures import keep_file
from taihua.rooms.portal.actions.review import go_public, put_on_record, refuse_sensitive
from taihua.rooms.portal.enums import Form, Step
from taihua.rooms.portal.models import Article, ArticleFile, ReviewStep
from taihua.rooms.portal.queries.editing import PDF_TYPE, document_without_pdf
from taihua.rooms.portal.queries.public import replaced

PDF = "pdf"
REPLACED_BY = "（已由"  # in the language of the papers


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
    newest = add_revision(
        article, words, by, at, html=to_body(read(version)) + _foot(version), form=Form.PAPER
    )
    for file in version.files.order_by("form"):
        keep_file(article, file.name, file.media_type, bytes(file.content))
    refuse_sensitive(article, reason)
    ReviewStep.objects.create(revision=newest, step=Step.ISSUE, by=by, at=at, reason=reason.strip())
    article.published_at = max(place.published_at or at, at)
    go_public(article, newest)
    if article.published_at == at:
        put_on_record(article, newest, at, by, document=version.document.title)
    return article


def add_pdf(*, article: Article, at: datetime) -> ArticleFile | None:
    """Put the PDF of its document beside a published article, setting it where nobody has yet.

    It takes a while, so it is done in the background; done twice it is there once. An article that
    is no document's, or has a PDF, stays as it is.
    """
    version = document_without_pdf(article)
    if version is None:
        return None
    made = version.files.filter(form=PDF).first() or keep_document_file(
        version=version,
        form=PDF,
        name=f"{version.document.title}.{PDF}",
        media_type=PDF_TYPE,
        content=_set(version),
        at=at,
    )
    with transaction.atomic():
        article = locked(article)
        if document_without_pdf(article) is None:
            return None
        return keep_file(article, made.name, made.media_type, bytes(made.content))


def stamp_replaced(*, article: Article, at: datetime) -> ArticleFile | None:
    """Let the PDF beside an article say on its first page, and by its name, what has taken its place.

    It is set anew for that; what was issued stays as it is with its document. Done again it is there
    once; where the document counts, or has no PDF here, nothing changes.
    """
    newer = replaced(article, at)
    if newer is None:
        return None
    version = Version.objects.select_related("document").get(pk=article.version or 0)
    begun = f"{version.document.title}{REPLACED_BY}"
    name = f"{begun}{newer.number}代替）.{PDF}"
    of_it = Q(name__in=version.files.values("name")) | Q(name__startswith=begun)
    pdfs = article.files.filter(of_it, media_type=PDF_TYPE)
    names = list(pdfs.values_list("name", flat=True))
    if not names or name in names:
        return None
    content = _set(version, f"本件已由{newer.number}代替，以新的为准。")
    with transaction.atomic():
        locked(article)
        pdfs.delete()
        return keep_file(article, name, PDF_TYPE, content)


def _set(version: Version, stamp: str = "") -> bytes:
    bind = house.printed().get(version.document.kind)
    if bind is not None:
        return bind(version)
    fonts = PRINT_FONTS.changed(settings.TAIHUA_PRINT_FONTS)
    paper = replace(house.papers()[version.document.kind](version), stamp=stamp)
    return to_pdf(paper, fonts, tuple(settings.TAIHUA_FONT_FOLDERS))


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


def _foot(version: Version) -> str:
    """Under which number it was issued, and the date of its data where it has figures."""
    number = version.document.number
    return format_html('<p class="known">编号：{}</p>', number) + _known(version)


def _known(version: Version) -> str:
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

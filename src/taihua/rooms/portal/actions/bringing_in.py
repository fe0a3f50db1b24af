"""Articles of a former site become articles here: all of them or none, and again changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from urllib.parse import unquote

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account, Unit
from taihua.kernel.records.actions import Draft, record_many
from taihua.rooms.portal.actions.articles import (
    ArticleRefused,
    Words,
    add_revision,
)
from taihua.rooms.portal.actions.indexing import reindex
from taihua.rooms.portal.actions.pictures import (
    checked,
    file_name,
    keep_file,
    keep_picture,
    measured,
)
from taihua.rooms.portal.actions.reading_in import Old
from taihua.rooms.portal.actions.review import KIND, PUBLISHED
from taihua.rooms.portal.enums import Form, Step
from taihua.rooms.portal.logic.old_pages import links_in, with_links, with_pictures
from taihua.rooms.portal.logic.scan import Kind as Found
from taihua.rooms.portal.logic.scan import scan
from taihua.rooms.portal.logic.words import to_plain
from taihua.rooms.portal.models import (
    Article,
    BroughtFile,
    Column,
    OldAddress,
    ReviewStep,
    Revision,
)

KEPT_WAITING = timedelta(days=1)
LONGEST_ADDRESS, LONGEST_TITLE = 400, 200


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a preview: what would be done with it, and what is wrong with it."""

    old: Old
    column: Column | None
    errors: tuple[str, ...]
    notices: tuple[str, ...] = ()
    there: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What bringing these in would do."""

    lines: Sequence[Line]

    @property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if not line.errors and not line.there]

    @property
    def there(self) -> list[Line]:
        return [line for line in self.lines if line.there]


def preview(old: Sequence[Old], column: Column | None, at: datetime) -> Preview:
    """What bringing these in would do; ``column`` is for those that name none."""
    if not old:
        raise ArticleRefused(_("没有找到文章：文件夹或压缩包里要有 .html 页面。"))
    columns = {each.title: each for each in Column.objects.all()}
    known = set(OldAddress.objects.values_list("address", flat=True))
    stamps = set(
        Article.objects.filter(live__isnull=False).values_list("live__title", "published_at")
    )
    seen: set[str] = set()
    lines = []
    for each in old:
        address = address_of(each)
        place = columns.get(each.column) if each.column else column
        there = address in known or (each.title, each.published_at) in stamps
        errors = _errors(each, place, at)
        if address and address in seen:
            errors.append(_("旧地址和前面的一篇重了：%(address)s。") % {"address": address})
        seen.add(address)
        lines.append(Line(each, place, () if there else tuple(errors), _notices(each), there))
    return Preview(lines)


@transaction.atomic
def bring_in(*, found: Preview, unit: Unit, by: Account | None, at: datetime) -> list[Article]:
    """Publish what is new under its old day; what is there already is left as it is.

    Each that is new goes on record on the day on which it was published.

    :raises ArticleRefused: one of them cannot be taken; then none is
    """
    if found.wrong:
        raise ArticleRefused(
            _("有 %(count)d 篇带不进来，一篇也没有带入。请按说明改好再试。")
            % {"count": len(found.wrong)}
        )
    units = {each.name: each for each in Unit.objects.all()}
    made = [_article(line, units.get(line.old.source, unit), by, at) for line in found.new]
    record_many([_draft(article, words, at) for article, words in made], at=at, entered_by=by)
    for article, _words in made:
        reindex(article)
    return [article for article, _words in made]


@transaction.atomic
def keep_brought(*, name: str, content: bytes, by: Account, at: datetime) -> BroughtFile:
    """Keep a file that was looked at until its articles are taken: nobody chooses it twice.

    What nobody came back for within a day is let go.
    """
    BroughtFile.objects.filter(uploaded_at__lt=at - KEPT_WAITING).delete()
    return BroughtFile.objects.create(
        by=by, name=PurePath(name).name[-200:], content=content, uploaded_at=at
    )


def brought_by(account: Account, pk: int) -> BroughtFile | None:
    """A file that ``account`` brought and that still waits."""
    return BroughtFile.objects.filter(pk=pk, by=account).first()


def address_of(old: Old) -> str:
    """The old address without the site's name: people come by the path and its query."""
    address = old.address.strip()
    if "://" in address:
        address = "/" + address.split("://", 1)[1].partition("/")[2]
    return address if not address or address.startswith("/") else f"/{address}"


def _errors(old: Old, column: Column | None, at: datetime) -> list[str]:
    named = {"column": old.column}
    nowhere = _("没有叫“%(column)s”的栏目。") % named if old.column else _("没有说放在哪个栏目。")
    checks = (
        (not old.title, _("没有标题。")),
        (len(old.title) > LONGEST_TITLE, _("标题太长，最多 200 个字。")),
        (old.published_at is None, _("没有找到发布时间，或者没有这一天。")),
        (old.published_at is not None and old.published_at > at, _("发布时间还没有到。")),
        (not to_plain(old.html) and not old.pictures, _("没有正文。")),
        (column is None, nowhere),
        (len(address_of(old)) > LONGEST_ADDRESS, _("旧地址太长。")),
    )
    found = scan([(_("标题"), old.title), (_("正文"), to_plain(old.html)), *_unseen(old)])
    grave = (each for each in found if each.kind is not Found.MOBILE)
    numbers = [
        _("%(where)s里有不能公开的号码：…%(around)s…")
        % {"where": each.where, "around": each.around}
        for each in grave
    ]
    return [*(said for is_so, said in checks if is_so), *numbers]


def _unseen(old: Old) -> list[tuple[str, str]]:
    """What a page says besides its text."""
    told = [(_("图片说明"), said) for said in old.alts.values()]
    return [*told, *((_("链接"), unquote(link)) for link in links_in(old.html))]


def _notices(old: Old) -> tuple[str, ...]:
    missing = [src for src in old.alts if src not in old.pictures]
    told = [_("没有找到图片 %(src)s，正文里去掉了。") % {"src": src} for src in missing]
    told += [
        f"{src}：{said}"
        for src, content in old.pictures.items()
        if (said := _refusal(measured, content))
    ]
    told += [
        said
        for path, content in old.files.items()
        if (said := _refusal(checked, _name(path), content))
    ]
    mobiles = [each for each in scan([("", to_plain(old.html))]) if each.kind is Found.MOBILE]
    told += [_("正文里像有手机号码：…%(around)s…") % {"around": each.around} for each in mobiles]
    return tuple(told)


def _refusal(take: Callable[..., object], *given: object) -> str:
    """Why a picture or a file is left out; nothing if it is taken."""
    try:
        take(*given)
    except ArticleRefused as refusal:
        return str(refusal)
    return ""


def _article(line: Line, unit: Unit, by: Account | None, at: datetime) -> tuple[Article, Revision]:
    old = line.old
    if line.column is None:
        raise ArticleRefused(_("没有说放在哪个栏目。"))
    article = Article.objects.create(
        column=line.column, unit=unit, drafter=by, published_at=old.published_at
    )
    files = _kept_files(article, old)
    html = with_links(with_pictures(old.html, _kept(article, old)), lambda to: files.get(to, to))
    said = Words(title=old.title, text=html, source=old.source[:100], byline=old.byline[:60])
    words = add_revision(article, said, by, at, html=html, form=Form.HTML)
    article.live = words
    article.save(update_fields=["live"])
    ReviewStep.objects.create(revision=words, step=Step.ISSUE, by=by, at=at, reason=_("带入旧文章"))
    if address := address_of(old):
        OldAddress.objects.create(address=address, article=article)
    return article, words


def _kept(article: Article, old: Old) -> Mapping[str, str]:
    """Keep the pictures of an old page; what is no picture is left out of its body."""
    addresses = {}
    for src, content in old.pictures.items():
        try:
            picture = keep_picture(article, content, old.alts.get(src) or old.title)
        except ArticleRefused:
            continue
        addresses[src] = reverse("portal:picture", args=[picture.pk])
    return addresses


def _kept_files(article: Article, old: Old) -> Mapping[str, str]:
    """Keep the files to which an old page links; one that cannot be offered keeps its old address."""
    addresses = {}
    for number, (path, content) in enumerate(old.files.items(), 1):
        name = _name(path)
        try:
            media_type = checked(name, content)
        except ArticleRefused:
            continue
        if article.files.filter(name=name).exists():
            name = f"{number}-{name}"
        kept = keep_file(article, name, media_type, content)
        addresses[path] = reverse("portal:file", args=[kept.pk])
    return addresses


def _name(path: str) -> str:
    return file_name(unquote(path.partition("?")[0]))


def _draft(article: Article, words: Revision, at: datetime) -> Draft:
    told = {"column": article.column.title, "source": words.source, "byline": words.byline}
    return Draft(
        verb=PUBLISHED,
        kind=KIND,
        path=article.path,
        label=words.title,
        unit=article.unit,
        occurred_at=article.published_at,
        stored_at=at,
        context={key: said for key, said in told.items() if said},
    )

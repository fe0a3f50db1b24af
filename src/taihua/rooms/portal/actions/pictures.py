"""The pictures and files of an article: taken in by what they are, never by their name."""

import re
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account
from taihua.rooms.portal.access.articles import may_edit, may_issue
from taihua.rooms.portal.actions.articles import ArticleRefused, locked, newest_of, rewrite
from taihua.rooms.portal.enums import Step
from taihua.rooms.portal.logic.pictures import LARGEST, PictureUnknown, Size, measure
from taihua.rooms.portal.logic.scan import Kind
from taihua.rooms.portal.logic.words import pictures_in
from taihua.rooms.portal.models import Article, ArticleFile, Picture
from taihua.rooms.portal.queries.attached import look_into
from taihua.rooms.portal.queries.editing import steps_of

LARGEST_FILE = 20 * 1024 * 1024
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".txt": "text/plain; charset=utf-8",
}
BEGINNINGS = {
    ".pdf": b"%PDF",
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".epub", ".zip"), b"PK"),
    **dict.fromkeys((".doc", ".xls", ".ppt"), b"\xd0\xcf\x11\xe0"),
}
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@transaction.atomic
def add_picture(
    *, article: Article, content: bytes, alt: str, caption: str, by: Account, at: datetime
) -> Picture:
    """Take a picture; its number is the next. Where the text asks for it already, it shows now.

    :raises ArticleRefused: no picture that a page can show, too large, nothing said of it
    """
    article = _changed_by(article, by)
    if not alt.strip():
        raise ArticleRefused(_("请写明图里有什么，看不见图的人靠它知道。"))
    picture = keep_picture(article, content, alt.strip(), caption.strip())
    if picture.number in pictures_in(newest_of(article).text):
        rewrite(article, by, at)
    return picture


def keep_picture(article: Article, content: bytes, alt: str, caption: str = "") -> Picture:
    """Keep a picture beside those that there are.

    :raises ArticleRefused: too large, or no picture that a page can show
    """
    size = measured(content)
    last = article.pictures.order_by("-number").values_list("number", flat=True).first()
    return Picture.objects.create(
        article=article,
        number=(last or 0) + 1,
        alt=alt,
        caption=caption,
        media_type=size.media_type,
        width=size.width,
        height=size.height,
        content=content,
        digest=sha256(content).hexdigest(),
    )


def measured(content: bytes) -> Size:
    """What kind of picture this is and its size.

    :raises ArticleRefused: too large, or no picture that a page can show
    """
    if len(content) > LARGEST:
        said = {"size": round(len(content) / 2**20, 1), "limit": LARGEST // 2**20}
        raise ArticleRefused(
            _("这张图有 %(size)s MB，超过了 %(limit)d MB。请先压缩或裁小。") % said
        )
    try:
        return measure(content)
    except PictureUnknown:
        raise ArticleRefused(_("这不是网页能显示的图片。请用 PNG、JPEG、GIF 或 WebP。")) from None


@transaction.atomic
def remove_picture(*, picture: Picture, by: Account, at: datetime) -> None:
    """Let a picture go that the public text does not show.

    :raises ArticleRefused: the public text shows it, or it is not ``by``'s to change
    """
    article = _changed_by(picture.article, by)
    live = article.live
    if live is not None and picture.number in pictures_in(live.text):
        raise ArticleRefused(_("公开的正文还用着这张图。先改正文，签发以后再删。"))
    picture.delete()
    if picture.number in pictures_in(newest_of(article).text):
        rewrite(article, by, at)


@transaction.atomic
def add_file(*, article: Article, name: str, content: bytes, by: Account) -> ArticleFile:
    """Take a file for download. Of a public article only who issues changes the files.

    :raises ArticleRefused: of another kind than its name says, too large, one of that name, or an
        identity or card number stands in it
    """
    article = _files_changed_by(article, by)
    name = file_name(name)
    media_type = checked(name, content)
    if article.files.filter(name=name).exists():
        raise ArticleRefused(
            _("已经有叫“%(name)s”的附件。请换个文件名，或者先删掉那一个。") % {"name": name}
        )
    return keep_file(article, name, media_type, content)


def file_name(name: str) -> str:
    """What a file is called here, whatever folder it comes from."""
    return UNSAFE.sub("_", PurePath(name.replace("\\", "/")).name)[-150:]


def checked(name: str, content: bytes) -> str:
    """The media type of a file that may be offered for download.

    :raises ArticleRefused: of another kind than its name says, too large, or an identity or card
        number stands in it
    """
    ending = PurePath(name).suffix.lower()
    if ending not in MEDIA_TYPES or not content.startswith(BEGINNINGS.get(ending, b"")):
        said = "、".join(sorted(each[1:] for each in MEDIA_TYPES))
        raise ArticleRefused(
            _("附件“%(name)s”收不了。可以用：%(kinds)s。") % {"name": name, "kinds": said}
        )
    if not content or len(content) > LARGEST_FILE:
        raise ArticleRefused(
            _("附件要有内容，而且不超过 %(limit)d MB。") % {"limit": LARGEST_FILE // 2**20}
        )
    for found in look_into(name, content).findings:
        if found.kind is not Kind.MOBILE:
            raise ArticleRefused(
                _("附件“%(name)s”里有不能公开的号码：…%(around)s…。请删去以后再传。")
                % {"name": name, "around": found.around}
            )
    return MEDIA_TYPES[ending]


def keep_file(article: Article, name: str, media_type: str, content: bytes) -> ArticleFile:
    """Keep a file beside those that there are."""
    return ArticleFile.objects.create(
        article=article,
        name=name,
        media_type=media_type,
        size=len(content),
        content=content,
        digest=sha256(content).hexdigest(),
    )


@transaction.atomic
def remove_file(*, file: ArticleFile, by: Account) -> None:
    """Let a file go.

    :raises ArticleRefused: it is not ``by``'s to change
    """
    _files_changed_by(file.article, by)
    file.delete()


def _changed_by(article: Article, by: Account) -> Article:
    article = locked(article)
    if not may_edit(by, article):
        raise ArticleRefused(_("这篇文章不归您改。"))
    return article


def _files_changed_by(article: Article, by: Account) -> Article:
    article = locked(article)
    if article.live_id is not None and not may_issue(by):
        raise ArticleRefused(_("文章已经公开，附件由签发人来换。"))
    if article.live_id is not None:
        return article
    if steps_of(newest_of(article))[-1:] in ([Step.HAND_IN], [Step.PASS]):
        raise ArticleRefused(_("这一稿已经送审，附件先不换。要换请退回，或者先改正文。"))
    return _changed_by(article, by)

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Binding(TextChoices):
    """How strongly a book is put to a group of readers."""

    REQUIRED = "required", _("必读")
    RECOMMENDED = "recommended", _("推荐")


class CheckKind(TextChoices):
    """What a reader hands in to show that the book was understood."""

    ANSWERS = "answers", _("回答思考题")
    NOTE = "note", _("交一篇笔记或心得")


class Outcome(TextChoices):
    """What the reviewer made of one attempt."""

    WAITING = "waiting", _("待审阅")
    PASSED = "passed", _("通过")
    RESIT = "resit", _("请补查")


class Step(TextChoices):
    """How far one reader is with one required book; derived, never stored."""

    TO_START = "to-start", _("还没开始")
    READING = "reading", _("在读")
    TO_HAND_IN = "to-hand-in", _("读完，待检查")
    WAITING = "waiting", _("待审阅")
    RESIT = "resit", _("待补查")
    PASSED = "passed", _("检查通过")


class Decision(TextChoices):
    """What the party office said to a request for another book."""

    ASKED = "asked", _("待答复")
    APPROVED = "approved", _("同意")
    REFUSED = "refused", _("未同意")


class NoteKind(TextChoices):
    """A note stays with the book; a reflection goes on to one's own work."""

    NOTE = "note", _("读书笔记")
    REFLECTION = "reflection", _("心得")


class Fault(TextChoices):
    """Why an EPUB was not taken; the label is the sentence that its sender reads."""

    TOO_BIG = "too-big", _("文件超过 30 MB。请压缩其中的图片后再传。")
    NOT_ZIP = "not-zip", _("这不是完好的 EPUB 文件。请重新取得原文件后再传。")
    SWELLS = "swells", _("文件解开后大得不正常，没有接收。")
    LONG = "long", _("书中的一页长得不正常。请用制作软件分章后再传。")
    BAD_NAME = "bad-name", _("文件里有指向书外的路径，没有接收。")
    LOCKED = "locked", _("文件加了密或有版权锁。请换用没有加锁的版本。")
    NOT_EPUB = "not-epub", _("文件没有注明自己是 EPUB。请传扩展名为 .epub 的电子书。")
    NO_CONTAINER = "no-container", _("文件缺少书的目录说明（META-INF/container.xml）。")
    BROKEN = "broken", _("书中的一个文件读不懂。请用制作软件重新导出后再传。")
    ENTITIES = "entities", _("书中有自定义实体（DTD），没有接收。")
    MISSING = "missing", _("目录里列出的一个文件在书中找不到。")
    SCRIPT = "script", _("书中有脚本，没有接收。请换用不带脚本的版本。")
    OUTSIDE = "outside", _("书中要从外部网站取内容，没有接收。请把内容放进书里再传。")
    EMPTY = "empty", _("书中没有可读的文字。")


class Licence(TextChoices):
    """What a writer lets the house do with a contribution."""

    VOLUME = "volume", _("收入文集，在单位内部流传")
    OPEN = "open", _("收入文集，也可以公开刊载")


class Choice(TextChoices):
    """What the editors made of a contribution."""

    WAITING = "waiting", _("待定")
    SELECTED = "selected", _("入选")
    DECLINED = "declined", _("未入选")


class Advice(TextChoices):
    """What an anonymous reader advises."""

    TAKE = "take", _("建议收入")
    CHANGE = "change", _("修改后收入")
    LEAVE = "leave", _("建议不收")

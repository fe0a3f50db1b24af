"""How an article came about and how far its review is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    """How the text of a revision is written."""

    TEXT = "text", _("在这里写的")
    HTML = "html", _("从旧网页带来的")
    PAPER = "paper", _("由文件生成的")


class Step(TextChoices):
    """The three steps of review (三审): who wrote it hands it in, one reads it, another issues it."""

    HAND_IN = "hand_in", _("送审")
    PASS = "pass", _("审核通过")
    RETURN = "return", _("退回修改")
    ISSUE = "issue", _("签发")
    WITHDRAW = "withdraw", _("撤下")
    RESTORE = "restore", _("恢复")


class Stage(TextChoices):
    """How far an article is (进展); it follows from the steps of its newest revision."""

    DRAFT = "draft", _("草稿")
    IN_REVIEW = "in_review", _("等审核")
    PASSED = "passed", _("等签发")
    RETURNED = "returned", _("退回修改")
    ISSUED = "issued", _("已签发")
    WITHDRAWN = "withdrawn", _("已撤下")


class DraftKind(TextChoices):
    """What a draft that is put out for comment is (征求意见稿类别); how long it must lie depends on it."""

    DECISION = "decision", _("重大行政决策")
    PLAN = "plan", _("规划")
    BUSINESS = "business", _("规范性文件（与企业经营密切相关）")
    NORMATIVE = "normative", _("规范性文件（影响群众重大权益）")
    ORDINARY = "ordinary", _("一般文件")


class Audience(TextChoices):
    """Who is asked."""

    PUBLIC = "public", _("向社会公开")
    INTERNAL = "internal", _("只在选定的单位里")


class Naming(TextChoices):
    """Whether those who give an opinion say who they are."""

    EITHER = "either", _("署名、不署名都可以")
    NAMED = "named", _("要实名")
    ANONYMOUS = "anonymous", _("不收姓名")


class Channel(TextChoices):
    """How an opinion came in (渠道)."""

    WEB = "web", _("网页")
    LETTER = "letter", _("来信")
    PHONE = "phone", _("来电")
    MEETING = "meeting", _("座谈")


class Adoption(TextChoices):
    """What became of an opinion (采纳情况)."""

    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    DECLINED = "declined", _("未采纳")


class Phase(TextChoices):
    """Where a consultation stands on a day; it follows from days and rows, no column keeps it."""

    DRAFT = "draft", _("起草中")
    AHEAD = "ahead", _("还没有开始")
    OPEN = "open", _("正在征求意见")
    WEIGHING = "weighing", _("意见办理中")
    PUBLISHED = "published", _("已公布采纳情况")
    WITHDRAWN = "withdrawn", _("已撤回")


class Rot(TextChoices):
    """Why an address leads nowhere."""

    MISSING = "missing", _("没有这一页")
    HIDDEN = "hidden", _("不公开，别人打不开")
    PICTURE = "picture", _("没有这张图")
    FILE = "file", _("没有这个附件")
    SPOILT = "spoilt", _("文件坏了，和存下时不一样")
    OUTSIDE = "outside", _("外面的网站打不开")

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

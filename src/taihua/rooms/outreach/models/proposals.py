"""What came of a visit: problems with owners, proposals and what was done to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.outreach.enums import Decision, Effect, StepKind
from taihua.rooms.outreach.models.visits import FieldVisit

OUTCOMES = {**dict(Decision.choices), **dict(Effect.choices)}


class Problem(models.Model):
    """Something that a visit found wrong (调研发现的问题), with who mends it by when."""

    visit = models.ForeignKey(
        FieldVisit, models.PROTECT, related_name="problems", verbose_name=_("下基层调研")
    )
    uuid = models.UUIDField(_("编号"), unique=True)
    text = models.CharField(_("问题"), max_length=300)
    owner = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("办理单位")
    )
    due = DayField(_("期限"))
    settled = models.TextField(_("办理结果"), blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True)
    statement = models.UUIDField(_("记录"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("调研发现的问题")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | ~Q(settled=""),
                name="outreach_settled_in_words",
                violation_error_message=_("请写明办理结果。"),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def path(self) -> str:
        return f"outreach/problem/{self.uuid.hex}"


class Proposal(models.Model):
    """What a visitor proposes after a visit (调研建议), and which unit answers it."""

    visit = models.ForeignKey(
        FieldVisit, models.PROTECT, related_name="proposals", verbose_name=_("下基层调研")
    )
    uuid = models.UUIDField(_("编号"), unique=True)
    text = models.CharField(_("建议"), max_length=500)
    owner = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("答复单位")
    )
    due = DayField(_("答复期限"))
    proposed_at = models.DateTimeField(_("提出时间"))
    statement = models.UUIDField(_("记录"), null=True)  # none where an imported ledger has it

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("调研建议")

    def __str__(self) -> str:
        return self.text

    @property
    def path(self) -> str:
        return f"outreach/proposal/{self.uuid.hex}"


class ProposalStep(models.Model):
    """One thing that was done to a proposal (办理环节); ``statement`` is its record."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="steps", verbose_name=_("调研建议")
    )
    kind = models.CharField(_("环节"), max_length=12, choices=StepKind)
    outcome = models.CharField(_("结论"), max_length=10, blank=True)
    words = models.TextField(_("说明"))
    due = DayField(_("下一步期限"), null=True)
    at = models.DateTimeField(_("时间"))
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, verbose_name=_("单位")
    )
    by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("登记人")
    )
    statement = models.UUIDField(_("记录"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("办理环节")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind"],
                name="outreach_each_step_once",
                condition=~Q(kind=StepKind.HANDED_ON),
                violation_error_message=_("这一步已经办过了。"),
            ),
            models.CheckConstraint(condition=~Q(words=""), name="outreach_step_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"

    @property
    def outcome_label(self) -> str:
        """The outcome in words; empty for a step that has none."""
        return str(OUTCOMES.get(self.outcome, ""))

"""A year's plan as a form: its head, and one row a session."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.models import Unit
from taihua.rooms.study.forms.fields import DayInput, LongText, Offered, PersonChoice
from taihua.rooms.study.models import PlanItem, PlanVersion
from taihua.rooms.study.queries.roster import hosts

SPARE_ROWS = 3
FIRST_ROWS = 6


class PlanHeadForm(forms.Form):
    """Whose plan of which year."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("学习单位"), empty_label=None)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = hosts(on)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a plan is changed; ``expected`` is the version that its writer had before him."""

    expected = forms.IntegerField(widget=forms.HiddenInput())
    reason = LongText(
        label=_("为什么调整"), rows=3, max_length=500, help_text=_("原来的各版都留着，一起看得到。")
    )


class ItemForm(forms.Form):
    """One session of the plan; an empty row is no session."""

    slot = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    planned_date = forms.DateField(label=_("计划日期"), widget=DayInput(), required=False)
    topic = forms.CharField(label=_("专题"), max_length=120, required=False)
    lead = PersonChoice(label=_("主讲人"), required=False, empty_label=_("以后再定"))
    aim = forms.CharField(label=_("要解决的问题"), max_length=200, required=False)

    def __init__(self, *args: Any, leads: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads.to(self.fields["lead"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("topic") and not cleaned.get("planned_date") and not self.errors:
            self.add_error("planned_date", ValidationError(_("请写计划日期。")))
        if cleaned.get("planned_date") and not cleaned.get("topic") and not self.errors:
            self.add_error("topic", ValidationError(_("请写专题；不要这一次就把日期也清空。")))
        return cleaned

    @property
    def item(self) -> PlanItem | None:
        cleaned = self.cleaned_data
        if not cleaned.get("topic"):
            return None
        return PlanItem(
            slot=cleaned.get("slot") or 0,
            planned_date=cleaned["planned_date"],
            topic=cleaned["topic"].strip(),
            lead=cleaned.get("lead"),
            aim=cleaned.get("aim", ""),
        )


def rows_of(version: PlanVersion | None) -> list[dict[str, Any]]:
    """The rows that a version starts a form with."""
    if version is None:
        return []
    return [
        {
            "slot": each.slot,
            "planned_date": each.planned_date,
            "topic": each.topic,
            "lead": each.lead_id,
            "aim": each.aim,
        }
        for each in version.items.all()
    ]


def item_forms(spare: int) -> "type[forms.BaseFormSet[ItemForm]]":
    """As many rows as there are, and some to spare."""
    return forms.formset_factory(ItemForm, extra=spare)


class DecisionForm(forms.Form):
    """What the leader of the group says to the version of a plan that the page shows."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    reply = LongText(label=_("意见"), rows=3, required=False, max_length=500)


class ClosingForm(forms.Form):
    """How the year went."""

    summary = LongText(label=_("年度小结"), rows=8, max_length=4000)

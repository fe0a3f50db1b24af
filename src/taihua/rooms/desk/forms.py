"""What is asked of the overview of duties."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.models import Unit


class OverseeForm(forms.Form):
    """Whose duties to look at."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("单位"),
        required=False,
        to_field_name="code",
        empty_label=_("全部单位"),
        widget=forms.Select(attrs={"aria-label": _("单位")}),
    )
    of = forms.ChoiceField(
        label=_("对象"),
        required=False,
        choices=[("people", _("每个人")), ("units", _("每个单位"))],
        widget=forms.Select(attrs={"aria-label": _("对象")}),
    )

    def __init__(self, *args: object, units: QuerySet[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class CalendarForm(forms.Form):
    """Whose calendar to make an address for: one of the units looked after."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("单位"), to_field_name="code", empty_label=_("请选择")
    )

    def __init__(self, *args: object, units: QuerySet[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

"""What the people pages are told."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.enums import UNIT_ROLES, Role
from taihua.kernel.org.models import Unit


class FindForm(forms.Form):
    """Whom to look for."""

    name = forms.CharField(label=_("姓名或工号"), required=False, max_length=60)


class AccountForm(forms.Form):
    """A new login."""

    username = forms.SlugField(
        label=_("用户名"), max_length=60, help_text=_("字母、数字、横线，登录时用。")
    )


class GrantForm(forms.Form):
    """A role to be given."""

    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("单位"),
        required=False,
        to_field_name="code",
        empty_label=_("不限单位"),
        help_text=_("单位文员和领导要写明单位，管到它和它的下级。"),
    )

    def __init__(self, *args: object, units: QuerySet[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        role, unit = self.cleaned_data.get("role"), self.cleaned_data.get("unit")
        if role in UNIT_ROLES and unit is None and not self.errors:
            self.add_error("unit", _("请写明是哪个单位的。"))
        if role not in UNIT_ROLES and unit is not None:
            self.add_error("unit", _("这个角色不分单位，请选“不限单位”。"))

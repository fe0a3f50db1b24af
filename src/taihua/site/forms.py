"""What the front door asks."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LookForm(forms.Form):
    """How pages should look (外观)."""

    size = forms.ChoiceField(
        label=_("字号"),
        choices=[("normal", _("标准")), ("large", _("大字"))],
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(
        label=_("纸色"),
        choices=[("system", _("随设备")), ("light", _("白纸")), ("dark", _("深色"))],
        widget=forms.RadioSelect,
    )
    quiet = forms.BooleanField(
        label=_("安静模式：读书时只留文字"),
        required=False,
    )

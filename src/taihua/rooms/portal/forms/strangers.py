"""What strangers may fill in: held off are machines, never people."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taihua.base.once import OnceField

QUICKEST, LONGEST = timedelta(seconds=3), timedelta(days=1)
SALT = "taihua.portal.opinion"


class Words(forms.CharField):
    """Running text with the line ends that we store, whatever a browser sends."""

    def __init__(self, *, rows: int = 5, max_length: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, max_length=max_length, **kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean((value or "").replace("\r\n", "\n"))).strip()


def time_token(now: datetime) -> str:
    """When a form was opened, so that nobody can say another time."""
    return signing.dumps(now.timestamp(), salt=SALT)


class FromStrangers(forms.Form):
    """A form without an account. What only a machine fills or does is told in words too."""

    website = forms.CharField(
        label=_("这一栏请留空"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    since = forms.CharField(widget=forms.HiddenInput, required=False)
    once = OnceField()

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["since"].initial = time_token(now)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("这一栏是防广告的，请清空再发。"))
        return ""

    def clean(self) -> None:
        problem = self._too_quick_or_old()
        if problem:
            # The words stay, the clock begins anew.
            self.data = {**self.data.dict(), "since": time_token(self.now)}  # type: ignore[attr-defined]
            self.add_error(None, problem)

    def _too_quick_or_old(self) -> Any:
        try:
            opened = signing.loads(self.cleaned_data.get("since", ""), salt=SALT)
        except signing.BadSignature:
            return _("这一页的凭据丢了，您写的还在，请再按一次发送。")
        passed = timedelta(seconds=self.now.timestamp() - float(opened))
        if passed < QUICKEST:
            return _("发得太快，像是机器发的。您写的还在，请过三秒再按一次。")
        if passed > LONGEST:
            return _("这一页打开超过一天了。您写的还在，请再按一次发送。")
        return None

"""A fault that a reader tells, and the answer to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taihua.rooms.portal.forms.strangers import FromStrangers, Words


class FaultForm(FromStrangers):
    """What is wrong on a page."""

    text = Words(
        label=_("哪里不对"),
        max_length=1000,
        rows=5,
        help_text=_("写明是哪一句、哪个数、哪个链接，应当是什么。"),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=100,
        required=False,
        help_text=_("想要我们联系您才写，不公开。"),
    )


class AnswerFaultForm(forms.Form):
    """What became of it."""

    answer = Words(
        label=_("答复"),
        max_length=1000,
        rows=4,
        help_text=_("改了什么，或者为什么不改。报错的人凭回执号看得到。"),
    )

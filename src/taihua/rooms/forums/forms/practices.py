"""What the pages of practices are told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taihua.rooms.forums.enums import MeantFor, TrialResult
from taihua.rooms.forums.forms.fields import Words, day_field


class CardForm(forms.Form):
    """A practice card; a draft may leave everything but its name open."""

    title = forms.CharField(label=_("做法"), max_length=60, help_text=_("一句话，说出做的是什么。"))
    problem = Words(label=_("原来的问题"), max_length=1000, rows=3)
    done = Words(label=_("怎么做的"), max_length=3000, rows=6)
    needs = Words(label=_("需要什么条件"), max_length=1000, rows=3, required=False)
    outcome = Words(label=_("见到什么效果"), max_length=1000, rows=3)
    evidence = Words(
        label=_("佐证"),
        max_length=1000,
        rows=2,
        required=False,
        help_text=_("哪里看得到：记录、文件、数据。不写学生和家长的姓名。"),
    )
    meant_for = forms.ChoiceField(label=_("适合谁"), choices=MeantFor, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep = "keep" in self.data
        for name in ("problem", "done", "outcome"):
            self.fields[name].required = not self.keep


class TrialForm(forms.Form):
    since = day_field(_("从哪天起试"))


class ToldForm(forms.Form):
    result = forms.ChoiceField(
        label=_("试得怎样"),
        choices=[each for each in TrialResult.choices if each[0] != TrialResult.UNDER_WAY],
        widget=forms.RadioSelect,
    )
    why = Words(label=_("为什么"), max_length=1000, rows=3)

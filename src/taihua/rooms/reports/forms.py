"""What people fill in: a section's text, the number under which the report is issued."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import asked
from taihua.base.once import OnceField
from taihua.rooms.reports.logic.merge import Choice
from taihua.rooms.reports.logic.paper import SentTo
from taihua.rooms.reports.queries.report import Merged


class SectionForm(forms.Form):
    text = asked(
        forms.CharField(
            label=_("正文"),
            max_length=20_000,
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 14}),
            help_text=_(
                "写成 [[代码|数字]] 的地方是统计数：数字由记录计算，不用改，改了也会还原。换行另起一段。"
            ),
        )
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)
    once = OnceField()


BETWEEN_NAMES = re.compile(r"[、，,；;\n]+")


class IssueForm(forms.Form):
    number = forms.CharField(
        label=_("发文字号"),
        max_length=60,
        help_text=_("年份用六角括号，序号不加“第”，不编虚位，例如 苔教〔2013〕12号。"),
    )
    addressee = forms.CharField(
        label=_("主送"),
        max_length=200,
        required=False,
        help_text=_("例如 区委组织部；不写就没有。"),
    )
    copies = forms.CharField(
        label=_("抄送"),
        max_length=400,
        required=False,
        help_text=_("几个单位之间用顿号隔开，印在末页的版记里。"),
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def sent_to(self) -> SentTo:
        """Whom the report is for, without the signs that the paper sets itself."""
        names = BETWEEN_NAMES.split(self.cleaned_data["copies"])
        copies = tuple(name for each in names if (name := each.strip(" 。：:")))
        return SentTo(self.cleaned_data["addressee"].strip(" ：:"), copies)


def moment_in(data: Mapping[str, str]) -> datetime | None:
    """The moment as known at which the questions of a refresh were asked."""
    form = KnownForm(data)
    return form.cleaned_data["known"] if form.is_valid() else None


class KnownForm(forms.Form):
    known = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])


class RefreshForm(KnownForm):
    """One question for each sentence that both people and the records changed."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, merged: Iterable[Merged] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as they came
        self.questions: dict[str, list[str]] = {}
        for each in merged:
            names = [f"{each.section.key}:{place}" for place in range(each.conflicts)]
            self.questions[each.section.key] = names
            for name in names:
                self.fields[name] = forms.ChoiceField(
                    label=each.section.title,
                    choices=[
                        (Choice.MINE, _("保留人写的")),
                        (Choice.THEIRS, _("改用新生成的")),
                        (Choice.BOTH, _("两段都留")),
                    ],
                    initial=Choice.MINE,
                    widget=forms.RadioSelect,
                )

    def choices(self) -> dict[str, list[Choice]]:
        return {
            key: [Choice(self.cleaned_data[name]) for name in names]
            for key, names in self.questions.items()
        }

"""What is typed into the pages of consultations."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.models import Person, Unit
from taihua.kernel.org.queries import find_people
from taihua.rooms.portal.enums import Adoption, Audience, Channel, DraftKind, Naming
from taihua.rooms.portal.forms.strangers import FromStrangers, Words
from taihua.rooms.portal.models import Clause, Consultation, FinalClause

ADDED = "added"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ResponsibleField(forms.CharField):
    """One name of the roster; of two with one name the code: 姓名（工号）."""

    def clean(self, value: Any) -> Any:
        written = super().clean(value).replace("(", "（").replace(")", "）")
        name, _bracket, code = written.partition("（")
        found: list[Person] = list(find_people(name.strip()))
        if code:
            found = [each for each in found if each.code == code.rstrip("）").strip()]
        if not found:
            raise ValidationError(_("没有找到这个人，请写花名册上的姓名。"))
        if len(found) > 1:
            raise ValidationError(_("有几位同名的人，请在姓名后加括号写工号。"))
        return found[0]


class ConsultationForm(forms.Form):
    """What is asked of whom until when."""

    title = forms.CharField(label=_("标题"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"), choices=DraftKind)
    host = forms.ModelChoiceField(label=_("征求意见的单位"), queryset=Unit.objects.none())
    responsible = ResponsibleField(
        label=_("负责人"), help_text=_("答复意见由他负责，一年以后的回头看也由他写。")
    )
    explanation = Words(
        label=_("起草说明"),
        max_length=10_000,
        rows=6,
        help_text=_("为什么要这份文件，主要写了什么，哪里最想听意见。"),
    )
    draft = Words(
        label=_("征求意见稿"),
        max_length=60_000,
        rows=16,
        help_text=_("按“第一条”“一、”或者自然段分开，大家可以对其中一条提意见。"),
    )
    opens = forms.DateField(label=_("开始日期"), widget=DayInput())
    closes = forms.DateField(
        label=_("截止日期"),
        widget=DayInput(),
        help_text=_(
            "重大行政决策、规划和与企业经营密切相关的文件不少于 30 日；影响群众重大权益的规范性文件不少于 7 个工作日。"
            "工作日是周一到周五；管理员写明了放假和调休的日子，就照着算。"
        ),
    )
    short_because = forms.CharField(
        label=_("为什么缩短期限"),
        max_length=300,
        required=False,
        help_text=_("期限不够才写；会和稿子一起公开。"),
    )
    audience = forms.ChoiceField(label=_("向谁征求"), choices=Audience, widget=forms.RadioSelect)
    units = forms.ModelMultipleChoiceField(
        label=_("选定的单位"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("只在内部征求时选；选了一个单位，它下面的单位也在内。"),
    )
    naming = forms.ChoiceField(label=_("署名"), choices=Naming, widget=forms.RadioSelect)
    address = forms.CharField(label=_("来信寄到"), max_length=200, required=False)
    phone = forms.CharField(label=_("来电"), max_length=60, required=False)
    email = forms.EmailField(label=_("电子邮件"), required=False)

    def __init__(
        self, *args: Any, hosts: QuerySet[Unit], units: QuerySet[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["units"].queryset = units  # type: ignore[attr-defined]


class OpinionWords(forms.Form):
    """What an opinion is about; its words and who gave them come after."""

    clause = forms.ModelChoiceField(
        label=_("对哪一条"),
        queryset=Clause.objects.none(),
        required=False,
        empty_label=_("对全文"),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = consultation.clauses.order_by("position")  # type: ignore[attr-defined]
        self.fields["clause"].label_from_instance = lambda clause: clause.name  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        """What was said, without what else the form asks."""
        names = ("text", "clause", "name", "contact")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class OpinionForm(OpinionWords, FromStrangers):
    """An opinion from the web."""

    text = Words(label=_("您的意见"), max_length=2000, rows=6, help_text=_("最多 2000 字。"))
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=100,
        required=False,
        help_text=_("想要我们联系您才写。姓名和联系方式不公开，只有办理的人看得到。"),
    )

    def __init__(self, *args: Any, consultation: Consultation, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, consultation=consultation, **kwargs)
        if known or consultation.naming == Naming.ANONYMOUS:
            del self.fields["name"], self.fields["contact"]
        elif consultation.naming == Naming.NAMED:
            self.fields["name"].required = True


class EnterForm(OpinionWords):
    """An opinion that came by letter, by phone or at a meeting."""

    field_order = ("channel", "received_on")
    channel = forms.ChoiceField(
        label=_("怎样收到的"),
        choices=[each for each in Channel.choices if each[0] != Channel.WEB],
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(label=_("收到日期"), widget=DayInput())
    text = Words(label=_("意见"), max_length=2000, rows=6)
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False)


class AnswerForm(forms.Form):
    """What became of an opinion, why, and what it changed."""

    adoption = forms.ChoiceField(label=_("采纳情况"), choices=Adoption, widget=forms.RadioSelect)
    reason = Words(
        label=_("理由"),
        max_length=2000,
        rows=4,
        help_text=_("采纳的写怎样改，没有采纳的写为什么。公布以后提意见的人和大家看得到。"),
    )
    changed = forms.ChoiceField(
        label=_("改了哪一条"),
        required=False,
        help_text=_("采纳和部分采纳的要指明，公布前会核对这一条是不是真的改了。"),
    )
    whole_group = forms.BooleanField(label=_("合并在一起的几条都这样答复"), required=False)

    def __init__(self, *args: Any, clauses: Iterable[Clause], grouped: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.pk): each for each in clauses}
        self.fields["changed"].choices = [  # type: ignore[attr-defined]
            ("", _("还没有定")),
            *((key, each.name) for key, each in self.by_key.items()),
            (ADDED, _("新增了一条")),
        ]
        if grouped:
            self.fields["whole_group"].initial = True
        else:
            del self.fields["whole_group"]

    @property
    def answer(self) -> dict[str, Any]:
        chosen = self.cleaned_data["changed"]
        return {
            "adoption": self.cleaned_data["adoption"],
            "reason": self.cleaned_data["reason"],
            "changed": self.by_key.get(chosen),
            "adds": chosen == ADDED,
        }


class FinalForm(forms.Form):
    """The final text."""

    text = Words(label=_("最终文本"), max_length=60_000, rows=20)


class SourcesForm(forms.Form):
    """For each clause of the final text, the places of the draft's clauses: 3, or 3、4; none: new."""

    def __init__(
        self, *args: Any, finals: Sequence[FinalClause], clauses: Sequence[Clause], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.finals = finals
        self.by_place = {str(each.position): each for each in clauses}
        for final in finals:
            places = sorted(each.position for each in final.sources.all())
            self.fields[f"final-{final.pk}"] = forms.CharField(
                label=_("%(name)s来自稿子的第几段") % {"name": final},
                required=False,
                initial="、".join(map(str, places)),
                max_length=40,
                help_text=final.text[:40],
            )

    def clean(self) -> None:
        for final in self.finals:
            name = f"final-{final.pk}"
            places = [
                place
                for place in self.cleaned_data.get(name, "").replace(",", "、").replace("，", "、").split("、")
                if place.strip()
            ]  # fmt: skip
            if unknown := [place for place in places if place.strip() not in self.by_place]:
                self.add_error(name, _("稿子里没有第 %(place)s 段。") % {"place": unknown[0]})
            else:
                self.cleaned_data[name] = [self.by_place[place.strip()] for place in places]

    @property
    def is_outdated(self) -> bool:
        """Whether the form was filled in for clauses that are there no more."""
        return any(name.startswith("final-") and name not in self.fields for name in self.data)

    @property
    def sources(self) -> list[tuple[FinalClause, list[Clause]]]:
        return [(final, self.cleaned_data[f"final-{final.pk}"]) for final in self.finals]


class ReasonForm(forms.Form):
    reason = Words(label=_("为什么不算意见"), max_length=200, rows=2)


class WithdrawForm(forms.Form):
    reason = Words(
        label=_("为什么撤回"),
        max_length=300,
        rows=3,
        help_text=_("和标题、撤回的日子一起公开。"),
    )


class SummaryForm(forms.Form):
    summary = Words(
        label=_("总的说明"),
        max_length=3000,
        rows=4,
        required=False,
        help_text=_("放在“您提了、我们听到、我们做了”这一页的最上面。"),
    )


class LookBackForm(forms.Form):
    text = Words(label=_("有没有用"), max_length=3000, rows=6)


class ReceiptForm(forms.Form):
    receipt = forms.CharField(label=_("回执号"), max_length=30)

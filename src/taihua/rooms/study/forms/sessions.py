"""Sessions, attendance, minutes, check questions and effects as forms."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.base.once import OnceField
from taihua.kernel.documents.models import Document
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.org.queries import open_units
from taihua.rooms.study.actions.attendance import Noted
from taihua.rooms.study.enums import EffectKind, Turnout
from taihua.rooms.study.forms.fields import (
    DayInput,
    HoursMixin,
    LongText,
    Offered,
    PersonChoice,
    lines,
)
from taihua.rooms.study.models import CheckQuestion, Session
from taihua.rooms.study.queries.roster import hosts
from taihua.rooms.study.queries.sessions import Expected


class SessionForm(HoursMixin):
    """When, where, on what, led by whom, for whom."""

    field_order: Sequence[str] = (
        "topic", "lead", "day", "first", "last", "last_day", "days", "place", "enlarged", "agenda",
    )  # fmt: skip

    topic = forms.CharField(label=_("专题"), max_length=120)
    lead = PersonChoice(label=_("主讲人"), empty_label=_("请选择"))
    days = forms.DecimalField(
        label=_("计多少天"),
        min_value=Decimal("0.25"),
        max_value=Decimal(5),
        decimal_places=2,
        help_text=_("半天写 0.5。"),
    )
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    enlarged = forms.BooleanField(label=_("扩大到中层干部"), required=False)
    agenda = LongText(label=_("议程"), rows=4, required=False, help_text=_("一行一项。"))

    def __init__(self, *args: Any, leads: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Offered(leads).to(self.fields["lead"])

    @property
    def arrangement(self) -> dict[str, Any]:
        names = ("topic", "lead", "days", "place", "enlarged", "agenda")
        told = {name: self.cleaned_data[name] for name in names}
        return {**told, "starts_at": self.starts_at, "ends_at": self.ends_at}


class NewSessionForm(SessionForm):
    """A session beyond the plan says why; one of the plan needs no word."""

    field_order = (*SessionForm.field_order, "beyond_plan")

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("学习单位"), empty_label=None)
    beyond_plan = forms.CharField(
        label=_("计划外的原因"),
        max_length=200,
        required=False,
        help_text=_("不在年度计划里的学习才填。"),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = hosts(on)  # type: ignore[attr-defined]
        if kwargs.get("initial", {}).get("slot"):
            del self.fields["unit"], self.fields["beyond_plan"]


class ChangeSessionForm(SessionForm):
    """A change says why."""

    reason = forms.CharField(label=_("为什么改"), max_length=200)


class BecauseForm(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class MaterialForm(forms.Form):
    """A document of the house, or a title with its source and perhaps a file."""

    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("本单位印发的文件"),
        required=False,
        empty_label=_("不是本单位的文件"),
    )
    title = forms.CharField(
        label=_("标题"), max_length=160, required=False, help_text=_("选了本单位文件就不用填。")
    )
    source = forms.CharField(
        label=_("出处"), max_length=200, required=False, help_text=_("作者、出版社和年份，或文号。")
    )
    file = forms.FileField(
        label=_("文件"),
        required=False,
        help_text=_(
            "PDF、Word、PowerPoint、Excel 或纯文本，不超过 20 MB；同一标题再传就是新的一版。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issued = Document.objects.filter(versions__issued_at__isnull=False).order_by("-pk")
        self.fields["document"].queryset = issued  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("document") and not cleaned.get("title") and not self.errors:
            self.add_error("title", ValidationError(_("请写标题，或选一份本单位的文件。")))
        return cleaned

    @property
    def text(self) -> dict[str, Any]:
        document, file = self.cleaned_data["document"], self.cleaned_data["file"]
        return {
            "title": document.title if document else self.cleaned_data["title"],
            "source": document.number if document else self.cleaned_data["source"],
            "document": document.pk if document else None,
            "file_name": file.name if file else "",
            "content": file.read() if file else b"",
        }


class TurnoutForm(forms.Form):
    """How one of the expected is noted."""

    turnout = forms.ChoiceField(label=_("出席"), choices=Turnout, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, expected: Expected) -> None:
        self.expected = expected
        initial = {"turnout": expected.turnout, "reason": expected.reason}
        super().__init__(data, prefix=f"p{expected.person.pk}", initial=initial)
        self.use_required_attribute = False

    @property
    def noted(self) -> Noted:
        return Noted(self.cleaned_data["turnout"], self.cleaned_data["reason"])


class CorrectionForm(forms.Form):
    """Why an attendance record is put right."""

    reason = forms.CharField(label=_("为什么更正"), max_length=200)


class MakeUpForm(forms.Form):
    """When and how a session was made up for."""

    day = forms.DateField(label=_("补学日期"), widget=DayInput())
    how = LongText(
        label=_("补学所得"), rows=5, max_length=2000, help_text=_("学了什么，联系工作想到什么。")
    )


class MinutesForm(forms.Form):
    """The minutes, and what each speaker said in short."""

    once = OnceField()
    expected = forms.IntegerField(widget=forms.HiddenInput())
    text = LongText(label=_("纪要"), rows=14, max_length=20000)

    def __init__(
        self, *args: Any, speakers: Sequence[Person], said: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = speakers
        for person in speakers:
            self.fields[f"said_{person.pk}"] = LongText(
                label=person.name,
                rows=3,
                required=False,
                max_length=2000,
                initial=said.get(person.code, ""),
            )

    @property
    def speeches(self) -> list[tuple[Person, str]]:
        return [(each, self.cleaned_data[f"said_{each.pk}"]) for each in self.speakers]


class QuestionForm(forms.Form):
    """A check question: choices a line each, the right one marked by a star."""

    text = forms.CharField(label=_("题目"), max_length=300, required=False)
    choices = LongText(
        label=_("选项"), rows=4, required=False, help_text=_("一行一个，正确的一行前面加星号 *。")
    )

    def clean_choices(self) -> list[str]:
        return lines(self.cleaned_data["choices"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starred = [line for line in cleaned.get("choices", []) if line.startswith(("*", "＊"))]
        if cleaned.get("text") and len(starred) != 1:
            self.add_error("choices", ValidationError(_("请在一个正确的选项前加星号 *。")))
        return cleaned

    @property
    def right(self) -> int:
        choices: list[str] = self.cleaned_data["choices"]
        return next(n for n, line in enumerate(choices) if line.startswith(("*", "＊")))

    @property
    def bare(self) -> list[str]:
        return [line.lstrip("*＊ ").strip() for line in self.cleaned_data["choices"]]


QuestionFormSet = forms.formset_factory(QuestionForm, extra=3)


def starred(question: CheckQuestion) -> dict[str, str]:
    """A question as its form shows it."""
    told = [f"*{c}" if n == question.right else c for n, c in enumerate(question.choices)]
    return {"text": question.text, "choices": "\n".join(told)}


class CheckForm(forms.Form):
    """The check questions of a session, to be answered."""

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in session.questions.order_by("position"):
            self.fields[f"q{question.position}"] = forms.TypedChoiceField(
                label=question.text,
                choices=list(enumerate(question.choices)),
                coerce=int,
                widget=forms.RadioSelect,
            )

    @property
    def answers(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.fields]


class EffectForm(forms.Form):
    """What a session led to, who carries it out, by when."""

    kind = forms.ChoiceField(label=_("是什么"), choices=EffectKind, widget=forms.RadioSelect)
    text = forms.CharField(label=_("内容"), max_length=200)
    owner = PersonChoice(
        label=_("承办人"),
        required=False,
        empty_label=_("由单位承办"),
        help_text=_("选一位承办人，或者在下面选一个承办单位。"),
    )
    owner_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("承办单位"), required=False, empty_label=_("由个人承办")
    )
    due = forms.DateField(label=_("期限"), widget=DayInput())

    def __init__(self, *args: Any, people: QuerySet[Person], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Offered(people).to(self.fields["owner"])
        self.fields["owner_unit"].queryset = open_units(on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("owner")) == bool(cleaned.get("owner_unit")):
            self.add_error("owner", ValidationError(_("请选一位承办人，或者一个承办单位。")))
        return cleaned


class OutcomeForm(forms.Form):
    """What a decision or proposal became."""

    outcome = LongText(
        label=_("结果"), rows=4, max_length=1000, help_text=_("做成了什么，改变了什么。")
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), label=_("可以对照的文件"), required=False, empty_label=_("没有")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issued = Document.objects.filter(versions__issued_at__isnull=False).order_by("-pk")
        self.fields["document"].queryset = issued  # type: ignore[attr-defined]


class LookBackForm(forms.Form):
    """Whether an outcome still holds."""

    holds = forms.TypedChoiceField(
        label=_("还在起作用吗"),
        choices=[("yes", _("还在起作用")), ("no", _("没有坚持下来"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = LongText(label=_("看到的情况"), rows=4, max_length=1000)

"""Rotas, swaps, homework and answers as forms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import asked
from taihua.base.once import OnceField
from taihua.kernel.org.models import Person, Unit
from taihua.rooms.study.enums import Audience
from taihua.rooms.study.forms.fields import (
    DayInput,
    LongText,
    Offered,
    PersonChoice,
    TimeInput,
    lines,
    moment_of,
)
from taihua.rooms.study.models import Homework, HomeworkAnswer, Turn
from taihua.rooms.study.queries.roster import hosts

ROWS = 6


class RotaForm(forms.Form):
    """For whom, from when to when, at what hour."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("组织单位"), empty_label=None)
    first_day = forms.DateField(label=_("开始日期"), widget=DayInput())
    last_day = forms.DateField(label=_("结束日期"), widget=DayInput())
    first = forms.TimeField(label=_("每讲几点开始"), widget=TimeInput(), initial="15:00")
    last = forms.TimeField(label=_("几点结束"), widget=TimeInput(), initial="16:30")
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    audience = forms.ChoiceField(label=_("讲给谁听"), choices=Audience, widget=forms.RadioSelect)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = hosts(on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if _backwards(cleaned, "first", "last"):
            self.add_error("last", ValidationError(_("结束时间要晚于开始时间。")))
        if _backwards(cleaned, "first_day", "last_day", equal=True):
            self.add_error("last_day", ValidationError(_("结束日期不能早于开始日期。")))
        return cleaned


def _backwards(cleaned: dict[str, Any], first: str, last: str, *, equal: bool = False) -> bool:
    one, other = cleaned.get(first), cleaned.get(last)
    return bool(one and other and (other < one if equal else other <= one))


class WishForm(forms.Form):
    """A lecture that is wanted; an empty row is none."""

    day = forms.DateField(label=_("日期"), widget=DayInput(), required=False)
    topic = forms.CharField(label=_("题目"), max_length=120, required=False)
    able = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("能讲的人"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, leaders: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders.to(self.fields["able"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("day")) != bool(cleaned.get("topic")) and not self.errors:
            missing = "day" if cleaned.get("topic") else "topic"
            self.add_error(missing, ValidationError(_("日期和题目要一起写。")))
        return cleaned

    def wish(self, head: dict[str, Any]) -> dict[str, Any] | None:
        """The lecture, at the hour and place of the rota."""
        cleaned = self.cleaned_data
        if not cleaned.get("topic"):
            return None
        return {
            "starts_at": moment_of(cleaned["day"], head["first"]),
            "ends_at": moment_of(cleaned["day"], head["last"]),
            "place": head["place"],
            "topic": cleaned["topic"],
            "able": list(cleaned["able"]),
        }


WishFormSet = forms.formset_factory(WishForm, extra=ROWS)


class ReplaceForm(forms.Form):
    """Who lectures instead, and why."""

    lecturer = PersonChoice(label=_("改由谁讲"), empty_label=_("请选择"))
    reason = forms.CharField(label=_("为什么换人"), max_length=200)

    def __init__(self, *args: Any, leaders: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Offered(leaders).to(self.fields["lecturer"])


class HoldForm(forms.Form):
    """That a lecture was given, and what it left to think about."""

    homework = LongText(
        label=_("思考题"),
        rows=4,
        required=False,
        max_length=1500,
        help_text=_("一行一题，一到三题为好。"),
    )
    homework_due = forms.DateField(label=_("哪天前交答"), widget=DayInput(), required=False)

    def clean_homework(self) -> list[str]:
        return lines(self.cleaned_data["homework"])


class TurnChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """A lecture by its day, lecturer and topic."""

    def label_from_instance(self, obj: Turn) -> str:
        return f"{obj.day:%Y-%m-%d} {obj.lecturer or ''}《{obj.topic}》"


class SwapForm(forms.Form):
    """With which lecture one would change days, and why."""

    theirs = TurnChoice(Turn.objects.none(), label=_("和哪一讲换日期"), empty_label=_("请选择"))
    reason = forms.CharField(label=_("为什么换"), max_length=200)

    def __init__(self, *args: Any, turns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theirs"].queryset = turns  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """A word with the answer to a swap."""

    reply = forms.CharField(label=_("说一句"), max_length=200, required=False)


class AnswersForm(forms.Form):
    """The questions of a lecture, to be answered."""

    def __init__(
        self,
        *args: Any,
        homework: Iterable[Homework],
        before: Iterable[HomeworkAnswer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"] = OnceField()
        stood = {each.homework_id: each for each in before}
        self.homework = list(homework)
        for question in self.homework:
            old = stood.get(question.pk)
            field = LongText(
                label=question.text,
                rows=6,
                required=False,
                max_length=3000,
                initial=old.text if old else "",
                disabled=old is not None and old.commented_at is not None,
            )
            self.fields[f"q{question.pk}"] = asked(field)

    @property
    def answers(self) -> dict[Homework, str]:
        return {each: self.cleaned_data[f"q{each.pk}"] for each in self.homework}


class CommentForm(forms.Form):
    """The lecturer's word beside an answer."""

    comment = LongText(label=_("批注"), rows=2, max_length=1000)

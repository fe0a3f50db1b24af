"""The fields that several pages of the room share."""

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Person


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def long_text(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LongText(forms.CharField):
    """Running text with the line ends that we store, whatever a browser sends."""

    def __init__(self, *, rows: int = 8, **kwargs: Any) -> None:
        super().__init__(widget=long_text(rows), **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """One of some people; which ones, :class:`Offered` says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), **kwargs)


class Offered:
    """People to choose from, read once however many rows of a page offer them.

    They are told by name; two of one name each with the code.
    """

    def __init__(self, people: QuerySet[Person]) -> None:
        self.people, told = people, list(people)
        times = Counter(each.name for each in told)
        self.names = [
            (each.pk, f"{each.name}（{each.code}）" if times[each.name] > 1 else each.name)
            for each in told
        ]

    def to(self, field: Any) -> None:
        """Let them be chosen in ``field``."""
        field.queryset = self.people
        nobody = [] if field.empty_label is None else [("", field.empty_label)]
        field.widget.choices = [*nobody, *self.names]


def moment_of(day: date, hour: time) -> datetime:
    """A time of a day by the clock of the house."""
    return datetime.combine(day, hour, ZONE)


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class HoursMixin(forms.Form):
    """A day with its first and last hour."""

    day = forms.DateField(label=_("日期"), widget=DayInput())
    first = forms.TimeField(label=_("开始"), widget=TimeInput())
    last = forms.TimeField(label=_("结束"), widget=TimeInput())
    last_day = forms.DateField(
        label=_("结束日期"),
        widget=DayInput(),
        required=False,
        help_text=_("当天结束的不用填。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, first, last = (cleaned.get(name) for name in ("day", "first", "last"))
        if day and first and last and self.ends_at <= self.starts_at:
            self.add_error("last", ValidationError(_("结束时间要晚于开始时间。")))
        return cleaned

    @property
    def starts_at(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["first"])

    @property
    def ends_at(self) -> datetime:
        day = self.cleaned_data.get("last_day") or self.cleaned_data["day"]
        return moment_of(day, self.cleaned_data["last"])

"""What the pages of the room ask, as clean values; nothing is saved here."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.base.sheets.cells import clean_text, clean_words
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.org.queries import PARTY_KINDS
from taihua.rooms.outreach.actions.notes import Matter, Note
from taihua.rooms.outreach.enums import Decision, Effect, Stage, Way
from taihua.rooms.outreach.models import FieldVisit

DAYS = (("1", _("一天")), ("0.5", _("半天")))
HALVES = {"1": 2, "0.5": 1}
ROWS = 3  # problems and proposals on a page
MOST_ROWS = 10
MOST_REVISIONS = 32_767
STILL_NAMED = timedelta(days=60)  # a unit that was closed is offered for so long
WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LineField(forms.CharField):
    """One line, cleaned as a ledger cleans it: what goes out and comes in again is the same."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "") or ""


class WordsField(forms.CharField):
    """Running text, cleaned as a ledger cleans it."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_words(super().to_python(value) or "") or ""


# What a checker sees is a field of units; at run time the class takes no type.
if TYPE_CHECKING:
    UnitChoiceField = forms.ModelChoiceField[Unit]
else:
    UnitChoiceField = forms.ModelChoiceField


class UnitField(UnitChoiceField):
    """A unit by its code: those of today are offered, an earlier one is understood."""

    def __init__(self, **kwargs: Any) -> None:
        nobody = Unit.objects.none()
        super().__init__(nobody, to_field_name="code", empty_label=_("请选择"), **kwargs)

    def offer(self, on: date) -> None:
        """Let the units be chosen that stand on ``on`` or stood shortly before."""
        self.queryset = (
            _units()
            .filter(Q(closed__isnull=True) | Q(closed__gte=on - STILL_NAMED), opened__lte=on)
            .order_by("kind", "name", "pk")
        )

    def to_python(self, value: Any) -> Unit | None:
        if value in self.empty_values:
            return None
        found: Unit | None = _units().filter(code=str(value)).first()
        if found is None:
            raise ValidationError(_("没有这个单位，请从列表里选。"), code="unknown")
        return found

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


def _units() -> QuerySet[Unit]:
    return Unit.objects.exclude(kind__in=PARTY_KINDS)


class NoteForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(
        min_value=1, max_value=MOST_REVISIONS, initial=1, widget=forms.HiddenInput
    )
    written = forms.RegexField(WRITTEN, widget=forms.HiddenInput)
    place = UnitField(label=_("去了哪个单位"))
    day = forms.DateField(label=_("哪一天"), widget=DayInput())
    days = forms.ChoiceField(
        label=_("多久"),
        choices=DAYS,
        initial="1",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("一次调研记半天或一天；去了几天的，请一天写一份。")},
    )
    topic = LineField(label=_("调研主题"), max_length=100)
    way = forms.ChoiceField(label=_("怎样调研"), choices=Way, initial=Way.TALK)
    heard = WordsField(
        label=_("听了谁的意见"),
        rows=2,
        max_length=500,
        help_text=_("写身份或姓名，如“三年级两位班主任、门卫老李”。不写学生的个人情况。"),
    )
    seen = WordsField(label=_("看到什么、发现什么"), rows=6, max_length=5000)
    makes_up = forms.DateField(
        label=_("补哪天的"),
        required=False,
        widget=DayInput(),
        help_text=_("上个月没去成、这次补的，写上个月该去的那天；不是补的空着。"),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(on)  # type: ignore[attr-defined]


class MatterForm(forms.Form):
    text = LineField(label=_("内容"), required=False, max_length=300)
    owner = UnitField(label=_("由哪个单位办"), required=False)
    due = forms.DateField(label=_("哪天前"), required=False, widget=DayInput())

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        if cleaned.get("text") and not cleaned.get("owner"):
            self.add_error("owner", _("请选由哪个单位办。"))
        if cleaned.get("owner") and not cleaned.get("text") and "text" in cleaned:
            self.add_error("text", _("请写内容，或不选单位。"))
        return cleaned

    @property
    def matter(self) -> Matter | None:
        """What was written in this row, if anything was."""
        told = self.cleaned_data
        if not told.get("text"):
            return None
        return Matter(text=told["text"], owner=told["owner"], due=told.get("due"))


MatterFormSet = forms.formset_factory(
    MatterForm, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


class NoteForms:
    """The note with its problems and proposals: on a page, in the app, and as a device sends it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        on: date,
        initial: Mapping[str, Any] | None = None,
        visit: FieldVisit | None = None,
    ) -> None:
        start = dict(initial or {}) | (_told_by(visit) if visit else {})
        self.main = NoteForm(data, on=on, initial=start)
        self.problems = self._rows(data, "problems", on, visit)
        self.proposals = self._rows(data, "proposals", on, visit)

    def _rows(self, data: Any, name: str, on: date, visit: FieldVisit | None) -> Any:
        written = getattr(visit, name).select_related("owner").order_by("pk") if visit else ()
        start = [{"text": m.text, "owner": m.owner.code, "due": m.due} for m in written]
        return MatterFormSet(data, prefix=name, initial=start, form_kwargs={"on": on})

    def is_valid(self) -> bool:
        return all([self.main.is_valid(), self.problems.is_valid(), self.proposals.is_valid()])

    @property
    def all_errors(self) -> list[str]:
        """Everything that is wrong, field by field, in words."""
        return list(self._told())

    def _told(self) -> Iterator[str]:
        for form in (self.main, *self.problems, *self.proposals):
            for name, told in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                yield from (f"{label}：{words}" if label else str(words) for words in told)
        for rows in (self.problems, self.proposals):
            yield from map(str, rows.non_form_errors())

    def note(self, visitor: Person) -> Note:
        """The note as it was written; the forms are valid."""
        told = dict(self.main.cleaned_data)
        halves = HALVES[told.pop("days")]
        return Note(
            visitor=visitor,
            halves=halves,
            problems=tuple(row.matter for row in self.problems if row.matter),
            proposals=tuple(row.matter for row in self.proposals if row.matter),
            **told,
        )


def _told_by(visit: FieldVisit) -> dict[str, Any]:
    return {
        "uuid": visit.uuid,
        "revision": visit.revision + 1,
        "written": visit.written,
        "place": visit.place.code,
        "day": visit.day,
        "days": "1" if visit.halves == HALVES["1"] else "0.5",
        "topic": visit.topic,
        "way": visit.way,
        "heard": visit.heard,
        "seen": visit.seen,
        "makes_up": visit.makes_up,
    }


class PlanForm(forms.Form):
    place = UnitField(label=_("去哪个单位"))
    day = forms.DateField(label=_("哪一天"), widget=DayInput())
    topic = LineField(label=_("调研主题"), max_length=100)
    announced = forms.BooleanField(
        label=_("事先告诉这个单位（不勾就是四不两直，它看不到这次计划）"), required=False
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(on)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    because = LineField(label=_("取消的原因"), max_length=200)


class WordsForm(forms.Form):
    words = WordsField(label=_("写明情况"), max_length=2000)


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(label=_("结论"), choices=Decision, widget=forms.RadioSelect)
    words = WordsField(
        label=_("答复"),
        max_length=2000,
        help_text=_("采纳的写怎么办，不采纳的写理由；被调研的单位看得到。"),
    )
    due = forms.DateField(
        label=_("哪天前落实"),
        required=False,
        widget=DayInput(),
        help_text=_("采纳或部分采纳的要写。"),
    )


class EffectForm(forms.Form):
    effect = forms.ChoiceField(label=_("有没有帮助"), choices=Effect, widget=forms.RadioSelect)
    words = WordsField(label=_("说说情况"), max_length=2000)


class HandOnForm(forms.Form):
    taker = UnitField(label=_("转给哪个单位"))
    words = WordsField(label=_("转办的理由"), rows=2, max_length=500)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].offer(on)  # type: ignore[attr-defined]


class ProposalsFilter(forms.Form):
    stage = forms.ChoiceField(
        label=_("阶段"), required=False, choices=[("", _("全部")), *Stage.choices]
    )
    whose = forms.ChoiceField(
        label=_("谁的"),
        required=False,
        choices=[("", _("能看到的")), ("mine", _("我提的")), ("ours", _("我们办的"))],
    )

"""What the pages of the anthology ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import asked
from taihua.kernel.org.models import Unit
from taihua.kernel.org.queries import open_units
from taihua.rooms.reading.enums import Advice, Choice, Licence
from taihua.rooms.reading.forms import DayInput, LongText, PeopleField, long_text
from taihua.rooms.reading.models import Contribution, Section, Volume

MOST_VOLUMES = 999
LONGEST_SECTION = 40  # as the table has it


class CallForm(forms.Form):
    number = forms.IntegerField(label=_("第几辑"), min_value=1, max_value=MOST_VOLUMES)
    # With “第九百九十九辑” behind it, it is the number of a document, which has room for sixty.
    title = forms.CharField(label=_("书名"), max_length=50)
    publisher = forms.ModelChoiceField(
        Unit.objects.none(), label=_("编印单位"), empty_label=_("请选择")
    )
    call = LongText(label=_("征稿启事"), rows=6)
    opens = forms.DateField(label=_("开始征稿"), widget=DayInput())
    closes = forms.DateField(label=_("截稿"), widget=DayInput())
    editors = PeopleField(label=_("编者"), help_text=_("写姓名，用顿号隔开。"))
    readers = PeopleField(
        label=_("评读人"),
        help_text=_("至少两位。每篇由两位不知道作者是谁的人评读，尽量不是作者的同事。"),
    )
    preface = LongText(label=_("序"), required=False, rows=8)
    imprint = LongText(
        label=_("版权页附记"), required=False, rows=3, help_text=_("一行一条，例如印数、准印证号。")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publisher"].queryset = open_units(on)  # type: ignore[attr-defined]


class VolumeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """One of the volumes, called as its cover calls it."""

    def label_from_instance(self, obj: Volume) -> str:
        return gettext("《%(title)s》第 %(number)s 辑") % {"title": obj.title, "number": obj.number}


class SubmitForm(forms.Form):
    volume = VolumeChoice(
        Volume.objects.none(), label=_("投给哪一辑"), empty_label=None, widget=forms.RadioSelect
    )
    byline = forms.CharField(
        label=_("署名"), max_length=40, help_text=_("印在书上的名字，可以用笔名。")
    )
    licence = forms.ChoiceField(
        label=_("授权"), choices=Licence.choices, widget=forms.RadioSelect, initial=Licence.VOLUME
    )
    consent = forms.BooleanField(
        label=_("这是我自己写的，同意编者在我看过之后作文字修改；印发之前我可以撤稿。")
    )

    def __init__(self, *args: Any, calls: Iterable[Volume], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volume"].queryset = calls  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    advice = forms.ChoiceField(label=_("意见"), choices=Advice.choices, widget=forms.RadioSelect)
    remark = LongText(
        label=_("理由"),
        rows=6,
        max_length=2000,
        help_text=_("作者会读到这段话，但不知道是谁写的。好在哪里，哪里可以改。"),
    )


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("取舍"),
        choices=[(each.value, each.label) for each in (Choice.SELECTED, Choice.DECLINED)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        required=False,
        widget=long_text(3),
        help_text=_("不收要写；作者会读到。"),
    )


class EditForm(forms.Form):
    expected = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("题目"), max_length=120)
    text = LongText(label=_("正文"), rows=20)
    remark = forms.CharField(
        label=_("向作者说明"), max_length=300, required=False, widget=long_text(3)
    )


class ObjectionForm(forms.Form):
    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    objection = forms.CharField(
        label=_("哪里不合您的意思"), max_length=500, widget=long_text(4), required=False
    )


class SectionsForm(forms.Form):
    titles = asked(
        LongText(label=_("栏目"), rows=5, help_text=_("一行一个，按书里的次序。"), required=False)
    )

    def clean_titles(self) -> list[str]:
        titles = [line.strip() for line in self.cleaned_data["titles"].splitlines()]
        if any(len(title) > LONGEST_SECTION for title in titles):
            raise forms.ValidationError(
                _("栏目名称不超过 %(most)d 字。") % {"most": LONGEST_SECTION}
            )
        return titles


class ArrangeForm(forms.Form):
    """For each selected text the section it stands in and its place there."""

    def __init__(
        self,
        *args: Any,
        pieces: Iterable[Contribution],
        sections: Iterable[Section],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = list(pieces)
        names = [("", _("请选择")), *((each.pk, each.title) for each in sections)]
        for place, piece in enumerate(self.pieces, start=1):
            named = {"name": piece.version.title}
            self.fields[f"section-{piece.pk}"] = forms.TypedChoiceField(
                label=_("《%(name)s》的栏目") % named,
                choices=names,
                coerce=int,
                empty_value=None,
                required=False,
                initial=piece.section_id,
            )
            self.fields[f"place-{piece.pk}"] = forms.IntegerField(
                label=_("《%(name)s》的次序") % named,
                min_value=1,
                max_value=9999,
                initial=piece.place or place,
            )

    def rows(self) -> list[tuple[Contribution, forms.BoundField, forms.BoundField]]:
        """The texts with their two fields each."""
        return [
            (piece, self[f"section-{piece.pk}"], self[f"place-{piece.pk}"]) for piece in self.pieces
        ]

    @property
    def places(self) -> dict[int, tuple[int, int]]:
        """Section and place by text; who has no section yet is left out."""
        said = self.cleaned_data
        return {
            piece.pk: (said[f"section-{piece.pk}"], said[f"place-{piece.pk}"])
            for piece in self.pieces
            if said[f"section-{piece.pk}"] is not None
        }


class ErratumForm(forms.Form):
    place = forms.CharField(label=_("哪里"), max_length=120, help_text=_("例如：第 12 页第 3 行。"))
    printed = forms.CharField(label=_("印作"), max_length=200)
    correct = forms.CharField(label=_("应为"), max_length=200)

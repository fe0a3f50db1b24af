"""What clerks send: a sheet, answers about its columns, a row, a reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taihua.base.ledger import CellError, Column, Kind, Ledger, Row
from taihua.base.measures import spoken
from taihua.base.sheets.reading import LARGEST_FILE
from taihua.kernel.org.models import Unit

LEFT_OUT = "-"
YEARS = range(1990, 2101)


class FilterForm(forms.Form):
    """Which rows of a ledger to show."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("全部单位"),
        label=gettext_lazy("单位"),
    )
    name = forms.CharField(
        required=False,
        max_length=60,
        label=gettext_lazy("姓名"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("不限姓名"), "size": 8}),
    )
    year = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=gettext_lazy("年份")
    )

    def __init__(self, *args: Any, units: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("历年")),
            *((year, _("%(year)d 年") % {"year": year}) for year in years),
        ]
        for field in self.fields.values():
            # The filters are a sentence: they have no labels but these.
            field.widget.attrs["aria-label"] = field.label


class YearField(forms.IntegerField):
    """The year that dates leave out, in four digits."""

    def __init__(self, **kwargs: Any) -> None:
        message = gettext_lazy("年份要写四位数字，如 2013。")
        super().__init__(
            label=gettext_lazy("缺年份的按哪一年"),
            min_value=YEARS.start,
            max_value=YEARS.stop - 1,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), message),
            **kwargs,
        )


class SheetForm(forms.Form):
    """A file, and the year its dates leave out."""

    sheet = forms.FileField(
        label=gettext_lazy("表格文件"),
        allow_empty_file=True,  # the reader of sheets says so in its own words
        help_text=gettext_lazy(
            ".xlsx、.xls 或 .csv，最大 20 MB。表头、合计行、合并单元格不用先整理。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    year = YearField(
        required=False, help_text=gettext_lazy("只有表里写“12月4日”这样的日期时才要填。")
    )

    def clean_sheet(self) -> "UploadedFile[Any]":
        sheet: UploadedFile[Any] = self.cleaned_data["sheet"]
        if (sheet.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("文件超过 20 MB，请分成几个文件导入。"))
        return sheet


class YearForm(forms.Form):
    """Which year is meant where dates name none."""

    year = YearField()


class MatchForm(forms.Form):
    """For each title that nobody could place: which column it is, or none."""

    def __init__(
        self,
        *args: Any,
        ledger: Ledger,
        titles: Mapping[int, str],
        samples: Mapping[int, str],
        given: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles
        choices = [(LEFT_OUT, _("不导入这一列"))]
        choices += [
            (column.code, _("%(title)s（必填）") % {"title": column.title})
            if column.required
            else (column.code, str(column.title))
            for column in ledger.columns
        ]
        for position, title in titles.items():
            sample = samples.get(position, "")
            self.fields[f"column-{position}"] = forms.ChoiceField(
                label=_("表里的“%(title)s”") % {"title": title or _("第 %d 列") % (position + 1)},
                choices=choices,
                initial=given.get(position) or LEFT_OUT,
                help_text=_("例如：%(sample)s") % {"sample": sample} if sample else "",
            )

    @property
    def placed(self) -> dict[int, str]:
        """Position → column, empty for “leave it out”."""
        said = {at: self.cleaned_data[f"column-{at}"] for at in self.titles}
        return {at: "" if code == LEFT_OUT else code for at, code in said.items()}


class ReasonForm(forms.Form):
    """Why a row is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=200,
        help_text=gettext_lazy("会和这条记录一起留存，例如“日期写错”。"),
        widget=forms.TextInput(),
    )


class RowForm(forms.Form):
    """One row of a ledger, field by field as its columns are declared."""

    def __init__(
        self,
        *args: Any,
        ledger: Ledger,
        row: Row | None = None,
        fixed: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ledger = ledger
        self.fixed = fixed or {}
        for column in ledger.columns:
            if column.code not in self.fixed:
                self.fields[column.code] = _field(column, row)

    @property
    def cells(self) -> dict[str, str]:
        """The cells as typed in, for the same cleaning that sheets get."""
        typed = {code: self.cleaned_data[code] for code in self.fields if code != "reason"}
        return typed | dict(self.fixed)

    def refuse(self, message: str, errors: Sequence[CellError]) -> None:
        """Put each error beside its field."""
        for error in errors:
            code = error.column if error.column in self.fields else None
            self.add_error(code, f"{error.reason}{error.mend}")
        if not errors:
            self.add_error(None, message)


class CorrectionForm(RowForm):
    """A row as it should be, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("更正原因"),
            max_length=200,
            help_text=_("原来的写法会留存，可以查到。"),
        )


def _field(column: Column, row: Row | None) -> forms.Field:
    title = f"{column.title}（{spoken(column.measure)}）" if column.measure else str(column.title)
    given: dict[str, Any] = {
        "label": title,
        "required": column.required,
        "help_text": column.help,
        "initial": _typed(column, row),
        "error_messages": {
            "required": _("没有填%(title)s。请补上。") % {"title": column.title},
        },
    }
    if column.kind is Kind.CHOICE:
        choices = [("", _("请选择")), *((word, _(word)) for word in column.choices)]
        return forms.ChoiceField(choices=choices, **given)
    return forms.CharField(widget=_widget(column), **given)


def _widget(column: Column) -> forms.Widget:
    match column.kind:
        case Kind.DAY:
            return forms.DateInput(attrs={"type": "date"})
        case Kind.NUMBER:
            return forms.TextInput(attrs={"inputmode": "decimal"})
        case Kind.WORDS | Kind.PEOPLE:
            return forms.Textarea(attrs={"rows": 3})
        case Kind.UNIT:
            return forms.TextInput(attrs={"list": "units"})
    return forms.TextInput()


def _typed(column: Column, row: Row | None) -> str:
    value = row.get(column.code) if row else None
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)

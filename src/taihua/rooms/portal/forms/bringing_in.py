"""Old articles, as they are uploaded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Unit
from taihua.rooms.portal.forms.articles import ColumnChoice
from taihua.rooms.portal.queries.columns import open_columns


class BringForm(forms.Form):
    """A zip of pages or a sheet, and where its articles go."""

    file = forms.FileField(
        label=_("压缩包或表格"),
        required=False,
        help_text=_(
            "网页打成 .zip，连同图片；或者用表格，列名为：标题、发布时间、来源、作者、正文、旧地址、栏目。"
        ),
    )
    column = ColumnChoice(required=False, help_text=_("表格里写了栏目的，以表格为准。"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("供稿单位"),
        empty_label=None,
        help_text=_("来源正好是某个单位名称的，记在那个单位。"),
    )

    kept = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = open_columns()  # type: ignore[attr-defined]
        kinds = [UnitKind.BUREAU, UnitKind.SECTION, UnitKind.SCHOOL]
        units = Unit.objects.filter(kind__in=kinds).order_by("kind", "name", "pk")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not told.get("file") and not told.get("kept") and "file" not in self.errors:
            self.add_error("file", _("请选一个压缩包或表格。"))
        return told

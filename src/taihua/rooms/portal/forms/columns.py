"""A column as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taihua.rooms.portal.actions.columns import About
from taihua.rooms.portal.models import Column


class ColumnForm(forms.Form):
    """What a column is called and where it stands."""

    title = forms.CharField(label=_("栏目名称"), max_length=40)
    slug = forms.SlugField(
        label=_("地址名"),
        max_length=60,
        help_text=_("小写字母、数字和短横，例如 work-news。定下以后少改，链接靠它。"),
    )
    above = forms.ModelChoiceField(
        Column.objects.none(),
        label=_("上级栏目"),
        required=False,
        empty_label=_("没有，放在最上面"),
    )
    place = forms.IntegerField(
        label=_("次序"), min_value=0, max_value=9999, help_text=_("小的在前。")
    )
    intro = forms.CharField(label=_("栏目说明"), max_length=200, required=False)
    stale_days = forms.IntegerField(
        label=_("多少天没动要看一遍"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("常设的页面写 365；新闻、通知一类空着，旧了不催。"),
    )
    is_open = forms.BooleanField(
        label=_("对所有人公开"),
        required=False,
        help_text=_("关上以后，栏目和里面的文章都不再公开；随时可以再开。"),
    )

    def __init__(self, *args: Any, column: Column | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Column.objects.exclude(pk=column.pk) if column else Column.objects.all()
        self.fields["above"].queryset = others.order_by("place", "pk")  # type: ignore[attr-defined]

    @property
    def about(self) -> About:
        return About(**self.cleaned_data)

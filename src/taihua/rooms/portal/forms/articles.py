"""Articles, their pictures and files, the steps of their review, as forms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taihua.base.clock import ZONE
from taihua.base.once import OnceField
from taihua.kernel.org.models import Account, Unit
from taihua.kernel.org.queries import by_tree
from taihua.rooms.portal.access.articles import units_written_for
from taihua.rooms.portal.actions.articles import Place, Words
from taihua.rooms.portal.models import Article, Column, Revision
from taihua.rooms.portal.queries.columns import open_columns

INDENT = "\u3000"
LONGEST_TEXT = 200_000
HOW = _(
    "一行一段。“一、”“（一）”“1．”开头的短行成为标题；单独一行写【图1】，那里放第一张图；"
    "“- ”开头的几行成为列表；网址自己变成链接。"
)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class LongText(forms.CharField):
    """Running text with the line ends that we store, whatever a browser sends."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").strip()


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=False, widget=MomentInput(), **options)


class ColumnChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the open columns, said with the one above it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Column.objects.none(),
            label=pgettext_lazy("portal", "栏目"),
            empty_label=_("请选择"),
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.above} › {obj}" if obj.above else str(obj)


class ArticleForm(forms.Form):
    """An article; what is public already keeps its place and its times."""

    once = OnceField()
    expected = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    column = ColumnChoice()
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("供稿单位"), empty_label=_("请选择"))
    title = forms.CharField(label=_("标题"), max_length=200)
    source = forms.CharField(label=_("来源"), max_length=100, required=False)
    byline = forms.CharField(label=_("作者"), max_length=60, required=False)
    text = LongText(label=_("正文"), rows=18, max_length=LONGEST_TEXT, help_text=HOW)
    summary = forms.CharField(
        label=_("摘要"),
        max_length=200,
        required=False,
        help_text=_("列表里显示；不写就取正文开头。"),
    )
    published_at = moment_field(
        _("发布时间"), help_text=_("不写就在签发时发布；写将来的时间，到时自动公开。")
    )
    expires_at = moment_field(_("撤下时间"), help_text=_("到时自动不再公开；长期公开就不写。"))

    def __init__(
        self, *args: Any, by: Account, article: Article | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = open_columns()  # type: ignore[attr-defined]
        units = Unit.objects.filter(pk__in=units_written_for(by))
        if article is not None:
            units = units | Unit.objects.filter(pk=article.unit_id)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].choices = _choices(units, self.initial.get("unit"))  # type: ignore[attr-defined]
        if article is not None and article.live_id is not None:
            for name in ("column", "unit", "published_at", "expires_at"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("published_at"), told.get("expires_at")
        if first and last and last <= first:
            self.add_error("expires_at", _("撤下时间要在发布时间之后。"))
        return told

    @property
    def words(self) -> Words:
        names = ("title", "text", "source", "byline", "summary")
        return Words(**{name: self.cleaned_data[name] for name in names})

    @property
    def place(self) -> Place | None:
        if "column" not in self.fields:
            return None
        names = ("column", "unit", "published_at", "expires_at")
        return Place(**{name: self.cleaned_data[name] for name in names})


def _choices(units: Iterable[Unit], own: object) -> list[tuple[object, object]]:
    """The units as a tree, and before it the one that the writer most likely writes for."""
    tree = by_tree(units)
    first = [(unit.pk, unit.name) for _depth, unit in tree if str(unit.pk) == str(own)]
    rest = [
        (unit.pk, f"{INDENT * depth}{unit.name}")
        for depth, unit in tree
        if str(unit.pk) != str(own)
    ]
    return [("", _("请选择")), *first, *rest]


def initial_of(article: Article, words: Revision) -> dict[str, Any]:
    """What the form of an article begins with."""
    told: dict[str, Any] = {
        name: getattr(words, name) for name in ("title", "text", "source", "byline", "summary")
    }
    for name in ("published_at", "expires_at"):
        moment = getattr(article, name)
        told[name] = moment.astimezone(ZONE) if moment else None
    return {
        **told, "column": article.column_id, "unit": article.unit_id, "expected": words.number,
    }  # fmt: skip


class WordFileForm(forms.Form):
    """A Word file whose words fill the form."""

    file = forms.FileField(label=_("Word 文件（.docx）"))


class PictureForm(forms.Form):
    """A picture and what it shows."""

    picture = forms.FileField(label=_("图片"), help_text=_("PNG、JPEG、GIF、WebP，不超过 8 MB。"))
    alt = forms.CharField(
        label=_("图里有什么"), max_length=200, help_text=_("一句话，读给看不见图的人听。")
    )
    caption = forms.CharField(label=_("图注"), max_length=200, required=False)


class FileForm(forms.Form):
    """A file for download."""

    file = forms.FileField(label=_("附件"), help_text=_("PDF、Word、Excel 等，不超过 20 MB。"))


class StepForm(forms.Form):
    """A step of the review: which revision it is about, and why."""

    expected = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    reason = LongText(label=_("说明"), rows=3, required=False, max_length=2000)


class MoveForm(forms.Form):
    """Another column, another moment of going."""

    column = ColumnChoice()
    expires_at = moment_field(_("撤下时间"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = open_columns()  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """A document on its way to the public: where it stands and what is said of it."""

    column = ColumnChoice()
    title = forms.CharField(label=_("标题"), max_length=200)
    source = forms.CharField(label=_("来源"), max_length=100, required=False)
    byline = forms.CharField(label=_("作者"), max_length=60, required=False)
    summary = forms.CharField(label=_("摘要"), max_length=200, required=False)
    published_at = moment_field(_("发布时间"), help_text=_("不写就现在发布。"))
    reason = forms.CharField(
        label=_("文中有手机号码时，公开的理由"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = open_columns()  # type: ignore[attr-defined]

    @property
    def words(self) -> Words:
        names = ("title", "source", "byline", "summary")
        return Words(text="", **{name: self.cleaned_data[name] for name in names})

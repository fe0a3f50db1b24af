"""What the pages of the bank ask: a law, a version, a question, a file."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taihua.rooms.study.enums import Difficulty, LawKind, QuestionKind, Standing
from taihua.rooms.study.forms.fields import DayInput, long_text
from taihua.rooms.study.logic.items import LETTERS, Choice, Item, truth
from taihua.rooms.study.models import Law, LawQuestion

MOST_BYTES = 2 * 1024 * 1024
BETWEEN = re.compile(r"[、,，;；\s]+")
SPAN = re.compile(r"(\d+)(?:\s*[-–—~至到]\s*(\d+))?")
RIGHT_WORDS = {"对": True, "正确": True, "错": False, "错误": False}


class NumbersField(forms.CharField):
    """Numbers of articles: 11、12、27-29; 全部 means all."""

    def to_python(self, value: Any) -> list[int] | None:  # type: ignore[override]
        """The numbers; None for all of them."""
        written = super().to_python(value) or ""
        if written.strip() in {"全部", "all"}:
            return None
        found: list[int] = []
        for word in BETWEEN.split(written.strip()):
            span = SPAN.fullmatch(word)
            if word and span is None:
                raise ValidationError(
                    _("“%(word)s”不是条号，请写成 11、12、27-29 的样子。"), params={"word": word}
                )
            if span:
                first, last = int(span[1]), int(span[2] or span[1])
                found += range(first, min(last, first + 2000) + 1)
        return found

    def validate(self, value: Any) -> None:
        if value == [] and self.required:
            super().validate("")


class LawForm(forms.Form):
    short = forms.CharField(
        label=_("简称"), max_length=60, help_text=_("题目和记录里写的名称，如：义务教育法。")
    )
    title = forms.CharField(label=_("全称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"), choices=LawKind, widget=forms.RadioSelect)

    def clean_short(self) -> str:
        written: str = self.cleaned_data["short"]
        short = written.strip("《》 ")
        if not short or "/" in short:
            raise ValidationError(_("简称里不能有斜线，也不能是空的。"))
        return short


class VersionForm(forms.Form):
    adopted = forms.DateField(label=_("通过或公布日期"), widget=DayInput())
    effective = forms.DateField(label=_("施行日期"), widget=DayInput())
    articles = forms.IntegerField(label=_("一共多少条"), min_value=1, max_value=2000)
    changed = NumbersField(
        label=_("改了哪几条"),
        required=False,
        help_text=_("写新文本里的条号，如 11、12、27-29；整部改写的写“全部”。第一次登记的留空。"),
    )


class ArticleForm(forms.Form):
    text = forms.CharField(label=_("条文"), required=False, max_length=10_000, widget=long_text(10))


class QuestionForm(forms.Form):
    """A question: its place in the law, its words, its choices a line each."""

    law = forms.ModelChoiceField(Law.objects.none(), label=_("法律法规"), empty_label=_("请选择"))
    article = forms.IntegerField(label=_("第几条"), min_value=1, max_value=2000)
    kind = forms.ChoiceField(label=_("题型"), choices=QuestionKind, widget=forms.RadioSelect)
    difficulty = forms.ChoiceField(label=_("难度"), choices=Difficulty, widget=forms.RadioSelect)
    stem = forms.CharField(
        label=_("题干"),
        max_length=500,
        help_text=_("填空题用四条下划线“____”留空。"),
        widget=long_text(3),
    )
    choices = forms.CharField(
        label=_("选项"),
        required=False,
        max_length=2000,
        help_text=_("一行一个；填空题写每一种可以接受的写法；判断题不填。"),
        widget=long_text(5),
    )
    right = forms.CharField(
        label=_("正确答案"),
        required=False,
        max_length=20,
        help_text=_("选择题写字母，如 B 或 ACD；判断题写对或错；填空题不填。"),
    )
    explanation = forms.CharField(
        label=_("解析"), required=False, max_length=1000, widget=long_text(3)
    )

    def __init__(self, *args: Any, question: LawQuestion | None = None, **kwargs: Any) -> None:
        if question is not None:
            kwargs["initial"] = _told(question)
        super().__init__(*args, **kwargs)
        self.fields["law"].queryset = Law.objects.order_by("kind", "pk")  # type: ignore[attr-defined]

    @property
    def item(self) -> Item:
        """The question as it was written; what is wrong with it the bank says."""
        said = self.cleaned_data
        kind = QuestionKind(said["kind"])
        return Item(
            code="",
            law=said["law"].short,
            article=said["article"],
            kind=kind,
            difficulty=Difficulty(said["difficulty"]),
            stem=said["stem"],
            choices=choices_of(kind, said["choices"].splitlines(), said["right"]),
            explanation=said["explanation"],
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        right, kind = said.get("right", "").strip(), said.get("kind")
        if kind == QuestionKind.TRUTH and right not in RIGHT_WORDS:
            self.add_error("right", _("判断题请写“对”或“错”。"))
        chosen = {QuestionKind.SINGLE, QuestionKind.SEVERAL}
        if kind in chosen and not re.fullmatch(f"[{LETTERS}]+", right.upper()):
            self.add_error("right", _("请写正确选项的字母，如 B 或 ACD。"))
        return said


def choices_of(kind: QuestionKind, lines: list[str], right: str) -> tuple[Choice, ...]:
    """The choices that a sheet or a form says by lines and letters."""
    if kind is QuestionKind.TRUTH:
        return truth(is_true=RIGHT_WORDS.get(right.strip(), False))
    texts = [line.strip() for line in lines if line.strip()]
    letters = right.upper()
    return tuple(
        Choice(text, kind is QuestionKind.FILL or LETTERS[at : at + 1] in letters)
        for at, text in enumerate(texts)
    )


def _told(question: LawQuestion) -> dict[str, Any]:
    item, is_truth = question.item, question.kind == QuestionKind.TRUTH
    lines = [] if is_truth else [choice.text for choice in item.choices]
    return {
        "law": question.article.version.law_id,
        "article": item.article,
        "kind": item.kind,
        "difficulty": item.difficulty,
        "stem": item.stem,
        "choices": "\n".join(lines),
        "right": "" if item.kind is QuestionKind.FILL else item.letters,
        "explanation": item.explanation,
    }


class BankForm(forms.Form):
    """Which questions a list shows."""

    law = forms.ModelChoiceField(
        Law.objects.none(), label=_("法律法规"), required=False, empty_label=_("全部")
    )
    kind = forms.ChoiceField(
        label=_("题型"), choices=[("", _("全部")), *QuestionKind.choices], required=False
    )
    standing = forms.ChoiceField(
        label=_("状态"), choices=[("", _("未停用的")), *Standing.choices], required=False
    )
    words = forms.CharField(label=_("题干里有"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["law"].queryset = Law.objects.order_by("kind", "pk")  # type: ignore[attr-defined]


class GiftForm(forms.Form):
    """A file of questions, as UTF-8 or GB18030 text."""

    file = forms.FileField(
        label=_("GIFT 文件"),
        help_text=_("不超过 2 MB 的文本文件。前面用 $CATEGORY: 义务教育法/第十一条 写明依据。"),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,text/plain"}),
    )

    def clean_file(self) -> str:
        data: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ValidationError(_("文件超过 2 MB，请分成几个文件。"))
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text
        raise ValidationError(_("这不是文本文件，请用记事本另存为 UTF-8 文本后再传。"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=300)


class ConfirmForm(forms.Form):
    number = forms.IntegerField(label=_("在现行文本里是第几条"), min_value=1, max_value=2000)

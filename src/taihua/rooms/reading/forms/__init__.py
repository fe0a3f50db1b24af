"""What the pages of the room ask, as clean values; nothing is saved here."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taihua.base.once import OnceField
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Person, PostTag, Unit
from taihua.kernel.org.queries import find_people, open_units
from taihua.kernel.rules.clauses import tag_words
from taihua.rooms.reading.enums import Binding, CheckKind, NoteKind
from taihua.rooms.reading.logic.archive import MOST_BYTES
from taihua.rooms.reading.logic.isbn import clean_isbn
from taihua.rooms.reading.models import Assignment, Attempt, Book, Note, ReaderGroup
from taihua.rooms.reading.queries.books import titles
from taihua.rooms.reading.queries.notes import Audience, notes_of

BETWEEN_NAMES = re.compile(r"[、,，;；\s]+")
NAMED_WITH_CODE = re.compile(r"(?P<name>[^（(]+)[（(](?P<code>[^）)]+)[）)]")
MOST_GROUPS = 4
MOST_VERSIONS = 32_767


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def long_text(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LongText(forms.CharField):
    """Running text with the line ends that we store, whatever a browser sends."""

    def __init__(self, *, rows: int = 16, **kwargs: Any) -> None:
        super().__init__(widget=long_text(rows), **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PeopleField(forms.CharField):
    """Names with 、 or a new line between; of two of one name the one whose code is added."""

    default_error_messages = {
        "unknown": _("没有找到：%(name)s。请写花名册上的姓名。"),
        "several": _("有几位%(name)s，请在名字后加括号写工号，如 %(name)s（%(code)s）。"),
    }

    def clean(self, value: Any) -> list[Person]:
        written = super().clean(value)
        return [self._person(word) for word in BETWEEN_NAMES.split(written) if word]

    def _person(self, word: str) -> Person:
        coded = NAMED_WITH_CODE.fullmatch(word)
        found = list(find_people(coded["name"] if coded else word))
        if coded:
            found = [person for person in found if person.code == coded["code"]]
        if len(found) == 1:
            return found[0]
        code = "several" if found else "unknown"
        params = {"name": word, "code": found[0].code if found else ""}
        raise ValidationError(self.error_messages[code], code=code, params=params)


class BookForm(forms.Form):
    title = forms.CharField(label=_("书名"), max_length=120)
    author = forms.CharField(label=_("作者"), max_length=120, required=False)
    publisher = forms.CharField(label=_("出版者"), max_length=120, required=False)
    isbn = forms.CharField(label=_("ISBN"), max_length=20, required=False)
    summary = forms.CharField(label=_("简介"), required=False, widget=long_text(4))

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        return title.strip("《》 ")

    def clean_isbn(self) -> str:
        written: str = self.cleaned_data["isbn"]
        if not written:
            return ""
        isbn = clean_isbn(written)
        if isbn is None:
            raise ValidationError(_("ISBN 的数字对不上，请照书背面再核对一遍。"))
        return isbn


class TextForm(forms.Form):
    text = forms.FileField(
        label=_("EPUB 文件"),
        help_text=_("不超过 30 MB。只收有权在单位内阅读的书：公版书、自编文集、法规。"),
        widget=forms.FileInput(attrs={"accept": ".epub,application/epub+zip"}),
    )

    def clean_text(self) -> bytes:
        """One byte more than is allowed is enough to be told that it is too much."""
        data: bytes = self.cleaned_data["text"].read(MOST_BYTES + 1)
        return data


class CopyForm(forms.Form):
    label = forms.CharField(label=_("藏书编号"), max_length=40)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("收藏单位"), empty_label=_("请选择"))
    place = forms.CharField(label=_("存放处"), max_length=80, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units(on)  # type: ignore[attr-defined]


class BorrowForm(forms.Form):
    until = forms.DateField(label=_("哪天归还"), widget=DayInput())


class AssignmentForm(forms.Form):
    """A book to be set: what, by when, how it is checked; of whom is asked beside it."""

    book = forms.ModelChoiceField(Book.objects.none(), label=_("书"), empty_label=_("请选择"))
    setter = forms.ModelChoiceField(
        Unit.objects.none(), label=_("由谁指定"), empty_label=_("请选择")
    )
    set_date = forms.DateField(label=_("布置日期"), widget=DayInput())
    due_date = forms.DateField(label=_("截止日期"), widget=DayInput())
    request = forms.CharField(label=_("阅读要求"), required=False, widget=long_text(3))
    check_kind = forms.ChoiceField(label=_("怎样检查"), choices=CheckKind, widget=forms.RadioSelect)
    questions = forms.CharField(
        label=_("思考题"),
        required=False,
        help_text=_("一行一题；用笔记检查时不填。"),
        widget=long_text(4),
    )
    reviewers = PeopleField(
        label=_("审阅人"),
        help_text=_("写姓名，几个人之间用顿号隔开；答卷轮流分给各位。"),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = open_units(on).filter(kind__in=[UnitKind.COMMITTEE, UnitKind.BUREAU])
        self.fields["book"].queryset = titles()  # type: ignore[attr-defined]
        self.fields["setter"].queryset = committees  # type: ignore[attr-defined]

    def clean_questions(self) -> list[str]:
        written: str = self.cleaned_data["questions"]
        return [line.strip() for line in written.splitlines() if line.strip()]


class GroupForm(forms.Form):
    """One group of readers; what is left open means any."""

    binding = forms.ChoiceField(
        label=_("必读或推荐"), choices=[("", "—"), *Binding.choices], required=False
    )
    tier = forms.ChoiceField(
        label=_("层次"), choices=[("", _("各层次")), *Tier.choices], required=False
    )
    tag = forms.ChoiceField(label=_("职务标签"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("单位（含下属）"), required=False, empty_label=_("各单位")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags = PostTag.objects.values_list("tag", flat=True).distinct().order_by("tag")
        self.fields["tag"].choices = [("", _("各种职务")), *((tag, tag_words(tag)) for tag in tags)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = open_units(on)  # type: ignore[attr-defined]

    @property
    def group(self) -> ReaderGroup | None:
        """The group that was described, unless the row was left empty."""
        given = self.cleaned_data
        return ReaderGroup(**given) if given.get("binding") else None


GroupFormSet = forms.formset_factory(
    GroupForm,
    extra=MOST_GROUPS,
    max_num=MOST_GROUPS,
    absolute_max=MOST_GROUPS,  # else whoever says that there are a million makes a thousand
)


class AnswersForm(forms.Form):
    """An answer to each question of an assignment; a draft may leave some empty."""

    def __init__(
        self, *args: Any, assignment: Assignment, draft: Attempt | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        said = {a.question_id: a.text for a in draft.answers.all()} if draft else {}
        self.keep = "keep" in self.data
        for question in assignment.questions.order_by("position"):
            self.fields[f"answer-{question.pk}"] = forms.CharField(
                label=question.text,
                required=not self.keep,
                error_messages={"required": _("请回答这一题。")},
                initial=said.get(question.pk, ""),
                widget=long_text(5),
            )

    @property
    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("answer-")): text for name, text in self.cleaned_data.items()}


class NoteChoiceForm(forms.Form):
    note = forms.ModelChoiceField(
        Note.objects.none(), label=_("交哪一篇"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, writer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        field.queryset = notes_of(writer)  # type: ignore[attr-defined]
        field.label_from_instance = lambda note: note.head.title  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    remark = forms.CharField(
        label=_("评语"),
        required=False,
        help_text=_("请对方补查时，写明哪里要再读、再想。"),
        widget=long_text(4),
    )


class HandOverForm(forms.Form):
    taker = forms.ModelChoiceField(
        Person.objects.none(), label=_("转给谁"), empty_label=_("请选择")
    )
    reason = forms.CharField(label=_("原因"), max_length=300)

    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = attempt.assignment.reviewers.exclude(
            pk__in=[attempt.reader_id, attempt.reviewer_id]
        )
        self.fields["taker"].queryset = others.order_by("name", "pk")  # type: ignore[attr-defined]


class SubstituteForm(forms.Form):
    title = forms.CharField(label=_("想读的书"), max_length=120)
    author = forms.CharField(label=_("作者"), max_length=120, required=False)
    reason = forms.CharField(label=_("理由"), widget=long_text(3))

    clean_title = BookForm.clean_title


class DecisionForm(forms.Form):
    reply = forms.CharField(
        label=_("答复说明"),
        required=False,
        help_text=_("不同意时，请写明理由。"),
        widget=long_text(3),
    )


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=NoteKind, widget=forms.RadioSelect)
    book = forms.ModelChoiceField(
        Book.objects.none(), label=_("书"), required=False, empty_label=_("不针对某一本书")
    )
    title = forms.CharField(label=_("题目"), max_length=120)
    text = LongText(label=_("正文"))
    once = OnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book"].queryset = titles()  # type: ignore[attr-defined]


class RevisionForm(forms.Form):
    """The words of a note, and the version that the writer had before him."""

    title = forms.CharField(label=_("题目"), max_length=120)
    text = LongText(label=_("正文"))
    once = OnceField()
    grown_from = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_VERSIONS)


class ShareForm(forms.Form):
    audience = forms.ChoiceField(label=_("给谁看"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, audiences: list[Audience], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audiences = {audience.key: audience for audience in audiences}
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (audience.key, audience.label) for audience in audiences
        ]

    @property
    def chosen(self) -> Audience:
        return self.audiences[self.cleaned_data["audience"]]


class CommentForm(forms.Form):
    text = forms.CharField(label=_("说一句"), max_length=2000, widget=long_text(3))
    once = OnceField()


class CircleForm(forms.Form):
    name = forms.CharField(label=_("小组名称"), max_length=60)
    members = PeopleField(
        label=_("组员"), help_text=_("写姓名，几个人之间用顿号隔开。"), widget=long_text(2)
    )


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=_("这一周问什么"),
        max_length=500,
        help_text=_("从正在读的书里来，答案不在书上的最好。"),
        widget=long_text(3),
    )
    book = forms.ModelChoiceField(
        Book.objects.none(), label=_("书"), required=False, empty_label=_("不针对某一本书")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book"].queryset = titles()  # type: ignore[attr-defined]


class WeeklyAnswerForm(forms.Form):
    text = forms.CharField(label=_("我的回应"), max_length=2000, widget=long_text(4))


class LineForm(forms.Form):
    words = forms.CharField(label=_("今晚我读了……"), max_length=140)
    book = forms.ModelChoiceField(
        Book.objects.none(), label=_("哪本书"), required=False, empty_label=_("不写书名")
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("给谁看"), required=False, empty_label=_("全局")
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("name", "pk")
        self.fields["book"].queryset = titles()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = own  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    offset = forms.IntegerField(min_value=0)


class MarkForm(forms.Form):
    """A passage: by its place when the page can tell it, else by its words."""

    words = forms.CharField(
        label=_("原文"),
        help_text=_("照原文写一句，或从书里复制过来。"),
        strip=False,
        widget=long_text(3),
    )
    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    thought = forms.CharField(label=_("想法"), max_length=2000, required=False, widget=long_text(3))
    once = OnceField()

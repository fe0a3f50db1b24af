"""What the pages of quizzes ask: a quiz to be set, the answers of a paper, of practice."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import PostTag, Unit
from taihua.kernel.org.queries import open_units
from taihua.kernel.rules.clauses import tag_words
from taihua.rooms.study.actions.law_quizzes import Reply
from taihua.rooms.study.enums import QuestionKind
from taihua.rooms.study.forms.fields import DayInput
from taihua.rooms.study.logic.items import LETTERS
from taihua.rooms.study.logic.law_papers import order_of
from taihua.rooms.study.models import Law, LawQuestion, Paper, PaperAnswer, QuizGroup

MOST_GROUPS, MOST_QUESTIONS = 3, 100
NOT_ANSWERED = _("这一题还没有作答。")


class QuizForm(forms.Form):
    """A quiz to be set; of whom is asked beside it."""

    title = forms.CharField(label=_("名称"), max_length=120)
    setter = forms.ModelChoiceField(
        Unit.objects.none(), label=_("由谁布置"), empty_label=_("请选择")
    )
    laws = forms.ModelMultipleChoiceField(
        Law.objects.none(), label=_("考哪些法律法规"), widget=forms.CheckboxSelectMultiple
    )
    set_date = forms.DateField(label=_("布置日期"), widget=DayInput())
    due_date = forms.DateField(label=_("截止日期"), widget=DayInput())
    single = forms.IntegerField(label=_("单选题数"), min_value=0, max_value=MOST_QUESTIONS)
    several = forms.IntegerField(label=_("多选题数"), min_value=0, max_value=MOST_QUESTIONS)
    truth = forms.IntegerField(label=_("判断题数"), min_value=0, max_value=MOST_QUESTIONS)
    fill = forms.IntegerField(label=_("填空题数"), min_value=0, max_value=MOST_QUESTIONS)
    pass_percent = forms.IntegerField(
        label=_("通过线（%）"),
        min_value=1,
        max_value=100,
        help_text=_("答对的题占多少才算通过；没通过可以换一份卷子再考。"),
    )

    def __init__(self, *args: Any, on: date, laws: Sequence[Law] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        setters = open_units(on).filter(kind__in=[UnitKind.COMMITTEE, UnitKind.BUREAU])
        choices = Law.objects.order_by("kind", "pk")
        if laws:
            choices = choices.filter(pk__in=[law.pk for law in laws])
        self.fields["setter"].queryset = setters  # type: ignore[attr-defined]
        self.fields["laws"].queryset = choices  # type: ignore[attr-defined]

    @property
    def setting(self) -> dict[str, Any]:
        """What a quiz is set with, but for its groups."""
        said = dict(self.cleaned_data)
        said["wanted"] = {kind.value: said.pop(kind.value) for kind in QuestionKind}
        said["laws"] = list(said["laws"])
        return said


class GroupForm(forms.Form):
    """One group that is to pass; what is left open means any, and an empty row is none."""

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
    def group(self) -> QuizGroup | None:
        """The group that was described, unless the row was left empty."""
        given = self.cleaned_data
        return QuizGroup(**given) if any(given.values()) else None


GroupFormSet = forms.formset_factory(GroupForm, extra=MOST_GROUPS, max_num=MOST_GROUPS)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤回的原因"), max_length=300)


def answer_field(question: LawQuestion, order: Sequence[int], label: str) -> forms.Field:
    """The field in which a question is answered, its choices in the order of the paper."""
    if question.kind == QuestionKind.FILL:
        return forms.CharField(label=label, max_length=200, required=False)
    texts = [choice["text"] for choice in question.choices]
    is_truth = question.kind == QuestionKind.TRUTH
    choices = [
        (str(place), texts[place] if is_truth else f"{LETTERS[at]}. {texts[place]}")
        for at, place in enumerate(order)
    ]
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(
            label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def reply_of(question: LawQuestion, value: Any) -> Reply:
    """A clean value as an answer."""
    if question.kind == QuestionKind.FILL:
        return Reply(written=value)
    chosen = value if isinstance(value, list) else [value] if value else []
    return Reply(chosen=[int(place) for place in chosen])


def initial_of(answer: PaperAnswer) -> Any:
    """What was kept of an answer, as its field takes it."""
    if answer.question.kind == QuestionKind.FILL:
        return answer.written
    chosen = [str(place) for place in answer.chosen]
    return chosen if answer.question.kind == QuestionKind.SEVERAL else "".join(chosen[:1])


class PaperForm(forms.Form):
    """The questions of a paper; a draft may leave some open, what is handed in may not."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, paper: Paper, answers: Sequence[PaperAnswer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keep = "keep" in self.data
        self.answers = {f"q{answer.position}": answer for answer in answers}
        for name, answer in self.answers.items():
            question = answer.question
            order = order_of(paper.seed, question.pk, question.kind, len(question.choices))
            field = answer_field(question, order, f"{answer.position}. {question.stem}")
            field.initial = initial_of(answer)
            field.required = not self.keep
            field.error_messages["required"] = NOT_ANSWERED
            self.fields[name] = field

    @property
    def replies(self) -> dict[int, Reply]:
        """The answers by position."""
        return {
            answer.position: reply_of(answer.question, self.cleaned_data[name])
            for name, answer in self.answers.items()
            if name in self.cleaned_data
        }

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields kind by kind, in the order of the paper."""
        found: dict[str, list[forms.BoundField]] = {}
        for name, answer in self.answers.items():
            found.setdefault(str(QuestionKind(answer.question.kind).label), []).append(self[name])
        return list(found.items())


class PracticeForm(forms.Form):
    """One question of practice."""

    use_required_attribute = False
    question = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: LawQuestion, seed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = order_of(seed, asked.pk, asked.kind, len(asked.choices))
        field = answer_field(asked, order, asked.stem)
        field.required = True
        field.error_messages["required"] = NOT_ANSWERED
        self.asked = asked
        self.fields["answer"] = field
        self.fields["question"].initial = asked.pk

    @property
    def reply(self) -> Reply:
        return reply_of(self.asked, self.cleaned_data["answer"])

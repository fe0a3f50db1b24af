"""What the pages of work talks are told."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.models import Person, Unit
from taihua.rooms.forums.enums import AnswerKind, Helped, Stage
from taihua.rooms.forums.forms.fields import Words, day_field
from taihua.rooms.forums.queries.talks import owners_as_told, possible_owners


class RoundForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=80)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("单位"), empty_label=None)
    stage = forms.ChoiceField(label=_("谁来谈"), choices=Stage, widget=forms.RadioSelect)
    request = Words(label=_("谈什么"), max_length=2000, rows=4)
    first_day = day_field(_("开始日期"))
    last_day = day_field(_("截止日期"))
    answer_days = forms.IntegerField(
        label=_("几天内答复"), min_value=1, max_value=90, help_text=_("从提交那天算起。")
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        first, last = (self.cleaned_data.get(name) for name in ("first_day", "last_day"))
        if first and last and last < first:
            self.add_error("last_day", _("截止日期不能早于开始日期。"))


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable
    """Whom to ask: the leadership and the section heads, each with the post."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), empty_label=_("请选择"), **kwargs)
        self.told: dict[int, str] = {}

    def offer(self, people: QuerySet[Person], on: date) -> None:
        self.queryset = people
        self.told = owners_as_told(on)

    def label_from_instance(self, obj: Any) -> str:
        return self.told.get(obj.pk, str(obj))


class TalkForm(forms.Form):
    """Did, learnt, blocked, ask. A draft may leave everything but the work open."""

    work = forms.CharField(label=_("谈哪项工作"), max_length=80)
    did = Words(label=_("做了什么"), max_length=3000, rows=6)
    learnt = Words(label=_("学到什么"), max_length=2000, required=False)
    blocked = Words(label=_("卡在哪里"), max_length=2000, required=False)
    ask = Words(
        label=_("想请谁帮什么"),
        max_length=600,
        rows=3,
        required=False,
        help_text=_("一次提一件，说清要对方做什么。"),
    )
    owner = OwnerField(label=_("请谁答复"), required=False)

    def __init__(self, *args: Any, speaker: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep = "keep" in self.data
        self.fields["owner"].offer(possible_owners(speaker, on), on)  # type: ignore[attr-defined]
        self.fields["did"].required = not self.keep

    def clean(self) -> None:
        super().clean()
        ask, owner = self.cleaned_data.get("ask"), self.cleaned_data.get("owner")
        if self.keep or self.errors:
            return
        if ask and not owner:
            self.add_error("owner", _("请选择请谁答复。"))
        if owner and not ask:
            self.add_error("ask", _("请写明想请对方帮什么；没有请求，就不选人。"))


class TalkAnswerForm(forms.Form):
    kind = forms.ChoiceField(label=_("怎么办"), choices=AnswerKind, widget=forms.RadioSelect)
    text = Words(
        label=_("答复"), max_length=2000, help_text=_("去办的写何时办成，办不了的写为什么。")
    )


class PassOnForm(forms.Form):
    taker = OwnerField(label=_("转给谁"))
    reason = forms.CharField(label=_("原因"), max_length=300)

    def __init__(self, *args: Any, people: QuerySet[Person], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].offer(people, on)  # type: ignore[attr-defined]


class WeighForm(forms.Form):
    helped = forms.ChoiceField(label=_("解决了没有"), choices=Helped, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("还差什么"), max_length=300, required=False, help_text=_("都解决了可以不写。")
    )

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("helped") not in {None, Helped.YES} and not given.get("remark"):
            self.add_error("remark", _("请写明还差什么。"))

"""What the pages of a forum are told."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.models import Unit
from taihua.kernel.records.queries import Statement
from taihua.rooms.forums.enums import ForumKind
from taihua.rooms.forums.forms.fields import (
    ChangeMixin,
    PeopleField,
    PersonField,
    Words,
    day_field,
    time_field,
)
from taihua.rooms.forums.logic.notice import Notice
from taihua.rooms.forums.logic.proceedings import Section
from taihua.rooms.forums.models import Forum, Registration, Slot, Speaker
from taihua.rooms.forums.models.programme import LONGEST

MOST_SEATS = 5000
NO_PLAN = ""


class CallForm(forms.Form):
    """What is called for."""

    kind = forms.ChoiceField(label=_("类别"), choices=ForumKind, widget=forms.RadioSelect)
    host = forms.ModelChoiceField(Unit.objects.none(), label=_("主办单位"), empty_label=_("请选择"))
    topic = forms.CharField(label=_("主题"), max_length=80)
    call = Words(
        label=_("征集说明"),
        max_length=3000,
        rows=6,
        help_text=_("想听什么样的发言，讲多久，怎么申报。"),
    )
    place = forms.CharField(label=_("地点"), max_length=80)
    day = day_field(_("举办日期"))
    opens = time_field(_("开始时间"))
    closes = time_field(_("结束时间"))
    call_closes = day_field(_("征集截止"), help_text=_("申报发言到这一天为止。"))
    registration_closes = day_field(_("报名截止"))
    seats = forms.IntegerField(
        label=_("座位数"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("坐满以后按报名先后候补；不限就留空。"),
    )
    recorder = PersonField(label=_("记录人"), help_text=_("公开提问、记谁到了、写文集。写姓名。"))
    is_public = forms.BooleanField(
        label=_("征集和文集向社会公开"),
        required=False,
        help_text=_("公开后，不登录也读得到征集说明和印发的文集，并进入订阅源。"),
    )

    def __init__(self, *args: Any, hosts: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        on, opens, closes = (given.get(name) for name in ("day", "opens", "closes"))
        if opens and closes and closes <= opens:
            self.add_error("closes", _("结束时间要在开始时间之后。"))
        if on and given.get("call_closes") and given["call_closes"] > on:
            self.add_error("call_closes", _("征集截止不能晚于举办日期。"))
        if on and given.get("registration_closes") and given["registration_closes"] > on:
            self.add_error("registration_closes", _("报名截止不能晚于举办日期。"))


class ChangeForm(ChangeMixin, CallForm):
    """What was called for, to be changed."""


class PlanForm(forms.Form):
    """Which plan is carried out; without one the act plans itself."""

    plan = forms.ChoiceField(
        label=_("是哪项计划"),
        required=False,
        help_text=_("年初已经记进计划台账的，选出来，不再记第二次。"),
    )

    def __init__(self, *args: Any, plans: Iterable[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.uuid), f"{each.kind.label}：{each.object_label}") for each in plans]
        self.fields["plan"].choices = [(NO_PLAN, _("没有列过，现在列入")), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> UUID | None:
        plan = self.cleaned_data.get("plan")
        return UUID(plan) if plan else None


class OfferForm(forms.Form):
    title = forms.CharField(label=_("发言题目"), max_length=80)
    summary = Words(label=_("讲什么"), max_length=2000, help_text=_("三五句，主办单位据此选定。"))


class SlotForm(forms.Form):
    """An item of the programme."""

    title = forms.CharField(label=_("题目"), max_length=80)
    starts = time_field(_("开始时间"))
    minutes = forms.IntegerField(label=_("分钟"), min_value=1, max_value=LONGEST)
    hall = forms.CharField(
        label=_("会场"), max_length=40, required=False, help_text=_("只有一个会场就留空。")
    )
    speakers = PeopleField(
        label=_("主讲人"),
        required=False,
        help_text=_("写姓名，几个人之间用顿号隔开；开场、茶歇没有主讲人。"),
    )
    summary = Words(
        label=_("要点"), max_length=3000, required=False, help_text=_("讲完以后写，会收进文集。")
    )


class ChangeSlotForm(ChangeMixin, SlotForm):
    """An item that stands in the programme, to be changed."""


class QuestionForm(forms.Form):
    text = Words(label=_("想问什么"), max_length=500, rows=3)
    slot = forms.ModelChoiceField(
        Slot.objects.none(), label=_("问哪一项"), required=False, empty_label=_("整个讲坛")
    )
    anonymous = forms.BooleanField(
        label=_("听众看不到我的名字"),
        required=False,
        help_text=_("记录人看得到，先由记录人公开；伤人的话不公开。"),
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = forum.slots.order_by("starts", "pk")  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    text = Words(label=_("回答"), max_length=2000, rows=4)


class AttendanceForm(forms.Form):
    """Who spoke and who came."""

    spoke = forms.ModelMultipleChoiceField(
        Speaker.objects.none(),
        label=_("讲了的"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    came = forms.ModelMultipleChoiceField(
        Registration.objects.none(),
        label=_("报名的人里，到了的"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = PeopleField(
        label=_("没有报名也到了的"), required=False, help_text=_("写姓名，用顿号隔开。")
    )

    def __init__(
        self,
        *args: Any,
        speakers: QuerySet[Speaker],
        registered: QuerySet[Registration],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("spoke", speakers), ("came", registered)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["spoke"].label_from_instance = _speaker  # type: ignore[attr-defined]
        self.fields["came"].label_from_instance = lambda row: row.person.name  # type: ignore[attr-defined]


def _speaker(speaker: Speaker) -> str:
    return f"{speaker.person.name}：{speaker.slot.title}"


class SpreadForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("哪个单位"), empty_label=_("请选择"))
    what = forms.CharField(label=_("做了什么"), max_length=300)
    since = day_field(_("从哪天起"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ProceedingsForm(forms.Form):
    """The proceedings, section by section; one more can be added, an empty heading takes one away."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    longest = 20_000

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(sections) + 1
        for number, section in enumerate([*sections, Section("", "")]):
            extra = number == len(sections)
            self.fields[f"heading-{number}"] = forms.CharField(
                label=_("再加一节：标题") if extra else _("标题"),
                max_length=80,
                required=False,
                initial=section.heading,
                help_text="" if extra else _("清空标题，这一节就不收。"),
            )
            self.fields[f"text-{number}"] = Words(
                label=_("正文"),
                max_length=self.longest,
                rows=6,
                required=False,
                initial=section.text,
            )

    @property
    def sections(self) -> list[Section]:
        given = self.cleaned_data
        return [
            Section(given[f"heading-{number}"], given[f"text-{number}"])
            for number in range(self.count)
        ]


class NoticeForm(ProceedingsForm):
    """A notice: its head, and below it section by section."""

    title = forms.CharField(label=_("标题"), max_length=200)
    addressee = forms.CharField(label=_("主送"), max_length=200)
    opening = Words(label=_("开头"), max_length=1000, rows=3)
    longest = 5000

    @property
    def notice(self) -> Notice:
        given = self.cleaned_data
        return Notice(given["title"], given["addressee"], given["opening"], self.sections)


class IssueForm(forms.Form):
    number = forms.CharField(label=_("编号"), max_length=60)
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

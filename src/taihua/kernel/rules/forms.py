"""What a clerk types about rules, as clean values; nothing is saved here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taihua.base.periods import Every
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.org.queries import find_people
from taihua.kernel.rules.clauses import CONFIDENCES, COUNTS, EVERY, LEVELS, PRORATIONS
from taihua.kernel.rules.enums import Subject
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.mechanisms import named_mechanisms
from taihua.kernel.rules.packs import rule_from_data, rule_to_data
from taihua.kernel.rules.packtext import LARGEST, PackRefused, decode_pack
from taihua.kernel.rules.schema import CODE
from taihua.kernel.rules.typed import is_sane

YEARS_BACK = 5
SUBJECTS = ((Subject.PERSON, _("个人")), (Subject.UNIT, _("单位")))


def _choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(key), words[key]) for key in words]


def _every() -> list[tuple[str, Any]]:
    plain = {Every.YEARS: _("每几年"), Every.ROLLING: _("任意连续几天")}
    return [(str(every), plain.get(every, EVERY[every])) for every in Every]


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def sane(day: date) -> None:
    """Refuse a day that is a slip of the pen."""
    if not is_sane(day):
        raise ValidationError(_("请写 1900 年到 2199 年之间的日期。"))


class WordsField(forms.CharField):
    """Several words in one line, between commas or spaces."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        for mark in "，、；;,":
            text = text.replace(mark, " ")
        return list(dict.fromkeys(text.split()))

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list | tuple) else value


class PackForm(forms.Form):
    """The whole text of a book, and from when it is to hold."""

    text = forms.CharField(
        label=_("全文（TOML）"),
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )
    effective_from = forms.DateField(
        label=_("从哪一天起施行"),
        required=False,
        validators=[sane],
        widget=DayInput(),
        help_text=_("不填：新制度按它自己写的日期，修改从今天起。"),
    )
    year = forms.TypedChoiceField(label=_("用哪一年试算"), coerce=int)
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(on.year, on.year - YEARS_BACK, -1)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A pack in a file."""

    file = forms.FileField(label=_("制度文件（TOML）"), help_text=_("最大 256 KB。"))

    def clean_file(self) -> str:
        """The text of the file."""
        try:
            return decode_pack(self.cleaned_data["file"].read(LARGEST + 1))
        except PackRefused as refused:
            raise ValidationError(str(refused)) from None


class RuleForm(forms.Form):
    """One rule, field by field."""

    code = forms.RegexField(
        CODE,
        label=_("代码"),
        max_length=80,
        help_text=_("小写字母、数字和点，如 haizhou.visit-month；定了就不再改。"),
        error_messages={"invalid": _("只能用小写字母、数字、点和短横。")},
    )
    sentence = forms.CharField(
        label=_("条文"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(
        label=_("依据"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("文件名称、文号、日期、条款。"),
    )
    level = forms.ChoiceField(label=_("层级"), choices=_choices(LEVELS))
    confidence = forms.ChoiceField(label=_("把握"), choices=_choices(CONFIDENCES))
    mechanism = forms.ChoiceField(label=_("机制"))
    subject = forms.ChoiceField(label=_("是谁的事"), choices=SUBJECTS)
    tiers = forms.MultipleChoiceField(
        label=_("层次"), required=False, choices=Tier.choices, widget=forms.CheckboxSelectMultiple
    )
    tags = WordsField(
        label=_("职务标签"), required=False, help_text=_("如 principal、party_member。")
    )
    posts = WordsField(label=_("职务代码"), required=False)
    unit_kinds = forms.MultipleChoiceField(
        label=_("单位类别"),
        required=False,
        choices=UnitKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    units = WordsField(
        label=_("单位代码"), required=False, help_text=_("写了就只管这些单位和它们的下属。")
    )
    concurrent = forms.BooleanField(label=_("兼任的职务也算"), required=False)
    verbs = forms.MultipleChoiceField(label=_("凭哪些记录"), widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(
        label=_("限于哪些对象"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选就是不限。"),
    )
    count = forms.ChoiceField(label=_("计数方式"), choices=_choices(COUNTS))
    times = forms.DecimalField(label=_("要求多少"), min_value=0, decimal_places=2, max_digits=7)
    every = forms.ChoiceField(label=_("周期"), choices=_every())
    n = forms.IntegerField(
        label=_("几年或者几天"),
        min_value=1,
        max_value=3660,
        help_text=_("只对“每几年”“连续几天”有用。"),
    )
    due_date = forms.DateField(
        label=_("截止日期（只做一次的）"), required=False, validators=[sane], widget=DayInput()
    )
    grace_days = forms.IntegerField(label=_("可补办天数"), min_value=0, max_value=366)
    notice_days = forms.IntegerField(label=_("提前几天提醒"), min_value=0, max_value=366)
    proration = forms.ChoiceField(label=_("中途到任、离任"), choices=_choices(PRORATIONS))
    leave_excuses = forms.BooleanField(label=_("请假的天数不算在岗"), required=False)
    act = forms.CharField(
        label=_("说法"),
        max_length=60,
        required=False,
        help_text=_("接在“还差一次”后面念得通，如“下基层调研”。"),
    )
    measure = forms.CharField(
        label=_("量词"), max_length=8, required=False, help_text=_("次、天、本、篇。")
    )
    minutes = forms.IntegerField(
        label=_("办一次约需多少分钟"), min_value=0, max_value=100000, help_text=_("只用来算负担。")
    )

    GROUPS = (
        (_("条文与依据"), ("code", "sentence", "source", "level", "confidence", "mechanism")),
        (
            _("对象"),
            ("subject", "tiers", "tags", "posts", "unit_kinds", "units", "concurrent"),
        ),
        (_("凭据与数量"), ("verbs", "kinds", "count", "times")),
        (
            _("时间"),
            (
                "every",
                "n",
                "due_date",
                "grace_days",
                "notice_days",
                "proration",
                "leave_excuses",
            ),
        ),
        (_("说法与负担"), ("act", "measure", "minutes")),
    )

    def __init__(
        self,
        *args: Any,
        verbs: Sequence[tuple[str, str]],
        kinds: Sequence[tuple[str, str]],
        rule: Rule | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"initial": _initial(rule), **kwargs})
        self.rule = rule
        self.fields["verbs"].choices = _own_first(verbs, rule.verbs if rule else ())  # type: ignore[attr-defined]
        self.fields["kinds"].choices = _own_first(kinds, rule.kinds if rule else ())  # type: ignore[attr-defined]
        named = named_mechanisms()
        unnamed = {rule.mechanism} - dict(named).keys() if rule else ()
        choices = [("", _("请选择")), *named, *((code, code) for code in unnamed)]
        self.fields["mechanism"].choices = choices  # type: ignore[attr-defined]
        if rule is not None:
            self.fields["code"].disabled = True

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in the order in which one thinks of them."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("every") == Every.ONCE and not told.get("due_date"):
            self.add_error("due_date", _("只做一次的要写明截止日期。"))
        if told.get("times") == 0:
            self.add_error("times", _("要求要大于零。"))
        return told

    def said(self, valid_from: date) -> Rule:
        """The rule as typed; a new one holds from ``valid_from``."""
        told = self.cleaned_data
        kept = rule_to_data(self.rule) if self.rule else {"valid_from": valid_from.isoformat()}
        audience = {
            key: told[key] for key in ("tiers", "tags", "posts", "unit_kinds", "units") if told[key]
        }
        plain = {
            key: told[key]
            for key in self.fields
            if key
            not in {"tiers", "tags", "posts", "unit_kinds", "units", "concurrent", "due_date"}
        }
        plain["times"] = float(told["times"])
        plain["audience"] = audience | ({} if told["concurrent"] else {"concurrent": False})
        plain["due_date"] = told["due_date"]
        return rule_from_data({**kept, **plain})


def _initial(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"n": 1, "grace_days": 0, "notice_days": 7, "leave_excuses": True, "minutes": 30}
    data = rule_to_data(rule)
    audience = data.pop("audience")
    return {**data, "concurrent": True, **audience}


def _own_first(known: Sequence[tuple[str, str]], own: Sequence[str]) -> list[tuple[str, str]]:
    """The words to choose from, a rule's own before all others, even if no room says them any more."""
    labels = dict(known)
    mine = [(code, labels.get(code, code)) for code in own]
    return [*mine, *(each for each in known if each[0] not in own)]


class RetireForm(forms.Form):
    """From when a rule is to hold no more."""

    from_day = forms.DateField(
        label=_("从哪一天起废止"),
        validators=[sane],
        widget=DayInput(),
        help_text=_("那一天还没有到期的周期不再要求；以前的结论不变。"),
    )


class ExemptionForm(forms.Form):
    """Whom to let off which rule, how long and why."""

    rule = forms.ChoiceField(label=_("条目"))
    who = forms.CharField(
        label=_("人员或单位"), max_length=80, help_text=_("姓名、工号，或者单位名称、代码。")
    )
    first_day = forms.DateField(label=_("开始日期"), validators=[sane], widget=DayInput())
    last_day = forms.DateField(label=_("结束日期"), validators=[sane], widget=DayInput())
    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rules: Mapping[str, Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.fields["rule"].choices = [(code, rule.sentence) for code, rule in rules.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("结束日期不能早于开始日期。"))
        rule = self.rules.get(told.get("rule", ""))
        if rule and told.get("who"):
            self._find(rule, told["who"].strip())
        return told

    def _find(self, rule: Rule, who: str) -> None:
        found: list[Person | Unit]
        if rule.subject is Subject.PERSON:
            found = list(Person.objects.filter(code=who)) or list(find_people(who))
        else:
            found = list(Unit.objects.filter(code=who)) or list(Unit.objects.filter(name=who))
        if not found:
            self.add_error("who", _("名册里没有“%(who)s”。") % {"who": who})
        elif len(found) > 1:
            self.add_error(
                "who", _("有 %(count)d 个“%(who)s”，请写工号。") % {"count": len(found), "who": who}
            )
        else:
            self.cleaned_data["actor"] = found[0]

"""What pages share: days, amounts and states in words, small drawings, addresses with a change."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect
from django.forms.widgets import CheckboxInput, FileInput
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from taihua.base.clock import ZONE
from taihua.base.measures import in_source, spoken
from taihua.base.search import parts

register = template.Library()

HUNDRED = Decimal(100)

STATES = {
    "done": pgettext_lazy("state", "已完成"),
    "done_late": pgettext_lazy("state", "逾期完成"),
    "on_course": pgettext_lazy("state", "进行中"),
    "due_soon": pgettext_lazy("state", "临近到期"),
    "owed": pgettext_lazy("state", "尚欠"),
    "exempt": pgettext_lazy("state", "免除"),
    "not_applicable": pgettext_lazy("state", "不适用"),
    "part": pgettext_lazy("state", "部分"),
    "none": pgettext_lazy("state", "还没有"),
}
FEW = 2  # months
WEEKDAYS = "一二三四五六日"


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


def _as_day(value: date | datetime) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(ZONE).date()
    return value


# --- days and amounts in words -----------------------------------------------------------------


@register.filter
def day(value: date | datetime | None) -> str:
    """12 月 4 日（周三）; in English: Wed 4 Dec. Empty for no day."""
    if not value:
        return ""
    on = _as_day(value)
    if _in_english():
        return f"{on:%a} {on.day} {on:%b}"
    return f"{on.month} 月 {on.day} 日（周{WEEKDAYS[on.weekday()]}）"


@register.filter
def longday(value: date | datetime | None) -> str:
    """2013 年 12 月 4 日; in English: 4 December 2013. Empty for no day."""
    if not value:
        return ""
    on = _as_day(value)
    if _in_english():
        return f"{on.day} {on:%B %Y}"
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


@register.filter
def nearday(value: date | datetime | None, on: date) -> str:
    """A day as :func:`day` says it, or with its year where that is not the year of ``on``."""
    if value and _as_day(value).year != on.year:
        return longday(value)
    return day(value)


@register.filter
def span(first: date, last: date | None) -> str:
    """From a day to a day, as short as it can be said: 2013 年 · 2013 年 12 月; without end: 起."""
    if last is None:
        return f"from {longday(first)}" if _in_english() else f"{longday(first)}起"
    if first == last:
        return longday(first)
    if first.year != last.year:
        return _from_to(longday(first), longday(last))
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year) if _in_english() else f"{first.year} 年"
    if first.month == last.month and first.day == 1 and (last + timedelta(days=1)).day == 1:
        return f"{first:%B %Y}" if _in_english() else f"{first.year} 年 {first.month} 月"
    if _in_english():
        return _from_to(f"{first.day} {first:%B}", longday(last))
    return _from_to(longday(first), f"{last.month} 月 {last.day} 日")


def _from_to(first: str, last: str) -> str:
    return f"{first} – {last}" if _in_english() else f"{first}至 {last}"


@register.filter
def moment(value: datetime | None) -> str:
    """2013 年 12 月 4 日 20:05, by the clock of Asia/Shanghai. Empty for no moment."""
    if not value:
        return ""
    local = value.astimezone(ZONE) if timezone.is_aware(value) else value
    return f"{longday(local)} {local:%H:%M}"


@register.filter
def quantity(value: int | Decimal | None) -> str:
    """An amount without idle zeros: whole numbers are hundredths (150 → 1.5), decimals are as is."""
    if value is None:
        return ""
    amount = Decimal(value) / HUNDRED if isinstance(value, int) else value
    plain = f"{amount:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@register.filter
def yuan(value: int | Decimal | None) -> str:
    """A sum of money, given as :func:`quantity` takes it: 120,000 元."""
    if value is None:
        return ""
    return _("%(amount)s 元") % {"amount": quantity(value)}


@register.filter
def listed(values: Iterable[object]) -> str:
    """Several things in one breath: 甲、乙、丙."""
    return (", " if _in_english() else "、").join(str(value) for value in values)


@register.filter
def aside(words: object) -> str:
    """Words in brackets, or nothing: （办公室）; in English with a space before."""
    if not words:
        return ""
    return f" ({words})" if _in_english() else f"（{words}）"


@register.simple_tag
def colon() -> str:
    return ": " if _in_english() else "："


@register.simple_tag
def comma() -> str:
    return ", " if _in_english() else "，"


@register.simple_tag
def semicolon() -> str:
    return "; " if _in_english() else "；"


@register.filter
def marked(text: str, words: Iterable[str]) -> SafeString:
    """A text in which the words that were asked for are marked."""
    shown = (
        (format_html("<mark>{}</mark>", part) if is_hit else part,)
        for part, is_hit in parts(str(text), words)
    )
    return format_html_join("", "{}", shown)


@register.filter
def html_lang(code: str) -> str:
    """A language code as HTML writes it: zh-hans → zh-Hans."""
    language, _dash, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


# --- states, bars, the period as a line ---------------------------------------------------------


@register.simple_tag
def state(code: str, words: object = "") -> SafeString:
    """A state as word, shape and colour; ``words`` say it more closely than the usual word."""
    code = str(getattr(code, "value", code))
    return format_html('<span class="state state-{}">{}</span>', code, words or STATES[code])


@register.simple_tag
def bar(done: float | Decimal, of: float | Decimal) -> SafeString:
    """How much of ``of`` is done, drawn small; a word must stand beside it."""
    share = min(100, max(0, round(100 * float(done) / float(of)))) if of else 0
    return format_html(
        '<svg class="bar{}" aria-hidden="true" focusable="false">'
        '<rect width="{}%" height="100%"></rect></svg>',
        "" if share == 100 else " bar-part",  # noqa: PLR2004  # a hundred of a hundred
        share,
    )


@register.simple_tag
def interval(low: float, high: float) -> SafeString:
    """Between which shares of a whole something lies, drawn small; words must stand beside it."""
    left = min(1.0, max(0.0, low))
    return format_html(
        '<svg class="interval" aria-hidden="true" focusable="false">'
        '<rect class="whole" width="100%" height="100%"></rect>'
        '<rect class="likely" x="{}%" width="{}%" height="100%"></rect></svg>',
        f"{100 * left:.1f}",
        f"{100 * max(0.02, min(1.0, high) - left):.1f}",
    )


@register.simple_tag
def progress(percent: float) -> SafeString:
    """A hairline at the top of the reader."""
    return format_html(
        '<svg class="progress" role="img" aria-label="{}">'
        '<rect width="{}%" height="100%"></rect></svg>',
        _("读到 %(percent)d%%") % {"percent": percent},
        f"{percent:.1f}",
    )


@register.simple_tag
def timeline(
    first: date,
    last: date,
    points: Iterable[tuple[date, bool, str]],
    today: date | None = None,
    away: Iterable[tuple[date, date]] = (),
) -> SafeString:
    """The days ``first … last`` as a line: dots counted, rings did not, grey spans were leave.

    It is a picture: the page lists the same records below it, in words.
    """
    points = sorted(points)
    counted = sum(point[1] for point in points)
    return format_html(
        '<svg class="timeline" role="img" aria-label="{}">{}'
        '<line x1="0%" x2="100%" y1="44" y2="44"></line>{}{}{}</svg>',
        _("从%(first)s到%(last)s，计入 %(counted)d 次，未计入 %(rest)d 次")
        % {
            "first": longday(first),
            "last": longday(last),
            "counted": counted,
            "rest": len(points) - counted,
        },
        _away(first, last, away),
        _ticks(first, last),
        _today(first, last, today),
        _dots(first, last, points),
    )


def _place(first: date, last: date, on: date) -> str:
    """Where ``on`` lies on the line, as SVG says it; the ends keep a dot's width clear."""
    share = (on - first).days / max(1, (last - first).days)
    return f"{2 + 96 * min(1.0, max(0.0, share)):.2f}%"


def _away(first: date, last: date, spans: Iterable[tuple[date, date]]) -> SafeString:
    rows = []
    for start, end in spans:
        left, right = _place(first, last, start), _place(first, last, end)
        width = max(0.5, float(right[:-1]) - float(left[:-1]))
        rows.append((left, f"{width:.2f}%"))
    return format_html_join(
        "", '<rect class="away" x="{}" width="{}" y="32" height="24"></rect>', rows
    )


def _ticks(first: date, last: date) -> SafeString:
    return format_html_join(
        "",
        '<line class="tick" x1="{0}" x2="{0}" y1="38" y2="50"></line>'
        '<text x="{0}" y="68" text-anchor="{2}" aria-hidden="true">{1}</text>',
        [
            (_place(first, last, on), label, {first: "start", last: "end"}.get(on, "middle"))
            for on, label in _labels(first, last).items()
        ],
    )


def _labels(first: date, last: date) -> dict[date, str]:
    """The days that are named under the line: months, or weeks where there are few months."""
    starts = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    if len(starts) > FEW:
        return {start: _tick_label(start, first) for start in starts[:: 1 + len(starts) // 13]}
    step = max(1, (last - first).days // 4)
    days = {first + timedelta(days=step * n) for n in range(4)} | {last}
    return {on: f"{on.month}.{on.day}" for on in sorted(days) if on <= last}


def _tick_label(start: date, first: date) -> str:
    if first.year != start.year and start.month == 1:
        return str(start.year)
    return f"{start:%b}" if _in_english() else str(start.month)


def _today(first: date, last: date, today: date | None) -> SafeString:
    if not today or not first <= today <= last:
        return SafeString()
    return format_html(
        '<line class="today" x1="{0}" x2="{0}" y1="8" y2="56"><title>{1}</title></line>',
        _place(first, last, today),
        _("今天"),
    )


def _dots(first: date, last: date, points: Sequence[tuple[date, bool, str]]) -> SafeString:
    rows: list[tuple[str, str, int, str, str]] = []
    for on, same_day in groupby(points, key=lambda point: point[0]):
        for height, (_on, is_counted, label) in enumerate(same_day):
            kind = "counted" if is_counted else "not-counted"
            rows.append((kind, _place(first, last, on), 44 - 13 * min(height, 2), day(on), label))
    return format_html_join(
        "", '<circle class="{}" cx="{}" cy="{}" r="5.5"><title>{} {}</title></circle>', rows
    )


@register.filter
def measure(word: object, number: int | Decimal | None = None) -> str:
    """A word for how much, such as 人次, in the language of the page, for what quantity() shows."""
    return spoken(str(word or ""), number / HUNDRED if isinstance(number, int) else number)


@register.filter
def unit_of(value: object, unit: object) -> str:
    """The word that goes with a number that is shown: 1 forum, 2 forums; a share has none."""
    return spoken(in_source(unit), 1 if str(value) == "1" else None)


# --- addresses and fields ------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def querystring_with(context: Context, **changes: Any) -> str:
    """This page's address with some of its questions changed; None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


@register.filter
def plain(field: BoundField) -> SafeString:
    """The field itself, without a placeholder that only repeats its label."""
    said = field.field.widget.attrs.get("placeholder")
    return field.as_widget(attrs={"placeholder": ""} if said == field.label else None)


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: group, tick, file or line."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "tick"
    return "file" if isinstance(widget, FileInput) else "line"

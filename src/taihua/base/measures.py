"""The words for how much (量词): sheets, rules and figures keep them in Chinese, pages speak theirs."""

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override, pgettext, pgettext_lazy

MEASURES = (
    gettext_noop("次"),
    gettext_noop("人次"),
    gettext_noop("人"),
    gettext_noop("天"),
    gettext_noop("元"),
    gettext_noop("本"),
    gettext_noop("册"),
    gettext_noop("篇"),
    gettext_noop("期"),
    gettext_noop("条"),
    gettext_noop("项"),
    gettext_noop("名"),
    gettext_noop("户"),
    gettext_noop("份"),
    gettext_noop("所"),
    gettext_noop("晚"),
    gettext_noop("笔"),
    gettext_noop("讲"),
    gettext_noop("辑"),
    gettext_noop("本次"),
)
# What a language calls just one of them: one book, two books.
SINGLE = (
    pgettext_lazy("one", "次"),
    pgettext_lazy("one", "人次"),
    pgettext_lazy("one", "人"),
    pgettext_lazy("one", "天"),
    pgettext_lazy("one", "元"),
    pgettext_lazy("one", "本"),
    pgettext_lazy("one", "册"),
    pgettext_lazy("one", "篇"),
    pgettext_lazy("one", "期"),
    pgettext_lazy("one", "条"),
    pgettext_lazy("one", "项"),
    pgettext_lazy("one", "名"),
    pgettext_lazy("one", "户"),
    pgettext_lazy("one", "份"),
    pgettext_lazy("one", "所"),
    pgettext_lazy("one", "晚"),
    pgettext_lazy("one", "笔"),
    pgettext_lazy("one", "讲"),
    pgettext_lazy("one", "辑"),
    pgettext_lazy("one", "本次"),
)


def spoken(measure: str, number: object = None) -> str:
    """A measure in the language of the page, for so many; one that nobody knows stays as it is."""
    if not measure:
        return ""
    told = pgettext("one", measure) if number == 1 else measure
    return told if told != measure else gettext(measure)


def in_source(measure: object) -> str:
    """A measure as it is kept, from one that speaks the language of the page."""
    with override(settings.LANGUAGE_CODE):
        return str(measure)

"""The words for how much (量词): sheets, rules and figures keep them in Chinese, pages speak theirs."""

from django.utils.translation import gettext, gettext_noop

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
)


def spoken(measure: str) -> str:
    """A measure in the language of the page; one that a rule's writer made up stays as it is."""
    return gettext(measure) if measure else ""

"""What is drawn of fields many times a page, each in one go.

Django draws a list of three hundred schools, or thirty questions with four answers, by a template for
each choice and another for its attributes; the answer is the same, and takes ten times as long.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

type Choice = Mapping[str, Any]
type Groups = Iterable[tuple[str | None, Iterable[Choice], int]]


@register.filter
def options(groups: Groups) -> SafeString:
    """The choices of a list."""
    found = []
    for title, choices, _place in groups:
        lines = [
            f'<option value="{_escaped(each["value"])}"{_attributes(each["attrs"])}>'
            f"{_escaped(each['label'])}</option>"
            for each in choices
        ]
        if title:
            lines = [f'<optgroup label="{_escaped(title)}">', *lines, "</optgroup>"]
        found += lines
    return mark_safe("\n".join(found))  # all that comes from outside is escaped


@register.filter
def boxes(groups: Groups) -> SafeString:
    """The choices of a group, each with its box to tick or its round one."""
    found = []
    for title, choices, _place in groups:
        lines = [f"<div>{_box(each)}</div>" for each in choices]
        if title:
            lines = [f"<div><label>{_escaped(title)}</label>", *lines, "</div>"]
        found += lines
    return mark_safe("\n".join(found))


@register.filter
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """What else is said of a field in its tag, with a space before each."""
    return mark_safe(_attributes(attrs))


def _box(choice: Choice) -> str:
    value = "" if choice["value"] is None else f' value="{_escaped(choice["value"])}"'
    box = f'<input type="{choice["type"]}" name="{_escaped(choice["name"])}"{value}{_attributes(choice["attrs"])}>'
    named = choice["attrs"].get("id")
    label = f'<label for="{_escaped(named)}">' if named else "<label>"
    return f"{label}{box} {_escaped(choice['label'])}</label>"


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False and value is not None
    )


def _escaped(text: object) -> str:
    """As Django's, without its care for what is translated late, which costs more than escaping."""
    return str(text.__html__()) if isinstance(text, SafeString) else escape(str(text))

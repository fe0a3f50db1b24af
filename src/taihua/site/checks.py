"""Checks at start: no page stands open by oversight."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

# allauth guards its own pages; nobody can sign up (taihua.site.login).
GUARDED_ELSEWHERE = ("allauth.", "django.")


def views(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address pattern with its view."""
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


@register()
def every_view_says_whom_it_admits(**_: Any) -> list[CheckMessage]:
    """taihua.E001: a view without ``@admits`` would be open to everybody."""
    return [
        Error(
            f"{address} does not say whom it admits.",
            hint="Put @admits(predicate) on the view; see docs/explanation/access.md.",
            obj=view,
            id="taihua.E001",
        )
        for address, view in views()
        if not hasattr(view, "admits") and not view.__module__.startswith(GUARDED_ELSEWHERE)
    ]

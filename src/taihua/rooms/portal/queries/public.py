"""What everybody may read at a moment."""

from datetime import datetime

from django.db.models import Q, QuerySet

from taihua.rooms.portal.models import Article, Column

# Shown in lists without their text.
HEAVY = ("live__text", "live__html", "live__plain")


def open_columns() -> QuerySet[Column]:
    """The columns that everybody sees, in their order."""
    return Column.objects.filter(is_open=True).order_by("place", "pk")


def public_articles(at: datetime) -> QuerySet[Article]:
    """The articles that everybody may read, the newest first."""
    return (
        Article.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            live__isnull=False,
            published_at__lte=at,
            column__is_open=True,
        )
        .select_related("live", "column")
        .order_by("-published_at", "-pk")
    )

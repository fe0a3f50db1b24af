"""What a search finds in the study of law: laws and articles for all, quizzes for whom they are."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Q
from django.urls import reverse

from taihua.kernel.house import Found
from taihua.kernel.org.models import Account
from taihua.rooms.study.models import Article, Law
from taihua.rooms.study.queries.law_quizzes import quizzes_seen_by

EXCERPT = 80


def found_law(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    """Laws by name, articles by their words, quizzes by theirs; questions are never found."""
    if not words:
        return
    named = reduce(and_, (Q(title__icontains=word) | Q(short__icontains=word) for word in words))
    for law in Law.objects.filter(named).order_by("pk")[:limit]:
        yield Found(title=f"《{law.short}》", url=reverse("study:law-text", args=[law.pk]))
    yield from _quizzes(account, words, limit)
    said = reduce(and_, (Q(text__icontains=word) for word in words))
    articles = Article.objects.filter(said).select_related("version__law")
    for article in articles.order_by("version__law", "-version", "number")[:limit]:
        law = article.version.law
        page = reverse("study:law-text", args=[law.pk])
        yield Found(
            title=f"《{law.short}》{article.label}",
            url=f"{page}?version={article.version_id}#article-{article.number}",
            excerpt=article.text[:EXCERPT],
        )


def _quizzes(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    named = reduce(and_, (Q(title__icontains=word) for word in words))
    # Whoever is asked by the roster of the due day may see it: no day is needed for a search.
    for quiz in quizzes_seen_by(account, date.max).filter(named)[:limit]:
        yield Found(title=quiz.title, url=reverse("study:law-quiz", args=[quiz.pk]))

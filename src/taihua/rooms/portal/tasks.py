"""The PDF of a published document, set in the background."""

from datetime import datetime

from django.tasks import task

from taihua.rooms.portal.actions import publishing
from taihua.rooms.portal.models import Article


@task
def add_pdf(article_id: int, asked: str) -> int | None:
    """Set the PDF of an article's document and put it beside the article; the file's id comes back."""
    article = Article.objects.get(pk=article_id)
    made = publishing.add_pdf(article=article, at=datetime.fromisoformat(asked))
    return made.pk if made else None

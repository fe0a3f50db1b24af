"""What the portal does in the background: a document's PDF, the record of what has appeared."""

from datetime import datetime

from django.tasks import task

from taihua.base import clock
from taihua.base.rounds import comes_round
from taihua.rooms.portal.actions import publishing
from taihua.rooms.portal.actions.review import record_appeared
from taihua.rooms.portal.models import Article


@task
def add_pdf(article_id: int, asked: str) -> int | None:
    """Set the PDF of an article's document and put it beside the article; the file's id comes back."""
    article = Article.objects.get(pk=article_id)
    made = publishing.add_pdf(article=article, at=datetime.fromisoformat(asked))
    return made.pk if made else None


@comes_round("portal.record-appeared", "*/10 * * * *")
@task
def put_appeared_on_record() -> int:
    """Put on record what was set for later and can be read by now; tells how many."""
    return record_appeared(at=clock.now())

"""What the portal does in the background: PDFs, what has appeared, links; and it forgets senders."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.tasks import task

from taihua.base import clock
from taihua.base.outside import Standing, standing
from taihua.base.rounds import comes_round
from taihua.rooms.portal.actions import publishing
from taihua.rooms.portal.actions.opinions import forget_senders
from taihua.rooms.portal.actions.review import record_appeared
from taihua.rooms.portal.actions.upkeep import note_links
from taihua.rooms.portal.enums import Rot
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.links import Dead, Told, look
from taihua.rooms.portal.queries.public import documents_shown

WHY = {Standing.NOTHING: Rot.OUTSIDE, Standing.WITHIN: Rot.HIDDEN}


@comes_round("portal.forget-senders", "10 0 * * *")
@task
def forget_senders_of_earlier_days() -> None:
    """Forget where opinions and faults came from: the marks that hold off floods last for a day."""
    forget_senders(clock.today())


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


@comes_round("portal.stamp-replaced", "5,15,25,35,45,55 * * * *")
@task
def stamp_replaced() -> int:
    """Let PDFs of public documents that no longer count say so; tells how many began to."""
    at = clock.now()
    made = [publishing.stamp_replaced(article=each, at=at) for each in documents_shown(at)]
    return len([file for file in made if file])


@comes_round("portal.check-links", "40 2 * * 1")
@task
def check_links() -> None:
    """Look at the links, pictures and files of all public articles.

    What leads out of the site is asked for only where ``TAIHUA_CHECK_OUTSIDE`` allows it, and never
    within: a link into the house leads readers nowhere.
    """
    at = clock.now()
    told = look(at, settings.ALLOWED_HOSTS)
    outside = settings.TAIHUA_CHECK_OUTSIDE
    dead = [*told.dead, *(_dead_outside(told) if outside else ())]
    note_links(dead=dead, links=told.links, outside=outside, at=at)


def _dead_outside(told: Told) -> Iterator[Dead]:
    for address, articles in told.outside.items():
        if why := WHY.get(standing(address)):
            for article in dict.fromkeys(articles):
                yield Dead(article, address, why)

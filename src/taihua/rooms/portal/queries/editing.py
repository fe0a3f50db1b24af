"""What those who write, review and issue have before them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.kernel.documents.queries import issued
from taihua.kernel.org.access import is_clerk, sees_all
from taihua.kernel.org.models import Account, Grant
from taihua.rooms.portal.access.articles import (
    ISSUING,
    may_issue,
    reviewing,
    units_open_to,
    units_reviewed_by,
)
from taihua.rooms.portal.enums import Stage, Step
from taihua.rooms.portal.logic.review import changes, stage_of
from taihua.rooms.portal.logic.scan import Finding, scan
from taihua.rooms.portal.logic.words import Shown
from taihua.rooms.portal.models import Article, Picture, ReviewStep, Revision
from taihua.rooms.portal.queries.attached import findings_in_files

HEAVY = ("newest__text", "newest__html", "newest__plain")
MOST = 100
NAMED = 8  # of those who could go on, so many are named
PDF_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class Desk:
    """What concerns somebody at the desk of the portal."""

    mine: Sequence[Article]
    to_review: Sequence[Article]
    to_issue: Sequence[Article]
    scheduled: Sequence[Article]
    to_publish: Sequence[Version]


def articles() -> QuerySet[Article]:
    """Every article with the newest words of it, its column, its unit and its ``last`` step."""
    found = Article.objects.select_related("newest", "column", "unit", "drafter__person")
    return found.annotate(last=_last_step())


def _last_step() -> Subquery:
    steps = ReviewStep.objects.filter(revision=OuterRef("newest")).order_by("-pk")
    return Subquery(steps.values("step")[:1])


def articles_open_to(account: Account) -> QuerySet[Article]:
    """The articles whose drafts and review ``account`` may see."""
    if sees_all(account) or may_issue(account):
        return articles()
    own = Article.objects.filter(drafter=account) | Article.objects.filter(
        unit__in=units_open_to(account)
    )
    return articles().filter(pk__in=own.values("pk"))


def waiting_for_review(account: Account) -> QuerySet[Article]:
    """What was handed in, and ``account`` may pass: nothing of its own hand, the oldest first."""
    found = _at(Step.HAND_IN)
    if not is_clerk(account):
        found = found.filter(unit__in=units_reviewed_by(account))
    return _not_by(account, found)


def waiting_for_issue(account: Account) -> QuerySet[Article]:
    """What was passed by somebody else, and ``account`` may issue, the oldest first."""
    if not may_issue(account):
        return Article.objects.none()
    passed = ReviewStep.objects.filter(step=Step.PASS, by=account).values("revision")
    return _not_by(account, _at(Step.PASS).exclude(newest__in=passed))


def _at(step: Step) -> QuerySet[Article]:
    """The articles with whose newest words that step was taken last."""
    there = Article.objects.annotate(taken=_last_step()).filter(taken=step)
    return articles().filter(pk__in=there.values("pk"))


def _not_by(account: Account, found: QuerySet[Article]) -> QuerySet[Article]:
    """Without what ``account`` wrote since the last issue, or handed in."""
    given = ReviewStep.objects.filter(step=Step.HAND_IN, by=account).values("revision")
    written = Revision.objects.filter(article=OuterRef("pk"), written_by=account).filter(
        Q(number__gt=OuterRef("live__number")) | Q(article__live__isnull=True)
    )
    found = found.exclude(newest__in=given).exclude(Exists(written))
    return found.order_by("newest__written_at", "pk")


def hands_of(article: Article) -> set[int]:
    """Who wrote what is not issued yet, or handed the newest revision in (accounts by id)."""
    since = article.live.number if article.live else 0
    own = article.revisions.filter(number__gt=since)
    hands = set(own.filter(written_by__isnull=False).values_list("written_by", flat=True))
    given = ReviewStep.objects.filter(revision=article.newest_id, step=Step.HAND_IN)
    given = given.filter(by__isnull=False)
    return hands | set(given.values_list("by", flat=True))


def hands_to_come(article: Article, at: Stage, hands: set[int]) -> list[Account]:
    """Who can take the next step with what was handed in or passed, by name; nobody of its ``hands``."""
    if at == Stage.IN_REVIEW:
        may, done = reviewing(article.unit), set[int]()
    elif at == Stage.PASSED:
        steps = ReviewStep.objects.filter(revision=article.newest_id, step=Step.PASS)
        may, done = ISSUING, set(steps.filter(by__isnull=False).values_list("by", flat=True))
    else:
        return []
    found = Account.objects.filter(pk__in=Grant.objects.filter(may).values("account"))
    found = found.filter(is_active=True).exclude(pk__in=hands | done)
    return list(found.order_by("person__name", "username")[:NAMED])


def desk_of(account: Account, at: datetime) -> Desk:
    """What concerns ``account`` at a moment, in five lists."""
    open_to = articles_open_to(account).defer(*HEAVY)
    mine = open_to.filter(drafter=account).exclude(live=F("newest"))
    scheduled = open_to.filter(live__isnull=False, published_at__gt=at)
    return Desk(
        mine=list(mine.order_by("-newest__written_at", "-pk")[:MOST]),
        to_review=list(waiting_for_review(account).defer(*HEAVY)[:MOST]),
        to_issue=list(waiting_for_issue(account).defer(*HEAVY)[:MOST]),
        scheduled=list(scheduled.order_by("published_at", "pk")[:MOST]),
        to_publish=list(documents_to_publish()[:MOST]) if may_issue(account) else [],
    )


def published_for(account: Account, at: datetime) -> QuerySet[Article]:
    """What is public at a moment and ``account`` may go on with, the newest first."""
    found = articles_open_to(account).filter(live__isnull=False, published_at__lte=at)
    return found.select_related("live").defer(*HEAVY).order_by("-published_at", "-pk")


def documents_to_publish() -> QuerySet[Version]:
    """The issued documents that a room can show as a paper and that are no article yet."""
    published = Article.objects.filter(version__isnull=False).values("version")
    found = issued().filter(document__kind__in=house.papers()).exclude(pk__in=published)
    return found.select_related("document__unit").defer("body", "provenance")


def document_without_pdf(article: Article) -> Version | None:
    """The version of which an article was made, where its PDF does not stand beside it."""
    if article.version is None or article.files.filter(media_type=PDF_TYPE).exists():
        return None
    return Version.objects.select_related("document").get(pk=article.version)


def stage(article: Article) -> Stage:
    """How far the newest revision is."""
    return stage_of(steps_of(article.newest)) if article.newest else Stage.DRAFT


def steps_of(revision: Revision) -> list[str]:
    """The steps taken with a revision, the oldest first."""
    return list(revision.steps.order_by("pk").values_list("step", flat=True))


def history_of(article: Article) -> list[Revision]:
    """The revisions of an article, the newest first, each with its steps in order."""
    steps = ReviewStep.objects.select_related("by__person").order_by("pk")
    found = article.revisions.select_related("written_by__person").defer("text", "html", "plain")
    return list(found.prefetch_related(Prefetch("steps", steps)).order_by("-number"))


def changes_since(article: Article, number: int) -> list[tuple[str, str]]:
    """What the newest revision changes of an earlier one, title and text."""
    before = article.revisions.filter(number=number).first()
    if before is None or article.newest is None:
        return []
    return changes(*(f"{words.title}\n{words.plain}" for words in (before, article.newest)))


def pictures_of(article: Article) -> QuerySet[Picture]:
    """The pictures of an article without their bytes."""
    return article.pictures.defer("content").order_by("number")


def shown_pictures(article: Article) -> dict[int, Shown]:
    """The pictures of an article by number, as its text shows them."""
    return {
        each.number: Shown(
            reverse("portal:picture", args=[each.pk]),
            each.alt,
            each.caption,
            each.width,
            each.height,
        )
        for each in pictures_of(article)
    }


def findings_in(article: Article) -> list[Finding]:
    """What must not be published in the newest words, the pictures, and the files."""
    words = article.newest
    if words is None:
        return []
    texts = [
        (_("标题"), words.title),
        (_("来源"), words.source),
        (_("作者"), words.byline),
        (_("摘要"), words.summary),
        (_("正文"), words.plain),
    ]
    for picture in pictures_of(article):
        place = _("图%(number)d的文字") % {"number": picture.number}
        texts.append((place, f"{picture.alt}\n{picture.caption}"))
    return [*scan([*texts, *_enclosed(article)]), *findings_in_files(article)]


def _enclosed(article: Article) -> Iterator[tuple[str, str]]:
    """What the files of its document say beyond the words of the article."""
    if article.version is None:
        return
    version = Version.objects.select_related("document").get(pk=article.version)
    read = house.enclosed().get(version.document.kind)
    for title, text in read(version) if read else ():
        yield _("附件里的《%(title)s》") % {"title": title}, text

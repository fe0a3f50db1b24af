"""The steps of review: handed in, passed, issued, each by another; taken down and put back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from taihua.kernel.documents.models import Document
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import everything_said
from taihua.rooms.portal.access.articles import may_edit, may_issue, may_review
from taihua.rooms.portal.actions.articles import ArticleRefused, locked, newest_of
from taihua.rooms.portal.actions.indexing import reindex
from taihua.rooms.portal.enums import Step
from taihua.rooms.portal.logic.review import may_follow
from taihua.rooms.portal.logic.scan import Finding, Kind
from taihua.rooms.portal.models import Article, ReviewStep, Revision
from taihua.rooms.portal.queries.editing import findings_in, hands_of, steps_of

PUBLISHED, FROM_DOCUMENT = "published", "published-document"
KIND = "portal/article"


class Sensitive(ArticleRefused):
    """Something stands in the text that must not be published; ``findings`` say what and where."""

    def __init__(self, findings: list[Finding], message: str) -> None:
        super().__init__(message)
        self.findings = findings


@transaction.atomic
def hand_in(*, article: Article, expected: int, by: Account, at: datetime) -> ReviewStep:
    """Hand the newest revision in for review.

    :raises Sensitive: an identity or card number stands in it
    :raises ArticleRefused: it is not ``by``'s to hand in, was changed, or was handed in already
    """
    article, words = _opened(article, expected, Step.HAND_IN)
    if not may_edit(by, article):
        raise ArticleRefused(_("这篇文章不归您送审。"))
    if grave := [each for each in findings_in(article) if each.kind is not Kind.MOBILE]:
        raise Sensitive(grave, _("文中有不能公开的号码，请按下面说的改好再送审。"))
    return _take(words, Step.HAND_IN, by, at)


@transaction.atomic
def pass_on(*, article: Article, expected: int, by: Account, at: datetime) -> ReviewStep:
    """Pass a revision that somebody else wrote on to whoever issues.

    :raises ArticleRefused: not ``by``'s to review, of the own hand, changed, or not handed in
    """
    article, words = _opened(article, expected, Step.PASS)
    _refuse_reviewer(article, by)
    return _take(words, Step.PASS, by, at)


@transaction.atomic
def give_back(
    *, article: Article, expected: int, reason: str, by: Account, at: datetime
) -> ReviewStep:
    """Return a revision to its drafter with the reason: by the reviewer, or by the issuer.

    :raises ArticleRefused: no reason, not ``by``'s step, of the own hand, or changed
    """
    article, words = _opened(article, expected, Step.RETURN)
    if steps_of(words)[-1] == Step.PASS:
        _refuse_issuer(article, words, by)
    else:
        _refuse_reviewer(article, by)
    return _take(
        words, Step.RETURN, by, at, _said(reason, _("请写明退回的原因，拟稿人才知道改哪里。"))
    )


@transaction.atomic
def issue(
    *, article: Article, expected: int, by: Account, at: datetime, reason: str = ""
) -> Article:
    """Make a passed revision what everybody reads: now, or from the moment that was set.

    A correction takes the place of what was public; the day stays. What everybody can read now
    for the first time goes on record; what is set for later does when it appears.

    :param reason: why a mobile number may stand in it
    :raises Sensitive: an identity or card number stands in it, or a mobile number without a reason
    :raises ArticleRefused: not ``by``'s step, of the own hand, passed by the same, or changed
    """
    article, words = _opened(article, expected, Step.ISSUE)
    _refuse_issuer(article, words, by)
    refuse_sensitive(article, reason)
    is_first = not ReviewStep.objects.filter(revision__article=article, step=Step.ISSUE).exists()
    _take(words, Step.ISSUE, by, at, reason.strip())
    if is_first and (article.published_at is None or article.published_at < at):
        article.published_at = at
    go_public(article, words)
    if is_first and article.published_at == at:
        put_on_record(article, words, at, by)
    return article


@transaction.atomic
def withdraw(*, article: Article, reason: str, by: Account, at: datetime) -> Article:
    """Take an article down, with the reason; it stays in the house and can be put back.

    :raises ArticleRefused: no reason, ``by`` does not issue, or it is not public
    """
    article = locked(article)
    if not may_issue(by):
        raise ArticleRefused(_("撤下由签发人来办。"))
    if article.live is None:
        raise ArticleRefused(_("这篇文章现在没有公开。"))
    _take(article.live, Step.WITHDRAW, by, at, _said(reason, _("请写明撤下的原因。")))
    article.live = None
    article.save(update_fields=["live"])
    reindex(article)
    return article


@transaction.atomic
def restore(*, article: Article, by: Account, at: datetime) -> Article:
    """Put back what was taken down, as it was.

    :raises ArticleRefused: ``by`` does not issue, or it was not taken down
    """
    article = locked(article)
    if not may_issue(by):
        raise ArticleRefused(_("恢复由签发人来办。"))
    taken = withdrawn(article)
    if taken is None:
        raise ArticleRefused(_("这篇文章没有撤下，不用恢复。"))
    _take(taken, Step.RESTORE, by, at)
    article.live = taken
    article.save(update_fields=["live"])
    reindex(article)
    return article


def withdrawn(article: Article) -> Revision | None:
    """The revision that was taken down and not put back."""
    if article.live_id is not None:
        return None
    steps = ReviewStep.objects.filter(
        revision__article=article, step__in=[Step.ISSUE, Step.WITHDRAW, Step.RESTORE]
    )
    last = steps.select_related("revision").order_by("-pk").first()
    return last.revision if last and last.step == Step.WITHDRAW else None


def refuse_sensitive(article: Article, reason: str) -> None:
    """Refuse to publish what must not be public.

    :raises Sensitive: an identity or card number, or a mobile number without a reason
    """
    findings = findings_in(article)
    if any(each.kind is not Kind.MOBILE for each in findings):
        raise Sensitive(findings, _("文中有不能公开的号码，改掉以前不能签发。"))
    if findings and not reason.strip():
        raise Sensitive(findings, _("文中有手机号码。请退回修改；确需公开的，写明理由再签发。"))


def go_public(article: Article, words: Revision) -> None:
    """Let everybody read ``words`` from the article's moment on."""
    if article.expires_at and article.published_at and article.expires_at <= article.published_at:
        raise ArticleRefused(_("撤下时间已经过了，请先改撤下时间。"))
    article.live = words
    article.save(update_fields=["live", "published_at"])
    reindex(article)


@transaction.atomic
def record_appeared(*, at: datetime) -> int:
    """Put on record what was set for a later moment and has appeared by now; tells how many.

    It counts on the day on which it appeared, as an article that was brought in does. What was
    withdrawn before appeared to nobody and is no statement; what is on record, or was taken back
    from it, is not put there again.
    """
    ahead = ReviewStep.objects.filter(
        step=Step.ISSUE,
        at__lt=F("revision__article__published_at"),
        revision__article=OuterRef("pk"),
    )
    rows = Article.objects.select_for_update(of=("self",)).select_related("unit", "column")
    appeared = list(
        rows.filter(Exists(ahead), live__isnull=False, published_at__lte=at).order_by("pk")
    )
    paths = [each.path for each in appeared]
    told = everything_said().filter(verb__code=PUBLISHED, object_path__in=paths)
    known = set(told.values_list("object_path", flat=True))
    new = [each for each in appeared if each.path not in known]
    for article in new:
        words = Revision.objects.get(pk=article.live_id or 0)
        steps = ReviewStep.objects.filter(revision__article=article, step=Step.ISSUE)
        document = Document.objects.filter(versions=article.version or 0).first()
        by = steps.select_related("by").order_by("pk")[0].by
        put_on_record(article, words, at, by, document.title if document else "")
    return len(new)


def put_on_record(
    article: Article, words: Revision, at: datetime, by: Account | None, document: str = ""
) -> None:
    """State that a unit's article was published, as its row of the ledger says it."""
    context = {"column": article.column.title, "source": words.source, "byline": words.byline}
    kept = {key: said for key, said in context.items() if said}
    if document:
        kept["document"] = document
    record(
        unit=article.unit,
        verb=PUBLISHED,
        kind=KIND,
        path=article.path,
        label=words.title,
        at=at,
        occurred_at=article.published_at,
        context=kept,
        entered_by=by,
    )
    if document:
        record(
            unit=article.unit,
            verb=FROM_DOCUMENT,
            kind=KIND,
            path=article.path,
            label=document,
            at=at,
            occurred_at=article.published_at,
            entered_by=by,
        )


def _opened(article: Article, expected: int, step: Step) -> tuple[Article, Revision]:
    article = locked(article)
    words = newest_of(article)
    if words.number != expected:
        raise ArticleRefused(_("您查看期间，又存了新的一稿。请看过最新一稿再办。"))
    if not may_follow(steps_of(words), step):
        raise ArticleRefused(_("这一步已经有人办过，或者还轮不到。请看右边的经过。"))
    return article, words


def _refuse_reviewer(article: Article, by: Account) -> None:
    if not may_review(by, article):
        raise ArticleRefused(_("这篇文章不归您审核。"))
    _refuse_own(article, by)


def _refuse_issuer(article: Article, words: Revision, by: Account) -> None:
    if not may_issue(by):
        raise ArticleRefused(_("签发由局领导来办。"))
    _refuse_own(article, by)
    if words.steps.filter(step=Step.PASS, by=by).exists():
        raise ArticleRefused(_("这一稿是您审核的，要由另一位签发。"))


def _refuse_own(article: Article, by: Account) -> None:
    if by.pk in hands_of(article):
        raise ArticleRefused(_("这一稿有您写的或送审的，要由别人来办。"))


def _take(words: Revision, step: Step, by: Account, at: datetime, reason: str = "") -> ReviewStep:
    return ReviewStep.objects.create(revision=words, step=step, by=by, at=at, reason=reason)


def _said(reason: str, missing: str) -> str:
    if not reason.strip():
        raise ArticleRefused(missing)
    return reason.strip()

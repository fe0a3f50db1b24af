"""What the house is told of articles."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taihua.base.clock import local_day
from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.documents.models import Version
from taihua.kernel.house import Act, Due, Mechanism, MenuEntry, Word
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Tally
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.models import Account, Person
from taihua.kernel.org.queries import account_of
from taihua.kernel.records.ledgers import Also, StatementStore, columns
from taihua.rooms.portal.access.articles import may_issue
from taihua.rooms.portal.actions.review import FROM_DOCUMENT, KIND, PUBLISHED
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.editing import waiting_for_issue, waiting_for_review
from taihua.rooms.portal.queries.public import is_shown

WITHIN = timedelta(days=3)
VERBS = [Word(PUBLISHED, "发布文章"), Word(FROM_DOCUMENT, "发布文件")]
KINDS = [Word(KIND, "文章")]
MENU = [
    MenuEntry(
        _("门户"),
        "portal:desk",
        is_logged_in,
        order=28,
        sentence=_("写文章、审核、签发，把印发的文件发布出去。"),
    )
]
ACTS = [
    Act(PUBLISHED, _("写文章"), "portal:desk"),
    Act(FROM_DOCUMENT, _("发布文件"), "portal:desk"),
]
TOLD = (
    columns.unit(_("供稿单位"), "发布单位"),
    columns.day(_("发布日期"), "发布时间"),
    columns.topic(_("标题"), "文章标题", "题目", key=True),
    Column("column", _("栏目"), Kind.TEXT, synonyms=("所属栏目",)),
    Column("source", _("来源"), Kind.TEXT, synonyms=("信息来源",)),
    Column("byline", _("作者"), Kind.TEXT, synonyms=("撰稿人",)),
    Column("document", _("出自文件"), Kind.TEXT, synonyms=("文件", "原文件")),
)
LEDGERS = [
    Ledger(
        code="articles",
        title=_("发布文章台账"),
        sentence=_("哪天在哪个栏目发布了哪篇文章，来源是谁。"),
        columns=TOLD,
        store=StatementStore(
            ledger="articles",
            columns=TOLD,
            verb=PUBLISHED,
            kind=KIND,
            fields={
                "unit": "unit",
                "day": "day",
                "topic": "label",
                "column": "context.column",
                "source": "context.source",
                "byline": "context.byline",
                "document": "context.document",
            },
            also=(Also("document", FROM_DOCUMENT),),
        ),
    )
]
FIGURES = [
    Figure(
        "portal.articles",
        _("发布的文章"),
        _("统计期内首次公开的文章，更正、撤下不另计；定时发布的、带入的旧文章按公开的日子计。"),
        _("篇"),
        Tally((PUBLISHED,), (KIND,), Count.OBJECTS),
    ),
    Figure(
        "portal.documents",
        _("发布的文件"),
        _("统计期内由印发的文件发布成的文章，一份文件只计一次。"),
        _("份"),
        Tally((FROM_DOCUMENT,), (KIND,), Count.OBJECTS),
    ),
]
MECHANISMS: list[Mechanism] = []


def publishing_of(account: Account, version: Version, at: datetime) -> Act | None:
    """The public page of a document; else, for who issues, the page on which it is published."""
    article = Article.objects.filter(version=version.pk).select_related("column").first()
    if article and is_shown(article, at):
        return Act(FROM_DOCUMENT, _("看公开的文章"), "portal:article", (str(article.pk),))
    if article or not version.is_issued or not may_issue(account):
        return None
    return Act(FROM_DOCUMENT, _("发布到门户"), "portal:publish", (str(version.pk),))


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """What waits for one's review or issue."""
    account = account_of(person)
    if account is None:
        return
    for article in waiting_for_review(account):
        yield _due(article, "review", gettext("《%(title)s》等您审核"), gettext("去审核"), on)
    for article in waiting_for_issue(account):
        yield _due(article, "issue", gettext("《%(title)s》等您签发"), gettext("去签发"), on)


def _due(article: Article, step: str, sentence: str, act: str, on: date) -> Due:
    words = article.newest
    written = local_day(words.written_at) if words else on
    return Due(
        topic=f"{article.path}/{step}",
        sentence=sentence % {"title": words.title if words else ""},
        due=written + WITHIN,
        url=reverse("portal:draft", args=[article.pk]),
        act=act,
    )

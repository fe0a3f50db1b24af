"""What the house is told of consultations."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taihua.base.clock import ZONE
from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.house import Act, Due, Happening, Mark, Mechanism, MenuEntry, Word
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Ratio, Tally
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger
from taihua.rooms.portal.access.consultations import is_asked
from taihua.rooms.portal.models import Consultation
from taihua.rooms.portal.queries.consultations import asking

KIND, OPINION = "portal/consultation", "portal/opinion"
VERBS: list[Word] = [
    Word("planned-consultation", "计划征求意见", plans=True),
    Word("opened-consultation", "征求意见"),
    Word("explained-draft", "写起草说明"),
    Word("gave-opinion", "提意见"),
    Word("answered-opinion", "答复一条意见"),
    Word("answered-opinions", "答复全部意见"),
    Word("published-final", "公布最终文本"),
    Word("looked-back", "征求意见回头看"),
]
KINDS: list[Word] = [Word(KIND, "征求意见"), Word(OPINION, "意见")]
MENU: list[MenuEntry] = [
    MenuEntry(
        _("征求意见"),
        "portal:consultations",
        is_logged_in,
        order=28,
        sentence=_("看正在征求意见的稿子，提意见，查意见办得怎样。"),
    )
]
ACTS: list[Act] = [
    Act("opened-consultation", _("征求一次意见"), "portal:new-consultation"),
    Act("gave-opinion", _("看征求意见稿"), "portal:consultations"),
]
KEPT = (
    columns.unit(_("单位"), "起草单位", "承办单位"),
    columns.day(_("发出日期"), "征求意见日期", "开始日期"),
    columns.topic(_("征求意见稿"), "标题", "名称", "文件", "内容", key=True),
    Column("closes", _("截止日期"), Kind.DAY, synonyms=("结束日期", "截止时间")),
    Column("explanation", _("起草说明"), Kind.WORDS, synonyms=("说明",)),
    Column("opinions", _("意见条数"), Kind.TEXT, synonyms=("收到意见", "意见数")),
    Column("answered", _("意见答复情况"), Kind.WORDS, synonyms=("采纳情况", "答复情况")),
    Column("final", _("最终文本"), Kind.WORDS, synonyms=("定稿", "印发文件", "修改情况")),
    Column("look_back", _("有没有用"), Kind.WORDS, synonyms=("回头看", "效果")),
)
LEDGERS: list[Ledger] = [
    Ledger(
        code="consultations",
        title=_("征求意见台账"),
        sentence=_("哪个单位就哪份稿子征求了意见，意见怎样答复，最后改成了什么样。"),
        columns=KEPT,
        store=StatementStore(
            ledger="consultations",
            columns=KEPT,
            verb="opened-consultation",
            kind=KIND,
            fields={
                "unit": "unit",
                "day": "day",
                "topic": "label",
                "closes": "context.closes",
                "explanation": "result.explanation",
                "opinions": "result.opinions",
                "answered": "result.answered",
                "final": "result.final",
                "look_back": "result.look_back",
            },
            also=(
                Also("explanation", "explained-draft"),
                Also("answered", "answered-opinions"),
                Also("final", "published-final"),
                Also("look_back", "looked-back"),
            ),
        ),
    ),
    plan_ledger(
        "consultation-plans",
        _("征求意见计划台账"),
        _("哪些文件要先征求意见，什么时候发出，先写下来。"),
        "planned-consultation",
        {"征求意见": KIND},
    ),
]
IN_YEAR = _("统计期内发生、未作废的记录。")
FOR_YEAR = _("为统计期订的、没有作废的计划；没写计划时间的，按制定日期算。")


def _tally(verb: str) -> Tally:
    return Tally((verb,), (KIND,), Count.OBJECTS)


OPENED = _tally("opened-consultation")
FIGURES: list[Figure] = [
    Figure(
        "portal.consultations",
        _("征求意见"),
        _("统计期内发出的征求意见稿，一份计一次；按发出的日子算，公开的和内部的都算。"),
        _("次"),
        OPENED,
    ),
    Figure("portal.consultations_planned", _("列入计划的征求意见"), FOR_YEAR, _("次"), _tally("planned-consultation")),
    Figure("portal.explained_share", _("附有起草说明的征求意见占"), _("统计期内发出的征求意见稿里，附有起草说明的占多少。"), "", Ratio(_tally("explained-draft"), OPENED)),
    Figure("portal.consultations_answered", _("意见全部答复的征求意见"), _("统计期内公布了采纳情况的征求意见。"), _("次"), _tally("answered-opinions")),
    Figure("portal.consultations_answered_share", _("意见全部答复的征求意见占"), _("统计期内公布采纳情况的，比统计期内发出的；年底发出、来年公布的算在来年。"), "", Ratio(_tally("answered-opinions"), OPENED)),
    Figure("portal.finals", _("公布最终文本的征求意见"), IN_YEAR, _("次"), _tally("published-final")),
    Figure("portal.looked_back", _("回头看过的征求意见"), IN_YEAR, _("次"), _tally("looked-back")),
]  # fmt: skip
MECHANISMS: list[Mechanism] = [
    Mechanism(
        "C1",
        _("征求意见：稿子先给大家看，条条有答复"),
        plan=Mark("portal.consultations_planned", 1, _("今年没有征求意见的计划")),
        content=Mark("portal.explained_share", 1, _("有的征求意见稿没有起草说明，或者今年还没有征求过意见")),
        check=Mark("portal.consultations_answered_share", 1, _("有的征求意见还没有答复完、公布采纳情况")),
        effect=Mark("portal.finals", 1, _("还没有一份最终文本写明根据意见改了什么")),
    )
]  # fmt: skip
LAST_HOUR = time(17, 30)


def happenings(whose: Person | Unit, first: date, last: date) -> Iterator[Happening]:
    """The closing days of what one is asked or a unit asks."""
    found = Consultation.objects.filter(sent_at__isnull=False, closes__range=(first, last))
    for each in found.select_related("host").order_by("closes", "pk"):
        if _concerns(whose, each):
            at = datetime.combine(each.closes, LAST_HOUR, ZONE)
            yield Happening(
                path=each.path,
                title=gettext("征求意见截止：%(title)s") % {"title": each.title},
                first=at,
                last=at,
                url=reverse("portal:consultation", args=[each.pk]),
                place=each.host.name,
                revision=int(each.withdrawn_on is not None),
                is_cancelled=each.withdrawn_on is not None,
            )


def _concerns(whose: Person | Unit, each: Consultation) -> bool:
    if isinstance(whose, Unit):
        return each.host_id == whose.pk
    if each.responsible_id == whose.pk:
        return True
    account = getattr(whose, "account", None)
    return not each.is_public and account is not None and is_asked(account, each, each.closes)


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """Internal drafts on which one has said nothing yet; opinions that wait for whoever is responsible."""
    account = getattr(person, "account", None)
    for each in _unheard(account, person, on) if account else ():
        yield Due(
            topic=each.path,
            sentence=gettext("《%(title)s》征求您的意见") % {"title": each.title},
            due=each.closes,
            url=reverse("portal:consultation", args=[each.pk]),
            act=gettext("去看"),
            covers=("gave-opinion",),
        )
    waiting = Consultation.objects.filter(
        responsible=person,
        sent_at__isnull=False,
        published_on__isnull=True,
        withdrawn_on__isnull=True,
        closes__lt=on,
    )
    for each in waiting.order_by("closes", "pk"):
        yield Due(
            topic=f"{each.path}/answers",
            sentence=gettext("《%(title)s》征求意见已截止，请答复意见、公布最终文本")
            % {"title": each.title},
            due=date.fromordinal(each.closes.toordinal() + 30),
            url=reverse("portal:opinions", args=[each.pk]),
            act=gettext("去答复"),
        )


def _unheard(account: Account, person: Person, on: date) -> QuerySet[Consultation]:
    """The internal consultations that take opinions and have none of that person."""
    running = asking(account, on).filter(
        sent_at__isnull=False, withdrawn_on__isnull=True, opens__lte=on, closes__gte=on
    )
    return running.exclude(opinions__person=person).order_by("closes", "pk")

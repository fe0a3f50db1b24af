"""What care tells the house: its words, ledgers, figures, marks and story."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger, Row
from taihua.kernel.house import Mark, Mechanism, Room, Story, Word, open_room
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Ratio, Tally
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger, told
from taihua.kernel.records.tokens import opaque

PAID = (
    columns.unit(_("学校"), "学校名称", "所在学校", "单位"),
    columns.day(_("发放日期"), "发放时间", "日期"),
    Column(
        "pupil",
        _("学生"),
        Kind.TOKEN,
        required=True,
        key=True,
        within="unit",
        synonyms=("学生姓名", "受助学生", "姓名", "受助学生姓名"),
        help=_("只存不可还原的代号，姓名不入库；同校同名的请在姓名后加班级。"),
    ),
    Column(
        "item",
        _("资助项目"),
        Kind.TEXT,
        required=True,
        key=True,
        synonyms=("项目", "资助类别", "资助名称", "补助项目"),
    ),
    Column(
        "yuan",
        _("金额"),
        Kind.NUMBER,
        required=True,
        measure="元",
        most=Decimal(50_000),
        synonyms=("资助金额", "发放金额", "补助金额"),
    ),
    Column("notice", _("公示情况"), Kind.TEXT, synonyms=("公示", "公示时间", "公示日期")),
    Column("receipt", _("签收情况"), Kind.TEXT, synonyms=("签收", "领取情况", "到账情况")),
)
AID = Ledger(
    code="aid",
    title=_("学生资助发放台账"),
    sentence=_("哪所学校给多少学生发了什么资助，多少元；学生只记代号。"),
    columns=PAID,
    store=StatementStore(
        ledger="aid",
        columns=PAID,
        verb="paid-aid",
        kind="care/pupil",
        fields={
            "unit": "unit",
            "day": "day",
            "pupil": "path",
            "item": "label",
            "yuan": "quantity",
            "notice": "context.notice",
            "receipt": "result.receipt",
        },
        also=(Also("notice", "announced-aid"), Also("receipt", "received-aid")),
    ),
    conceal=partial(opaque, "care/pupil"),
    ignores=("身份证号", "学籍号", "银行卡号", "家长姓名", "联系电话", "家庭住址", "年级", "班级"),
)
PLANS = plan_ledger(
    "aid-plans",
    _("资助计划台账"),
    _("一年的资助安排，先写下来。"),
    "planned-aid",
    {"学生资助": "care/pupil", "全区安排": "care/scheme"},
)

IN_YEAR = _("统计期内发生、未作废的记录。")
FOR_YEAR = _("为统计期订的、没有作废的计划；没写计划时间的，按制定日期算。")
PUPIL, SCHEME = ("care/pupil",), ("care/scheme",)
PAID_OUT, PAYING = Tally(("paid-aid",), PUPIL), Tally(("paid-aid",), PUPIL, Count.UNITS)
FIGURES = (
    Figure("care.planned", _("列入计划的资助"), _("统计期内全区的资助安排和学校的资助计划。"), _("项"), Tally(("planned-aid",), PUPIL + SCHEME)),
    Figure("care.schemes", _("全区的资助安排"), FOR_YEAR, _("项"), Tally(("planned-aid",), SCHEME)),
    Figure("care.paid_share", _("有资助计划的学校里发放了的占"), _("统计期内写了资助计划的学校里，至少发放一次的占多少。"), "", Ratio(PAYING, Tally(("planned-aid",), PUPIL, Count.UNITS))),
    Figure("care.aid_yuan", _("发放的各类资助金"), _("统计期内发放台账的金额之和，精确到分。"), _("元"), Tally(("paid-aid",), PUPIL, Count.QUANTITY)),
    Figure("care.pupils", _("受助学生"), _("统计期内至少得到一次资助的学生，按代号一人只计一次。"), _("人"), Tally(("paid-aid",), PUPIL, Count.OBJECTS)),
    Figure("care.announced", _("发放前公示过的资助"), _("发放台账写明了公示情况的发放。"), _("笔"), Tally(("announced-aid",), PUPIL)),
    Figure("care.announced_share", _("发放的资助里公示过的占"), _("统计期内的发放里，写明了公示情况的占多少。"), "", Ratio(Tally(("announced-aid",), PUPIL), PAID_OUT)),
    Figure("care.received_share", _("发放的资助里有签收的占"), _("统计期内的发放里，写明了签收情况的占多少。"), "", Ratio(Tally(("received-aid",), PUPIL), PAID_OUT)),
    Figure("care.schools", _("发放资助的学校"), _("统计期内至少发放一次资助的学校。"), _("所"), PAYING),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "C6",
        _("贫困学生资助体系"),
        plan=Mark("care.schemes", 2, _("春秋两季的资助安排没有都写下来")),
        content=Mark("care.paid_share", 1, _("有学校写了计划，今年还没有发放")),
        check=Mark("care.announced_share", 1, _("有的发放没有公示记录")),
        effect=Mark("care.received_share", 1, _("有的资助还没有签收记录")),
    ),
)

PUPILS, YUAN = 628, Decimal(200)
SIGNED_WITHIN = 60  # days after which every receipt is in
ITEM = "家庭经济困难学生生活补助"


def tell(story: Story) -> None:
    """In the story's last year each school but one pays its pupils, in spring or in autumn."""
    bureaus, schools = story.units(UnitKind.BUREAU), story.units(UnitKind.SCHOOL)
    if not bureaus or not schools:
        return
    codes = [school.code for school in schools]
    for ledger, rows in (
        (PLANS, _plans(story, bureaus[0].code, codes)),
        (AID, _payments(story, codes[:-1] or codes)),
    ):
        for draft in told(ledger, rows, story.rng):
            story.add(draft)


def _plans(story: Story, bureau: str, schools: list[str]) -> Iterator[Row]:
    for month, season in ((1, "春季"), (8, "秋季")):
        day = date(story.on.year, month, 15)
        planned = [(bureau, "全区安排")] + [(code, "学生资助") for code in schools if month == 1]
        for unit, kind in planned if day <= story.on else ():
            yield {
                "unit": unit, "kind": kind, "day": day, "topic": f"{season}{ITEM}",
                "planned": None, "lead": None,
            }  # fmt: skip


def _payments(story: Story, schools: list[str]) -> Iterator[Row]:
    """628 pupils, 200 yuan each: 125,600 yuan; the last school has kept no notice.

    What was paid in autumn is not signed for everywhere yet.
    """
    days = [date(story.on.year, 4, 18), date(story.on.year, 10, 22)]
    lived = [day for day in days if day <= story.on] or [story.on]
    for number in range(PUPILS):
        place, day = number % len(schools), lived[(number // len(schools)) % len(lived)]
        fresh = (story.on - day).days < SIGNED_WITHIN and place % 2
        yield {
            "unit": schools[place],
            "day": day,
            "pupil": opaque("care/pupil", f"{schools[place]}|demo-{number}"),
            "item": ITEM,
            "yuan": YUAN,
            "notice": None if place == len(schools) - 1 else "已在校内公示 5 个工作日",
            "receipt": None if fresh else "家长已签收",
        }


ROOM = open_room(
    Room(
        code="care",
        title=_("关爱"),
        verbs=[
            Word("planned-aid", "计划资助", plans=True),
            Word("paid-aid", "发放资助"),
            Word("announced-aid", "公示资助"),
            Word("received-aid", "签收资助"),
        ],
        kinds=[Word("care/pupil", "受助学生"), Word("care/scheme", "资助安排")],
        ledgers=[AID, PLANS],
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=tell,
    )
)

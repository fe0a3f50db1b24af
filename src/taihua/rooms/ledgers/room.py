"""What the ledgers tell the house: the roster's own ledgers, and a place in the menu."""

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Ledger
from taihua.kernel.house import MenuEntry, Room, open_room
from taihua.kernel.org.access import any_of, is_auditor, is_clerk, is_logged_in, is_unit_clerk
from taihua.kernel.org.ledgers.lists import PEOPLE, POSTS, UNITS, PersonStore, PostStore, UnitStore
from taihua.kernel.org.ledgers.roster import ROSTER, SELDOM_KEPT, RosterStore
from taihua.kernel.org.ledgers.terms import LEAVES, TERMS, LeaveStore, TermStore

ROSTERS = [
    Ledger(
        code="roster",
        title=_("花名册"),
        sentence=_("一张表带齐姓名、单位、职务和党员信息；没有的单位、人员、职务会新建。"),
        columns=ROSTER,
        store=RosterStore(),
        ignores=SELDOM_KEPT,
        roster=True,
        corrected_in="terms",
    ),
    Ledger(
        code="units",
        title=_("单位台账"),
        sentence=_("有哪些科室、学校和党组织，谁归谁管，哪天设立。"),
        columns=UNITS,
        store=UnitStore(),
        roster=True,
    ),
    Ledger(
        code="people",
        title=_("人员台账"),
        sentence=_("每个人的工号和姓名；改名在这里改。"),
        columns=PEOPLE,
        store=PersonStore(),
        ignores=SELDOM_KEPT,
        roster=True,
    ),
    Ledger(
        code="posts",
        title=_("职务台账"),
        sentence=_("有哪些职务，属于哪个层次；制度靠层次和标签认人。"),
        columns=POSTS,
        store=PostStore(),
        roster=True,
    ),
    Ledger(
        code="terms",
        title=_("任职台账"),
        sentence=_("谁从哪天到哪天在哪里任什么职；党员组织关系也在这里。"),
        columns=TERMS,
        store=TermStore(),
        roster=True,
    ),
    Ledger(
        code="leave",
        title=_("请假台账"),
        sentence=_("谁从哪天到哪天不在岗，为什么；这些天不计欠办。"),
        columns=LEAVES,
        store=LeaveStore(),
        roster=True,
    ),
]

ROOM = open_room(
    Room(
        code="ledgers",
        title=_("花名册"),
        menu=[
            MenuEntry(
                _("台账"),
                "ledgers:index",
                is_logged_in,
                order=30,
                sentence=_("已经登记的事，按台账查看、导出；能导入的在这里导入。"),
                leads=any_of(is_clerk, is_unit_clerk, is_auditor),
            )
        ],
        writes="ledgers:add",
        ledgers=ROSTERS,
    )
)

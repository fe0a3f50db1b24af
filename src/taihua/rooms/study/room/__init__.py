"""What study tells the house: its words, ledgers, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Act, MenuEntry, Room, Story, Word, open_room
from taihua.kernel.org.access import is_logged_in
from taihua.rooms.study.actions.minutes import KIND as MINUTES
from taihua.rooms.study.queries.minutes import issued_paper
from taihua.rooms.study.room.demo import tell
from taihua.rooms.study.room.figures import FIGURES, MECHANISMS
from taihua.rooms.study.room.hooks import asked_of, calendar, search
from taihua.rooms.study.room.law_demo import study_law
from taihua.rooms.study.room.law_ledger import BANK
from taihua.rooms.study.room.ledgers import LEDGERS


def live(story: Story) -> None:
    """The years of study, then the study of law."""
    tell(story)
    study_law(story)


ROOM = open_room(
    Room(
        code="study",
        title=_("学习"),
        verbs=[
            Word("approved-study-plan", "审定学习计划"),
            Word("closed-study-year", "年度学习收尾"),
            Word("planned-session", "计划学习", plans=True),
            Word("held-session", "组织学习"),
            Word("studied", "参加学习"),
            Word("drew-from-session", "学有成效"),
            Word("issued-minutes", "印发学习纪要"),
            Word("carried-out-study-effect", "落实学习成果"),
            Word("looked-back-on-study", "回看学习成果"),
            Word("gave-lecture-material", "交授课材料"),
            Word("read-homework", "批阅思考题"),
            Word("lectured", "授课"),
            Word("set-homework", "留思考题"),
            Word("answered-homework", "答思考题"),
            Word("passed-law-quiz", "通过学法测验"),
        ],
        kinds=[
            Word("study/plan", "学习计划"),
            Word("study/session", "中心组学习"),
            Word("study/minutes", "学习纪要"),
            Word("study/effect", "学习成果"),
            Word("study/law", "学法"),
            Word("study/lecture", "授课"),
        ],
        menu=[
            MenuEntry(
                _("学习"),
                "study:home",
                is_logged_in,
                order=22,
                sentence=_("中心组学习、轮流授课、学法测验，学了什么，落到了哪里。"),
            )
        ],
        acts=[
            Act("planned-session", _("排一次学习"), "study:plans"),
            Act("held-session", _("登记学习"), "study:sessions"),
            Act("studied", _("看要学的"), "study:home"),
            Act("lectured", _("看我的授课"), "study:turns"),
            Act("set-homework", _("留思考题"), "study:turns"),
            Act("answered-homework", _("答思考题"), "study:turns"),
            Act("passed-law-quiz", _("去测验"), "study:law"),
        ],
        ledgers=[*LEDGERS, BANK],
        figures=FIGURES,
        mechanisms=MECHANISMS,
        dues=asked_of,
        calendar=calendar,
        search=search,
        papers={MINUTES: issued_paper},
        columns={MINUTES: "学习园地"},
        demo=live,
    )
)

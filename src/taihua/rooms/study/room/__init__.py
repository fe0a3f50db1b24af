"""What study tells the house: its words, ledgers, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Act, MenuEntry, Room, Story, Word, open_room
from taihua.kernel.org.access import is_logged_in
from taihua.rooms.study.room.demo import tell
from taihua.rooms.study.room.figures import FIGURES, MECHANISMS
from taihua.rooms.study.room.law_demo import study_law
from taihua.rooms.study.room.law_dues import quizzes_owed
from taihua.rooms.study.room.law_ledger import BANK
from taihua.rooms.study.room.law_search import found_law
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
            Word("planned-session", "计划学习"),
            Word("held-session", "组织学习"),
            Word("studied", "参加学习"),
            Word("drew-from-session", "学有成效"),
            Word("lectured", "授课"),
            Word("set-homework", "留思考题"),
            Word("answered-homework", "答思考题"),
            Word("passed-law-quiz", "通过学法测验"),
        ],
        kinds=[
            Word("study/plan", "学习计划"),
            Word("study/session", "中心组学习"),
            Word("study/law", "学法"),
            Word("study/lecture", "授课"),
        ],
        menu=[MenuEntry(_("学习"), "study:home", is_logged_in, order=22)],
        acts=[Act("passed-law-quiz", _("去测验"), "study:law")],
        ledgers=[*LEDGERS, BANK],
        figures=FIGURES,
        mechanisms=MECHANISMS,
        dues=quizzes_owed,
        search=found_law,
        demo=live,
    )
)

"""The yearly report's own order: learning, innovation, cohesion; and what each part says.

Texts are sentences with figures in them. A sentence is written only where its figures have
something to say; a part without any says so honestly. No quantity is typed here: each is a figure.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from taihua.rooms.reports.logic.figures import codes


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence; ``otherwise`` stands in its place where its figures count nothing.

    With ``parts``, those that count something are listed where the text says ``{parts}``.
    """

    text: str
    otherwise: str = ""
    parts: tuple[str, ...] = ()

    @property
    def codes(self) -> list[str]:
        return codes(self.text + "".join(self.parts))

    def said(self, present: Collection[str]) -> str | None:
        """The sentence, or None where nothing can be said."""
        if not all(code in present for code in codes(self.text)):
            return None
        if not self.parts:
            return self.text
        listed = [part for part in self.parts if all(code in present for code in codes(part))]
        return self.text.replace("{parts}", "、".join(listed)) if listed else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the outline: level 0 has no heading, 1 is 一、, 2 is （一）; and its paragraphs."""

    key: str
    level: int
    title: str
    paragraphs: tuple[tuple[Line, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part as written: ``base`` is the text as last generated, ``text`` as people left it."""

    key: str
    level: int
    title: str
    text: str
    base: str


NOTHING = "这一部分没有查到记录，不作估计。"

OUTLINE = (
    Part(
        "opening",
        0,
        "开头",
        (
            (
                Line(
                    "{year} 年，{body}党委把学习同工作连在一起，以学习促工作，以工作检验学习。"
                    "本总结依据台账记录写成，文中数字都可以查到所据的记录；没有记录的，照实说明。"
                ),
            ),
        ),
    ),
    Part("learning", 1, "激发学习力：从班子自身学起"),
    Part(
        "learning.thought",
        2,
        "思想教育：先学一步",
        (
            (
                Line(
                    "中心组按有计划、有内容、有检查、有效果的要求安排学习，"
                    "全年集中学习[[study.sessions]]次，[[study.attendances]]人次参加。",
                    "中心组学习没有查到记录。",
                ),
                Line("其中[[study.effects]]次写明了学习成效。"),
                Line("班子成员轮流给机关干部授课[[study.lectures]]次。"),
                Line(
                    "课后留下思考题[[study.homework]]次，收到作答[[study.answers]]份，供大家一起讨论。"
                ),
            ),
            (
                Line(
                    "坚持定书、限时、检查，局党委全年指定[[reading.books-set]]本书，推荐到机关和学校。",
                    "本年指定书目没有查到记录。",
                ),
                Line("[[reading.readers]]人读完书目，计[[reading.books-read]]本次。"),
                Line("通过读书检查[[reading.checks-passed]]份。"),
                Line("写下读书笔记和心得[[reading.notes-written]]篇。"),
                Line(
                    "其中{parts}。",
                    parts=(
                        "拿出来同大家交流[[reading.notes-shared]]篇",
                        "引起讨论[[reading.notes-discussed]]篇",
                    ),
                ),
            ),
        ),
    ),
    Part(
        "learning.law",
        2,
        "法制教育：依法办事",
        (
            (
                Line("班子成员带头学法、知法、守法、用法，集中学法[[study.law_sessions]]次。"),
                Line("[[study.law_quiz]]人通过学法测验。"),
            ),
        ),
    ),
    Part(
        "learning.service",
        2,
        "宗旨教育：到基层去",
        (
            (
                Line(
                    "班子成员和机关干部按月下基层，"
                    "[[outreach.visitors]]人调研[[outreach.visit_days]]天。",
                    "下基层调研没有查到记录。",
                ),
                Line("对照每月下基层的制度，班子成员应办的已办到[[duty.visits]]。"),
                Line("调研中提出建议[[outreach.proposals]]条。"),
                Line("已经答复[[outreach.answered]]条。"),
            ),
            (
                Line(
                    "会议和组织生活制度照常运转，召开{parts}。",
                    parts=(
                        "支部党员大会[[meetings.assemblies]]次",
                        "支部委员会[[meetings.committees]]次",
                        "党小组会[[meetings.cells]]次",
                        "党课[[meetings.classes]]次",
                        "民主生活会和组织生活会[[meetings.candour]]次",
                    ),
                ),
                Line(
                    "过好双重组织生活，[[meetings.dual_leaders]]人参加领导班子民主生活会，"
                    "[[meetings.dual_branch]]人参加所在支部的组织生活。"
                ),
                Line("班子成员在支部过组织生活，应到的已做到[[duty.dual_branch]]。"),
                Line("[[meetings.accounts]]人作了述职述廉。"),
                Line("[[meetings.remedies]]次会议写明了整改落实情况。"),
            ),
            (
                Line(
                    "据统计，2011 年以来，共为退休老干部、老党员、留守儿童"
                    "解决实际困难[[help.person_times]]人次，惠及[[help.persons]]人。",
                    "帮扶老干部、老党员、留守儿童没有查到记录。",
                ),
                Line("事后回访[[help.revisits]]次。"),
                Line("2011 年以来，资助困难大学生[[help.students]]人。"),
            ),
        ),
    ),
    Part("innovation", 1, "提高创新力：给干部搭台子"),
    Part(
        "innovation.evening",
        2,
        "晚八点，读书一小时",
        (
            (
                Line(
                    "“晚八点一小时读书”不记时长，只看读了什么、写了什么。"
                    "2011 年 8 月以来，[[reading.evening-people]]人在晚八点留下所读所想"
                    "[[reading.evening-lines]]条。",
                    "“晚八点一小时读书”没有查到大家留下的话。",
                ),
                Line(
                    "编印《苔花风景》文集[[reading.volumes]]辑。",
                    "《苔花风景》文集没有查到编印记录。",
                ),
            ),
        ),
    ),
    Part(
        "innovation.middle",
        2,
        "中层战略：既读书，又说得清工作",
        (
            (
                Line(
                    "在科室负责人谈工作的基础上，机关干部人人参与，"
                    "全年谈工作[[forums.work_talks]]次。",
                    "谈工作没有查到记录。",
                ),
                Line("中层干部每年必读的书，应读的已读完[[duty.books_middle]]。"),
                Line("谈出困难和请求[[forums.asks]]条。"),
                Line("已经答复[[forums.answers]]条。"),
            ),
        ),
    ),
    Part(
        "innovation.forums",
        2,
        "讲坛：校长和教师讲自己的办学",
        (
            (
                Line("全年举办校长讲坛[[forums.principals]]期。", "校长讲坛没有查到记录。"),
                Line("举办教学论坛[[forums.teaching]]期。"),
                Line("[[forums.speakers]]人在讲坛上发言。"),
                Line("[[forums.spread]]期讲坛的做法得到推广。"),
            ),
        ),
    ),
    Part("cohesion", 1, "增强凝聚力：落脚在人民满意"),
    Part(
        "cohesion.pupils",
        2,
        "以学生为本",
        ((Line("围绕办学规划征求意见[[portal.consultations]]次。"),),),
    ),
    Part(
        "cohesion.balance",
        2,
        "义务教育均衡发展",
        ((Line("推进学校布局、设备和校舍项目[[equity.projects]]项。"),),),
    ),
    Part(
        "cohesion.care",
        2,
        "关爱工程",
        (
            (
                Line(
                    "落实各类资助金[[care.aid_yuan]]元，受助学生[[care.pupils]]人。",
                    "学生资助没有查到记录。",
                ),
                Line("[[care.schools]]所学校发放了资助，[[care.announced]]笔发放前作了公示。"),
            ),
        ),
    ),
    Part(
        "closing",
        0,
        "结尾",
        (
            (
                Line(
                    "与形势的要求相比，差距仍在。"
                    "尚欠的事项在制度结论里逐条可查，下一年从补上它们做起。"
                ),
            ),
        ),
    ),
)


def generate(
    year: int, body: str, present: Collection[str], outline: Iterable[Part] = OUTLINE
) -> list[Section]:
    """The report as the records write it: its figures named, not yet numbered.

    :param present: the figures that are declared and count more than nothing
    """
    return [
        Section(part.key, part.level, part.title, text, text)
        for part in outline
        for text in [_text(part, present).replace("{year}", str(year)).replace("{body}", body)]
    ]


def figures_of(outline: Iterable[Part] = OUTLINE) -> list[str]:
    """Every figure that the outline may place, in its order."""
    return list(
        dict.fromkeys(code for part in outline for line in _lines(part) for code in line.codes)
    )


def _text(part: Part, present: Collection[str]) -> str:
    """The part's sentences; where it counts nothing at all, that it does not."""
    counting = [line for line in _lines(part) if line.codes]
    if counting and not any(line.said(present) for line in counting):
        return "".join(line.otherwise for line in counting) or NOTHING
    paragraphs = (
        "".join(line.said(present) or line.otherwise for line in paragraph)
        for paragraph in part.paragraphs
    )
    return "\n".join(text for text in paragraphs if text)


def _lines(part: Part) -> list[Line]:
    return [line for paragraph in part.paragraphs for line in paragraph]

"""The yearly report's own order: learning, innovation, cohesion; and what each part says.

Texts are sentences with figures in them. A sentence is written only where its figures have
something to say; a part without any says so honestly. No quantity is typed here: each is a figure.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from taihua.rooms.reports.logic.figures import codes


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence; ``otherwise`` stands in its place where its figures count nothing."""

    text: str
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the outline: level 0 has no heading, 1 is 一、, 2 is （一）."""

    key: str
    level: int
    title: str
    lines: tuple[Line, ...] = ()


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
            Line(
                "{year} 年，{body}党委把学习同工作连在一起，以学习促工作，以工作检验学习。"
                "本总结依据台账记录写成，文中数字都可以查到所据的记录；没有记录的，照实说明。"
            ),
        ),
    ),
    Part("learning", 1, "激发学习力：从班子自身学起"),
    Part(
        "learning.thought",
        2,
        "思想教育：先学一步",
        (
            Line(
                "中心组学习坚持有计划、有内容、有检查、有效果，"
                "全年集中学习[[study.sessions]]次，[[study.attendances]]人次参加。",
                "中心组学习没有查到记录。",
            ),
            Line("班子成员轮流授课[[study.lectures]]次，课后留下思考题供大家讨论。"),
            Line(
                "坚持定书、限时、检查，局党委全年指定[[reading.set_books]]本书，推荐到机关和学校。",
                "本年指定书目没有查到记录。",
            ),
            Line("全年读完[[reading.books_read]]本次，[[reading.readers]]人有读书记录。"),
            Line("通过读书检查[[reading.checks]]次。"),
            Line("写下读书笔记[[reading.notes]]篇。"),
            Line("写下学习心得[[reading.reflections]]篇。"),
            Line("拿出来同大家交流[[reading.shared]]篇。"),
        ),
    ),
    Part(
        "learning.law",
        2,
        "法制教育：依法办事",
        (Line("班子成员带头学法、守法、用法，[[study.law_quiz]]人通过学法测验。"),),
    ),
    Part(
        "learning.service",
        2,
        "宗旨教育：到基层去",
        (
            Line(
                "班子成员和机关干部按月下基层，"
                "[[outreach.visitors]]人调研[[outreach.visit_days]]天。",
                "下基层调研没有查到记录。",
            ),
            Line("调研中提出建议[[outreach.proposals]]条。"),
            Line("建议得到答复[[outreach.answered]]条。"),
            Line("落实“三会一课”，召开支部党员大会[[meetings.assemblies]]次。"),
            Line("召开支部委员会[[meetings.committees]]次。"),
            Line("召开党小组会[[meetings.cells]]次。"),
            Line("上党课[[meetings.classes]]次。"),
            Line("召开民主生活会和组织生活会[[meetings.candour]]次。"),
            Line("[[meetings.accounts]]人作了述职述廉。"),
            Line(
                "据统计，2011 年以来，共为退休老干部、老党员、留守儿童"
                "解决实际困难[[help.person_times]]人次，惠及[[help.persons]]人。",
                "帮扶老干部、老党员、留守儿童没有查到记录。",
            ),
            Line("2011 年以来，资助困难大学生[[help.students]]人。"),
        ),
    ),
    Part("innovation", 1, "提高创新力：给干部搭台子"),
    Part(
        "innovation.evening",
        2,
        "晚八点，读书一小时",
        (
            Line(
                "2011 年 8 月以来，“晚八点一小时读书”只看读了什么、写了什么、"
                "拿出什么同大家分享，不记时长；已编印《苔花风景》文集[[reading.volumes]]册。",
                "《苔花风景》文集没有查到编印记录。",
            ),
        ),
    ),
    Part(
        "innovation.middle",
        2,
        "中层战略：既读书，又说得清工作",
        (
            Line(
                "科室负责人和机关干部谈工作[[forums.work_talks]]次。",
                "谈工作没有查到记录。",
            ),
            Line("中层干部应读的必读书，已读完的占[[reading.cadre_share]]。"),
        ),
    ),
    Part(
        "innovation.forums",
        2,
        "讲坛：校长和教师讲自己的办学",
        (
            Line("全年举办校长讲坛[[forums.principals]]期。", "校长讲坛没有查到记录。"),
            Line("举办教学论坛[[forums.teaching]]期。"),
            Line("[[forums.speakers]]人在讲坛上发言。"),
        ),
    ),
    Part("cohesion", 1, "增强凝聚力：落脚在人民满意"),
    Part(
        "cohesion.pupils",
        2,
        "以学生为本",
        (Line("围绕办学规划征求意见[[portal.consultations]]次。"),),
    ),
    Part(
        "cohesion.balance",
        2,
        "义务教育均衡发展",
        (Line("推进学校布局、设备和校舍项目[[equity.projects]]项。"),),
    ),
    Part(
        "cohesion.care",
        2,
        "关爱工程",
        (
            Line(
                "落实各类资助金[[care.aid_yuan]]元，受助学生[[care.pupils]]人。",
                "学生资助没有查到记录。",
            ),
        ),
    ),
    Part(
        "closing",
        0,
        "结尾",
        (
            Line(
                "与形势的要求相比，差距仍在。尚欠的事项在制度结论里逐条可查，下一年从补上它们做起。"
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
        for text in [_text(part, present).format(year=year, body=body)]
    ]


def figures_of(outline: Iterable[Part] = OUTLINE) -> list[str]:
    """Every figure that the outline may place, in its order."""
    return list(
        dict.fromkeys(code for part in outline for line in part.lines for code in codes(line.text))
    )


def _text(part: Part, present: Collection[str]) -> str:
    """The part's sentences; where it counts nothing at all, that it does not."""
    counting = [line for line in part.lines if codes(line.text)]
    said = [line.text for line in part.lines if all(code in present for code in codes(line.text))]
    if counting and not any(line.text in said for line in counting):
        return "".join(line.otherwise for line in counting) or NOTHING
    return "".join(line.text if line.text in said else line.otherwise for line in part.lines)

"""The numbers of the room, and its mechanisms under 计划·内容·检查·效果."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Ratio, Standing, Tally
from taihua.rooms.forums.room.ledgers import KINDS, PRACTICE, TALK, TRIALS

IN_YEAR = _("统计期内发生、未作废的记录。")
FOR_YEAR = _("为统计期订的、没有作废的计划；没写计划时间的，按制定日期算。")
BOTH = tuple(KINDS.values())
ASKED, HELD = Tally(("asked-at-talk",), (TALK,)), Tally(("held-forum",), BOTH, Count.OBJECTS)
SPREAD = Tally(("spread-practice",), BOTH, Count.OBJECTS)
TRIED = Tally(("tried-practice",), tuple(TRIALS.values()))
TOLD = Tally(("tried-practice",), tuple(kind for word, kind in TRIALS.items() if word != "在试"))
WORKED = Tally(("tried-practice",), (TRIALS["见效"], TRIALS["部分见效"]))
FIGURES = (
    Figure("forums.talks_planned", _("列入计划的谈工作"), FOR_YEAR, _("项"), Tally(("planned-forum",), (TALK,))),
    Figure("forums.work_talks", _("谈工作"), IN_YEAR, _("次"), Tally(("talked-work",), (TALK,))),
    Figure(
        "forums.talked",
        _("机关里该谈工作的人，谈了的占"),
        _("科室负责人和机关普通干部两条制度合起来，应谈的里谈了的占多少；年内还没谈的算未谈，免除的不计。"),
        "",
        Standing("haizhou.work-talk-middle", share=True, more=("haizhou.work-talk-staff",)),
    ),
    Figure("forums.asks", _("谈工作中提出的困难和请求"), _("台账写明了困难或请求的谈工作。"), _("条"), ASKED),
    Figure("forums.answers", _("得到答复的困难和请求"), _("台账写明了答复的谈工作。"), _("条"), Tally(("answered-at-talk",), (TALK,))),
    Figure("forums.answer_share", _("困难和请求得到答复的占"), _("统计期内提出的困难和请求里，写明了答复的占多少。"), "", Ratio(Tally(("answered-at-talk",), (TALK,)), ASKED)),
    Figure("forums.planned", _("列入计划的讲坛"), FOR_YEAR, _("期"), Tally(("planned-forum",), BOTH)),
    Figure("forums.principals", _("校长讲坛"), IN_YEAR, _("期"), Tally(("held-forum",), ("forums/principals",))),
    Figure("forums.teaching", _("教学论坛"), IN_YEAR, _("期"), Tally(("held-forum",), ("forums/teaching",))),
    Figure(
        "forums.kept",
        _("该办的讲坛和论坛，办了的占"),
        _("校长讲坛每年二期、教学论坛每年一期两条制度里，办到的占多少。"),
        "",
        Standing("haizhou.principals-forum", share=True, more=("haizhou.teaching-forum",)),
    ),
    Figure("forums.speakers", _("在讲坛上发言的人"), _("统计期内至少发言一次的人，一人只计一次。"), _("人"), Tally(("spoke-at-forum",), BOTH, Count.PEOPLE)),
    Figure("forums.speaker_share", _("登记了发言人的讲坛占"), _("统计期内办的讲坛里，至少登记了一位发言人的占多少。"), "", Ratio(Tally(("spoke-at-forum",), BOTH, Count.OBJECTS), Tally(("held-forum",), BOTH, Count.OBJECTS))),
    Figure("forums.spread", _("成果得到推广的讲坛"), _("写明了成果推广到哪里的讲坛；一期推广到几处，只计一期。"), _("期"), SPREAD),
    Figure("forums.spread_share", _("成果得到推广的讲坛占"), _("统计期内办的讲坛里，写明了成果推广情况的占多少。"), "", Ratio(SPREAD, HELD)),
    Figure("forums.attended", _("到讲坛听讲的人次"), _("记录人记下到会的人，一人到一期计一次；讲坛台账不记到会，导入的历史不在其中。"), _("人次"), Tally(("attended-forum",), BOTH)),
    Figure("forums.notices", _("印发的讲坛通知"), _("统计期内印发的通知，安排改了另发的也计一份。"), _("份"), Tally(("issued-notice",), ("forums/notice",))),
    Figure("forums.issued", _("印发的讲坛文集"), IN_YEAR, _("份"), Tally(("issued-proceedings",), ("forums/proceedings",))),
    Figure("forums.helped", _("得到解决的困难和请求"), _("统计期内，提出的人自己说解决了的。"), _("条"), Tally(("found-help",), (TALK,))),
    Figure("practices.planned", _("列入计划的四型机关创建"), FOR_YEAR, _("项"), Tally(("planned-forum",), (PRACTICE,))),
    Figure("practices.shared", _("写出的可学做法"), IN_YEAR, _("条"), Tally(("shared-practice",), (PRACTICE,))),
    Figure("practices.tried", _("别的单位试用做法"), _("统计期内开始的试用，一个单位试一条计一次。"), _("次"), TRIED),
    Figure("practices.told_share", _("试用做法说了结果的占"), _("统计期内开始的试用里，写明见效、部分见效或者没有见效的占多少。"), "", Ratio(TOLD, TRIED)),
    Figure("practices.worked", _("在别处见效的试用"), _("统计期内开始、写明见效或者部分见效的试用。"), _("次"), WORKED),
    Figure("practices.retired", _("停用的做法"), IN_YEAR, _("条"), Tally(("retired-practice",), (PRACTICE,))),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "I3",
        _("中层战略：谈工作，人人说得清工作"),
        plan=Mark("forums.talks_planned", 1, _("谈工作没有列入计划")),
        content=Mark("forums.talked", 1, _("今年有人还没有谈过工作")),
        check=Mark("haizhou.books-middle", 1, _("有中层干部还没读完必读的两本书")),
        effect=Mark("forums.answer_share", 1, _("有的困难和请求还没有答复")),
    ),
    Mechanism(
        "I4",
        _("校长讲坛（每年二期）、教学论坛"),
        plan=Mark("forums.planned", 3, _("二期校长讲坛和教学论坛没有都列入计划")),
        content=Mark("forums.kept", 1, _("校长讲坛不足二期，或者教学论坛还没有办")),
        check=Mark("forums.speaker_share", 1, _("有的讲坛没有登记发言人")),
        effect=Mark("forums.spread_share", 1, _("有的讲坛没有写明成果推广到了哪里")),
    ),
    Mechanism(
        "I5",
        _("学习型、竞争型、创新型、服务型机关；以优秀的典型引领"),
        plan=Mark("practices.planned", 1, _("四型机关创建没有列入计划")),
        content=Mark("haizhou.four-types", 1, _("有的科室今年还没有写出一条可学的做法")),
        check=Mark("practices.told_share", 1, _("有的做法别处在试，还没有说试得怎样")),
        effect=Mark("practices.worked", 1, _("还没有一条做法在别处见效")),
    ),
)

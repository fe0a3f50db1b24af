"""The numbers of the room, and its mechanisms under 计划·内容·检查·效果."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Ratio, Standing, Tally

SINCE_2011 = date(2011, 1, 1)
EVENINGS_BEGAN = date(2011, 8, 1)
CONTRIBUTION = ("reading/contribution",)
BOOK, NOTE, VOLUME = ("reading/book",), ("reading/note",), ("reading/volume",)

FIGURES = (
    Figure(
        "reading.books-set",
        _("党委指定的书"),
        _("本期内布置的指定书目，一次布置算一本。"),
        _("本"),
        Tally(("set-book",), BOOK),
    ),
    Figure(
        "reading.books-read",
        _("读完的书"),
        _("本人声明读完的人次，一人读完一本算一本次。"),
        _("本次"),
        Tally(("read",), BOOK),
    ),
    Figure(
        "reading.readers",
        _("读完过书的人"),
        _("本期内至少声明读完一本书的人数，同一人只算一次。"),
        _("人"),
        Tally(("read",), BOOK, Count.PEOPLE),
    ),
    Figure(
        "reading.checks-passed",
        _("通过的读书检查"),
        _("审阅人认定通过的检查，计入提交答卷之日。"),
        _("份"),
        Tally(("passed-check",), BOOK),
    ),
    Figure(
        "reading.notes-written",
        _("写下的笔记和心得"),
        _("本人写下的读书笔记和心得，不论是否分享；只计篇数，不看内容。"),
        _("篇"),
        Tally(("wrote-note", "wrote-reflection"), NOTE, Count.OBJECTS),
    ),
    Figure(
        "reading.notes-shared",
        _("分享的笔记和心得"),
        _("本人主动分享过的笔记和心得，同一篇分享给几处只算一篇。"),
        _("篇"),
        Tally(("shared-note",), NOTE, Count.OBJECTS),
    ),
    Figure(
        "reading.notes-discussed",
        _("有同事评论的笔记"),
        _("本期内收到评论的笔记和心得，同一篇只算一次。"),
        _("篇"),
        Tally(("commented",), NOTE, Count.OBJECTS),
    ),
    Figure(
        "reading.evening-lines",
        _("晚八点的分享"),
        _("2011 年 8 月以来，读书人在晚八点主动留下的话；撤回的不算。"),
        _("条"),
        Tally(("shared-evening",), ("reading/evening",), since=EVENINGS_BEGAN),
    ),
    Figure(
        "reading.evening-people",
        _("在晚八点分享过的人"),
        _("2011 年 8 月以来在晚八点留过言的人数，同一人只算一次。"),
        _("人"),
        Tally(("shared-evening",), ("reading/evening",), Count.PEOPLE, since=EVENINGS_BEGAN),
    ),
    Figure(
        "reading.volumes",
        _("《苔花风景》文集"),
        _("2011 年以来编印的文集，一辑算一辑。"),
        _("辑"),
        Tally(("published-volume",), ("reading/volume",), since=SINCE_2011),
    ),
    Figure(
        "reading.volumes-year",
        _("今年编印的文集"),
        _("本期内编印的文集，一辑算一辑。"),
        _("辑"),
        Tally(("published-volume",), VOLUME),
    ),
    Figure(
        "reading.texts-submitted",
        _("文集来稿"),
        _("本期内投给文集的稿件；后来撤回的也算投过。"),
        _("篇"),
        Tally(("submitted-text",), CONTRIBUTION),
    ),
    Figure(
        "reading.texts-reviewed",
        _("来稿的匿名评读"),
        _("本期内交来的评读意见，一人评一篇算一份。"),
        _("份"),
        Tally(("reviewed-text",), CONTRIBUTION),
    ),
    Figure(
        "reading.planned-exchange",
        _("列入计划的读书交流"),
        _("为本期订的读书交流计划。"),
        _("项"),
        Tally(("planned-reading",), NOTE),
    ),
    Figure(
        "reading.planned-evening",
        _("列入计划的晚八点读书"),
        _("为本期订的晚八点读书安排。"),
        _("项"),
        Tally(("planned-reading",), ("reading/evening",)),
    ),
    Figure(
        "reading.planned-volume",
        _("列入计划的文集"),
        _("为本期订的文集征稿和选编计划。"),
        _("项"),
        Tally(("planned-reading",), VOLUME),
    ),
    Figure(
        "reading.books-kept",
        _("班子成员和中层干部的必读书，读完的占"),
        _("两条制度合起来，应读的人里读完两本的占多少；年内还没读完的算未读完，免除的不计。"),
        "",
        Standing("haizhou.books-leaders", share=True, more=("haizhou.books-middle",)),
    ),
    Figure(
        "reading.passed-share",
        _("读完的书里通过检查的占"),
        _("本期内声明读完的书里，通过检查的占多少。"),
        "",
        Ratio(Tally(("passed-check",), BOOK), Tally(("read",), BOOK)),
    ),
    Figure(
        "reading.discussed-share",
        _("分享的笔记和心得里有同事回应的占"),
        _("本期内分享的笔记和心得里，收到同事评论的占多少；同一篇只算一次。"),
        "",
        Ratio(
            Tally(("commented",), NOTE, Count.OBJECTS), Tally(("shared-note",), NOTE, Count.OBJECTS)
        ),
    ),
    Figure(
        "reading.evenings-shared",
        _("有人分享的晚上"),
        _("本期内有人在晚八点留下话的晚上，一晚只算一次；不问谁在、在多久。"),
        _("晚"),
        Tally(("shared-evening",), ("reading/evening",), Count.DAYS),
    ),
)

MECHANISMS = (
    Mechanism(
        "L2",
        _("定书、限时、检查"),
        plan=Mark("haizhou.books-set", 1, _("今年指定的书还不到两本")),
        content=Mark("reading.books-kept", 1, _("有班子成员或中层干部还没读完两本书")),
        check=Mark("haizhou.books-checked", 1, _("有人还没有两本书通过检查")),
        effect=Mark("reading.passed-share", 1, _("读完的书有的还没有通过检查")),
    ),
    Mechanism(
        "L3",
        _("学习笔记和心得，共同交流"),
        plan=Mark("reading.planned-exchange", 2, _("读书交流没有每半年列入一次计划")),
        content=Mark("haizhou.reflections", 1, _("有班子成员半年里没有写成心得")),
        check=Mark("reading.notes-shared", 24, _("拿出来交流的笔记和心得不到每月两篇")),
        effect=Mark("reading.discussed-share", 1, _("有的笔记分享了，还没有人回应")),
    ),
    Mechanism(
        "I1",
        _("晚八点一小时读书"),
        plan=Mark("reading.planned-evening", 1, _("今年还没有写下晚八点怎么安排")),
        content=Mark("haizhou.evening-note", 1, _("有人有的月份没有留下读书笔记")),
        check=Mark("reading.evenings-shared", 48, _("有人分享的晚上不到每周一个")),
        effect=Mark("reading.volumes-year", 1, _("今年的好文章还没有编成文集")),
    ),
    Mechanism(
        "I2",
        _("《苔花风景》文集"),
        plan=Mark("reading.planned-volume", 1, _("今年还没有文集的征稿计划")),
        content=Mark("haizhou.anthology", 1, _("今年的文集还没有编印")),
        check=Mark("reading.notes-discussed", 12, _("经过同事评读的文章还不多")),
        effect=Mark("reading.volumes", 2, _("文集还不到两辑")),
    ),
)

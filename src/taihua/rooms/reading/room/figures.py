"""The numbers of the room, and its mechanisms under 计划·内容·检查·效果."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Tally

SINCE_2011 = date(2011, 1, 1)
EVENINGS_BEGAN = date(2011, 8, 1)
BOOK, NOTE = ("reading/book",), ("reading/note",)

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
)

MECHANISMS = (
    Mechanism(
        "L2",
        _("定书、限时、检查"),
        plan=Mark("reading.books-set", 2, _("今年指定的书还不到两本。")),
        content=Mark("reading.readers", 1, _("今年还没有人声明读完书。")),
        check=Mark("reading.checks-passed", 1, _("今年还没有人通过检查。")),
        effect=Mark("reading.notes-shared", 1, _("读过的书还没有变成可以交流的笔记。")),
    ),
    Mechanism(
        "L3",
        _("学习笔记和心得，共同交流"),
        plan=Mark("reading.books-set", 2, _("今年指定的书还不到两本，笔记少了由头。")),
        content=Mark("reading.notes-written", 1, _("今年还没有笔记和心得。")),
        check=Mark("reading.notes-shared", 1, _("今年还没有人分享笔记。")),
        effect=Mark("reading.notes-discussed", 1, _("分享的笔记还没有人回应。")),
    ),
    Mechanism(
        "I1",
        _("晚八点一小时读书"),
        plan=Mark("reading.books-set", 1, _("今年还没有给晚上的书架定书。")),
        content=Mark("reading.evening-lines", 1, _("晚八点还没有人留言。")),
        check=Mark("reading.evening-people", 1, _("晚八点还没有人留言。")),
        effect=Mark("reading.books-read", 1, _("今年还没有人声明读完书。")),
    ),
    Mechanism(
        "I2",
        _("《苔花风景》文集"),
        plan=Mark("reading.notes-written", 1, _("今年还没有可以选编的文章。")),
        content=Mark("reading.notes-shared", 1, _("今年还没有人愿意拿出文章。")),
        check=Mark("reading.notes-discussed", 1, _("文章还没有经过同事评读。")),
        effect=Mark("reading.volumes", 2, _("文集还不到两辑。")),
    ),
)

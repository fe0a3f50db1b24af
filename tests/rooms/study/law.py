"""A small bank of law, for the tests of the room."""

from datetime import date, datetime, timedelta

from taihua.base.clock import ZONE
from taihua.kernel.records.actions import learn_words
from taihua.rooms.study.actions.law_bank import put_items
from taihua.rooms.study.actions.law_quizzes import Reply, Setting, hand_in, open_paper, set_quiz
from taihua.rooms.study.actions.laws import NewVersion, enter_law, enter_version
from taihua.rooms.study.enums import Difficulty, QuestionKind
from taihua.rooms.study.logic.items import Choice, Item, truth
from taihua.rooms.study.models import LawQuestion, QuizGroup
from taihua.rooms.study.queries.law_quizzes import answers_of

SET = date(2013, 11, 1)
DUE = date(2013, 12, 20)
LONG_AGO = datetime(2013, 1, 5, 9, tzinfo=ZONE)
NOON = datetime(2013, 12, 4, 12, tzinfo=ZONE)
LATER = NOON + timedelta(days=60)


def words():
    """Let the records know what is recorded here."""
    learn_words([("passed-law-quiz", "通过学法测验")], [("study/law", "学法")])


def a_law(short="教师法", *, articles=43, effective=date(2009, 8, 27)):
    law = enter_law(short=short, title=f"中华人民共和国{short}", kind="law")
    a_version(law, effective, articles=articles, at=LONG_AGO)
    return law


def a_version(law, effective, *, articles=43, changed=(), at=NOON):
    new = NewVersion(adopted=effective, effective=effective, articles=articles, changed=changed)
    return enter_version(law=law, new=new, at=at)


def an_item(number=1, law="教师法", **more):
    told = {
        "code": f"{law}-{number}",
        "law": law,
        "article": number,
        "kind": QuestionKind.SINGLE,
        "difficulty": Difficulty.EASY,
        "stem": f"《{law}》第 {number} 条说的是什么？",
        "choices": (Choice("甲", False), Choice("乙", True), Choice("丙", False)),
        "explanation": "见原文。",
        **more,
    }
    return Item(**told)


def some_items(count=10, law="教师法", first=1):
    """Questions of all kinds, a single choice first."""
    kinds = [
        {},
        {"kind": QuestionKind.TRUTH, "choices": truth(is_true=True)},
        {"kind": QuestionKind.FILL, "stem": f"《{law}》填____。", "choices": (Choice("九", True),)},
        {
            "kind": QuestionKind.SEVERAL,
            "choices": (Choice("甲", True), Choice("乙", True), Choice("丙", False)),
        },
    ]
    return [
        an_item(number, law, **{**kinds[number % 4], "stem": f"《{law}》第 {number} 条____？"})
        for number in range(first, first + count)
    ]


def put(*items, at=LONG_AGO):
    put_items(list(items), at=at, by=None)
    return [LawQuestion.objects.get(code=item.code, retired_at=None) for item in items]


def a_quiz(setter, laws, *, single=2, groups=None, version=None, at=NOON, **more):
    told = {
        "title": "教师法测验",
        "setter": setter,
        "laws": laws,
        "set_date": SET,
        "due_date": DUE,
        "pass_percent": 80,
        "wanted": {"single": single},
        "groups": groups or [QuizGroup(tier="leadership"), QuizGroup(tier="middle")],
        "version": version,
        **more,
    }
    return set_quiz(setting=Setting(**told), at=at)


def replies(paper, *, right=True):
    """Answers to a whole paper, all right or all wrong."""
    return {answer.position: a_reply(answer.question, right=right) for answer in answers_of(paper)}


def a_reply(question, *, right=True):
    if question.kind == QuestionKind.FILL:
        return Reply(written=question.choices[0]["text"] if right else "不知道")
    if right:
        return Reply([at for at, choice in enumerate(question.choices) if choice["right"]])
    return Reply([next(at for at, choice in enumerate(question.choices) if not choice["right"])])


def a_paper(taker, quiz, *, seed=7, right=None, at=NOON):
    """A paper opened, and if ``right`` is said handed in."""
    paper = open_paper(taker=taker, quiz=quiz, seed=seed, at=at)
    return (
        paper if right is None else hand_in(paper=paper, replies=replies(paper, right=right), at=at)
    )

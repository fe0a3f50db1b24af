"""What the room keeps: plans, sessions and what came of them, lectures in turn."""

from taihua.rooms.study.models.effects import Effect, FollowUp
from taihua.rooms.study.models.law import Article, Confirmation, Law, LawQuestion, LawVersion
from taihua.rooms.study.models.law_practice import Card, PracticeAnswer
from taihua.rooms.study.models.law_quizzes import Paper, PaperAnswer, Quiz, QuizGroup, QuizPart
from taihua.rooms.study.models.materials import Material
from taihua.rooms.study.models.plans import Plan, PlanItem, PlanVersion
from taihua.rooms.study.models.sessions import Attendance, CheckQuestion, CheckSheet, Session
from taihua.rooms.study.models.turns import Homework, HomeworkAnswer, Rota, Swap, Turn

__all__ = [
    "Article",
    "Attendance",
    "Card",
    "CheckQuestion",
    "CheckSheet",
    "Confirmation",
    "Effect",
    "FollowUp",
    "Homework",
    "HomeworkAnswer",
    "Law",
    "LawQuestion",
    "LawVersion",
    "Material",
    "Paper",
    "PaperAnswer",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "PracticeAnswer",
    "Quiz",
    "QuizGroup",
    "QuizPart",
    "Rota",
    "Session",
    "Swap",
    "Turn",
]

"""What the room keeps: plans, sessions and what came of them, lectures in turn."""

from taihua.rooms.study.models.effects import Effect, FollowUp
from taihua.rooms.study.models.materials import Material
from taihua.rooms.study.models.plans import Plan, PlanItem, PlanVersion
from taihua.rooms.study.models.sessions import Attendance, CheckQuestion, CheckSheet, Session
from taihua.rooms.study.models.turns import Homework, HomeworkAnswer, Rota, Swap, Turn

__all__ = [
    "Attendance",
    "CheckQuestion",
    "CheckSheet",
    "Effect",
    "FollowUp",
    "Homework",
    "HomeworkAnswer",
    "Material",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "Rota",
    "Session",
    "Swap",
    "Turn",
]

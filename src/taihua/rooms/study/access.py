"""Who may do what with a thing of this room."""

from taihua.kernel.org.access import (
    any_of,
    is_auditor,
    is_clerk,
    is_leader,
    is_unit_clerk,
    sees_all,
)
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import subtree_ids
from taihua.rooms.study.models import Effect, Plan, Session, Turn

may_record = is_clerk  # the study secretary's work: plans, sessions, attendance, rotas
may_approve_some = is_leader
may_read_all = sees_all
may_keep_bank = is_clerk  # laws, questions and how they do; quizzes
may_read_bank = sees_all  # the auditor reads the questions, and not how people answer them
may_see_quizzes = any_of(is_clerk, is_auditor, is_leader, is_unit_clerk)


def leads(account: Account, unit: Unit) -> bool:
    """A leader under whom ``unit`` stands."""
    granted = account.granted_units([Role.LEADER])
    return bool(granted) and unit.pk in subtree_ids(granted)


def may_decide(account: Account, plan: Plan) -> bool:
    """Who leads the group approves its plan; whoever writes plans does not."""
    return leads(account, plan.unit) and not may_record(account)


def may_make_up(account: Account, person: Person) -> bool:
    """The recorder notes what was made up for; each hands in their own."""
    return may_record(account) or account.person_id == person.pk


def may_settle(account: Account, effect: Effect) -> bool:
    """The owner says what became of it; for a unit its leader or clerk; the recorder for either."""
    if may_record(account) or (effect.owner_id and effect.owner_id == account.person_id):
        return True
    roles = [Role.LEADER, Role.UNIT_CLERK]
    return effect.owner_unit_id in account.granted_units(roles)


def may_lecture(account: Account, turn: Turn) -> bool:
    """The lecturer keeps the own lecture, and the recorder any."""
    return may_record(account) or _is(account, turn.lecturer_id)


def may_comment(account: Account, turn: Turn) -> bool:
    """Answers are read by the lecturer alone."""
    return _is(account, turn.lecturer_id)


def may_give_material(account: Account, session: Session) -> bool:
    """The recorder, and who leads the session."""
    return may_record(account) or _is(account, session.lead_id)


def _is(account: Account, person: int | None) -> bool:
    return person is not None and account.person_id == person

"""Who may do what with a thing of this room."""

from taihua.kernel.org.access import any_of, is_auditor, is_clerk, is_member, oversees
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Person
from taihua.rooms.outreach.models import FieldVisit, PlannedVisit, Problem, Proposal

SPEAKS_FOR = (Role.LEADER, Role.UNIT_CLERK)
may_write = is_member
may_see_coverage = any_of(is_clerk, is_auditor, oversees)


def units_spoken_for(account: Account) -> set[int]:
    """The ids of the units for which the account itself speaks: as leader or clerk of just these."""
    return account.granted_units(SPEAKS_FOR)


def may_change_visit(person: Person, visit: FieldVisit) -> bool:
    return visit.visitor_id == person.pk


def may_cancel(person: Person, planned: PlannedVisit) -> bool:
    return planned.visitor_id == person.pk


def may_settle(account: Account, problem: Problem) -> bool:
    return problem.owner_id in units_spoken_for(account)


def may_answer(account: Account, proposal: Proposal) -> bool:
    """Only who speaks for the unit that was asked; not who stands above it."""
    return proposal.owner_id in units_spoken_for(account)


def may_hand_on(account: Account, proposal: Proposal) -> bool:
    return is_clerk(account) or may_answer(account, proposal)


def may_say_how_it_felt(account: Account, proposal: Proposal) -> bool:
    """Only who speaks for the unit that was visited."""
    return proposal.visit.place_id in units_spoken_for(account)


def may_look_back(account: Account, proposal: Proposal) -> bool:
    """Only the visitor, who proposed it."""
    return proposal.visit.visitor_id == account.person_id

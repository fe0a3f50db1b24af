"""The tables of the room."""

from taihua.rooms.outreach.models.proposals import Problem, Proposal, ProposalStep
from taihua.rooms.outreach.models.visits import FieldVisit, PlannedVisit

__all__ = ["FieldVisit", "PlannedVisit", "Problem", "Proposal", "ProposalStep"]

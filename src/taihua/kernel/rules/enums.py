"""The words of a rule and of a verdict; plain, so that pure code can use them."""

from enum import StrEnum


class Level(StrEnum):
    """Who laid the rule down (层级); local practice is never shown as a national duty."""

    NATIONAL = "national"
    PROVINCE = "province"
    LOCAL = "local"
    CUSTOM = "custom"


class Confidence(StrEnum):
    """How sure the source of a rule is (把握); what is not sure is to be confirmed locally."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


class Subject(StrEnum):
    """Whose duty it is (责任主体)."""

    PERSON = "person"
    UNIT = "unit"


class Count(StrEnum):
    """What is counted (计数方式)."""

    STATEMENTS = "statements"
    DAYS = "days"
    OBJECTS = "objects"
    QUANTITY = "quantity"


class Proration(StrEnum):
    """What joining or leaving within a period does to the quota (折算)."""

    DAYS = "days"
    NONE = "none"


class State(StrEnum):
    """How a duty stands (结论)."""

    DONE = "done"
    DONE_LATE = "done_late"
    ON_COURSE = "on_course"
    DUE_SOON = "due_soon"
    OWED = "owed"
    EXEMPT = "exempt"
    NOT_APPLICABLE = "not_applicable"


class Passed(StrEnum):
    """Why an act does not count (不计入的原因)."""

    NOT_YET = "not_yet"
    OUTSIDE = "outside"
    TOO_LATE = "too_late"
    NOT_IN_FORCE = "not_in_force"
    NOT_IN_POST = "not_in_post"

"""What a figure can count."""

from enum import StrEnum


class Count(StrEnum):
    """What is counted in the records that a tally selects."""

    STATEMENTS = "statements"
    OBJECTS = "objects"  # distinct things, or helped people under their token
    PEOPLE = "people"  # distinct people who acted
    UNITS = "units"  # distinct units that acted
    QUANTITY = "quantity"  # the sum of what the records state: days, yuan, person-times
    DAYS = "days"  # distinct calendar days

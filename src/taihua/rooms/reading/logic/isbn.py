"""International standard book numbers, without a network."""


def clean_isbn(written: str) -> str | None:
    """The number as thirteen digits, from ten or thirteen with hyphens; nothing if it is none."""
    digits = "".join(sign for sign in written.upper() if sign not in "- －—　")
    match len(digits):
        case 10 if _sum_of_ten(digits) == 0:
            return _with_check("978" + digits[:9])
        case 13 if digits.isdecimal() and _with_check(digits[:12]) == digits:
            return digits
        case _:
            return None


def _with_check(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def _sum_of_ten(ten: str) -> int | None:
    """The weighted sum modulo eleven; nothing where something else than digits stands."""
    values = [10 if sign == "X" and place == 9 else sign for place, sign in enumerate(ten)]  # noqa: PLR2004
    if not all(value == 10 or str(value).isdecimal() for value in values):  # noqa: PLR2004
        return None
    return sum(int(value) * (10 - place) for place, value in enumerate(values)) % 11

"""Which tests run again on PostgreSQL, and which are begun first."""

from pathlib import Path

import pytest

from tests.conftest import expected, through_others


@pytest.mark.parametrize(
    ("where", "through"),
    [
        ("tests/rooms/reading/views/test_notes.py", True),
        ("tests/rooms/portal/test_public_views.py", True),
        ("tests/kernel/rules/test_commands.py", True),
        ("tests/rooms/reading/actions/test_notes.py", False),
        ("tests/rooms/study/test_constraints.py", False),
        ("tests/rooms/desk/test_interviews.py", False),
    ],
)
def test_what_reaches_the_database_through_pages_is_known_by_its_name(where, through):
    assert through_others(Path(where)) is through


def test_a_walk_through_the_browser_is_expected_to_take_longer_than_a_sum():
    axe, walk, view, total = (
        expected(f"tests/{where}.py::test")
        for where in ("e2e/test_axe", "e2e/test_law", "rooms/desk/test_views", "base/test_fields")
    )

    assert axe > walk > view == total

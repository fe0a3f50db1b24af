"""What the tests must reach, and that the list of what they do not yet reach only gets shorter."""

import tomllib

import pytest

from tools import floors
from tools.floors import EVERYTHING, Reached, as_toml, floor_of, lowered, main, shortfalls

KERNEL = "src/taihua/kernel/records/actions.py"
VIEW = "src/taihua/rooms/reading/views/notes.py"


@pytest.mark.parametrize(
    ("path", "floor"),
    [
        (KERNEL, 100),
        ("src/taihua/kernel/rules/views/books.py", 100),
        ("src/taihua/rooms/desk/queries.py", 100),
        ("src/taihua/rooms/reading/logic/epub.py", 100),
        ("src/taihua/rooms/reading/access.py", 100),
        ("src/taihua/base/access.py", 100),
        (VIEW, 0),
        ("src/taihua/rooms/reading/forms.py", 0),
        ("src/taihua/site/queries_of_mine.py", 0),
    ],
)
def test_what_decides_reads_writes_or_admits_is_reached_wholly(path, floor):
    assert floor_of(path, {}) == floor


def test_a_file_below_its_floor_is_named_with_the_lines_that_are_missed():
    told = shortfalls({KERNEL: Reached(99.9, "12, 14->16"), VIEW: Reached(10)}, {}, 95)

    assert told == [f"{KERNEL}: 99.9 % < 100.0 %  12, 14->16"]


def test_a_file_on_the_list_must_hold_what_it_held():
    assert shortfalls({KERNEL: Reached(80)}, {KERNEL: 80}, 95) == []
    assert shortfalls({KERNEL: Reached(79.9)}, {KERNEL: 80}, 95) != []


def test_the_whole_house_has_a_floor_too():
    assert shortfalls({}, {}, 94.99) == ["the whole house: 94.99 % < 95.0 %"]
    assert shortfalls({}, {}, 95) == []


def test_the_list_loses_what_was_mended_and_never_asks_less():
    listed = {"better": 50.0, "worse": 60.0, "whole": 70.0, "gone": 80.0}
    files = {"better": Reached(55), "worse": Reached(40), "whole": Reached(100), "new": Reached(1)}

    left = lowered(files, listed, 94)

    assert left == {"better": 52, "worse": 60}
    assert tomllib.loads(as_toml(left)) == left


def test_the_floor_of_the_whole_house_is_kept_on_the_list_until_it_holds():
    listed = {EVERYTHING: 90.0}

    assert shortfalls({}, listed, 90) == []
    assert shortfalls({}, listed, 89.9) != []
    assert lowered({}, listed, 93.97) == {EVERYTHING: 90.0}
    assert lowered({}, listed, 95) == {}


def test_the_list_names_only_what_has_a_floor_and_asks_less_than_that():
    for path, floor in tomllib.loads(floors.LIST.read_text()).items():
        assert path == EVERYTHING or floor_of(path, {}) == 100
        assert floor < 100


@pytest.fixture
def reached(monkeypatch, tmp_path):
    """Let the tests have reached so much."""
    monkeypatch.setattr(floors, "LIST", tmp_path / "floors.toml")
    floors.LIST.write_text(as_toml({KERNEL: 80.0}))

    def say(percent, overall=96.0):
        monkeypatch.setattr(floors, "_measured", lambda: ({KERNEL: Reached(percent)}, overall))

    return say


def test_it_ends_with_1_and_says_which_file(reached, capsys):
    reached(79.0)
    assert main([]) == 1
    assert f"{KERNEL}: 79.0 % < 80.0 %" in capsys.readouterr().err

    reached(80.0)
    assert main([]) == 0
    assert "96.0 %" in capsys.readouterr().err


def test_lowering_writes_the_list_anew(reached):
    reached(90.0)

    assert main(["--lower"]) == 0

    assert tomllib.loads(floors.LIST.read_text()) == {KERNEL: 87.0}
    assert floors.LIST.read_text().startswith("# Files that")

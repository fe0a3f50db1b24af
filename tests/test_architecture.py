"""The arrows: that they hold, that they would be caught, and what import-linter cannot see."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "taihua"
ROOMS = sorted(folder.name for folder in (SOURCE / "rooms").iterdir() if folder.is_dir())
ROOMS = [name for name in ROOMS if not name.startswith("__")]
KERNEL = ["org", "records", "documents", "drafts", "commitments", "rules", "measures", "house"]

NAMED = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
TO_PAGE = re.compile(
    r"(?:{%\s*url\s+|\b(?:reverse|reverse_lazy|redirect)\(\s*)[\"']([\w-]+):[\w:-]+[\"']"
)


def lint_imports(where: Path) -> str:
    """What import-linter says of the house that stands in ``where``."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=where,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


# --- a small house, to show that each contract bites --------------------------------------------

SOUND = {
    "site/__init__.py": "",
    "base/__init__.py": "",
    "base/clock.py": "",
    **{f"kernel/{name}/__init__.py": "" for name in KERNEL},
    "kernel/records/models.py": "",
    "kernel/records/queries.py": "from taihua.kernel.records import models",
    "rooms/a/__init__.py": "",
    "rooms/a/logic.py": "",
    "rooms/a/queries.py": "from taihua.kernel.records import queries",
    "rooms/a/actions.py": "from taihua.rooms.a import queries",
    "rooms/b/__init__.py": "",
}
BREACHES = {
    "The house stands on its ground": {"base/up.py": "from taihua.kernel import org"},
    "The kernel": {"kernel/records/up.py": "import taihua.kernel.documents"},
    "No room knows another": {"rooms/b/views.py": "import taihua.rooms.a.queries"},
    "A room holds the furniture": {"rooms/a/utils.py": ""},
    "The furniture of the kernel": {
        "kernel/rules/models.py": "import taihua.kernel.rules.actions",
        "kernel/rules/actions.py": "",
    },
    "Statements have one door": {"rooms/a/access.py": "import taihua.kernel.records.models"},
    "Logic computes": {"rooms/a/logic.py": "def f():\n    from django.db import models"},
    "Only measures knows": {"rooms/a/forms.py": "import duckdb"},
    "Only papers knows": {"rooms/a/tasks.py": "import typst"},
    "No two packages lean": {
        "base/left.py": "import taihua.base.right",
        "base/right.py": "import taihua.base.left",
    },
}


def build(where: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = where / "taihua" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for folder in [where / "taihua", *(where / "taihua").rglob("*")]:
        if folder.is_dir():
            (folder / "__init__.py").touch()


def test_a_sound_house_breaks_no_contract(tmp_path):
    build(tmp_path, SOUND)

    said = lint_imports(tmp_path)

    assert f"Contracts: {len(BREACHES)} kept, 0 broken." in said, said


def test_every_contract_catches_a_breach_made_on_purpose(tmp_path):
    build(tmp_path, SOUND)
    for files in BREACHES.values():
        build(tmp_path, files)

    said = lint_imports(tmp_path)

    assert f"Contracts: 0 kept, {len(BREACHES)} broken." in said, said


def test_a_table_that_knows_the_actions_upon_it_is_caught(tmp_path):
    build(tmp_path, SOUND | {"rooms/a/models.py": "import taihua.rooms.a.actions"})

    said = lint_imports(tmp_path)

    assert re.search(r"A room holds the furniture.* BROKEN", said), said


# --- what import-linter cannot see -----------------------------------------------------------------


def test_foreign_keys_of_rooms_lead_to_their_own_tables_or_to_org():
    strays = [
        f"{model.__name__}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.startswith("taihua.rooms.") and field.concrete and field.is_relation
        if field.related_model._meta.app_label not in {model._meta.app_label, "org"}
    ]

    assert strays == []


def test_foreign_keys_of_the_kernel_lead_down():
    height = {"org": 0, "records": 1, "documents": 1, "drafts": 1}
    height |= {"rules": 2, "commitments": 2, "measures": 3}
    strays = [
        f"{model.__name__}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.startswith("taihua.kernel.") and field.concrete and field.is_relation
        if not _leads_down(model._meta.app_label, field.related_model._meta.app_label, height)
    ]

    assert strays == []


def _leads_down(here: str, there: str, height: dict[str, int]) -> bool:
    if there == here or there not in height:
        return there == here or there in {"auth", "contenttypes"}
    return height[there] < height[here]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_keeps_to_its_own_templates_and_addresses(room):
    folder = SOURCE / "rooms" / room
    strays = []
    for path in folder.rglob("*.html"):
        for name in NAMED.findall(path.read_text()):
            own = name.startswith((f"{room}/", "page/", "#")) or name == "base.html"
            strays += [] if own else [f"{path.relative_to(folder)} uses {name}"]
    for path in [*folder.rglob("*.html"), *folder.rglob("*.py")]:
        for namespace in TO_PAGE.findall(path.read_text()):
            if namespace in ROOMS and namespace != room:
                strays.append(f"{path.relative_to(folder)} leads to the room {namespace}")

    assert strays == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_carries_out_and_holds_only_its_furniture(room):
    folder = SOURCE / "rooms" / room
    docstring = (folder / "__init__.py").read_text()
    files = {path.name for path in folder.iterdir() if path.suffix not in {".py", ""}}
    folders = {path.name for path in folder.iterdir() if path.is_dir()} - {"__pycache__"}
    shelves = [*folder.glob("templates/*"), *folder.glob("static/*")]

    assert docstring.startswith('"""')
    assert files == set()
    assert folders <= FOLDERS
    assert {path.name for path in shelves} <= {room}


FOLDERS = {"migrations", "templates", "locale", "static", "management", "data"} | {
    "enums",
    "logic",
    "models",
    "access",
    "queries",
    "actions",
    "forms",
    "views",
    "api",
    "tasks",
    "urls",
    "room",
}


def views(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    """Every page of the house, however deep."""
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += views(pattern.url_patterns)
        else:
            found.append(pattern)
    return found


def test_every_view_of_ours_says_whom_it_admits():
    silent = [
        f"{view.callback.__module__}.{view.callback.__name__}"
        for view in views(get_resolver().url_patterns)
        if view.callback.__module__.startswith("taihua.") and not hasattr(view.callback, "admits")
    ]

    assert silent == []


def test_no_file_of_code_outgrows_four_hundred_lines():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for folder in ("src", "tests", "tools")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := path.read_bytes().count(b"\n")) > 400 and "migrations" not in path.parts
    }

    assert long == {}


def test_nothing_names_a_machine_or_a_registry():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    texts = {".py", ".md", ".txt", ".in", ".toml", ".sh", ".html", ".css", ".js", ".po", ""}
    traces = re.compile(r"/(?:work|home|root)/\w|pypi\.org|--index-url|--find-links")
    found = [
        name
        for name in listed
        if name and Path(name).suffix in texts and (ROOT / name).is_file()
        if name not in {"tests/test_architecture.py", "tools/lock.sh"}
        if traces.search((ROOT / name).read_text(errors="ignore"))
    ]

    assert found == []

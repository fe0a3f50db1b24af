"""Writes the tables of docs/reference that stand in the code anyway: python -m tools.reference [--check].

What a page says in its own words stays: only what follows the mark is written anew.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.core.management import BaseCommand, get_commands, load_command_class
from django.utils.translation import override

if TYPE_CHECKING:
    from taihua.base.ledger import Column, Ledger
    from taihua.kernel.house import Mechanism
    from taihua.kernel.measures.logic import Figure

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
MARK = "<!-- From here on written by: python -m tools.reference -->"
SOURCE_LANGUAGE = "zh-hans"
WIDTH = 96
KINDS = {
    "text": "文字",
    "words": "文字（可多行）",
    "day": "日期",
    "number": "数",
    "name": "名称",
    "person": "人名",
    "people": "人名（可多个）",
    "unit": "单位名",
    "choice": "选项",
    "token": "姓名（存为令牌）",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what would change")
    asked = parser.parse_args(arguments)
    stale = [name for name in WRITERS if not is_fresh(name)]
    for name in stale:
        sys.stdout.write(f"docs/reference/{name} does not say what the code says\n")
        if not asked.check:
            (PAGES / name).write_text(fresh(name), encoding="utf-8")
    return 1 if stale and asked.check else 0


def is_fresh(name: str) -> bool:
    """Whether the page says what the code says."""
    return (PAGES / name).read_text(encoding="utf-8") == fresh(name)


def fresh(name: str) -> str:
    """The page as it should be: its own words, the mark, and what the code says."""
    own, mark, _ = (PAGES / name).read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise ValueError(f"docs/reference/{name} has lost its mark: {MARK}")
    with override(SOURCE_LANGUAGE):
        written = "\n".join(WRITERS[name]())
    return f"{own}{MARK}\n\n{written.strip()}\n"


def house() -> Any:
    """What the rooms declare; it can be asked only after Django is set up."""
    return import_module("taihua.kernel.house")


# --- commands --------------------------------------------------------------------------------------


def our_commands() -> dict[str, BaseCommand]:
    """The commands of the house, by name; Django's own are not among them."""
    ours = sorted(name for name, app in get_commands().items() if str(app).startswith("taihua."))
    return {name: load_command_class(get_commands()[name], name) for name in ours}


def commands() -> Iterator[str]:
    for name, command in our_commands().items():
        yield f"## taihua {name}\n"
        yield f"{command.help}。\n"
        if "add_arguments" in vars(type(command)):
            yield f"```text\n{usage(name, command)}\n```\n"


def usage(name: str, command: BaseCommand) -> str:
    """What ``taihua NAME --help`` says, without the options that every command of Django has."""
    parser = argparse.ArgumentParser(
        prog=f"taihua {name}",
        add_help=False,
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=WIDTH),
    )
    command.add_arguments(parser)  # type: ignore[arg-type]  # an ordinary parser will do
    return "\n\n".join(each.format_help().rstrip() for each in [parser, *_ways_of(parser)])


def _ways_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parsers of the words that a command takes first, such as ``rules lint``."""
    for action in parser._actions:  # noqa: SLF001  (argparse shows them to nobody else)
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        for name, way in action.choices.items():
            shown = argparse.ArgumentParser(
                prog=f"{parser.prog} {name}",
                add_help=False,
                formatter_class=parser.formatter_class,
            )
            for inner in way._actions:  # noqa: SLF001
                if not isinstance(inner, argparse._HelpAction):  # noqa: SLF001
                    shown._add_action(inner)  # noqa: SLF001
            yield shown


# --- ledgers -----------------------------------------------------------------------------------------


def ledgers() -> Iterator[str]:
    for ledger in house().ledgers().values():
        yield from _ledger(ledger)


def _ledger(ledger: "Ledger") -> Iterator[str]:
    yield f"## {ledger.title}\n"
    own = "可由本人登记。" if ledger.self_entry else ""
    yield f"代码 `{ledger.code}`。{ledger.sentence}{own}\n"
    yield from table(
        ["列", "代码", "内容", "必填", "认行", "也认作", "说明"], map(_column, ledger.columns)
    )
    if ledger.ignores:
        yield f"见到这些列不理会：{'、'.join(ledger.ignores)}。\n"


def _column(column: "Column") -> list[str]:
    content = KINDS[column.kind.value]
    if column.choices:
        content += "：" + "、".join(map(str, column.choices))
    if column.measure:
        content += f"（{column.measure}）"
    return [
        str(column.title),
        f"`{column.code}`",
        content,
        "是" if column.required else "",
        "是" if column.key else "",
        "、".join(word for word in dict.fromkeys(column.synonyms) if word != str(column.title)),
        str(column.help),
    ]


# --- figures and mechanisms ----------------------------------------------------------------------


def figures() -> Iterator[str]:
    yield "## 统计数\n"
    yield from table(
        ["代码", "说的是什么", "单位", "统计口径"], map(_figure, house().figures().values())
    )
    yield "## 机制与四有\n"
    yield from table(
        ["代码", "机制", "计划", "内容", "检查", "效果"], map(_mechanism, house().mechanisms())
    )


def _figure(figure: "Figure") -> list[str]:
    return [f"`{figure.code}`", str(figure.sentence), str(figure.unit), str(figure.basis)]


def _mechanism(mechanism: "Mechanism") -> list[str]:
    marks = [mechanism.plan, mechanism.content, mechanism.check, mechanism.effect]
    asked = [f"`{mark.figure}` ≥ {mark.at_least}" for mark in marks]
    return [mechanism.code, str(mechanism.title), *asked]


# --- access ------------------------------------------------------------------------------------------

VISITORS = {
    "未登录": (),
    "成员": ("member",),
    "单位文员": ("member", "unit_clerk"),
    "领导": ("member", "leader"),
    "党办文员": ("member", "clerk"),
    "审计员": ("member", "auditor"),
    "管理员": ("admin",),
}


def access() -> Iterator[str]:
    checks = import_module("taihua.site.checks")
    accounts = [_account(roles) for roles in VISITORS.values()]
    pages = sorted(
        (address, [view.admits(account) for account in accounts])
        for address, view in checks.views()
        if hasattr(view, "admits")
    )
    yield from table(
        ["网址", *VISITORS],
        ([f"`{address}`", *("是" if let else "" for let in lets)] for address, lets in pages),
    )


def _account(roles: tuple[str, ...]) -> Any:
    """An account as it stands before a door, without a database."""
    models = import_module("taihua.kernel.org.models")
    if not roles:
        return import_module("django.contrib.auth.models").AnonymousUser()
    account = models.Account(username="visitor", person_id=1 if "member" in roles else None)
    account.granted = tuple(models.Grant(role=role) for role in roles if role != "member")
    return account


# --- all pages ---------------------------------------------------------------------------------------


def table(titles: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """A Markdown table; what would break a cell is made harmless."""
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""


WRITERS: dict[str, Callable[[], Iterator[str]]] = {
    "commands.md": commands,
    "ledgers.md": ledgers,
    "figures.md": figures,
    "access.md": access,
}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    sys.exit(main())

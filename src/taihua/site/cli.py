"""The command line: ``taihua COMMAND``. Exit codes: 0 fine, 1 refused or findings, 2 wrong usage."""

import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import (
    BaseCommand,
    CommandError,
    get_commands,
    load_command_class,
)
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

FINE, REFUSED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for and leave with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taihua.site.settings")
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return _complain(str(error), MISUSED)
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(overview())
        return FINE if words else MISUSED
    name, *rest = words
    if name not in get_commands():
        said = _("taihua 没有命令 %(name)s。") % {"name": name}
        return _complain(f"{said}\n\n{overview()}", MISUSED)
    return _call(name, rest)


def _call(name: str, rest: list[str]) -> int:
    command = load_command_class(get_commands()[name], name)
    # Django's own way in: it parses as a command line does, wrong usage leaves with 2.
    command._called_from_command_line = True  # type: ignore[attr-defined]  # noqa: SLF001
    parser = command.create_parser("taihua", name)
    options = vars(parser.parse_args(rest))
    positional = options.pop("args", ())
    try:
        command.execute(*positional, **options)
    except CommandError as error:
        return _complain(str(error), error.returncode)
    except (OperationalError, ProgrammingError) as error:
        # No tables, no room, no answer: the ground is missing, not a line of ours.
        said = _("数据库不能用：%(error)s。运行 taihua doctor，它说明怎么办。")
        return _complain(said % {"error": str(error).strip()}, REFUSED)
    except KeyboardInterrupt:
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output (head, less) has gone: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE


def _complain(text: str, code: int) -> int:
    sys.stderr.write(text.rstrip("\n") + "\n")
    return code


def overview() -> str:
    """Each of our commands with its sentence; Django's own work too but are not listed."""
    ours = sorted(name for name, app in get_commands().items() if str(app).startswith("taihua."))
    width = max(map(len, ours), default=0)
    lines = [f"  {name:<{width}}  {_command(name).help.strip()}" for name in ours]
    return "\n".join(["taihua COMMAND [--help]", "", *lines, ""])


def _command(name: str) -> BaseCommand:
    return load_command_class(get_commands()[name], name)

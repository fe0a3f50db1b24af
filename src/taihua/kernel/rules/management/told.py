"""What the commands of the rules share: days and moments as typed, verdicts as data."""

import json
from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.utils.translation import gettext as _

from taihua.base.periods import Period
from taihua.kernel.rules.logic import WHOLE, Rule
from taihua.kernel.rules.packtext import Pack, PackRefused, decode_pack, parse_pack
from taihua.kernel.rules.typed import FIRST_DAY, LAST_DAY, day_of, moment_of

MISUSED = 2


def a_day(text: str) -> date:
    """A day typed as 2013-12-04."""
    if day := day_of(text):
        return day
    raise ArgumentTypeError(_("%(text)s 不是日期，请写成 2013-12-04 这样。") % {"text": text})


def a_year(text: str) -> int:
    """A year typed as 2013."""
    if text.isdecimal() and FIRST_DAY.year <= int(text) <= LAST_DAY.year:
        return int(text)
    raise ArgumentTypeError(_("%(text)s 不是年份，请写成 2013 这样。") % {"text": text})


def a_moment(text: str) -> datetime:
    """A moment typed as 2013-12-04T09:30; a day means its end, no zone means Asia/Shanghai."""
    if moment := moment_of(text):
        return moment
    raise ArgumentTypeError(_("%(text)s 不是时刻，请写成 2013-12-04T09:30 这样。") % {"text": text})


def a_pack(name: str) -> Pack:
    """The pack in a file.

    :raises PackRefused: it is none
    :raises CommandError: there is no such file
    """
    try:
        return parse_pack(decode_pack(Path(name).read_bytes()))
    except OSError as error:
        raise CommandError(
            _("读不了 %(file)s：%(why)s。") % {"file": name, "why": error.strerror},
            returncode=MISUSED,
        ) from None


def plain(hundredths: int) -> int | float:
    """A quantity as a plain number: 200 is 2, 50 is 0.5."""
    return hundredths // WHOLE if hundredths % WHOLE == 0 else hundredths / WHOLE


def verdict_data(  # the keys are fixed
    rule: Rule,
    period: Period,
    *,
    subject: str,
    asked: int,
    done: int,
    state: str,
    statements: Sequence[str],
) -> dict[str, Any]:
    """A verdict as other programs read it; the keys are a promise."""
    return {
        "rule": rule.code,
        "subject": subject,
        "subject_kind": str(rule.subject),
        "period": period.key,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "asked": plain(asked),
        "done": plain(done),
        "state": str(state),
        "due": period.due.isoformat(),
        "statements": list(statements),
    }


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def refused_data(refused: PackRefused) -> dict[str, Any]:
    """A refusal of a text as other programs read it."""
    faults = [{"line": fault.line, "reason": fault.reason} for fault in refused.faults]
    return {"ok": False, "faults": faults, "refusals": [], "warnings": []}

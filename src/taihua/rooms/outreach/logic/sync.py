"""What makes uploads harmless: which of two writings is the newer, and whether a clock is doubtful."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

CLOCK_MAY_BE_OFF = timedelta(hours=3)


def digest(content: Mapping[str, object]) -> str:
    """The fingerprint of a note's content, whatever the order of its parts."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def is_newer(revision: int, fingerprint: str, than: tuple[int, str]) -> bool:
    """Whether a writing replaces the one that is there.

    The order is total, so that whatever comes first the same one stays: the greater revision, and
    of two that bear the same number the greater fingerprint.
    """
    return (revision, fingerprint) > than


def clock_doubt(device: datetime, real: datetime) -> timedelta | None:
    """By how much a device's clock is ahead (behind: negative), where that is too much to ignore."""
    off = device - real
    return off if abs(off) > CLOCK_MAY_BE_OFF else None

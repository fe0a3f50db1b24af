"""How far the review of a text is, from the steps that were taken with it."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from taihua.rooms.portal.enums import Stage, Step

AFTER = {
    Step.HAND_IN: Stage.IN_REVIEW,
    Step.PASS: Stage.PASSED,
    Step.RETURN: Stage.RETURNED,
    Step.ISSUE: Stage.ISSUED,
    Step.WITHDRAW: Stage.WITHDRAWN,
    Step.RESTORE: Stage.ISSUED,
}
FOLLOWING = {
    Stage.DRAFT: {Step.HAND_IN},
    Stage.RETURNED: {Step.HAND_IN},
    Stage.IN_REVIEW: {Step.PASS, Step.RETURN},
    Stage.PASSED: {Step.ISSUE, Step.RETURN},
    Stage.ISSUED: {Step.WITHDRAW},
    Stage.WITHDRAWN: {Step.RESTORE},
}


def stage_of(steps: Sequence[str]) -> Stage:
    """Where a text stands after its steps, the oldest first."""
    return AFTER[Step(steps[-1])] if steps else Stage.DRAFT


def may_follow(steps: Sequence[str], step: str) -> bool:
    """Whether that step can be taken after these."""
    return step in FOLLOWING[stage_of(steps)]


def changes(before: str, after: str, *, whole: bool = False) -> list[tuple[str, str]]:
    """What became of a text, in pieces: ``same``, ``gone`` or ``new``.

    Long unchanged runs are cut, unless the ``whole`` text is asked for. Whole lines are compared first, then the signs within lines that changed.
    """
    old, new = before.splitlines(), after.splitlines()
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [("same", line) for line in (old[a:b] if whole else _shortened(old[a:b]))]
        else:
            found += _within("\n".join(old[a:b]), "\n".join(new[c:d]))
    return found


def _within(before: str, after: str) -> Iterable[tuple[str, str]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:  # noqa: PLR2004  # another text, not a changed one
        return [pair for pair in (("gone", before), ("new", after)) if pair[1]]
    pieces: list[tuple[str, str]] = []
    for _tag, a, b, c, d in matcher.get_opcodes():
        if before[a:b] == after[c:d]:
            pieces.append(("kept", before[a:b]))
            continue
        pieces += [pair for pair in (("gone", before[a:b]), ("new", after[c:d])) if pair[1]]
    return pieces


def _shortened(lines: Sequence[str]) -> list[str]:
    if len(lines) <= 3:  # noqa: PLR2004
        return list(lines)
    return [lines[0], "……", lines[-1]]

"""What would happen if a text were adopted: its faults, findings, differences and a dry run."""

from dataclasses import dataclass, field
from datetime import date

from taihua.kernel.rules.clauses import Change, Names, changes
from taihua.kernel.rules.dryrun import Trial, dry_run
from taihua.kernel.rules.ground import ground_for
from taihua.kernel.rules.lint import Finding, lint, refusals
from taihua.kernel.rules.models import RuleBook
from taihua.kernel.rules.packtext import Fault, Pack, PackRefused, parse_pack


@dataclass(frozen=True, slots=True)
class Preview:
    """A text looked over; without a pack it could not even be read."""

    pack: Pack | None
    faults: tuple[Fault, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    same: bool = False

    @property
    def grave(self) -> list[Finding]:
        return refusals(self.findings)

    @property
    def mild(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.grave]

    @property
    def refused_codes(self) -> list[str]:
        """The rules that the linter refuses, each once."""
        return list(dict.fromkeys(finding.rule for finding in self.grave))


def preview(text: str, base: RuleBook | None, names: Names, on: date, year: int) -> Preview:
    """``text`` looked over against its base version and tried on ``year``; nothing is written."""
    try:
        pack = parse_pack(text)
    except PackRefused as refused:
        return Preview(None, refused.faults)
    before = parse_pack(base.text).rules if base and base.text else ()
    return Preview(
        pack=pack,
        findings=lint(pack, ground_for(pack, on)),
        changes=changes(before, pack.rules, names) if before else [],
        trials=dry_run(pack, year, on),
        same=base is not None and base.text == pack.text,
    )

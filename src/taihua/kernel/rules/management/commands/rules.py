"""``taihua rules``: look over a pack of rules, or try it on a past year; neither writes anything."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.kernel.rules.dryrun import SHOWN, Trial, dry_run
from taihua.kernel.rules.ground import ground_or_bare
from taihua.kernel.rules.lint import Finding, lint, refusals
from taihua.kernel.rules.management.told import a_pack, a_year, as_json, refused_data
from taihua.kernel.rules.packtext import PackRefused


class Command(BaseCommand):
    """Packs of rules, before they are adopted."""

    help = "检查一个制度包，或者拿过去的一年试算"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        look = ways.add_parser("lint", help="逐条说明哪里不行；有不能通过的，退出码为 1")
        trial = ways.add_parser("dry-run", help="假如那一年就有这些条目，会是什么结论；只算不写")
        trial.add_argument("--year", metavar="Y", type=a_year, required=True, help="拿哪一年试算")
        for each in (look, trial):
            each.add_argument("file", metavar="FILE", help="TOML 文件")
            each.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["way"] == "lint":
                self._lint(options)
            else:
                self._dry_run(options)
        except PackRefused as refused:
            if options["json"]:
                self.stdout.write(as_json(refused_data(refused)))
            raise CommandError(str(refused)) from None

    def _lint(self, options: dict[str, Any]) -> None:
        pack = a_pack(options["file"])
        findings = lint(pack, ground_or_bare(pack, clock.today()))
        grave = refusals(findings)
        if options["json"]:
            told = {
                "ok": not grave,
                "faults": [],
                "refusals": [_finding(each) for each in grave],
                "warnings": [_finding(each) for each in findings if not each.grave],
            }
            self.stdout.write(as_json(told))
        else:
            for each in findings:
                said = (
                    _("拒绝 第 %(line)s 行 %(rule)s：%(reason)s")
                    if each.grave
                    else _("提醒 第 %(line)s 行 %(rule)s：%(reason)s")
                )
                self.stdout.write(said % _finding(each))
            self.stdout.write(
                _("共 %(rules)d 条，拒绝 %(grave)d 处。")
                % {"rules": len(pack.rules), "grave": len(grave)}
            )
        if grave:
            raise CommandError(_("《%(title)s》不能通过。") % {"title": pack.title})

    def _dry_run(self, options: dict[str, Any]) -> None:
        pack = a_pack(options["file"])
        trials = dry_run(pack, options["year"], clock.today())
        if options["json"]:
            self.stdout.write(as_json([_trial(each) for each in trials]))
            return
        for each in trials:
            counts = "  ".join(f"{state} {each.states[state]}" for state in SHOWN)
            self.stdout.write(f"{each.rule.code:<28} {counts}  owed {each.owed_more:+d}")


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "code": finding.code,
        "reason": finding.reason,
        "line": finding.line,
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "rule": trial.rule.code,
        "periods": trial.periods,
        "states": {str(state): trial.states[state] for state in SHOWN},
        "now": trial.now and {str(state): trial.now[state] for state in SHOWN},
        "owed_more": trial.owed_more,
    }

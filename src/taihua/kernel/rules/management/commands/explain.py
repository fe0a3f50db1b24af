"""``taihua explain``: why one duty of one person or unit stands as it does."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from taihua.base import clock
from taihua.kernel.rules.logic import Verdict
from taihua.kernel.rules.management.told import a_day, a_moment, as_json, plain, verdict_data
from taihua.kernel.rules.reasons import Looked, Reason, actor_of, reason_for
from taihua.kernel.rules.wordings import wordings_of
from taihua.kernel.rules.words import duty_sentence, why_sentences


class Command(BaseCommand):
    """One verdict with its reasons."""

    help = "说明一个结论：为什么是完成、为什么是欠"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", metavar="RULE", help="条目代码")
        parser.add_argument("subject", metavar="SUBJECT", help="工号或单位代码")
        parser.add_argument("period", metavar="PERIOD", help="周期，例如 2013-12、2013-Q4、2013")
        parser.add_argument("--on", metavar="DATE", type=a_day, help="问哪一天的情况，默认今天")
        parser.add_argument("--known", metavar="MOMENT", type=a_moment, help="按哪一刻所知道的")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or clock.today()
        wordings = wordings_of(options["rule"], options["known"])
        if not wordings:
            raise CommandError(f"no rule {options['rule']}")
        actor = actor_of(wordings[-1].subject, options["subject"])
        if actor is None:
            raise CommandError(f"no {wordings[-1].subject} {options['subject']}")
        reason = reason_for(options["rule"], actor, options["period"], on, options["known"])
        if reason is None:
            raise CommandError(f"{options['rule']} has no period {options['period']}")
        if options["json"]:
            self.stdout.write(as_json(_data(reason)))
        else:
            self.stdout.write("\n".join(_lines(reason)))


def _data(reason: Reason) -> dict[str, Any]:
    verdict = reason.verdict
    return {
        **_verdict(verdict, reason.actor.code),
        "sentence": verdict.rule.sentence,
        "source": verdict.rule.source,
        "duty": duty_sentence(verdict),
        "why": why_sentences(verdict),
        "member_days": verdict.member_days,
        "present_days": verdict.present_days,
        "on_time": plain(verdict.on_time),
        "not_counted": [_passed(act) for act in reason.acts if not act.counted],
        "terms": [
            {
                "unit": term.unit.code,
                "post": term.post.code,
                "first_day": term.first_day.isoformat(),
                "last_day": term.last_day.isoformat() if term.last_day else None,
                "counts": counts,
            }
            for term, counts in reason.terms
        ],
        "leave": [
            {"first_day": leave.first_day.isoformat(), "last_day": leave.last_day.isoformat()}
            for leave in reason.leaves
        ],
    }


def _verdict(verdict: Verdict, subject: str) -> dict[str, Any]:
    return verdict_data(
        verdict.rule,
        verdict.period,
        subject=subject,
        asked=verdict.asked,
        done=verdict.done,
        state=verdict.state,
        statements=[fact.uuid for fact in verdict.counted],
    )


def _passed(act: Looked) -> dict[str, Any]:
    return {"statement": act.fact.uuid, "reason": str(act.passed), "words": act.why_not}


def _lines(reason: Reason) -> list[str]:
    verdict = reason.verdict
    return [
        f"{reason.actor}：{duty_sentence(verdict)}",
        f"“{verdict.rule.sentence}”（{verdict.rule.source}）",
        *(f"  {line}" for line in why_sentences(verdict)),
        *(
            f"  {'●' if act.counted else '○'} {act.fact.day} {act.fact.label} {act.why_not}".rstrip()
            for act in reason.acts
        ),
    ]

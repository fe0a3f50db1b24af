"""为什么: the answer to why a duty stands as it does."""

from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.rules import access
from taihua.kernel.rules.reasons import Reason, actor_of, reason_for
from taihua.kernel.rules.typed import day_of, moment_of
from taihua.kernel.rules.wordings import wordings_of
from taihua.kernel.rules.words import duty_sentence, period_words, why_sentences


@admits(is_logged_in)
@require_safe
def why(request: Request, code: str, ref: str, key: str) -> HttpResponse:
    """One verdict explained, as it stands or as it was known on a moment."""
    asked = request.GET.get("known", "").strip()
    known = moment_of(asked)
    on = day_of(request.GET.get("on", "")) or (clock.local_day(known) if known else clock.today())
    wordings = wordings_of(code)
    actor = actor_of(wordings[0].subject, ref) if wordings else None
    if actor is None or not access.may_explain(request.user, actor, on):
        raise Http404
    reason = reason_for(code, actor, key, on, known)
    if reason is None:
        if not known:
            raise Http404
        told = {"known": known, "here": request.path}
        return render(request, "rules/unknown_then.html", told, status=404)
    return render(request, "rules/why.html", _shown(reason, on, known, asked))


def _shown(reason: Reason, on: date, known: datetime | None, asked: str) -> dict[str, object]:
    verdict = reason.verdict
    return {
        "reason": reason,
        "verdict": verdict,
        "rule": verdict.rule,
        "period": verdict.period,
        "sentence": duty_sentence(verdict),
        "why": why_sentences(verdict),
        "when": period_words(verdict.period, on),
        "points": [(act.fact.day, act.counted, act.fact.label) for act in reason.acts],
        "away": [
            *((leave.first_day, leave.last_day) for leave in reason.leaves),
            *((exemption.first_day, exemption.last_day) for exemption in reason.exemptions),
        ],
        "on": on,
        "known": known,
        "asked": asked,
        "not_understood": bool(asked) and known is None,
    }

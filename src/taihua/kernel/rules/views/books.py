"""Books of rules and single rules, as everybody in the house may read them."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.periods import Period
from taihua.base.templatetags.page import STATES
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.rules import access, shelf
from taihua.kernel.rules.clauses import DOUBTS, LABELS, LEVELS, Names, audience_words, changes
from taihua.kernel.rules.clauses import clauses as clauses_of
from taihua.kernel.rules.enums import Confidence, State, Subject
from taihua.kernel.rules.forms import RetireForm
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.mechanisms import mechanism_words
from taihua.kernel.rules.models import RuleBook
from taihua.kernel.rules.queries import judged, verdicts
from taihua.kernel.rules.wordings import wordings_of
from taihua.kernel.rules.words import duty_sentence, period_words

ROWS = 25
type Clauses = tuple[tuple[str, str, str], ...]
TOML = "application/toml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in a list."""

    rule: Rule
    who: str
    level: str
    mechanism: str
    doubt: str
    future: bool


def _line(rule: Rule, names: Names, on: date) -> Line:
    anyhow = replace(rule, audience=replace(rule.audience, concurrent=True))
    return Line(
        rule=rule,
        who=audience_words(anyhow, names),
        level=str(LEVELS[rule.level]),
        mechanism=mechanism_words(rule.mechanism),
        doubt=str(DOUBTS.get(rule.confidence, "")),
        future=rule.valid_from > on,
    )


@admits(is_logged_in)
@require_safe
def books(request: Request) -> HttpResponse:
    """The rules in force, book by book, and the packs that could be adopted."""
    on, names = clock.today(), shelf.names()
    shelved = shelf.shelf(on)
    adopted = {each.book.code for each in shelved}
    return render(
        request,
        "rules/books.html",
        {
            "books": [
                (each.book, [_line(rule, names, on) for rule in each.rules]) for each in shelved
            ],
            "shipped": [pack for pack in shelf.shipped() if pack.code not in adopted],
            "writes": access.writes_rules(request.user),
            "oversees": access.oversees(request.user),
        },
    )


@admits(is_logged_in)
@require_safe
def book(request: Request, code: str) -> HttpResponse:
    """One book: its rules, what it knows but cannot judge yet, its versions and their differences."""
    versions = list(shelf.versions_of(code))
    if not versions:
        raise Http404
    on, names = clock.today(), shelf.names()
    shelved = next(each for each in shelf.shelf(on) if each.book.code == code)
    pack = shelf.pack_of(versions[0])
    return render(
        request,
        "rules/book.html",
        {
            "book": versions[0],
            "level": LEVELS[pack.level] if pack else versions[0].level,
            "lines": [_line(rule, names, on) for rule in shelved.rules],
            "pending": pack.pending if pack else (),
            "versions": versions,
            "differences": _differences(versions, request.GET.get("since", ""), names),
            "writes": access.writes_rules(request.user) and versions[0].retired_from is None,
            "retire": RetireForm(),
        },
    )


def _differences(versions: list[RuleBook], since: str, names: Names) -> dict[str, object] | None:
    """The newest version against that numbered ``since``, or against the one before it."""
    wanted = since or str(versions[0].version - 1)
    old = next((each for each in versions if str(each.version) == wanted), None)
    before, after = old and shelf.pack_of(old), shelf.pack_of(versions[0])
    if not before or not after or old is versions[0]:
        return None
    return {"since": old, "changes": changes(before.rules, after.rules, names)}


@admits(is_logged_in)
@require_safe
def text(request: Request, code: str) -> HttpResponse:
    """The newest text of a book, to keep or to take elsewhere."""
    newest = shelf.newest_book(code)
    if newest is None:
        raise Http404
    name = f"{newest.code}-v{newest.version}.toml"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(newest.text, content_type=TOML, headers=headers)


@admits(is_logged_in)
@require_safe
def rule(request: Request, code: str) -> HttpResponse:
    """One rule: its clauses and wordings, and how those stand whom the visitor may see."""
    wordings = wordings_of(code)
    if not wordings:
        raise Http404
    on, names = clock.today(), shelf.names()
    said = next((each for each in wordings if each.said_on(on)), wordings[-1])
    told = clauses_of(said, names)
    turns = shelf.periods_shown(code, on)
    chosen = next((turn for turn in turns if turn[1].key == request.GET.get("period")), None)
    context: dict[str, object] = {
        "rule": said,
        "holds": said.said_on(on),
        "ended": said.valid_to is not None and said.valid_to < on,
        "clauses": [
            (LABELS[key], words) for key, words in told.items() if words and key != "sentence"
        ],
        "book_title": shelf.title_of(said.book),
        "doubt": said.confidence is not Confidence.SURE,
        "history": _history(wordings, names),
        "periods": [(period, period_words(period, on) or period.key) for _rule, period in turns],
        "writes": access.writes_rules(request.user) and shelf.is_written(said.book, code),
        "on": on,
    }
    if turns:
        context |= _standing(request, *(chosen or turns[0]), on)
    return render(request, "rules/rule.html", context)


def _history(wordings: list[Rule], names: Names) -> list[tuple[Rule, Clauses]]:
    """The wordings, newest first, each with what it changed in the one before it."""
    told: list[tuple[Rule, Clauses]] = []
    for index, wording in enumerate(wordings):
        before = [wordings[index - 1]] if index else []
        changed = changes(before, [wording], names) if before else []
        told.append((wording, changed[0].clauses if changed else ()))
    return told[::-1]


def _standing(request: Request, rule: Rule, period: Period, on: date) -> dict[str, object]:
    shown: dict[str, object] = {
        "period": period,
        "when": period_words(period, on),
        "judged_by": rule,
    }
    person = request.user.person
    if person is not None and rule.subject is Subject.PERSON:
        mine = judged(person, [(rule, period)], on)[0]
        if mine.state is not State.NOT_APPLICABLE:
            shown["mine"] = (mine, duty_sentence(mine))
    if not access.oversees(request.user):
        return shown
    seen = shelf.subjects_seen(request.user, rule.subject, on)
    wanted = request.GET.get("state", "")
    state = State(wanted) if wanted in set(State) else None
    stand = shelf.stand(rule, period, on, seen, state)
    page = Paginator(stand.subjects, ROWS).get_page(request.GET.get("page"))
    rows = verdicts(rule, [period], on, subjects=list(page.object_list))
    actors = shelf.actors(rule.subject, page.object_list)
    counts = stand.counts
    return shown | {
        "counts": [(each, STATES[each], counts[each]) for each in State if each in counts],
        "state": state or "",
        "page": page,
        "rows": [(actors[row.subject], row) for row in rows],
    }

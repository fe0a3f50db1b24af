"""Practice: one question, its answer, the article; seen by nobody else."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.study.actions.law_practice import answer_question
from taihua.rooms.study.forms.law_quizzes import PracticeForm
from taihua.rooms.study.models import Law, LawQuestion
from taihua.rooms.study.queries import law_bank as bank
from taihua.rooms.study.queries import law_practice as queries


@admits(is_member)
@require_http_methods(["GET", "POST"])
def practice(request: Request) -> HttpResponse:
    """Ask what is worth asking; after an answer say what is right and which article proves it."""
    person, now, law = person_of(request), clock.now(), _law(request)
    posted = request.method == "POST"
    asked = _asked(request) if posted else queries.next_question(person, now, law)
    if asked is None:
        return render(request, "study/law_practice.html", {"law": law})
    form = PracticeForm(request.POST or None, asked=asked, seed=now.toordinal())
    context: dict[str, object] = {"law": law, "asked": asked, "form": form}
    if form.is_valid():
        answer = answer_question(person=person, question=asked, reply=form.reply, at=now)
        context |= {"answer": answer, "proof": bank.proof_of(asked, clock.today())}
    return render(request, "study/law_practice.html", context)


def _law(request: Request) -> Law | None:
    wanted = request.GET.get("law", "")
    if not wanted:
        return None
    return get_object_or_404(Law, pk=int(wanted) if wanted.isdecimal() else 0)


def _asked(request: Request) -> LawQuestion:
    """The question that was answered; only one that may be asked today."""
    wanted = request.POST.get("question", "")
    if not wanted.isdecimal():
        raise Http404
    return get_object_or_404(bank.with_law(bank.questions_in_force(clock.today())), pk=int(wanted))

"""Reading circles: who reads together, the question of the week, and what is said to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access, forms
from taihua.rooms.reading.actions import circles as actions
from taihua.rooms.reading.models import Circle, WeeklyAnswer, WeeklyQuestion
from taihua.rooms.reading.queries import circles as queries

WEEKS = 8


@admits(is_member)
@require_http_methods(["GET", "POST"])
def circles(request: Request) -> HttpResponse:
    """The circles one belongs to; posting forms another."""
    keeper = person_of(request)
    form = forms.CircleForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.form_circle(keeper=keeper, **form.cleaned_data)
        except actions.CircleRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("小组“%(name)s”已建好。") % {"name": made.name})
            return redirect("reading:circles")
    return render(
        request, "reading/circles.html", {"form": form, "circles": queries.circles_of(keeper)}
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def circle(request: Request, pk: int) -> HttpResponse:
    """This week's question and those before; posting answers this week's, or asks it."""
    person, found = person_of(request), _own(request, pk)
    question = queries.question_of_week(found, clock.today())
    mine = _said_by(person, question) if question else None
    asks = question is None or "ask" in request.POST or "rewrite" in request.GET
    form = _form(request, question, mine, asks=asks)
    if form.is_valid():
        try:
            if isinstance(form, forms.QuestionForm):
                actions.ask_circle(circle=found, asker=person, at=clock.now(), **form.cleaned_data)
            elif question is not None:
                text = form.cleaned_data["text"]
                actions.answer_circle(question=question, writer=person, text=text, at=clock.now())
        except actions.CircleRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("已存下，小组里的人都看得到。"))
            return redirect("reading:circle", pk)
    return _shown(request, found, form, question, mine)


def _form(
    request: Request, question: WeeklyQuestion | None, mine: WeeklyAnswer | None, *, asks: bool
) -> forms.QuestionForm | forms.WeeklyAnswerForm:
    if asks:
        begin = {"text": question.text, "book": question.book_id} if question else {}
        return forms.QuestionForm(request.POST or None, initial=begin)
    return forms.WeeklyAnswerForm(request.POST or None, initial={"text": mine.text if mine else ""})


def _shown(
    request: Request,
    found: Circle,
    form: forms.QuestionForm | forms.WeeklyAnswerForm,
    question: WeeklyQuestion | None,
    mine: WeeklyAnswer | None,
) -> HttpResponse:
    person, earlier = person_of(request), queries.questions_of(found)
    if question:
        earlier = earlier.exclude(pk=question.pk)
    return render(
        request,
        "reading/circle.html",
        {
            "circle": found,
            "question": question,
            "mine": mine,
            "form": form,
            "asks": isinstance(form, forms.QuestionForm),
            "turn": queries.whose_turn(found, clock.today()),
            "may_rewrite": question and access.may_rewrite_question(person, question),
            "may_change": access.may_change_circle(person, found),
            "page_obj": Paginator(earlier, WEEKS).get_page(request.GET.get("page")),
            "me": person,
        },
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def members(request: Request, pk: int) -> HttpResponse:
    """Who reads together; only the keeper changes it."""
    found = _own(request, pk)
    if not access.may_change_circle(person_of(request), found):
        raise Http404
    written = "、".join(str(member) for member in found.members.order_by("name", "pk"))
    form = forms.CircleForm(request.POST or None, initial={"name": found.name, "members": written})
    form.fields["name"].disabled = True
    if form.is_valid():
        actions.change_circle(circle=found, members=form.cleaned_data["members"])
        messages.success(request, _("组员已更新。"))
        return redirect("reading:circle", pk)
    return render(request, "reading/circle_members.html", {"form": form, "circle": found})


@admits(is_member)
@require_POST
def take_back_answer(request: Request, pk: int, answer_pk: int) -> HttpResponse:
    found = _own(request, pk)
    answer = get_object_or_404(WeeklyAnswer, pk=answer_pk, question__circle=found)
    if not access.may_take_back_answer(person_of(request), answer):
        raise Http404
    actions.take_back_answer(answer=answer, at=clock.now(), by=request.user)
    messages.success(request, _("已撤回您的回应。"))
    return redirect("reading:circle", pk)


def _own(request: Request, pk: int) -> Circle:
    return get_object_or_404(queries.circles_of(person_of(request)), pk=pk)


def _said_by(person: object, question: WeeklyQuestion) -> WeeklyAnswer | None:
    return next((each for each in question.answers.all() if each.writer == person), None)

"""The keepers' pages: questions, one by one and in files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.http import Request
from taihua.rooms.study import access
from taihua.rooms.study.actions import law_bank as actions
from taihua.rooms.study.actions.law_bank import BankRefused, GiftRefused
from taihua.rooms.study.forms.law import BankForm, ConfirmForm, GiftForm, QuestionForm, ReasonForm
from taihua.rooms.study.logic.gift import write_gift
from taihua.rooms.study.logic.law_stats import FEWEST
from taihua.rooms.study.models import LawQuestion
from taihua.rooms.study.queries import law_bank as bank
from taihua.rooms.study.queries.law_quizzes import figures_of

PAGE = 25


@admits(access.may_read_bank)
@require_GET
def questions(request: Request) -> HttpResponse:
    """The bank, filtered; with figures for its keepers."""
    form, today = BankForm(request.GET), clock.today()
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(bank.bank(today, **asked), PAGE).get_page(request.GET.get("page"))
    may_keep = access.may_keep_bank(request.user)
    kept = bank.standings(page, today)
    figures = figures_of([each.question.pk for each in kept]) if may_keep else {}
    return render(
        request,
        "study/law_questions.html",
        {
            "form": form,
            "page_obj": page,
            "rows": [(each, figures.get(each.question.pk)) for each in kept],
            "fewest": FEWEST,
            "may_keep": may_keep,
        },
    )


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def new_question(request: Request) -> HttpResponse:
    return _write(request, None)


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def revise_question(request: Request, pk: int) -> HttpResponse:
    return _write(request, _live(pk))


def _write(request: Request, question: LawQuestion | None) -> HttpResponse:
    form = QuestionForm(request.POST or None, question=question)
    if form.is_valid():
        try:
            written = actions.write_question(
                item=form.item, replaces=question, at=clock.now(), by=request.user
            )
        except BankRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("题“%(code)s”已入库。") % {"code": written.code})
            return redirect("study:law-question", written.pk)
    return render(request, "study/write_question.html", {"form": form, "question": question})


@admits(access.may_read_bank)
@require_GET
def question(request: Request, pk: int) -> HttpResponse:
    """One question as its keepers see it: what proves it, how it stands, how it does."""
    today = clock.today()
    found = get_object_or_404(bank.with_law(LawQuestion.objects.all()), pk=pk)
    may_keep = access.may_keep_bank(request.user)
    return render(
        request,
        "study/law_question.html",
        {
            "question": found,
            "standing": bank.standings([found], today)[0].standing,
            "proof": bank.proof_of(found, today),
            "figures": figures_of([found.pk])[found.pk] if may_keep else None,
            "fewest": FEWEST,
            "may_keep": may_keep and not found.is_retired,
            "is_keeper": may_keep,
            "reason_form": ReasonForm(),
            "confirm_form": ConfirmForm(initial={"number": found.article.number}),
        },
    )


@admits(access.may_keep_bank)
@require_POST
def retire_question(request: Request, pk: int) -> HttpResponse:
    found, form = _live(pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.retire_question(question=found, reason=reason, at=clock.now())
    except BankRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("题“%(code)s”已停用。") % {"code": found.code})
    return redirect("study:law-question", pk)


@admits(access.may_keep_bank)
@require_POST
def confirm_question(request: Request, pk: int) -> HttpResponse:
    found, form = _live(pk), ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明在现行文本里是第几条。"))
        return redirect("study:law-question", pk)
    try:
        actions.confirm_question(
            question=found,
            number=form.cleaned_data["number"],
            on=clock.today(),
            at=clock.now(),
            by=request.user,
        )
    except BankRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("题“%(code)s”已复核。") % {"code": found.code})
    return redirect("study:law-question", pk)


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def import_gift(request: Request) -> HttpResponse:
    """Take a GIFT file whole or not at all; what is wrong is listed by line."""
    form = GiftForm(request.POST or None, request.FILES or None)
    wrongs: list[actions.Wrong] = []
    if form.is_valid():
        try:
            put = actions.import_gift(form.cleaned_data["file"], at=clock.now(), by=request.user)
        except GiftRefused as refusal:
            form.add_error("file", str(refusal))
            wrongs = list(refusal.wrongs)
        else:
            told = {"new": put.new, "changed": put.changed, "same": put.same}
            messages.success(
                request, _("新增 %(new)d 题，更新 %(changed)d 题，不变 %(same)d 题。") % told
            )
            return redirect("study:law-questions")
    return render(request, "study/import_gift.html", {"form": form, "wrongs": wrongs})


@admits(access.may_read_bank)
@require_GET
def export_gift(request: Request) -> HttpResponse:
    """The questions in use as a GIFT file that comes back as the same."""
    found = bank.bank(clock.today())
    answer = HttpResponse(
        write_gift(each.item for each in found), content_type="text/plain; charset=utf-8"
    )
    name = _("学法题库-%(day)s.gift") % {"day": clock.today().isoformat()}
    told = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = told or "attachment"
    return answer


def _live(pk: int) -> LawQuestion:
    return get_object_or_404(
        bank.with_law(LawQuestion.objects.filter(retired_at__isnull=True)), pk=pk
    )

"""Laws, their versions and articles; the first page of the study of law."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.study import access
from taihua.rooms.study.actions import law_bank, laws
from taihua.rooms.study.actions.law_bank import BankRefused
from taihua.rooms.study.forms.law import ArticleForm, LawForm, VersionForm
from taihua.rooms.study.models import Article, Law, LawVersion
from taihua.rooms.study.queries import law_bank as bank
from taihua.rooms.study.queries.law_practice import mastery_of
from taihua.rooms.study.queries.law_quizzes import tasks_of


@admits(is_logged_in)
@require_GET
def home(request: Request) -> HttpResponse:
    """My quizzes, my practice, what I probably know; for keepers what the bank waits for."""
    now, person = clock.now(), request.user.person
    tasks = tasks_of(person, clock.today()) if person else []
    context = {
        "tasks": [task for task in tasks if not task.is_passed],
        "passed": [task for task in tasks if task.is_passed],
        "mastery": mastery_of(person, now) if person else [],
        "is_member": person is not None,
        "may_keep": access.may_keep_bank(request.user),
        "may_read": access.may_read_bank(request.user),
    }
    if context["may_read"]:
        context["stale"] = bank.stale_questions(clock.today()).count()
        context["has_laws"] = Law.objects.exists()
    return render(request, "study/law.html", context)


@admits(is_logged_in)
@require_GET
def all_laws(request: Request) -> HttpResponse:
    return render(
        request,
        "study/laws.html",
        {
            "rows": bank.law_rows(clock.today()),
            "may_keep": access.may_keep_bank(request.user),
            "may_read": access.may_read_bank(request.user),
        },
    )


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def new_law(request: Request) -> HttpResponse:
    form = LawForm(request.POST or None)
    if form.is_valid():
        try:
            law = laws.enter_law(**form.cleaned_data)
        except BankRefused as refusal:
            form.add_error("short", str(refusal))
        else:
            messages.success(request, _("《%(law)s》已登记，请接着登记它的文本。") % {"law": law})
            return redirect("study:new-law-version", law.pk)
    return render(request, "study/new_law.html", {"form": form})


@admits(access.may_keep_bank)
@require_POST
def bring_starter_bank(request: Request) -> HttpResponse:
    try:
        put = laws.bring_starter_bank(at=clock.now(), by=request.user)
    except BankRefused as refusal:
        messages.error(request, str(refusal))
    else:
        told = {"new": put.new, "changed": put.changed, "same": put.same}
        messages.success(
            request,
            _("自带题库：新增 %(new)d 题，更新 %(changed)d 题，不变 %(same)d 题。") % told,
        )
    return redirect("study:laws")


@admits(is_logged_in)
@require_GET
def law(request: Request, pk: int) -> HttpResponse:
    """One law: its versions, and the articles of the one asked for."""
    found, today = get_object_or_404(Law, pk=pk), clock.today()
    versions = list(found.versions.order_by("-effective_date"))
    holding = bank.version_on(found, today)
    shown = _version_asked(request, versions) or holding or next(iter(versions), None)
    may_keep = access.may_keep_bank(request.user)
    context = {
        "law": found,
        "versions": versions,
        "holding": holding,
        "shown": shown,
        "articles": bank.articles_shown(shown) if shown else [],
        "changed": shown.articles.filter(is_changed=True).order_by("number") if shown else [],
        "today": today,
        "may_keep": may_keep,
        "may_read": access.may_read_bank(request.user),
    }
    if context["may_read"]:
        stale = bank.stale_questions(today).filter(article__version__law=found)
        context["stale"] = bank.with_law(stale).order_by("article__number", "code")
    if may_keep and holding:
        context["confirmable"] = bank.confirmable(holding, today).count()
    return render(request, "study/law_text.html", context)


def _version_asked(request: Request, versions: list[LawVersion]) -> LawVersion | None:
    wanted = request.GET.get("version")
    if wanted is None:
        return None
    found = next((version for version in versions if str(version.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def new_version(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Law, pk=pk)
    form = VersionForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        changed = range(1, said["articles"] + 1) if said["changed"] is None else said["changed"]
        new = laws.NewVersion(
            adopted=said["adopted"],
            effective=said["effective"],
            articles=said["articles"],
            changed=frozenset(changed),
        )
        try:
            laws.enter_version(law=found, new=new, at=clock.now())
        except BankRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(law)s》的新文本已登记。") % {"law": found})
            return redirect("study:law-text", found.pk)
    return render(request, "study/new_law_version.html", {"form": form, "law": found})


@admits(access.may_keep_bank)
@require_POST
def confirm_unchanged(request: Request, pk: int) -> HttpResponse:
    """Confirm at once all questions whose articles the version in force left as they were."""
    found, today = get_object_or_404(Law, pk=pk), clock.today()
    holding = bank.version_on(found, today)
    if holding is None:
        raise Http404
    count = law_bank.confirm_unchanged(
        bank.with_law(bank.confirmable(holding, today)),
        version=holding,
        at=clock.now(),
        by=request.user,
    )
    messages.success(request, _("已复核 %(count)d 题。") % {"count": count})
    return redirect("study:law-text", pk)


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def write_article(request: Request, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("version__law"), pk=pk)
    form = ArticleForm(request.POST or None, initial={"text": article.text})
    if form.is_valid():
        laws.write_article(article=article, text=form.cleaned_data["text"])
        messages.success(request, _("%(article)s已存下。") % {"article": article})
        return redirect("study:law-text", article.version.law_id)
    return render(request, "study/write_article.html", {"form": form, "article": article})

"""An article in the making: written, looked at, its pictures and files."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.base.papers.incoming import WordUnreadable, read_docx
from taihua.kernel.drafts.views import keep_typed, open_sheet
from taihua.kernel.org.access import Visitor, is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Account
from taihua.kernel.org.queries import unit_of
from taihua.rooms.portal.access import articles as access
from taihua.rooms.portal.actions import articles as actions
from taihua.rooms.portal.actions import pictures as picture_actions
from taihua.rooms.portal.actions.review import withdrawn
from taihua.rooms.portal.enums import Form, Stage
from taihua.rooms.portal.forms import articles as forms
from taihua.rooms.portal.logic.review import changes
from taihua.rooms.portal.models import Article, ArticleFile, Picture, Revision
from taihua.rooms.portal.queries import editing as queries
from taihua.rooms.portal.queries.attached import not_looked_into


def opened(request: Request, pk: int) -> Article:
    """The article, for those who may see its drafts."""
    return get_object_or_404(
        queries.articles_open_to(request.user).select_related("live", "newest__written_by__person"),
        pk=pk,
    )


@admits(access.may_draft)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin an article; a Word file may fill the form first."""
    sheet = open_sheet(request, _("写文章"))
    if request.method == "POST" and "fill" in request.POST:
        return _filled(request, sheet)
    initial = _usual(request) | sheet.initial
    form = forms.ArticleForm(request.POST or None, by=request.user, initial=initial)
    if form.is_valid() and form.place is not None:
        try:
            article = actions.begin(
                words=form.words,
                place=form.place,
                by=request.user,
                at=clock.now(),
                once=form.cleaned_data["once"],
            )
        except actions.ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已存下。可以加图片和附件，看过以后送审。"))
            return redirect("portal:draft", article.pk)
    context = {"form": form, "sheet": sheet, "word_form": forms.WordFileForm(prefix="word")}
    return render(request, "portal/editing/write.html", context)


def _usual(request: Request) -> dict[str, Any]:
    person = request.user.person
    unit = unit_of(person, clock.today()) if person else None
    if unit is None:
        return {}
    return {"unit": unit.pk, "source": unit.name, "byline": person.name if person else ""}


def _filled(request: Request, sheet: Any) -> HttpResponse:
    """The form with the words of a Word file in it: its first line is the title."""
    word_form = forms.WordFileForm(request.POST, request.FILES, prefix="word")
    lines: list[str] = []
    if word_form.is_valid():
        try:
            lines = read_docx(word_form.cleaned_data["file"].read())
        except WordUnreadable:
            why = _("这个文件读不了。请在 Word 里另存为 .docx 再传；加了密码的先去掉密码。")
            word_form.add_error("file", why)
    title, text = (lines[0][:200], "\n".join(lines[1:])) if lines else ("", "")
    initial = _usual(request) | {"once": sheet.line, "title": title, "text": text}
    form = forms.ArticleForm(by=request.user, initial=initial)
    context = {"form": form, "sheet": sheet, "word_form": word_form, "filled": bool(lines)}
    return render(request, "portal/editing/write.html", context)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change an article; where somebody else saved meanwhile, both texts are on the page."""
    article = opened(request, pk)
    words = actions.newest_of(article)
    if not access.may_edit(request.user, article) or words.form != Form.TEXT:
        raise Http404
    sheet = open_sheet(request, _("《%(title)s》") % {"title": words.title})
    initial = forms.initial_of(article, words) | sheet.initial
    form = forms.ArticleForm(
        request.POST or None, by=request.user, article=article, initial=initial
    )
    theirs, kept = None, False
    if form.is_valid():
        try:
            actions.write(
                article=article,
                words=form.words,
                place=form.place,
                expected=form.cleaned_data["expected"] or 0,
                by=request.user,
                at=clock.now(),
                once=form.cleaned_data["once"],
            )
        except actions.Overtaken as refusal:
            form.add_error(None, str(refusal))
            theirs = refusal.theirs
            kept = keep_typed(request)
            form.data = {**form.data.dict(), "expected": str(theirs.number)}  # type: ignore[attr-defined]
        except actions.ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已存下。"))
            return redirect("portal:draft", pk)
    context = {
        "form": form,
        "article": article,
        "words": words,
        "sheet": sheet,
        "theirs": theirs,
        "kept": kept,
        "differences": _differences(form, article, theirs) if theirs else [],
    }
    return render(request, "portal/editing/write.html", context, status=409 if theirs else 200)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two texts differ, as the pieces of either: gone, new or in both."""

    name: str
    pieces: list[tuple[str, str]]


def _differences(form: forms.ArticleForm, article: Article, theirs: Revision) -> list[Difference]:
    """Field by field, what saving the form would put in place of what somebody saved first."""
    first = forms.initial_of(article, theirs)
    found = []
    for name, field in form.fields.items():
        before, after = first.get(name), form.cleaned_data[name]
        before, after = (form[name].field.prepare_value(each) for each in (before, after))
        if not field.widget.is_hidden and before != after:
            pieces = changes(_said(form[name], before), _said(form[name], after), whole=True)
            found.append(Difference(str(field.label), pieces))
    return found


def _said(field: BoundField, value: Any) -> str:
    """A value as its reader knows it: of a choice, the words."""
    choices = dict(getattr(field.field, "choices", []))
    return str(choices.get(value, "" if value is None else value)).strip()


@admits(is_logged_in)
@require_safe
def draft(request: Request, pk: int) -> HttpResponse:
    """The article as it stands, what may be done with it, and how it came about."""
    return shown(request, opened(request, pk))


def shown(request: Request, article: Article, **more: Any) -> HttpResponse:
    """The page of an article; ``more`` are forms with errors that are shown again."""
    user, stage = request.user, queries.stage(article)
    hands = queries.hands_of(article)
    is_own = user.pk in hands
    history = queries.history_of(article)
    newest = history[0]
    passed_by = {step.by_id for step in newest.steps.all() if step.step == "pass"}
    may_issue = access.may_issue(user)
    compared = request.GET.get("since") or (str(article.live.number) if article.live else "")
    since = int(compared) if compared.isdecimal() and len(compared) < 6 else 0  # noqa: PLR2004
    context = {
        "article": article,
        "words": article.newest,
        "stage": stage,
        "history": history,
        "findings": queries.findings_in(article) if stage != Stage.ISSUED else [],
        "not_looked_into": not_looked_into(article) if stage != Stage.ISSUED else [],
        "pictures": queries.pictures_of(article),
        "files": article.files.defer("content").order_by("name"),
        "waits_for_pdf": queries.document_without_pdf(article),
        "since": since,
        "changes": queries.changes_since(article, since) if 0 < since < newest.number else [],
        "may_edit": access.may_edit(user, article),
        "is_text": newest.form == Form.TEXT,
        "may_hand_in": access.may_edit(user, article) and stage in {Stage.DRAFT, Stage.RETURNED},
        "may_pass": stage == Stage.IN_REVIEW and access.may_review(user, article) and not is_own,
        "may_issue_now": stage == Stage.PASSED
        and may_issue
        and not is_own
        and user.pk not in passed_by,
        "may_issue": may_issue,
        "hands_to_come": queries.hands_to_come(article, stage, hands),
        "may_move": access.may_manage_columns(user) and article.live_id is not None,
        "taken_down": withdrawn(article),
        "is_public": article.is_public(clock.now()),
        "step_form": forms.StepForm(initial={"expected": newest.number}),
        "picture_form": forms.PictureForm(prefix="picture"),
        "file_form": forms.FileForm(prefix="attachment"),
        "move_form": forms.MoveForm(
            prefix="move", initial={"column": article.column_id, "expires_at": article.expires_at}
        ),
        **more,
    }
    return render(request, "portal/editing/draft.html", context)


@admits(is_logged_in)
@require_POST
def add_picture(request: Request, pk: int) -> HttpResponse:
    article = opened(request, pk)
    form = forms.PictureForm(request.POST, request.FILES, prefix="picture")
    if form.is_valid():
        told = form.cleaned_data
        try:
            picture = picture_actions.add_picture(
                article=article,
                content=told["picture"].read(),
                alt=told["alt"],
                caption=told["caption"],
                by=request.user,
                at=clock.now(),
            )
        except actions.ArticleRefused as refusal:
            form.add_error("picture", str(refusal))
        else:
            sign = f"【图{picture.number}】"
            messages.success(
                request,
                _("图片已存下。在正文里单独一行写 %(sign)s，它就放在那里。") % {"sign": sign},
            )
            return redirect("portal:draft", pk)
    return shown(request, article, picture_form=form, form=form)


@admits(is_logged_in)
@require_POST
def remove_picture(request: Request, pk: int) -> HttpResponse:
    picture = get_object_or_404(Picture.objects.defer("content"), pk=pk)
    article = opened(request, picture.article_id)
    try:
        picture_actions.remove_picture(picture=picture, by=request.user, at=clock.now())
    except actions.ArticleRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:draft", article.pk)


@admits(is_logged_in)
@require_POST
def add_file(request: Request, pk: int) -> HttpResponse:
    article = opened(request, pk)
    form = forms.FileForm(request.POST, request.FILES, prefix="attachment")
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            picture_actions.add_file(
                article=article, name=upload.name, content=upload.read(), by=request.user
            )
        except actions.ArticleRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("附件已存下。"))
            return redirect("portal:draft", pk)
    return shown(request, article, file_form=form, form=form)


@admits(is_logged_in)
@require_POST
def remove_file(request: Request, pk: int) -> HttpResponse:
    file = get_object_or_404(ArticleFile.objects.defer("content"), pk=pk)
    article = opened(request, file.article_id)
    try:
        picture_actions.remove_file(file=file, by=request.user)
    except actions.ArticleRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:draft", article.pk)


@admits(anyone)
@require_safe
def picture(request: Request, pk: int) -> HttpResponse:
    """A picture: for everybody once its article is public, before that for those who work on it."""
    found = get_object_or_404(Picture.objects.select_related("article"), pk=pk)
    _refuse_hidden(request.user, found.article)
    return _bytes(bytes(found.content), found.media_type, found.digest)


@admits(anyone)
@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    """A file for download, open to the same people as a picture."""
    found = get_object_or_404(ArticleFile.objects.select_related("article"), pk=pk)
    _refuse_hidden(request.user, found.article)
    return _bytes(bytes(found.content), found.media_type, found.digest, found.name)


def _refuse_hidden(visitor: Visitor, article: Article) -> None:
    if article.is_public(clock.now()) and article.column.is_open:
        return
    if not isinstance(visitor, Account) or not access.may_open(visitor, article):
        raise Http404


def _bytes(content: bytes, media_type: str, digest: str, name: str = "") -> HttpResponse:
    headers = {"ETag": f'"{digest}"', "X-Content-Type-Options": "nosniff"}
    if disposition := content_disposition_header(as_attachment=bool(name), filename=name):
        headers["Content-Disposition"] = disposition
    return HttpResponse(content, content_type=media_type, headers=headers)

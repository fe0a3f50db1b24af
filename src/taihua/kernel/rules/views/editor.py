"""Writing rules: a whole text or one rule, looked over first, then adopted."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.http import Request
from taihua.kernel.rules import actions, forms, shelf
from taihua.kernel.rules.access import writes_rules
from taihua.kernel.rules.models import RuleBook
from taihua.kernel.rules.packtext import PackRefused, parse_pack
from taihua.kernel.rules.packwriter import drop_rules, put_rule
from taihua.kernel.rules.preview import Preview, preview
from taihua.kernel.rules.wordings import wordings_of

SKETCH = """[book]
code = "{code}"
title = "新制度"
level = "local"
source = "写明依据"
effective_from = {day}
"""


@admits(writes_rules)
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Begin a new book: from a pack of the house, from a file, or from a sketch."""
    on = clock.today()
    packs = {pack.code: pack for pack in shelf.shipped()}
    if pack := packs.get(request.GET.get("pack", "")):
        return _editor(request, _Draft(pack.text, shelf.newest_book(pack.code), on), looked=True)
    if request.GET.get("pack") == "new":
        sketch = SKETCH.format(code=f"book-{on.year}", day=on)
        return _editor(request, _Draft(sketch, None, on))
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        text = form.cleaned_data["file"]
        return _editor(request, _Draft(text, _base(text), on), looked=True)
    adopted = {book.code for book in shelf.newest_books() if book.retired_from is None}
    return render(
        request, "rules/start.html", {"form": form, "packs": packs.values(), "adopted": adopted}
    )


@admits(writes_rules)
@require_http_methods(["GET", "POST"])
def edit(request: Request, code: str) -> HttpResponse:
    """The whole text of a book: change it, see what would happen, adopt the new version."""
    newest = shelf.newest_book(code)
    if newest is None:
        raise Http404
    return _editor(request, _Draft(newest.text, newest, clock.today()))


@admits(writes_rules)
@require_POST
def adopt(request: Request) -> HttpResponse:
    """Look a text over, or adopt it as the clerk asks."""
    on = clock.today()
    form = forms.PackForm(request.POST, on=on)
    if not form.is_valid():
        return render(request, "rules/editor.html", {"form": form, "preview": None})
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    if request.POST.get("do") == "adopt":
        try:
            text = drop_rules(text, request.POST.getlist("without"))
            book = _adopted(request, form, text, on)
        except PackRefused:
            pass  # the preview below says where and why
        except actions.RulesRefused as refusal:
            form.add_error(None, str(refusal).partition("\n")[0])
        else:
            messages.success(request, _("《%(book)s》第 %(version)d 版已经通过。") % _named(book))
            return redirect("rules:book", book.code)
    looked = _looked(text, form, on)
    return render(request, "rules/editor.html", {"form": form, "preview": looked, "on": on})


def _named(book: RuleBook) -> dict[str, object]:
    return {"book": book.title, "version": book.version}


def _adopted(request: Request, form: forms.PackForm, text: str, on: date) -> RuleBook:
    """One call into the actions: a first version or a further one."""
    when = form.cleaned_data["effective_from"]
    version = form.cleaned_data["version"]
    at = clock.now()
    if version == 0:
        return actions.adopt(text=text, at=at, on=on, by=request.user, effective_from=when)
    return actions.amend(
        text=text,
        expected_version=version,
        effective_from=when or on,
        at=at,
        on=on,
        by=request.user,
    )


@admits(writes_rules)
@require_http_methods(["GET", "POST"])
def edit_rule(request: Request, book: str, code: str = "") -> HttpResponse:
    """One rule in a form; what is typed goes into the book's text and is looked over there."""
    newest = shelf.newest_book(book)
    if newest is None:
        raise Http404
    pack = shelf.pack_of(newest)
    if pack is None:
        messages.warning(request, _("这部制度的全文没有存下来，不能一条一条改。请在这里写上全文。"))
        return redirect("rules:edit", book)
    if code and pack.rule(code) is None:
        raise Http404
    on, words = clock.today(), shelf.names().words
    form = forms.RuleForm(
        request.POST or None,
        rule=pack.rule(code),
        verbs=sorted((word, label) for word, label in words.items() if "/" not in word),
        kinds=sorted((word, label) for word, label in words.items() if "/" in word),
    )
    if form.is_valid():
        if not code and pack.rule(form.cleaned_data["code"]):
            form.add_error("code", _("这个代码已经用过了。"))
        elif _changed_since(request.POST.get("version", ""), newest, code):
            form.add_error(
                None,
                _("您打开以后，这一条已经改到第 %(version)d 版。请对照现在的条文，再提交一次。")
                % {"version": newest.version},
            )
        else:
            text = put_rule(newest.text, form.said(on))
            return _editor(request, _Draft(text, newest, on), looked=True)
    context = {"form": form, "book": newest, "rule": pack.rule(code), "retire": forms.RetireForm()}
    return render(request, "rules/edit_rule.html", context)


def _changed_since(opened: str, newest: RuleBook, code: str) -> bool:
    """Whether somebody else changed a rule after the version that a form was opened from."""
    if not code or opened in {"", str(newest.version)}:
        return False
    versions = (each for each in shelf.versions_of(newest.code) if str(each.version) == opened)
    before, now = (
        pack and pack.rule(code) for pack in map(shelf.pack_of, (next(versions, newest), newest))
    )
    return before != now


@admits(writes_rules)
@require_POST
def retire(request: Request, code: str) -> HttpResponse:
    """Let one rule end."""
    wordings = wordings_of(code)
    if not wordings:
        raise Http404
    form = forms.RetireForm(request.POST)
    if form.is_valid():
        try:
            actions.retire(
                code=code,
                from_day=form.cleaned_data["from_day"],
                at=clock.now(),
                on=clock.today(),
                by=request.user,
            )
        except actions.RulesRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(code)s”已经写明废止日期。") % {"code": code})
            return redirect("rules:rule", code)
    return render(request, "rules/retire.html", {"form": form, "rule": wordings[-1]})


@admits(writes_rules)
@require_POST
def retire_book(request: Request, code: str) -> HttpResponse:
    """Let a whole book end."""
    book = shelf.newest_book(code)
    if book is None:
        raise Http404
    form = forms.RetireForm(request.POST)
    if form.is_valid():
        try:
            actions.retire_book(
                code=code,
                from_day=form.cleaned_data["from_day"],
                at=clock.now(),
                by=request.user,
            )
        except actions.RulesRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(book)s》已经写明废止日期。") % {"book": book.title})
            return redirect("rules:book", code)
    return render(request, "rules/retire_book.html", {"form": form, "book": book})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text under the pen, and the version it goes out from."""

    text: str
    base: RuleBook | None
    on: date


def _base(text: str) -> RuleBook | None:
    """The version that an uploaded text would replace."""
    try:
        return shelf.newest_book(parse_pack(text).code)
    except PackRefused:
        return None


def _editor(request: Request, draft: _Draft, *, looked: bool = False) -> HttpResponse:
    version = draft.base.version if draft.base else 0
    form = forms.PackForm(
        on=draft.on,
        initial={"text": draft.text, "version": version, "year": draft.on.year - 1},
    )
    year = draft.on.year - 1
    shown = preview(draft.text, draft.base, shelf.names(), draft.on, year) if looked else None
    context = {"form": form, "preview": shown, "on": draft.on}
    return render(request, "rules/editor.html", context)


def _looked(text: str, form: forms.PackForm, on: date) -> Preview:
    return preview(text, _base(text), shelf.names(), on, form.cleaned_data["year"])

"""Materials of a session or a lecture: adding one, and the file of one for whoever may see it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.study import access
from taihua.rooms.study.actions import materials as actions
from taihua.rooms.study.forms.sessions import MaterialForm
from taihua.rooms.study.models import Material, Session, Turn
from taihua.rooms.study.queries.sessions import sessions_seen_by
from taihua.rooms.study.queries.turns import turns_seen_by
from taihua.rooms.study.views.sessions import as_file, seen_session
from taihua.rooms.study.views.turns import seen_turn


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def of_session(request: Request, pk: int) -> HttpResponse:
    found = seen_session(request, pk)
    if not access.may_give_material(request.user, found):
        raise Http404
    form = _form(request)
    if (made := _added(request, form, found)) is not None:
        messages.success(request, _("《%(title)s》已加入材料。") % {"title": made.title})
        return redirect("study:session", pk)
    context = {
        "form": form,
        "session": found,
        "title": _("加入学习材料"),
        "lede": _("学前发给大家读的。"),
        "act": _("加入材料"),
        "with_file": True,
    }
    return render(request, "study/session_form.html", context)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def of_turn(request: Request, pk: int) -> HttpResponse:
    found = seen_turn(request, pk)
    if not access.may_lecture(request.user, found):
        raise Http404
    form = _form(request)
    if _added(request, form, found) is not None:
        messages.success(request, _("授课材料已交，听课的人都能看到。"))
        return redirect("study:turn", pk)
    context = {
        "form": form,
        "turn": found,
        "title": _("交授课材料"),
        "lede": _("授课前三天交来，听课的人好先读。"),
        "act": _("交材料"),
        "with_file": True,
    }
    return render(request, "study/turn_form.html", context)


@admits(is_logged_in)
@require_GET
def file_of_session(request: Request, pk: int) -> HttpResponse:
    """The file of a session's material, for those who may see the session."""
    seen = sessions_seen_by(request.user, clock.today())
    return _file(get_object_or_404(_with_file(), pk=pk, session__in=seen.order_by().values("pk")))


@admits(is_logged_in)
@require_GET
def file_of_turn(request: Request, pk: int) -> HttpResponse:
    """The file of a lecture's material, for those who may hear it."""
    seen = turns_seen_by(request.user, clock.today())
    return _file(get_object_or_404(_with_file(), pk=pk, turn__in=seen.order_by().values("pk")))


def _form(request: Request) -> MaterialForm:
    return MaterialForm(request.POST or None, request.FILES or None)


def _added(request: Request, form: MaterialForm, of: Session | Turn) -> Material | None:
    """The material that was added, or None while the form is to be shown."""
    if not form.is_valid():
        return None
    try:
        text = actions.Text(**form.text)
        return actions.add_material(of=of, text=text, at=clock.now(), by=request.user)
    except actions.MaterialRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _with_file() -> QuerySet[Material]:
    return Material.objects.filter(content__isnull=False)


def _file(found: Material) -> HttpResponse:
    return as_file(bytes(found.content or b""), found.media_type, found.file_name)

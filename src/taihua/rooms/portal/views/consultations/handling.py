"""Its host unit writes a consultation, changes it before it is sent out, and sends it out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.queries import open_units, unit_of, units_kept_by
from taihua.rooms.portal.access import consultations as access
from taihua.rooms.portal.actions import consultations as actions
from taihua.rooms.portal.actions import withdrawing
from taihua.rooms.portal.enums import Audience, DraftKind, Naming
from taihua.rooms.portal.forms.consultations import ConsultationForm, WithdrawForm
from taihua.rooms.portal.models import Consultation
from taihua.rooms.portal.views.consultations.trying import tried
from taihua.rooms.portal.views.frame import form_page


@admits(access.may_consult)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    return _write(request, None)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    return _write(request, handled(request, pk))


@admits(is_logged_in)
@require_POST
def send_out(request: Request, pk: int) -> HttpResponse:
    """Put the draft out for comment."""
    found = handled(request, pk)
    try:
        actions.send_out(consultation=found, by=request.user, at=clock.now())
    except actions.ConsultationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("征求意见稿已经发出。"))
    return redirect("portal:consultation", pk)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Stop what was sent out by mistake, and say why."""
    found = handled(request, pk)
    form = WithdrawForm(request.POST or None)
    if tried(
        form,
        lambda: withdrawing.withdraw(
            consultation=found, **form.cleaned_data, by=request.user, at=clock.now()
        ),
    ):
        messages.success(request, _("已撤回，原因公开在这一页。"))
        return redirect("portal:consultation", pk)
    return form_page(request, "withdraw", _("撤回征求意见"), form, consultation=found)


def handled(request: Request, pk: int) -> Consultation:
    """The consultation, for those who keep its host's ledgers; for others there is none.

    :raises Http404: there is none, or none for them
    """
    found = get_object_or_404(Consultation.objects.select_related("host", "responsible"), pk=pk)
    if not access.may_handle(request.user, found):
        raise Http404
    return found


def _write(request: Request, draft: Consultation | None) -> HttpResponse:
    today, person = clock.today(), request.user.person
    form = ConsultationForm(
        request.POST or None,
        hosts=open_units(today).filter(pk__in=units_kept_by(request.user)),
        units=open_units(today),
        initial=_as_it_stands(draft)
        if draft
        else {
            "kind": DraftKind.PLAN,
            "host": unit_of(person, today) if person else None,
            "responsible": person.name if person else "",
            "audience": Audience.PUBLIC,
            "naming": Naming.EITHER,
            "opens": today,
        },
    )
    made = tried(
        form,
        lambda: actions.save(
            asked=actions.Asked(**form.cleaned_data),
            by=request.user,
            at=clock.now(),
            consultation=draft,
        ),
    )
    if made:
        messages.success(request, _("已存下。看一遍，没有问题再发出。"))
        return redirect("portal:consultation", made.pk)
    return form_page(request, "write", _("征求意见稿"), form)


def _as_it_stands(draft: Consultation) -> dict[str, object]:
    told: dict[str, object] = {
        name: getattr(draft, name) for name in actions.Asked.__dataclass_fields__ if name != "units"
    }
    told["responsible"] = f"{draft.responsible.name}（{draft.responsible.code}）"
    told["units"] = draft.units.all()
    return told

"""What everybody sees: the drafts, one of them clause by clause, an opinion, its receipt, the outcome."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access import consultations as access
from taihua.rooms.portal.actions import opinions as actions
from taihua.rooms.portal.enums import Phase
from taihua.rooms.portal.forms.consultations import OpinionForm, ReceiptForm
from taihua.rooms.portal.models import Consultation
from taihua.rooms.portal.queries import consultations as queries
from taihua.rooms.portal.views.consultations import pages
from taihua.rooms.portal.views.consultations.trying import tried
from taihua.rooms.portal.views.frame import form_page, framed


@admits(anyone)
@require_safe
def consultations(request: Request) -> HttpResponse:
    """What may be seen and said of now, and what came of it before."""
    today = clock.today()
    page = pages.paged(queries.seen_by(request.user, today)).get_page(request.GET.get("page"))
    may_consult = access.may_consult(request.user)
    return framed(request, "list", pages.consultations(page, today) | {"may_consult": may_consult})


@admits(anyone)
@require_safe
def consultation(request: Request, pk: int) -> HttpResponse:
    """A draft, and how to send an opinion on it."""
    found, today = seen(request, pk), clock.today()
    asked = found.takes_opinions(today) and access.is_asked(request.user, found, today)
    may = {"may_give": asked, "may_handle": access.may_handle(request.user, found)}
    return framed(request, "consultation", pages.consultation(found, today) | may)


@admits(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def opinion(request: Request, pk: int) -> HttpResponse:
    """Say something about a clause or the whole, without an account and without scripts."""
    found, today = seen(request, pk), clock.today()
    if not access.is_asked(request.user, found, today):
        raise Http404
    if found.withdrawn_on and request.method != "POST":
        return redirect("portal:consultation", pk)
    form = OpinionForm(
        request.POST or None,
        consultation=found,
        now=clock.by_the_wall(),
        known=not found.is_public,
        initial={"clause": request.GET.get("clause")},
    )
    given = tried(
        form,
        lambda: actions.give(
            consultation=found,
            said=actions.Said(**form.said),
            sender=actions.Sender(
                address=address_of(request),
                once=form.cleaned_data["once"],
                account=access.account_of(request.user),
            ),
            at=clock.now(),
        ),
    )
    if given:
        return redirect("portal:receipt", given.receipt)
    is_open = found.takes_opinions(today)
    return form_page(request, "opinion", _("提意见"), form, consultation=found, is_open=is_open)


@admits(anyone)
@require_safe
def receipts(request: Request) -> HttpResponse:
    """Look up what became of an opinion by its receipt."""
    form = ReceiptForm(request.GET or None)
    if form.is_valid():
        there = queries.by_receipt(form.cleaned_data["receipt"])
        if there:
            return redirect("portal:receipt", there.receipt)
    return framed(request, "receipts", {"form": form})


@admits(anyone)
@never_cache
@require_safe
def receipt(request: Request, receipt: str) -> HttpResponse:
    """What the sender of an opinion keeps; the answer stands here as soon as all are published.

    Of a consultation that was withdrawn nothing is published: there it stands here once it is given.
    """
    found = queries.by_receipt(receipt)
    if found is None:
        raise Http404
    asked = found.consultation
    return framed(
        request,
        "receipt",
        {
            "opinion": found,
            "consultation": asked,
            "response": queries.response_of(found)
            if asked.published_on or asked.withdrawn_on
            else None,
            "is_published": asked.published_on is not None,
        },
    )


@admits(anyone)
@require_safe
def outcome(request: Request, pk: int) -> HttpResponse:
    """What became of the opinions, once it is published."""
    found, today = seen(request, pk), clock.today()
    if found.phase(today) != Phase.PUBLISHED:
        raise Http404
    may_handle = access.may_handle(request.user, found)
    return framed(request, "outcome", pages.outcome(found) | {"may_handle": may_handle})


def seen(request: Request, pk: int) -> Consultation:
    """The consultation, for those who may see it; for others there is none.

    :raises Http404: there is none, or none for them
    """
    found = Consultation.objects.select_related("host", "responsible").filter(pk=pk).first()
    if found is None or not access.may_see(request.user, found, clock.today()):
        raise Http404
    return found


def address_of(request: Request) -> str:
    """Where a request comes from, as the last of our own proxies (``TAIHUA_PROXIES``) saw it."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = request.headers.get("X-Forwarded-For", "")
    told = [each.strip() for each in forwarded.split(",") if each.strip()]
    own = str(request.META.get("REMOTE_ADDR", ""))
    return told[-proxies] if 0 < proxies <= len(told) else own

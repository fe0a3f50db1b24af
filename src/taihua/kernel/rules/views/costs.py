"""What rules cost, and who is let off them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Person
from taihua.kernel.rules import actions, forms, shelf
from taihua.kernel.rules.access import oversees, writes_rules
from taihua.kernel.rules.burden import TIERS, TYPING, burden
from taihua.kernel.rules.models import Exemption

ROWS = 25


@admits(is_logged_in)
@require_safe
def ledger(request: Request) -> HttpResponse:
    """The burden ledger: minutes a month, rule by rule and tier by tier."""
    on = clock.today()
    told = burden(on)
    context = {
        "burden": told,
        "tiers": [
            (tier.label, people, round(average))
            for tier, people, average in zip(TIERS, told.people, told.average, strict=True)
        ],
        "costs": [
            (cost, [(tier.label, n) for tier, n in zip(TIERS, cost.by_tier, strict=True)])
            for cost in told.costs
        ],
        "typing": TYPING,
        "on": on,
        "oversees": oversees(request.user),
    }
    return render(request, "rules/burden.html", context)


@admits(oversees)
@require_http_methods(["GET", "POST"])
def exemptions(request: Request) -> HttpResponse:
    """Who is let off what, until when and why; the clerk grants more."""
    on = clock.today()
    writes = writes_rules(request.user)
    rules = shelf.rules_by_code(on)
    form = forms.ExemptionForm(request.POST or None, rules=rules) if writes else None
    if form is not None and form.is_valid():
        told = form.cleaned_data
        actor = told["actor"]
        try:
            actions.exempt(
                rule_code=told["rule"],
                first_day=told["first_day"],
                last_day=told["last_day"],
                reason=told["reason"],
                at=clock.now(),
                by=request.user,
                **({"person": actor} if isinstance(actor, Person) else {"unit": actor}),
            )
        except actions.RulesRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(who)s的免除已经登记。") % {"who": actor})
            return redirect("rules:exemptions")
    page = Paginator(shelf.exemptions_seen(request.user, on), ROWS).get_page(
        request.GET.get("page")
    )
    rows = [(row, rules.get(row.rule_code)) for row in page.object_list]
    context = {"form": form, "page": page, "rows": rows, "on": on, "writes": writes}
    return render(request, "rules/exemptions.html", context)


@admits(writes_rules)
@require_POST
def end_exemption(request: Request, pk: int) -> HttpResponse:
    """Take an exemption back."""
    exemption = get_object_or_404(Exemption, pk=pk)
    try:
        actions.end_exemption(exemption=exemption, at=clock.now(), by=request.user)
    except actions.RulesRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("免除已经撤销，有关结论随即重算。"))
    return redirect("rules:exemptions")

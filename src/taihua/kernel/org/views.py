"""The people pages: who is who for those who look after others; logins for the administrator."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org import actions, forms, queries
from taihua.kernel.org.access import is_admin, oversees
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Account, Grant, Person

PAGE = 25


@admits(oversees)
def people(request: Request) -> HttpResponse:
    """Those whom I look after, found by name or number."""
    on = clock.today()
    form = forms.FindForm(request.GET or None)
    found = queries.people_seen_by(request.user, on)
    if form.is_valid() and (name := form.cleaned_data["name"].strip()):
        found = found.filter(Q(name__contains=name) | Q(code=name))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    units = queries.units_of(list(page), on)
    rows = [(person, units.get(person.pk)) for person in page]
    return render(request, "org/people.html", {"form": form, "page": page, "rows": rows})


@admits(oversees)
@never_cache
@require_http_methods(["GET", "POST"])
def person(request: Request, code: str) -> HttpResponse:
    """One person: terms, leave, and for the administrator the login; a POST opens one."""
    on = clock.today()
    somebody = get_object_or_404(queries.people_seen_by(request.user, on), code=code)
    account = queries.account_of(somebody)
    shown: dict[str, object] = {
        "person": somebody,
        "terms": queries.terms_of(somebody),
        "leaves": queries.leaves_of(somebody),
        "account": account,
        "on": on,
    }
    if is_admin(request.user):
        return _with_login(request, somebody, account, shown)
    return render(request, "org/person.html", shown)


def _with_login(
    request: Request, somebody: Person, account: Account | None, shown: dict[str, object]
) -> HttpResponse:
    form = forms.AccountForm(request.POST or None, initial={"username": somebody.code})
    password = ""
    if account is None and form.is_valid():
        try:
            account, password = actions.open_account(
                username=form.cleaned_data["username"], person=somebody
            )
        except actions.AccountRefused as refusal:
            form.add_error("username", str(refusal))
    grants = (
        account.grants.select_related("unit").order_by("pk") if account else Grant.objects.none()
    )
    shown |= {
        "account": account,
        "account_form": form,
        "grant_form": forms.GrantForm(units=queries.open_units(clock.today())),
        "grants": grants,
        "password": password,
    }
    return render(request, "org/person.html", shown)


@admits(is_admin)
def accounts(request: Request) -> HttpResponse:
    """Every login with its roles."""
    found: QuerySet[Account] = (
        Account.objects.select_related("person")
        .prefetch_related("grants__unit")
        .order_by("username")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "org/accounts.html", {"page": page})


@admits(is_admin)
@require_POST
def grant(request: Request, username: str) -> HttpResponse:
    """Give a role."""
    account = get_object_or_404(Account, username=username)
    form = forms.GrantForm(request.POST, units=queries.open_units(clock.today()))
    if form.is_valid():
        actions.grant_role(account=account, **form.cleaned_data)
        messages.success(request, _("已授予。"))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    return _back_to(account)


@admits(is_admin)
@require_POST
def withdraw(request: Request, username: str, pk: int) -> HttpResponse:
    """Take a role back."""
    account = get_object_or_404(Account, username=username)
    held = get_object_or_404(account.grants, pk=pk)
    return _attempt(
        request, account, lambda: actions.withdraw_role(grant=held, by=request.user), _("已收回。")
    )


@admits(is_admin)
@require_POST
def switch(request: Request, username: str) -> HttpResponse:
    """Let a login in, or keep it out."""
    account = get_object_or_404(Account, username=username)
    active = request.POST.get("active") == "1"
    return _attempt(
        request,
        account,
        lambda: actions.switch_account(account=account, active=active, by=request.user),
        _("已启用。") if active else _("已停用。"),
    )


@admits(is_admin)
@never_cache
@require_POST
def renew(request: Request, username: str) -> HttpResponse:
    """Show another first password, once."""
    account = get_object_or_404(Account, username=username)
    password = actions.renew_password(account=account)
    return render(request, "org/password.html", {"account": account, "password": password})


def _attempt(
    request: Request, account: Account, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except actions.AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return _back_to(account)


def _back_to(account: Account) -> HttpResponse:
    if account.person is None:
        return redirect("org:accounts")
    return redirect("org:person", account.person.code)

"""A view admits whom it names: a stranger is asked in, somebody known is told no."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from taihua.base.access import admits, anyone
from taihua.kernel.org.access import is_admin
from taihua.kernel.org.models import Account


@admits(is_admin)
def vault(request):
    """The vault."""
    return HttpResponse("open")


@admits(anyone)
def square(request):
    return HttpResponse("open")


def asked(view, visitor, method="get", **headers):
    request = getattr(RequestFactory(), method)("/vault/?page=2", headers=headers)
    request.user = visitor
    return view(request)


def test_who_is_admitted_comes_in(keeper):
    assert asked(vault, keeper).content == b"open"


def test_a_stranger_is_sent_to_the_door_and_back_again_after():
    answer = asked(vault, AnonymousUser())

    assert answer.status_code == 302
    assert answer.url == "/account/login/?next=/vault/%3Fpage%3D2"


@pytest.mark.parametrize(
    ("referer", "after"),
    [
        ("http://testserver/vaults/?of=mine", "/vaults/%3Fof%3Dmine"),
        ("https://elsewhere.example/trap/", "/"),
        ("http://testserver", "/"),
        ("", "/"),
    ],
)
def test_who_sent_a_form_off_too_late_comes_back_to_its_page(referer, after):
    answer = asked(vault, AnonymousUser(), "post", referer=referer)

    assert answer.url == f"/account/login/?next={after}"


def test_somebody_known_is_told_no(wu):
    with pytest.raises(PermissionDenied):
        asked(vault, Account.objects.get(pk=wu.account.pk))


def test_a_public_page_admits_a_stranger():
    assert asked(square, AnonymousUser()).content == b"open"


def test_a_view_keeps_its_name_and_says_whom_it_admits():
    assert (vault.__name__, vault.__doc__) == ("vault", "The vault.")
    assert vault.admits is is_admin

"""A page that does not say whom it admits stops the house at start."""

from django.http import HttpResponse
from django.urls import path

from taihua.base.access import admits, anyone
from taihua.site.checks import every_view_says_whom_it_admits, views


def unguarded(request):
    return HttpResponse()


class Addresses:
    urlpatterns = [
        path("open/", unguarded),
        path("guarded/", admits(anyone)(unguarded)),
    ]


def test_every_page_of_the_house_says_whom_it_admits():
    assert every_view_says_whom_it_admits() == []
    assert len(list(views())) > 10


def test_a_page_that_does_not_say_is_named(settings):
    settings.ROOT_URLCONF = Addresses

    (error,) = every_view_says_whom_it_admits()

    assert error.id == "taihua.E001"
    assert "/open/" in error.msg

"""What surrounds a page: read once while it only shows, anew when something is handed in."""

from django.http import HttpResponse
from django.test import RequestFactory

from taihua.base.onepage import read_once
from taihua.kernel.org.queries import is_whole_house, units_above
from taihua.site.middleware import read_once_a_page
from tests.factories import UnitFactory

ASK = RequestFactory()


def asking(times):
    asked = []

    @read_once
    def number():
        asked.append(1)
        return len(asked)

    def view(_request):
        return HttpResponse([number() for _time in range(times)])

    return read_once_a_page(view)


def test_a_page_that_only_shows_asks_once():
    page = asking(3)

    assert [page(ASK.get("/")).content, page(ASK.head("/")).content] == [b"111", b"222"]


def test_what_is_handed_in_asks_each_time():
    assert asking(3)(ASK.post("/")).content == b"123"


def test_the_units_are_known_to_one_page_and_found_anew_by_the_next(bureau):
    def view(_request):
        before = len(units_above())
        UnitFactory(parent=bureau)
        return HttpResponse(f"{before} {len(units_above())}")

    page = read_once_a_page(view)

    assert [page(ASK.get("/")).content for _time in range(2)] == [b"1 1", b"2 2"]


def test_all_units_are_the_whole_house_and_fewer_are_not(bureau, school, other_school):
    every = {bureau.pk, school.pk, other_school.pk}

    assert is_whole_house(every)
    assert is_whole_house(frozenset(every | {max(every) + 1}))
    assert not is_whole_house(every - {school.pk})


def test_a_house_without_units_is_nobodys(db):
    assert not is_whole_house(set())

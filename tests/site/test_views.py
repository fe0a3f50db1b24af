import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import RequestFactory

from taihua.kernel.org.models import Account
from taihua.site import views
from taihua.site.look import COOKIE, Look, look_from


@pytest.fixture
def account(db) -> Account:
    return Account.objects.create_user("zhou", "很长很长的一句密码")


def language_of(answer) -> str:
    return re.findall(r'<html\s+lang="([^"]+)"', answer.content.decode())[0]


def look_of(answer) -> Look:
    return look_from({COOKIE: answer.cookies[COOKIE].value})


def test_a_browser_finds_the_mark_where_it_looks_for_one(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.url) == (302, "/static/site/mark.svg")


@pytest.mark.django_db
def test_anyone_may_choose_the_look_and_comes_back_to_their_page(client):
    answer = client.post(
        "/appearance/",
        {"size": "large", "theme": "dark", "quiet": "on", "next": "/reading/?page=2"},
    )

    assert answer.headers["Location"] == "/reading/?page=2"
    assert look_of(answer) == Look(size="large", theme="dark", quiet=True)
    assert answer.cookies[COOKIE]["httponly"]


@pytest.mark.django_db
def test_the_chosen_look_is_on_every_page(client):
    client.cookies[COOKIE] = Look(size="large", theme="dark", quiet=True).as_cookie()

    page = client.get("/appearance/").content.decode()

    assert 'data-size="large"' in page
    assert "data-quiet" in page
    assert 'media="screen"' in page
    assert page.count("checked") == 3


@pytest.mark.django_db
def test_a_look_that_does_not_exist_is_not_kept(client):
    answer = client.post("/appearance/", {"size": "huge", "theme": "dark"})

    assert answer.status_code == 200
    assert COOKIE not in answer.cookies
    assert "error-summary" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_nobody_is_sent_away_to_a_strange_address(client, address):
    answer = client.post("/language/", {"language": "en", "next": address})

    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
def test_the_language_is_kept_and_marked_in_the_page(client):
    assert language_of(client.get("/appearance/")) == "zh-Hans"

    client.post("/language/", {"language": "en"})

    assert language_of(client.get("/appearance/")) == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "de", "../../etc"])
def test_a_language_we_do_not_speak_is_not_kept(client, language):
    answer = client.post("/language/", {"language": language})

    assert answer.status_code == 302
    assert not answer.cookies


def test_my_account_says_what_i_may_do(client, account):
    client.force_login(account)

    page = client.get("/me/").content.decode()

    assert "zhou" in page
    assert "只办自己的事" in page


def test_my_account_leads_to_the_people_and_accounts_that_are_mine_to_keep(
    logged_in, keeper, su, wu
):
    page = {
        who: logged_in(account).get("/me/").content.decode()
        for who, account in {"keeper": keeper, "clerk": su, "teacher": wu}.items()
    }

    assert [who for who, text in page.items() if "/people/accounts/" in text] == ["keeper"]
    assert [who for who, text in page.items() if 'href="/people/"' in text] == ["keeper", "clerk"]


@pytest.mark.django_db
def test_my_account_is_for_those_who_are_logged_in(client):
    assert client.get("/me/").headers["Location"] == "/account/login/?next=/me/"


def test_a_missing_page_says_so_with_the_menu_still_there(client, account):
    client.force_login(account)

    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_seal_says_that_nothing_was_lost():
    answer = views.too_old(visitor())

    assert answer.status_code == 403
    assert "什么也没有改动" in answer.content.decode()


def visitor():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def raised(error: Exception) -> tuple[int, str]:
    try:
        raise error
    except type(error):
        answer = views.failed(visitor())
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (ValueError("secret words"), 500, "这是系统的错"),
        (OperationalError("attempt to write a readonly database"), 503, "只能看，不能写"),
        (OperationalError("database or disk is full"), 503, "只能看，不能写"),
        (OperationalError("database is locked"), 503, "这会儿人多"),
    ],
)
def test_a_fault_is_said_plainly_and_asks_the_database_nothing(error, status, words):
    said, page = raised(error)

    assert said == status
    assert words in page
    assert str(error) not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/account/signup/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/1-bad/",
        "/account/password/reset/key/done/",
        "/account/inactive/",
    ],
)
def test_the_front_door_speaks_chinese_on_one_quiet_sheet(client, address):
    page = client.get(address).content.decode()

    assert "is-entrance" in page
    assert "<script>" not in page
    assert "<nav" not in page


@pytest.mark.parametrize(
    "address",
    ["/account/password/change/", "/account/logout/", "/account/reauthenticate/", "/account/2fa/"],
)
def test_the_keys_of_an_account_are_kept_in_the_house(client, account, address):
    client.force_login(account)

    answer = client.get(address)

    assert language_of(answer) == "zh-Hans"
    assert "style=" not in answer.content.decode()


def test_the_address_of_a_step_opened_as_a_page_says_so(su, logged_in):
    answer = logged_in(su).get("/rules/adopt/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "这里没有页面" in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_what_asks_otherwise_than_a_page_does_is_refused_without_one(su, logged_in):
    answer = logged_in(su).post("/rules/")

    assert (answer.status_code, answer.content) == (405, b"")


def test_a_number_of_thousands_of_digits_in_an_address_is_no_fault_of_the_house(su, logged_in):
    answer = logged_in(su).get("/reports/board/", {"year": "9" * 5000})

    assert answer.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wanted", ["-1", "desk", "https://elsewhere.example/", "//elsewhere.example"]
)
@pytest.mark.parametrize("address", ["/language/", "/appearance/"])
def test_the_way_back_is_a_page_of_the_house(client, address, wanted):
    told = {"next": wanted, "language": "en", "size": "normal", "theme": "system"}

    assert client.post(address, told).headers["Location"] == "/"


@pytest.mark.django_db
def test_who_has_no_account_is_led_from_the_login_to_what_is_public(client):
    page = client.get("/account/login/").text

    assert 'href="/portal/"' in page
    assert client.get("/portal/").status_code == 200

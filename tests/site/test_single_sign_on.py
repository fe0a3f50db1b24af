"""Single sign-on against a real provider on this machine: who gets in, and above all who does not."""

import logging

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from taihua.kernel.org.models import Account
from taihua.site import environment
from taihua.site.oidc.tokens import IdentityRefused, claims_of
from tests.site.identity import CLIENT, SECRET, Provider, identity_provider, new_key

LOGIN = reverse("openid_connect_login", args=["house"])
CALLBACK = reverse("openid_connect_callback", args=["house"])
TIES = reverse("socialaccount_connections")


@pytest.fixture(scope="module")
def running():
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def provider(running, settings, monkeypatch):
    """A provider that the house knows, at which 沈青 has logged in."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running.claims = {"sub": "u-1", "name": "沈青", "employee_number": "shen"}
    running.told_beside, running.changed = {}, {}
    running.signing_key, running.algorithm = None, "RS256"
    settings.TAIHUA_SIGN_ON = "统一身份认证"
    settings.TAIHUA_OIDC_CLAIM = ""
    settings.SOCIALACCOUNT_PROVIDERS = environment.sign_on(running.address, CLIENT, SECRET, "认证")
    return running


def tie(account, uid="u-1"):
    return SocialAccount.objects.create(
        user=account, provider="house", uid=uid, extra_data={"id_token": {}}
    )


def came_back(client, provider: Provider, **sent):
    """Go to the provider, log in there, come back."""
    there = client.post(LOGIN, sent)
    assert there.status_code == 302, there.text
    return client.get(CALLBACK, provider.visited(there.url))


def who(client):
    account = client.get(reverse("account_login")).wsgi_request.user
    return account.username if account.is_authenticated else None


# --- off -----------------------------------------------------------------------------------------------


def test_it_is_off_unless_a_provider_is_named(client, logged_in, shen):
    assert client.get(LOGIN).status_code == 404
    assert client.post(LOGIN).status_code == 404
    assert client.get(CALLBACK, {"code": "x", "state": "y"}).status_code == 404
    assert LOGIN not in client.get(reverse("account_login")).text
    assert TIES not in logged_in(shen).get(reverse("me")).text


# --- tied ----------------------------------------------------------------------------------------------


def test_a_tied_identity_comes_in(client, provider, shen):
    tie(shen.account)

    answer = came_back(client, provider, next="/duties/")

    assert answer.url == "/duties/"
    assert who(client) == "shen"


def test_the_login_page_offers_it(client, provider, db):
    shown = client.get(reverse("account_login"), {"next": "/duties/"}).text

    assert f'action="{LOGIN}"' in shown
    assert "用统一身份认证登录" in shown
    assert 'name="next" value="/duties/"' in shown


def test_to_get_there_by_a_link_one_is_asked_first(client, provider, db):
    answer = client.get(LOGIN)

    assert answer.status_code == 200
    assert "再回到这里" in answer.text


def test_one_ties_an_identity_while_logged_in_and_unties_it(logged_in, client, provider, shen):
    shen.account.set_password("long enough for all")
    shen.account.save()
    browser = logged_in(shen)
    assert TIES in browser.get(reverse("me")).text

    answer = came_back(browser, provider, process="connect", next=TIES)

    assert answer.url == TIES
    assert "已经连上" in browser.get(TIES).text
    tied = SocialAccount.objects.get()
    assert (tied.user, tied.uid) == (shen.account, "u-1")
    assert tied.extra_data == {"id_token": {"sub": "u-1", "name": "沈青"}}
    came_back(client, provider)
    assert who(client) == "shen"

    browser.post(TIES, {"account": tied.pk})
    assert not SocialAccount.objects.exists()


def test_an_identity_tied_to_one_account_is_not_tied_to_another(logged_in, provider, shen, wu):
    tie(shen.account)
    browser = logged_in(wu)

    came_back(browser, provider, process="connect", next=TIES)

    assert "已经连在别的账号上" in browser.get(TIES).text
    assert SocialAccount.objects.get().user == shen.account


# --- unknown -------------------------------------------------------------------------------------------


def test_an_unknown_identity_stays_outside_and_no_account_is_made(client, provider, shen):
    before = Account.objects.count()

    answer = came_back(client, provider)

    assert answer.status_code == 403
    assert "还没有连到您的账号" in answer.text
    assert who(client) is None
    assert Account.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert client.get(reverse("socialaccount_signup")).status_code == 302


def test_the_same_name_and_address_tie_nothing(client, provider, shen):
    Account.objects.filter(pk=shen.account.pk).update(email="shen@example.cn")
    provider.claims |= {
        "email": "shen@example.cn", "email_verified": True, "preferred_username": "shen"
    }  # fmt: skip

    assert came_back(client, provider).status_code == 403
    assert who(client) is None


# --- by a claim ----------------------------------------------------------------------------------------


def test_a_claim_that_the_administrator_named_ties_by_username(client, provider, settings, shen):
    settings.TAIHUA_OIDC_CLAIM = "employee_number"

    came_back(client, provider)

    assert who(client) == "shen"
    assert SocialAccount.objects.get().user == shen.account


def test_a_claim_told_beside_the_token_counts_if_it_is_about_the_same_person(
    client, provider, settings, shen
):
    settings.TAIHUA_OIDC_CLAIM = "work_no"
    provider.told_beside = {"sub": "somebody-else", "work_no": "shen"}
    assert came_back(client, provider).status_code == 401
    assert who(client) is None

    provider.told_beside = {"sub": "u-1", "work_no": "shen"}
    came_back(client, provider)

    assert who(client) == "shen"


@pytest.mark.parametrize("said", ["nobody", "", None, ["shen"], "SHEN"])
def test_a_claim_that_names_no_account_ties_nothing(client, provider, settings, shen, said):
    settings.TAIHUA_OIDC_CLAIM = "employee_number"
    provider.claims["employee_number"] = said

    assert came_back(client, provider).status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_closed_account_is_not_opened_by_a_claim_or_a_tie(client, provider, settings, shen):
    settings.TAIHUA_OIDC_CLAIM = "employee_number"
    Account.objects.filter(pk=shen.account.pk).update(is_active=False)

    assert came_back(client, provider).status_code == 403
    tie(shen.account)
    came_back(client, provider)

    assert who(client) is None


def test_an_account_tied_already_is_not_given_to_a_second_identity(
    client, provider, settings, shen
):
    settings.TAIHUA_OIDC_CLAIM = "employee_number"
    tie(shen.account, "the-first")

    assert came_back(client, provider).status_code == 403
    assert who(client) is None


# --- forged --------------------------------------------------------------------------------------------

FORGED = {
    "signed by another key": {"signing_key": new_key()},
    "not signed": {"algorithm": "none"},
    "signed with the shared secret": {"algorithm": "HS256"},
    "for another client": {"changed": {"aud": "another"}},
    "for two clients, handed to the other": {"changed": {"aud": [CLIENT, "b"], "azp": "b"}},
    "of another issuer": {"changed": {"iss": "https://elsewhere.example"}},
    "out of date": {"changed": {"exp": 1000}},
    "from the future": {"changed": {"iat": 9_999_999_999}},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_proves_nothing_opens_nothing(client, provider, shen, how):
    tie(shen.account)
    for name, value in FORGED[how].items():
        setattr(provider, name, value)

    answer = came_back(client, provider)

    assert answer.status_code == 401
    assert "没有登录成" in answer.text
    assert who(client) is None


def test_a_state_opens_only_once_and_only_where_it_began(client, logged_in, provider, shen, wu):
    tie(shen.account)
    back = provider.visited(client.post(LOGIN).url)

    assert client.get(CALLBACK, back).status_code == 302
    client.post(reverse("account_logout"))
    replayed = client.get(CALLBACK, back)
    elsewhere = logged_in(wu).get(CALLBACK, provider.visited(client.post(LOGIN).url))

    assert replayed.status_code == 401
    assert elsewhere.status_code == 401
    assert who(client) is None


def test_a_state_that_was_never_given_or_a_refusal_opens_nothing(client, provider, shen):
    tie(shen.account)

    assert client.get(CALLBACK, {"code": "x", "state": "guessed"}).status_code == 401
    assert client.get(CALLBACK, {"code": "x"}).status_code == 401
    state = provider.visited(client.post(LOGIN).url)["state"]
    cancelled = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)

    assert "取消" in cancelled.text
    assert who(client) is None


def test_a_code_of_another_login_opens_nothing(client, provider, shen):
    tie(shen.account)
    stolen = provider.visited(client.post(LOGIN).url)["code"]
    state = provider.visited(client.post(LOGIN).url)["state"]

    assert client.get(CALLBACK, {"code": stolen, "state": state}).status_code == 401


def test_a_provider_that_does_not_answer_is_said_so(client, provider, settings, db):
    settings.SOCIALACCOUNT_PROVIDERS = environment.sign_on(
        "http://127.0.0.1:9", CLIENT, SECRET, "认证"
    )

    answer = client.post(LOGIN)

    assert answer.status_code == 503
    assert "没有应答" in answer.text


def test_what_comes_over_the_wire_is_not_logged(client, provider, shen, caplog):
    tie(shen.account)
    provider.signing_key = new_key()
    with caplog.at_level(logging.INFO):
        came_back(client, provider)

    assert SECRET not in caplog.text


# --- tokens and settings ----------------------------------------------------------------------------------


def test_a_key_without_a_name_is_taken_only_if_it_is_the_only_one(provider):
    keys = provider.keys()
    unnamed = {key: value for key, value in keys["keys"][0].items() if key != "kid"}
    sound = {"issuer": provider.address, "audience": CLIENT}

    assert claims_of(provider.id_token(), keys, **sound)["sub"] == "u-1"
    for wrong in ({"keys": []}, {"keys": [unnamed]}, {"keys": [keys["keys"][0]] * 2}):
        with pytest.raises(IdentityRefused):
            claims_of(provider.id_token(), wrong, **sound)
    with pytest.raises(IdentityRefused):
        claims_of("not a token", keys, **sound)


def test_a_provider_is_named_wholly_or_not_at_all():
    assert environment.sign_on("", "", "", "认证")["openid_connect"]["APPS"] == []
    with pytest.raises(ImproperlyConfigured, match="TAIHUA_OIDC_CLIENT"):
        environment.sign_on("https://sso.example.cn", "", "", "认证")


@pytest.mark.parametrize("address", ["http://sso.example.cn", "sso.example.cn", "https://"])
def test_an_issuer_is_an_address_that_nobody_can_listen_to(monkeypatch, address):
    monkeypatch.setenv("TAIHUA_X", address)

    with pytest.raises(ImproperlyConfigured, match="https://"):
        environment.issuer("TAIHUA_X")


def test_forms_may_lead_to_the_provider_and_nowhere_else(monkeypatch):
    assert environment.origins("https://sso.example.cn/realms/a", ["https://login.example.cn"]) == [
        "https://sso.example.cn", "https://login.example.cn",
    ]  # fmt: skip
    assert environment.origins("", ["https://login.example.cn"]) == []

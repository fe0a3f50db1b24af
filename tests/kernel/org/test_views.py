"""The people pages: who is who, and for the administrator the logins."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from taihua.kernel.org.actions import (
    AccountRefused,
    first_password,
    grant_role,
    open_account,
    renew_password,
    switch_account,
    withdraw_role,
)
from taihua.kernel.org.models import Account, Grant
from tests.factories import AccountFactory, PersonFactory, TermFactory

PEOPLE = reverse("org:people")


def page(person):
    return reverse("org:person", args=[person.code])


def test_each_finds_those_they_look_after(logged_in, lin, shen, wu, su):
    assert "吴江" in logged_in(su).get(PEOPLE).text
    assert "吴江" not in logged_in(shen).get(PEOPLE).text
    assert logged_in(wu).get(PEOPLE).status_code == 403
    assert logged_in(shen).get(page(wu)).status_code == 404
    assert logged_in(lin).get(page(wu)).status_code == 200


def test_people_are_found_by_name_or_number(logged_in, su, lin, shen):
    browser = logged_in(su)

    by_name, by_code = (browser.get(PEOPLE, {"name": word}).text for word in ("知远", "shen"))

    assert "林知远" in by_name
    assert "沈青" not in by_name
    assert "沈青" in by_code
    assert "没有找到" in browser.get(PEOPLE, {"name": "查无此人"}).text


def test_only_the_administrator_sees_and_changes_logins(logged_in, su, shen, keeper):
    assert "授予角色" not in logged_in(su).get(page(shen)).text
    assert "授予角色" in logged_in(keeper).get(page(shen)).text
    for name, more in (("grant", []), ("switch", []), ("renew", []), ("withdraw", [1])):
        address = reverse(f"org:{name}", args=["shen", *more])
        assert logged_in(su).post(address).status_code == 403
    assert logged_in(su).get(reverse("org:accounts")).status_code == 403


def test_a_login_is_opened_with_a_password_shown_once(logged_in, keeper, school, client):
    person = TermFactory(unit=school).person
    browser = logged_in(keeper)

    shown = browser.post(page(person), {"username": "newcomer"})

    password = re.search(r"<code>([-\w]+)</code>", shown.text).group(1)
    assert "no-store" in shown.headers["Cache-Control"]
    assert password not in browser.get(page(person)).text
    door = reverse("account_login")
    client.post(door, {"login": "newcomer", "password": password})
    assert client.session.get("_auth_user_id") == str(person.account.pk)


def test_a_taken_name_opens_no_login_and_is_kept_in_the_form(logged_in, keeper, shen, school):
    person = TermFactory(unit=school).person

    shown = logged_in(keeper).post(page(person), {"username": "shen"})

    assert "已经有人用了" in shown.text
    assert 'value="shen"' in shown.text
    assert not Account.objects.filter(person=person).exists()


def test_roles_are_given_and_taken_back(logged_in, keeper, wu, school):
    browser = logged_in(keeper)
    browser.post(reverse("org:grant", args=["wu"]), {"role": "leader", "unit": school.code})
    grant = Grant.objects.get(account=wu.account)
    assert (grant.role, grant.unit) == ("leader", school)

    browser.post(reverse("org:withdraw", args=["wu", grant.pk]))

    assert not Grant.objects.filter(account=wu.account).exists()


@pytest.mark.parametrize(
    ("role", "unit", "said"),
    [("leader", "", "请写明是哪个单位的"), ("auditor", "school-1", "不分单位")],
)
def test_a_role_with_the_wrong_reach_is_refused(logged_in, keeper, wu, school, role, unit, said):
    address = reverse("org:grant", args=["wu"])

    shown = logged_in(keeper).post(address, {"role": role, "unit": unit}, follow=True)

    assert said in shown.text
    assert not Grant.objects.filter(account=wu.account).exists()
    with pytest.raises(AccountRefused, match="写明单位"):
        grant_role(account=wu.account, role=role, unit=school if unit else None)


def test_nobody_locks_themselves_out(logged_in, keeper):
    own = Grant.objects.get(account=keeper)
    with pytest.raises(AccountRefused, match="另一位管理员"):
        switch_account(account=keeper, active=False, by=keeper)
    with pytest.raises(AccountRefused, match="另一位管理员"):
        withdraw_role(grant=own, by=keeper)

    shown = logged_in(keeper).post(
        reverse("org:switch", args=["keeper"]), {"active": "0"}, follow=True
    )

    assert "不能停用自己的账号" in shown.text
    assert Account.objects.get(pk=keeper.pk).is_active


def test_a_login_switched_off_does_not_let_in(logged_in, keeper, wu, client):
    password = renew_password(account=wu.account)
    logged_in(keeper).post(reverse("org:switch", args=["wu"]), {"active": "0"})

    client.post(reverse("account_login"), {"login": "wu", "password": password})

    assert "_auth_user_id" not in client.session


def test_another_first_password_ends_the_old_one(logged_in, keeper, wu):
    old = renew_password(account=wu.account)

    shown = logged_in(keeper).post(reverse("org:renew", args=["wu"]))

    account = Account.objects.get(username="wu")
    assert not account.check_password(old)
    assert account.check_password(re.search(r"<code>([-\w]+)</code>", shown.text).group(1))


def test_a_person_has_one_login(shen):
    with pytest.raises(AccountRefused, match="已经有账号"):
        open_account(username="another", person=shen)


def test_a_first_password_is_long_and_never_the_same():
    found = {first_password() for _ in range(100)}

    assert len(found) == 100
    assert all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password) for password in found)


def test_the_list_of_logins_names_people_and_roles(logged_in, keeper, shen):
    AccountFactory(username="quiet", person=PersonFactory(name="静女士"), is_active=False)

    shown = logged_in(keeper).get(reverse("org:accounts")).text

    assert "单位文员（苔花一小）" in shown
    assert "静女士" in shown
    assert "已停用" in shown


def test_the_command_opens_the_first_administrators_login(db, capsys):
    call_command("account", "root", "--role", "admin")

    account = Account.objects.get(username="root")
    assert account.roles == {"admin"}
    password = re.search(r"初始口令 (\S+)（", capsys.readouterr().out).group(1)
    assert account.check_password(password)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--person", "nobody"], "没有工号为 nobody"),
        (["x", "--role", "leader"], "要写明单位"),
        (["x", "--unit", "nowhere"], "没有代码为 nowhere"),
    ],
)
def test_the_command_says_what_is_wrong_and_opens_nothing(db, arguments, said):
    with pytest.raises(CommandError, match=said):
        call_command("account", *arguments)

    assert not Account.objects.exists()


def test_a_number_with_a_slash_shuts_nobody_out_of_the_list(logged_in, su):
    somebody = PersonFactory(code="沪/12", name="钱立")
    browser = logged_in(su)

    listed = browser.get(PEOPLE)

    assert page(somebody) in listed.text
    assert "钱立" in browser.get(page(somebody)).text

"""Each page and act is open to the roles of the table and to no other, by the page and by a forged request."""

import os
from typing import Any

import pytest
from django.urls import URLPattern, reverse

from backoffice.browser import Browser, a_member_of_staff
from netledger.backoffice import doors
from netledger.backoffice.roles import ALLOWED, Action, Role, may
from netledger.backoffice.urls import urlpatterns

GUARDED = [
    (pattern.name, action)
    for pattern in urlpatterns
    if isinstance(pattern, URLPattern) and (action := doors.action_of(pattern.callback)) is not None
]
FORBIDDEN, NOT_ALLOWED = 403, 405


@pytest.fixture(autouse=True)
def nothing_outside_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """An act that is let through reaches no other process."""

    def refuse(*_: Any) -> None:
        raise ProcessLookupError

    monkeypatch.setattr(os, "kill", refuse)


def _address(name: str) -> str:
    pattern = next(it for it in urlpatterns if it.name == name)
    return reverse(f"backoffice:{name}", kwargs=dict.fromkeys(pattern.pattern.converters, 999_999))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("name", "action"), GUARDED, ids=[name for name, _ in GUARDED])
def test_a_page_or_an_act_is_open_to_its_roles_alone(
    browser: Browser, role: Role, name: str, action: Action
) -> None:
    browser.sign_in(a_member_of_staff(role))
    address = _address(name)

    by_the_page = browser.get(address)
    if by_the_page.status_code == NOT_ALLOWED:
        by_the_page = browser.send(address, token_of="/admin/own/")

    assert (by_the_page.status_code == FORBIDDEN) == (not may(role, action))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("name", "action"), GUARDED, ids=[name for name, _ in GUARDED])
def test_a_request_that_no_page_made_changes_nothing(
    browser: Browser, role: Role, name: str, action: Action
) -> None:
    browser.sign_in(a_member_of_staff(role))

    forged = browser.post(_address(name), {"active": "no", "role": "administrator", "session": "others"})

    assert forged.status_code == FORBIDDEN


def test_nobody_who_is_not_signed_in_gets_anywhere(browser: Browser) -> None:
    for name, _ in GUARDED:
        address = _address(name)
        answer = browser.get(address)
        if answer.status_code == NOT_ALLOWED:
            answer = browser.send(address, token_of="/admin/sign-in/")
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/admin/sign-in/"), name


def test_the_table_knows_every_role_and_gives_each_its_own_account() -> None:
    assert set(ALLOWED) == set(Role)
    assert all(may(role, Action.OWN_ACCOUNT) for role in Role)
    assert {action for action in Action if may(Role.ADMINISTRATOR, action)} == set(Action)
    assert not may("", Action.OWN_ACCOUNT) and not may("root", Action.OWN_ACCOUNT)


def test_money_is_moved_by_whom_it_is_trusted_to() -> None:
    assert {role for role in Role if may(role, Action.TAKE_PAYMENT)} == {
        Role.CASHIER,
        Role.ACCOUNTANT,
        Role.ADMINISTRATOR,
    }
    assert {role for role in Role if may(role, Action.CORRECT_BALANCE)} == {
        Role.ACCOUNTANT,
        Role.ADMINISTRATOR,
    }
    for action in (Action.CHANGE_SETTINGS, Action.SEE_SECRETS, Action.KEEP_STAFF, Action.SEE_AUDIT):
        assert {role for role in Role if may(role, action)} == {Role.ADMINISTRATOR}

"""Wrong passwords in a row delay that login from that address, and whoever waits is told for how long. Case V23."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F

from backoffice.browser import PASSWORD, Browser, a_member_of_staff, words_of
from backoffice.conftest import PutInForce
from netledger.backoffice import identity
from netledger.backoffice.models import Staff
from netledger.installation.setting_values import read_networks


@pytest.fixture
def locked_out(browser: Browser, in_force: PutInForce) -> Staff:
    """Somebody whose password was guessed at too often from this machine."""
    in_force(sign_in_failures_max=3, sign_in_delay_s=600, allowed_ip=read_networks("127.0.0.0/8"))
    staff = a_member_of_staff()
    for _ in range(3):
        browser.send("/admin/sign-in/", login=staff.login, password="a guess")
    return staff


def test_even_the_right_password_is_not_looked_at_then(browser: Browser, locked_out: Staff) -> None:
    answer = browser.send("/admin/sign-in/", login=locked_out.login, password=PASSWORD)

    assert answer.status_code == 429
    assert "повторите через 10 мин" in words_of(answer)


def test_from_elsewhere_and_for_others_it_is(browser: Browser, locked_out: Staff) -> None:
    other = a_member_of_staff()

    assert Browser(REMOTE_ADDR="127.0.0.2").sign_in(locked_out).status_code == 302
    assert browser.sign_in(other).status_code == 302


def test_when_the_time_is_over_it_is_again(browser: Browser, locked_out: Staff) -> None:
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(seconds=601))

    assert browser.sign_in(locked_out).status_code == 302


def test_trying_meanwhile_does_not_make_it_longer(browser: Browser, locked_out: Staff) -> None:
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(seconds=540))

    answer = browser.send("/admin/sign-in/", login=locked_out.login, password="a guess")

    assert "повторите через 60 с" in words_of(answer) or "повторите через 59 с" in words_of(answer)


def test_success_forgives_what_failed_before(browser: Browser, in_force: PutInForce) -> None:
    in_force(sign_in_failures_max=3)
    staff = a_member_of_staff()

    for _ in range(3):
        browser.send("/admin/sign-in/", login=staff.login, password="a guess")
        browser.send("/admin/sign-in/", login=staff.login, password="a guess")
        assert browser.sign_in(staff).status_code == 302
        browser.send("/admin/sign-out/", token_of="/admin/")


def test_a_password_that_was_typed_as_the_login_is_kept_nowhere(browser: Browser) -> None:
    browser.send(
        "/admin/sign-in/", login="My5ecretPhrase", password="whatever", next="/admin/?q=My5ecretPhrase"
    )

    attempt = AccessAttempt.objects.get()
    kept = " ".join(str(value) for value in vars(attempt).values()).lower()
    assert "my5ecretphrase" not in kept and "whatever" not in kept


def test_many_guesses_at_once_are_no_more_tries(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is looked at, another of the same login and address is not: it would not be counted in time."""
    staff, looked_at, beside = a_member_of_staff(), [], []

    def slowly(*_: object, **credentials: object) -> None:
        looked_at.append(credentials)
        if len(looked_at) == 1:
            beside.append(Browser().send("/admin/sign-in/", login=staff.login.upper(), password=PASSWORD))

    monkeypatch.setattr(identity, "authenticate", slowly)

    browser.send("/admin/sign-in/", login=staff.login, password="a guess")

    assert len(looked_at) == 1
    assert [answer.status_code for answer in beside] == [429]

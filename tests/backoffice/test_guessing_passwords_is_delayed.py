"""Wrong passwords in a row delay that login from that address, and whoever waits is told for how long. Case V23."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from prometheus_client import Counter
from structlog.testing import capture_logs

from backoffice.browser import PASSWORD, Browser, a_member_of_staff, words_of
from backoffice.conftest import PutInForce
from netledger.backoffice import identity
from netledger.backoffice.models import AuditEntry, Staff
from netledger.installation.setting_values import read_networks
from netledger.server import metrics, staff_sign_ins


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
    assert 595 <= int(answer["Retry-After"]) <= 600


def test_from_elsewhere_and_for_others_it_is(browser: Browser, locked_out: Staff) -> None:
    other = a_member_of_staff()

    assert Browser(REMOTE_ADDR="127.0.0.2").sign_in(locked_out).status_code == 302
    assert browser.sign_in(other).status_code == 302


@pytest.mark.django_db
def test_of_ipv6_a_whole_network_counts_as_one_address(in_force: PutInForce) -> None:
    in_force(sign_in_failures_max=3, allowed_ip=read_networks("2001:db8::/32"), plain_http=True)
    staff = a_member_of_staff()
    for host in ("1", "2", "ffff"):
        guesser = Browser(REMOTE_ADDR=f"2001:db8:1:2:{host}::")
        guesser.send("/admin/sign-in/", login=staff.login, password="a guess")

    neighbour = Browser(REMOTE_ADDR="2001:db8:1:2::abc").send(
        "/admin/sign-in/", login=staff.login, password=PASSWORD
    )

    assert neighbour.status_code == 429
    assert Browser(REMOTE_ADDR="2001:db8:1:3::abc").sign_in(staff).status_code == 302


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


def _told(browser: Browser, login: str) -> list[MutableMapping[str, Any]]:
    with capture_logs() as lines:
        browser.send("/admin/sign-in/", login=login, password="My5ecretPhrase")
    assert "My5ecretPhrase" not in str(lines)
    return [line for line in lines if line["event"].startswith("staff sign-in")]


def test_each_leaves_a_line_that_names_no_login(browser: Browser, locked_out: Staff) -> None:
    (of_nobody,) = _told(browser, "My5ecretLogin")
    (of_other,) = _told(browser, (other := a_member_of_staff()).login)
    (delayed,) = _told(browser, locked_out.login)

    assert (of_nobody["event"], of_nobody["staff_id"]) == ("staff sign-in failed", None)
    assert (of_other["event"], of_other["staff_id"]) == ("staff sign-in failed", other.pk)
    assert (delayed["event"], delayed["staff_id"]) == ("staff sign-in delayed", locked_out.pk)
    assert delayed["address"] == "127.0.0.1" and 595 <= delayed["wait_s"] <= 600
    assert "my5ecretlogin" not in str(of_nobody).lower()


def test_those_that_were_looked_at_are_in_the_audit_under_whose_login_it_was(
    browser: Browser, locked_out: Staff
) -> None:
    browser.send("/admin/sign-in/", login=locked_out.login, password="not looked at")
    browser.send("/admin/sign-in/", login="nobody", password="a guess")

    entries = AuditEntry.objects.filter(action="sign_in_failed")
    assert [(entry.staff, entry.address) for entry in entries] == [(locked_out, "127.0.0.1")] * 3


def test_they_are_counted(browser: Browser, locked_out: Staff) -> None:
    staff_sign_ins.count()
    counters = (metrics.staff_sign_in_failures, metrics.staff_sign_in_delays)
    before = [_value_of(counter) for counter in counters]

    _told(browser, "nobody")
    _told(browser, locked_out.login)

    assert [_value_of(counter) for counter in counters] == [value + 1 for value in before]


def _value_of(counter: Counter) -> float:
    return next(iter(counter.collect())).samples[0].value

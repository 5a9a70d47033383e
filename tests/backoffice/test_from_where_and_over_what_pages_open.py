"""Pages open to the addresses that are allowed, and over https, but on the machine itself."""

import pytest
from django.test import Client

from backoffice.browser import Browser, a_member_of_staff, words_of
from backoffice.conftest import PutInForce
from netledger.backoffice.doors import IS_DIRECT
from netledger.installation.setting_values import read_networks

OUTSIDE = "192.0.2.7"


def _status(**environment: object) -> int:
    return int(Client().get("/admin/sign-in/", **environment).status_code)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_at_first_they_open_on_the_machine_itself_alone(in_force: PutInForce) -> None:
    assert _status() == 200
    assert _status(REMOTE_ADDR="::1") == 200
    assert _status(REMOTE_ADDR=OUTSIDE, secure=True) == 403
    assert _status(REMOTE_ADDR="", secure=True) == 403


@pytest.mark.django_db
def test_whoever_is_refused_reads_his_address_and_the_cure(in_force: PutInForce) -> None:
    answer = Client().get("/admin/", REMOTE_ADDR=OUTSIDE, HTTP_ACCEPT_LANGUAGE="en")

    assert f"closed to the address {OUTSIDE}" in words_of(answer)
    assert f"netledger config set backoffice.allowed_ip '127.0.0.1 ::1 {OUTSIDE}'" in words_of(answer)


@pytest.mark.django_db
def test_from_other_machines_they_open_over_https_alone(in_force: PutInForce) -> None:
    in_force(allowed_ip=read_networks("127.0.0.1 192.0.2.0/24"))

    assert _status(REMOTE_ADDR=OUTSIDE) == 403
    assert _status(REMOTE_ADDR=OUTSIDE, secure=True) == 200

    in_force(allowed_ip=read_networks("127.0.0.1 192.0.2.0/24"), plain_http=True)

    assert _status(REMOTE_ADDR=OUTSIDE) == 200


@pytest.mark.django_db
def test_a_proxy_that_nobody_named_does_not_pass_for_the_machine_itself(in_force: PutInForce) -> None:
    assert _status(**{IS_DIRECT: False}) == 403
    assert _status(**{IS_DIRECT: False}, secure=True) == 200


def test_cookies_given_over_https_are_never_sent_otherwise(browser: Browser) -> None:
    staff = a_member_of_staff()

    browser.sign_in(staff)
    plain = {name: cookie["secure"] for name, cookie in browser.cookies.items()}
    safe = Client()
    safe.get("/admin/sign-in/", secure=True)

    assert set(plain.values()) == {""}
    assert all(cookie["secure"] for cookie in safe.cookies.values()) and safe.cookies


def test_cookies_are_out_of_reach_of_scripts_and_of_the_api(administrator: Browser) -> None:
    for name in ("netledger_session", "netledger_csrf"):
        cookie = administrator.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/admin/")

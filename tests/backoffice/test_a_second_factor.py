"""Who has a second factor signs in with password and code; one of them is not enough, and no code counts twice."""

import re
from base64 import b32decode
from collections.abc import Callable
from typing import Any

import pytest
from django_otp.oath import TOTP

from backoffice.browser import PASSWORD, Browser, a_member_of_staff, words_of
from netledger.backoffice import audit, models
from netledger.backoffice.models import AuditEntry, SecondFactor, Staff
from netledger.backoffice.roles import Role
from netledger.backoffice.second_factor import has_factor
from netledger.backoffice.services import reset_factor, set_password
from netledger.installation.errors import SecretUnreadable

STEP_S = 30
LONG_WAIT_S = 60
ENROL = "/admin/own/second-factor/"
Code = Callable[[], str]


class Telephone:
    """The app that shows codes, and the clock that it and the server go by."""

    def __init__(self, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        self.key = key
        self.now_s = 1_800_000_000
        monkeypatch.setattr(models.time, "time", lambda: self.now_s)

    def code(self) -> str:
        """What it shows now."""
        totp = TOTP(self.key)
        totp.time = self.now_s
        return f"{totp.token():06d}"

    def later(self) -> str:
        """The next code."""
        self.now_s += STEP_S
        return self.code()


def key_on(page: Any) -> bytes:
    """The key that the page shows for the app."""
    shown = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page.content.decode())
    assert shown is not None
    return b32decode(shown[1].replace(" ", ""))


def confirmed(browser: Browser, code: str, password: str = PASSWORD) -> Any:
    """What the form answers; its page is not opened anew, which would give another key."""
    return browser.send(f"{ENROL}confirm/", token_of="/admin/own/", password=password, code=code)


@pytest.fixture
def staff(db: None) -> Staff:
    return a_member_of_staff(Role.ADMINISTRATOR)


@pytest.fixture
def telephone(browser: Browser, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> Telephone:
    """The telephone of somebody who has switched his second factor on."""
    browser.sign_in(staff)
    telephone = Telephone(key_on(browser.get(ENROL)), monkeypatch)
    answer = confirmed(browser, telephone.code())
    assert answer.status_code == 302, words_of(answer)
    return telephone


def test_the_password_alone_opens_no_page(telephone: Telephone, staff: Staff) -> None:
    thief = Browser()

    assert thief.sign_in(staff).headers["Location"].startswith("/admin/second-factor/")

    for address in ("/admin/", "/admin/own/", "/admin/staff/"):
        assert thief.get(address).headers["Location"].startswith("/admin/second-factor/")


def test_password_and_code_lead_to_the_page_that_was_wanted(telephone: Telephone, staff: Staff) -> None:
    browser = Browser()
    at_the_door = browser.send("/admin/sign-in/?next=/admin/audit/", login=staff.login, password=PASSWORD)

    answer = browser.send(at_the_door.headers["Location"], code=telephone.later())

    assert answer.headers["Location"] == "/admin/audit/"
    assert browser.get("/admin/audit/").status_code == 200


def test_a_code_counts_once(telephone: Telephone, staff: Staff) -> None:
    first, second = Browser(), Browser()
    first.sign_in(staff)
    second.sign_in(staff)
    seen = telephone.later()
    first.send("/admin/second-factor/", code=seen)

    answer = second.send("/admin/second-factor/", code=seen)

    assert answer.status_code == 401
    assert second.get("/admin/").status_code == 302


@pytest.fixture
def _waits_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is a second otherwise, which a slow machine takes for the next request."""
    monkeypatch.setattr(SecondFactor, "get_throttle_factor", lambda _self: LONG_WAIT_S)


@pytest.mark.usefixtures("_waits_are_long")
def test_guessing_codes_is_delayed(telephone: Telephone, staff: Staff) -> None:
    browser = Browser()
    browser.sign_in(staff)
    browser.send("/admin/second-factor/", code="000000")

    answer = browser.send("/admin/second-factor/", code=telephone.later())

    assert answer.status_code == 429 and "повторите через" in words_of(answer)
    assert 0 < int(answer["Retry-After"]) <= LONG_WAIT_S + 1


@pytest.mark.usefixtures("_waits_are_long")
def test_wherever_a_code_is_asked_for_who_guessed_is_told_when_to_come_again(
    browser: Browser, telephone: Telephone
) -> None:
    for address, form_at in (
        ("own/second-factor/remove/", "own/"),
        ("settings/secrets/show/", "settings/secrets/"),
    ):
        asked = {"token_of": f"/admin/{form_at}", "password": PASSWORD, "code": "000000"}
        browser.send(f"/admin/{address}", **asked)

        answer = browser.send(f"/admin/{address}", **asked)

        assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 2 * LONG_WAIT_S


def test_a_session_of_before_is_asked_for_the_code(
    browser: Browser, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Browser()
    before.sign_in(staff)
    assert before.get("/admin/").status_code == 200

    reset_and_enrolled = Browser()
    telephone_of(reset_and_enrolled, staff, monkeypatch)

    assert before.get("/admin/").headers["Location"].startswith("/admin/second-factor/")


def telephone_of(browser: Browser, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> Telephone:
    return telephone.__wrapped__(browser, staff, monkeypatch)  # type: ignore[attr-defined, no-any-return]


def test_it_is_switched_on_only_with_the_password_and_a_right_code(browser: Browser, staff: Staff) -> None:
    browser.sign_in(staff)
    page = "/admin/own/second-factor/"

    for password, code in ((PASSWORD, "000000"), ("not mine", "000000")):
        answer = browser.send(page + "confirm/", token_of=page, password=password, code=code)
        assert answer.status_code == 422

    assert not has_factor(staff)


def test_the_page_opened_anew_shows_another_key(
    browser: Browser, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(staff)
    seen = Telephone(key_on(browser.get(ENROL)), monkeypatch)
    again = key_on(browser.get(ENROL))

    answer = confirmed(browser, seen.code())

    assert again != seen.key and answer.status_code == 422
    assert key_on(answer) == again, "a form that failed shows the key that was photographed"
    assert confirmed(browser, Telephone(again, monkeypatch).code(), "not mine").status_code == 422


def test_a_key_seen_in_a_stolen_session_never_counts_in_anothers(
    browser: Browser, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thief opened the page last: the owner's form is refused, and shows a key that the thief has not seen."""
    thief = Browser()
    browser.sign_in(staff)
    thief.sign_in(staff)
    mine = Telephone(key_on(browser.get(ENROL)), monkeypatch)
    seen = key_on(thief.get(ENROL))

    answer = confirmed(browser, mine.code())

    assert answer.status_code == 422 and key_on(answer) not in (mine.key, seen)
    assert confirmed(thief, Telephone(seen, monkeypatch).code(), "not mine").status_code == 422
    assert not has_factor(staff)


def test_another_password_discards_the_key_that_was_begun(browser: Browser, staff: Staff) -> None:
    browser.sign_in(staff)
    browser.get(ENROL)

    set_password(login=staff.login, password=PASSWORD, by=None)

    assert not models.SecondFactor.objects.exists()


def test_it_counts_only_when_that_is_written_down(
    browser: Browser, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(staff)
    telephone = Telephone(key_on(browser.get(ENROL)), monkeypatch)
    monkeypatch.setattr(audit, "record", _fails)

    with pytest.raises(RuntimeError):
        confirmed(browser, telephone.code())

    assert not has_factor(staff)


def _fails(*_told: object, **_named: object) -> None:
    raise RuntimeError


def test_it_is_taken_off_with_password_and_code(browser: Browser, telephone: Telephone, staff: Staff) -> None:
    off = "/admin/own/second-factor/remove/"
    assert browser.send(off, token_of="/admin/own/", password=PASSWORD, code="").status_code == 422
    telephone.now_s += 3600

    models.SecondFactor.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    browser.send(off, token_of="/admin/own/", password=PASSWORD, code=telephone.later())

    assert not has_factor(staff)
    assert Browser().sign_in(staff).headers["Location"] == "/admin/"


def test_an_administrator_helps_who_lost_the_telephone(telephone: Telephone, staff: Staff) -> None:
    other = Browser()
    other.sign_in(a_member_of_staff(Role.ADMINISTRATOR))

    page = f"/admin/staff/{staff.pk}/"
    other.send(f"{page}second-factor/remove/", token_of=page, password=PASSWORD)

    assert Browser().sign_in(staff).headers["Location"] == "/admin/"
    assert AuditEntry.objects.filter(
        subject_id=str(staff.pk), fields=["second_factor"], staff=other.staff
    ).exists()


def test_who_has_one_keeps_staff_with_his_code_too(
    browser: Browser, telephone: Telephone, staff: Staff
) -> None:
    page = "/admin/staff/"
    asked = {"login": "anna", "name": "Анна", "role": "cashier", "password": PASSWORD}
    assert 'name="code"' in browser.get(page).content.decode()

    without = browser.send(f"{page}add/", token_of=page, **asked, code="")
    models.SecondFactor.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    with_it = browser.send(f"{page}add/", token_of=page, **asked, code=telephone.later())

    assert without.status_code == 422 and "Код неверный" in words_of(without)
    assert with_it.status_code == 200 and Staff.objects.filter(login="anna").exists()


def test_taking_it_off_ends_the_sessions(browser: Browser, telephone: Telephone, staff: Staff) -> None:
    assert browser.get("/admin/").status_code == 200

    reset_factor(login=staff.login, by=None)

    assert browser.get("/admin/").status_code == 302


def test_its_key_is_stored_encrypted(telephone: Telephone) -> None:
    stored = bytes(models.SecondFactor.objects.get().key)

    assert telephone.key not in stored and telephone.key.hex().encode() not in stored


def test_without_the_homes_keys_the_page_says_what_is_lost(
    telephone: Telephone, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a restore without the key: `netledger staff reset-second-factor` is the way in."""
    browser = Browser()
    browser.sign_in(staff)
    monkeypatch.setattr(models, "decrypt", _lost)

    answer = browser.send("/admin/second-factor/", code="123456")

    assert answer.status_code == 409 and "secret.key" in words_of(answer)


def _lost(_stored: bytes) -> str:
    raise SecretUnreadable(path="cfg/secret.key")

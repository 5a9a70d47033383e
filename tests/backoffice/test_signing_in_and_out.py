"""Who signs in with login and password has a session of his own, which ends when he says so or is too long idle."""

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.utils import timezone

from backoffice.browser import PASSWORD, Browser, a_member_of_staff, words_of
from backoffice.conftest import PutInForce
from netledger.backoffice import sessions
from netledger.backoffice.models import AuditEntry, SecondFactor, Session
from netledger.backoffice.services import end_sessions, set_active, set_password

SESSION = "netledger_session"


def _is_signed_in(browser: Browser) -> bool:
    return browser.get("/admin/").status_code == 200


def _later(monkeypatch: pytest.MonkeyPatch, later: timedelta) -> None:
    moment = timezone.now() + later
    monkeypatch.setattr(sessions.timezone, "now", lambda: moment)


def test_the_right_password_leads_to_the_page_that_was_wanted(browser: Browser) -> None:
    staff = a_member_of_staff()
    wanted = browser.get("/admin/?day=1")
    assert wanted.headers["Location"] == "/admin/sign-in/?next=%2Fadmin%2F%3Fday%3D1"

    answer = browser.send(wanted.headers["Location"], login=staff.login.upper(), password=PASSWORD)

    assert answer.headers["Location"] == "/admin/?day=1"
    assert _is_signed_in(browser)


def test_a_wrong_password_and_a_wrong_login_get_the_same_words(browser: Browser) -> None:
    staff = a_member_of_staff()

    wrong_password = browser.send("/admin/sign-in/", login=staff.login, password="not this one")
    wrong_login = browser.send("/admin/sign-in/", login="nobody", password="not this one")

    assert wrong_password.status_code == wrong_login.status_code == 401
    assert words_of(wrong_password) == words_of(wrong_login)
    assert not _is_signed_in(browser)


def test_signing_in_gives_another_session_than_the_browser_came_with(browser: Browser) -> None:
    """Fixation: whoever planted a cookie in the browser does not get in by it."""
    planted = sessions.SessionStore()
    planted["nothing"] = "yet"
    planted.create()
    browser.cookies[SESSION] = planted.session_key

    browser.sign_in(a_member_of_staff())

    assert browser.cookies[SESSION].value != planted.session_key
    assert not sessions.SessionStore().exists(planted.session_key)


def test_the_table_holds_no_key_that_a_browser_could_send(administrator: Browser) -> None:
    key = administrator.cookies[SESSION].value

    row = Session.objects.get(staff=administrator.staff)

    assert row.pk == sessions.hash_of(key)
    thief = Browser()
    thief.cookies[SESSION] = row.pk
    assert not _is_signed_in(thief)


def test_whoever_cannot_give_the_code_of_the_one_before_signs_in_as_himself(browser: Browser) -> None:
    before, himself = a_member_of_staff(), a_member_of_staff()
    SecondFactor.objects.create(user=before, name="telephone", confirmed=True, key=b"unread")
    browser.sign_in(before)

    browser.sign_in(himself)

    assert browser.get("/admin/own/").context["staff"] == himself


def test_signing_out_ends_the_session_itself(administrator: Browser) -> None:
    key = administrator.cookies[SESSION].value

    administrator.send("/admin/sign-out/", token_of="/admin/")

    thief = Browser()
    thief.cookies[SESSION] = key
    assert not _is_signed_in(thief)


@pytest.mark.parametrize("way", ["disable", "password", "end"])
def test_a_session_that_others_end_is_over(administrator: Browser, way: str) -> None:
    a_member_of_staff(login="second", role="administrator")  # type: ignore[arg-type]
    assert administrator.staff is not None
    login = administrator.staff.login

    match way:
        case "disable":
            set_active(login=login, is_active=False, by=None)
        case "password":
            set_password(login=login, password=PASSWORD + "!", by=None)
        case _:
            assert end_sessions(login=login, by=None) == 1

    assert not _is_signed_in(administrator)


def test_an_idle_session_is_over_and_a_used_one_is_not(
    administrator: Browser, in_force: PutInForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(session_idle_s=600, session_longest_s=3600)
    for _ in range(5):
        _later(monkeypatch, timedelta(minutes=8))
        assert _is_signed_in(administrator)

    _later(monkeypatch, timedelta(minutes=11))

    assert not _is_signed_in(administrator)


def test_its_browser_keeps_it_as_long_as_use_may_prolong_it(browser: Browser, in_force: PutInForce) -> None:
    in_force(session_idle_s=600, session_longest_s=3600)

    browser.sign_in(a_member_of_staff())

    assert browser.cookies[SESSION]["max-age"] == 3600


def test_even_a_used_session_ends_one_day(
    administrator: Browser, in_force: PutInForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(session_idle_s=3600, session_longest_s=3600)
    _later(monkeypatch, timedelta(minutes=50))
    assert _is_signed_in(administrator)

    _later(monkeypatch, timedelta(minutes=11))

    assert not _is_signed_in(administrator)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/admin/\\..//evil",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_away_from_here(browser: Browser, wanted: str) -> None:
    staff = a_member_of_staff()

    answer = browser.send("/admin/sign-in/", login=staff.login, password=PASSWORD, next=wanted)

    assert answer.headers["Location"].startswith("/admin/")
    assert urlsplit(urljoin("http://here/admin/sign-in/", answer.headers["Location"])).netloc == "here"


def test_a_form_of_another_site_signs_nobody_in_or_out(administrator: Browser) -> None:
    answer = administrator.post("/admin/sign-out/", {})

    assert answer.status_code == 403
    assert _is_signed_in(administrator)


def test_where_nobody_can_sign_in_yet_the_page_says_how(browser: Browser) -> None:
    assert "netledger staff add" in browser.text("/admin/sign-in/")

    a_member_of_staff()

    assert "netledger staff add" not in browser.text("/admin/sign-in/")


def test_coming_and_going_is_in_the_audit(administrator: Browser) -> None:
    administrator.send("/admin/sign-out/", token_of="/admin/")

    entries = AuditEntry.objects.filter(staff=administrator.staff).order_by("id")
    assert [(entry.action, entry.address) for entry in entries] == [
        ("signed_in", "127.0.0.1"),
        ("signed_out", "127.0.0.1"),
    ]

"""`netledger staff` keeps who may sign in to the pages; the first administrator is made by it."""

import pytest

from backoffice.browser import Browser
from cli.typed import answered, done, refused, rows
from netledger.backoffice import in_force
from netledger.backoffice.models import AuditEntry, SecondFactor, Session, Staff
from netledger.installation.settings import Settings

pytestmark = pytest.mark.django_db

PASSWORD = "сто тысяч синих китов"


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages have the settings of the first start."""
    monkeypatch.setattr(in_force, "settings_in_force", Settings)


def _signs_in(login: str, password: str) -> bool:
    browser = Browser()
    browser.send("/admin/sign-in/", login=login, password=password)
    return browser.get("/admin/").status_code == 200


def test_the_first_administrator_signs_in_with_what_was_printed() -> None:
    added = answered("staff", "add", "Anna", "--role", "administrator")

    assert added["login"] == "anna"
    assert _signs_in("anna", added["password"])
    entry = AuditEntry.objects.get(action="keep_staff")
    assert (entry.staff, entry.subject_kind) == (None, "backoffice.staff")


def test_a_password_may_be_typed_and_is_then_not_printed() -> None:
    said = done("staff", "add", "anna", "--role", "cashier", "--password-stdin", typed=f"{PASSWORD}\n")

    assert PASSWORD not in said and _signs_in("anna", PASSWORD)


def test_who_works_here_is_listed_with_the_role() -> None:
    done("staff", "add", "anna", "--role", "cashier", "--name", "Анна")
    done("staff", "add", "boris", "--role", "engineer")
    done("staff", "set", "boris", "--role", "operator", "--name", "Борис")

    assert [row[:3] for row in rows("staff", "list")] == [
        ["anna", "Анна", "cashier"],
        ["boris", "Борис", "operator"],
    ]


def test_another_password_ends_the_sessions() -> None:
    done("staff", "add", "anna", "--role", "cashier", "--password-stdin", typed=f"{PASSWORD}\n")
    assert _signs_in("anna", PASSWORD)

    fresh = answered("staff", "set-password", "anna")["password"]

    assert not Session.objects.exists()
    assert (_signs_in("anna", PASSWORD), _signs_in("anna", fresh)) == (False, True)


def test_who_is_disabled_is_out_until_enabled() -> None:
    done("staff", "add", "anna", "--role", "cashier", "--password-stdin", typed=f"{PASSWORD}\n")
    _signs_in("anna", PASSWORD)

    done("staff", "disable", "anna")
    assert not Session.objects.exists() and not _signs_in("anna", PASSWORD)

    done("staff", "enable", "anna")
    assert _signs_in("anna", PASSWORD)


def test_sessions_are_ended_and_counted() -> None:
    done("staff", "add", "anna", "--role", "cashier", "--password-stdin", typed=f"{PASSWORD}\n")
    for _ in range(2):
        _signs_in("anna", PASSWORD)

    assert answered("staff", "end-sessions", "anna") == {"login": "anna", "ended": 2}


def test_who_lost_the_telephone_signs_in_by_password_alone_again() -> None:
    done("staff", "add", "anna", "--role", "cashier", "--password-stdin", typed=f"{PASSWORD}\n")
    SecondFactor.objects.create(user=Staff.objects.get(), key=b"", confirmed=True)
    assert not _signs_in("anna", PASSWORD)

    done("staff", "reset-second-factor", "anna")

    assert _signs_in("anna", PASSWORD)


def test_what_cannot_be_is_refused_in_a_sentence() -> None:
    done("staff", "add", "anna", "--role", "administrator")

    assert refused("staff", "add", "ANNA", "--role", "cashier") == "The login anna is taken"
    assert "is no login" in refused("staff", "add", "a b", "--role", "cashier")
    assert refused("staff", "disable", "nobody") == "No member of staff has the login nobody"
    assert "last administrator" in refused("staff", "disable", "anna")
    weak = refused("staff", "set-password", "anna", "--password-stdin")
    assert "too short" in weak
    assert Staff.objects.get().is_active

"""An administrator keeps staff on a page, and everybody his own password and sessions; the audit tells of it."""

import re
from html import unescape
from typing import Any

import pytest

from backoffice.browser import PASSWORD, Browser, a_member_of_staff, words_of
from netledger.backoffice.models import AuditEntry, AuditValues, Session, Staff
from netledger.backoffice.roles import Action, Role

ANOTHER = "сто тысяч синих китов"


def _send_to(browser: Browser, staff: Staff, act: str, **fields: str) -> str:
    page = f"/admin/staff/{staff.pk}/"
    return words_of(browser.send(f"{page}{act}/", token_of=page, **({"password": PASSWORD} | fields)))


def _add(browser: Browser, **fields: str) -> Any:
    asked = {"login": "anna", "name": "Анна", "role": "cashier", "password": PASSWORD} | fields
    return browser.send("/admin/staff/add/", token_of="/admin/staff/", **asked)


def _shown_password(page: str) -> str:
    found = re.search(r'<code class="key">(\w+)</code>', page)
    assert found is not None
    return found[1]


def test_somebody_who_was_added_signs_in_with_the_password_that_was_shown(administrator: Browser) -> None:
    shown = _add(administrator, login="Kassa").content.decode()

    staff = Staff.objects.get(login="kassa")
    browser = Browser()
    browser.sign_in(staff, _shown_password(shown))
    assert browser.get("/admin/").status_code == 200
    assert staff.role == Role.CASHIER


def test_a_session_alone_adds_nobody(administrator: Browser) -> None:
    """Whoever stole a session could sign in anew with the password that is shown."""
    for password in ("", "not mine"):
        answer = _add(administrator, password=password, role="administrator")

        assert answer.status_code == 422 and "Пароль неверный" in words_of(answer)
        assert 'class="key"' not in answer.content.decode()
    assert not Staff.objects.filter(login="anna").exists()


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("change", {"name": "Анна", "role": "administrator"}),
        ("password", {}),
        ("second-factor/remove", {}),
        ("sessions/end", {}),
        ("active", {"active": "no"}),
    ],
)
def test_a_session_alone_changes_nobodys_way_in(
    administrator: Browser, act: str, fields: dict[str, str]
) -> None:
    staff, his = a_member_of_staff(), Browser()
    his.sign_in(staff)

    told = _send_to(administrator, staff, act, password="not mine", **fields)

    assert "Пароль неверный" in told
    assert Staff.objects.get(pk=staff.pk).role == staff.role
    assert his.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", ["", "owner", "Operator"])
def test_a_role_that_there_is_not_is_an_error_at_its_field(administrator: Browser, role: str) -> None:
    staff = a_member_of_staff(Role.ENGINEER)
    page = f"/admin/staff/{staff.pk}/"
    asked = {"name": "Анна", "role": role, "password": PASSWORD}

    for answer in (
        _add(administrator, role=role),
        administrator.send(f"{page}change/", token_of=page, **asked),
    ):
        assert answer.status_code == 422
        assert re.search(r'id="role_error" role="alert">Роли «\w*» нет', answer.content.decode())

    assert not Staff.objects.filter(login="anna").exists()
    assert Staff.objects.get(pk=staff.pk).role == Role.ENGINEER


@pytest.mark.parametrize(
    ("login", "name", "why"),
    [
        ("", "Анна", "не логин"),
        ("a b", "Анна", "не логин"),
        ("admin1", " ", "Нужно имя"),
        ("taken", "Анна", "занят"),
    ],
)
def test_who_cannot_be_added_is_refused_in_a_sentence(
    administrator: Browser, login: str, name: str, why: str
) -> None:
    a_member_of_staff(login="taken")

    answer = _add(administrator, login=login, name=name)

    assert answer.status_code == 422 and why in words_of(answer)


def test_a_name_is_shown_as_text(administrator: Browser) -> None:
    """Case V22: what staff types is nobody's script."""
    planted = "<script>alert(1)</script>"
    staff = a_member_of_staff()

    _send_to(administrator, staff, "change", name=planted, role="cashier")

    for address in ("/admin/staff/", f"/admin/staff/{staff.pk}/", "/admin/audit/"):
        page = administrator.get(address).content.decode()
        assert planted not in page and "&lt;script&gt;alert(1)" in page


def test_who_may_sign_in_no_longer_is_out_at_once(administrator: Browser) -> None:
    staff, his = a_member_of_staff(), Browser()
    his.sign_in(staff)

    _send_to(administrator, staff, "active", active="no")

    assert his.get("/admin/").status_code == 302
    assert his.sign_in(staff).status_code == 401

    _send_to(administrator, staff, "active", active="yes")

    assert his.sign_in(staff).status_code == 302


def test_the_last_administrator_stays_one(administrator: Browser) -> None:
    assert administrator.staff is not None

    for act, fields in (("active", {"active": "no"}), ("change", {"name": "Анна", "role": "cashier"})):
        assert "последний администратор" in _send_to(administrator, administrator.staff, act, **fields)


def test_sessions_of_others_are_ended(administrator: Browser) -> None:
    staff, his = a_member_of_staff(), Browser()
    his.sign_in(staff)

    _send_to(administrator, staff, "sessions/end")

    assert his.get("/admin/").status_code == 302


def test_ones_own_sessions_are_listed_and_ended(administrator: Browser) -> None:
    assert administrator.staff is not None
    elsewhere = Browser(HTTP_USER_AGENT="Another browser")
    elsewhere.sign_in(administrator.staff)
    assert "Another browser" in administrator.text("/admin/own/")

    administrator.send("/admin/own/sessions/end/", token_of="/admin/own/", session="others")

    assert elsewhere.get("/admin/").status_code == 302
    assert administrator.get("/admin/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else_as_his_own(administrator: Browser) -> None:
    staff, his = a_member_of_staff(), Browser()
    his.sign_in(staff)
    session = Session.objects.get(staff=staff)

    administrator.send("/admin/own/sessions/end/", token_of="/admin/own/", session=session.pk)

    assert his.get("/admin/").status_code == 200


def test_another_password_ends_the_other_sessions_and_keeps_this_one(administrator: Browser) -> None:
    assert administrator.staff is not None
    elsewhere, key = Browser(), administrator.cookies["netledger_session"].value
    elsewhere.sign_in(administrator.staff)

    administrator.send(
        "/admin/own/password/", token_of="/admin/own/", password=PASSWORD, new=ANOTHER, again=ANOTHER
    )

    assert administrator.get("/admin/").status_code == 200
    assert administrator.cookies["netledger_session"].value != key
    assert elsewhere.get("/admin/").status_code == 302
    assert Browser().sign_in(administrator.staff, ANOTHER).status_code == 302


@pytest.mark.parametrize(
    ("password", "new", "again", "why"),
    [
        ("not mine", ANOTHER, ANOTHER, "Пароль неверный"),
        (PASSWORD, ANOTHER, ANOTHER + "!", "не совпадают"),
        (PASSWORD, "short", "short", "слишком короткий"),
        (PASSWORD, "1234567890", "1234567890", "из цифр"),
        (PASSWORD, "qwertyuiop", "qwertyuiop", "распространён"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_a_sentence(
    administrator: Browser, password: str, new: str, again: str, why: str
) -> None:
    answer = administrator.send(
        "/admin/own/password/", token_of="/admin/own/", password=password, new=new, again=again
    )

    assert answer.status_code == 422 and why in words_of(answer)
    assert administrator.get("/admin/").status_code == 200


def test_the_audit_tells_who_did_what_and_never_a_password(administrator: Browser) -> None:
    staff = a_member_of_staff(login="watched")
    shown = _shown_password(
        administrator.send(
            f"/admin/staff/{staff.pk}/password/", token_of=f"/admin/staff/{staff.pk}/", password=PASSWORD
        ).content.decode()
    )

    page = administrator.text(f"/admin/audit/?subject=backoffice.staff/{staff.pk}")

    assert administrator.staff is not None
    assert (
        f"{administrator.staff.login} 127.0.0.1 Изменение сотрудников сотрудник {staff.pk} password" in page
    )
    assert shown not in str(list(AuditValues.objects.values_list("content", flat=True)))


def test_each_action_is_called_something(administrator: Browser) -> None:
    shown = administrator.text("/admin/staff/")

    assert not [action for action in Action if str(action) in shown]


def test_the_audit_is_read_page_by_page(administrator: Browser) -> None:
    for _ in range(60):
        AuditEntry.objects.create(
            action="signed_out", subject_kind="", subject_id="", fields=[], recorded_at="2026-01-01T00:00:00Z"
        )

    first = administrator.get("/admin/audit/?action=signed_out").content.decode()
    older = re.search(r'href="\?(action=signed_out&amp;before=\d+)"', first)
    assert older is not None
    second = administrator.get("/admin/audit/?" + older[1].replace("&amp;", "&")).content.decode()

    assert (first.count("<tr>") - 1, second.count("<tr>") - 1) == (50, 10)


@pytest.mark.parametrize("asked", ["staff=x", "before=٣", "staff=99999999999999999999", "subject=/"])
def test_an_address_that_asks_for_nonsense_gets_a_page(administrator: Browser, asked: str) -> None:
    assert administrator.get(f"/admin/audit/?{asked}").status_code == 200


def test_what_no_text_can_hold_is_refused(administrator: Browser) -> None:
    assert administrator.get("/admin/audit/?action=%00").status_code == 400
    assert administrator.get("/admin/audit/?%00=1").status_code == 400
    assert administrator.send("/admin/staff/add/", token_of="/admin/staff/", login="\0").status_code == 400


def test_a_hostile_name_is_the_same_after_three_times(administrator: Browser) -> None:
    """Case V22: what a form shows, it takes back byte for byte."""
    name, staff = (
        'О\'Нил "Ж" \\ <img src=x onerror=alert(1)> =HYPERLINK("http://x") &amp;',
        a_member_of_staff(),
    )
    _send_to(administrator, staff, "change", name=name, role="cashier")

    for _ in range(3):
        page = administrator.get(f"/admin/staff/{staff.pk}/").content.decode()
        shown = re.search(r'id="name" name="name" value="([^"]*)"', page)
        assert shown is not None
        _send_to(administrator, staff, "change", name=unescape(shown[1]), role="cashier")

    assert Staff.objects.get(pk=staff.pk).name == name

"""Where subscribers go online is shown to the roles that keep the network, on every page; a cashier needs it not."""

import pytest

from backoffice.browser import Browser, a_member_of_staff
from given import a_connection, a_customer, a_nas, paid, published
from netledger.backoffice.models import AuditEntry
from netledger.backoffice.roles import Action, Role, may
from netledger.ledger import clock
from netledger.network.services import end_connection
from netledger.network.sessions import start_session
from netledger.subscribers.models import Subscriber

ADDRESS, MAC, NAS = "10.77.0.5", "00:1a:2b:3c:4d:5e", "172.16.77.9"
SESSION_ADDRESS, SESSION_MAC = "10.77.0.6", "00:1a:2b:3c:4d:5f"
OF_NETWORK = (ADDRESS, MAC, NAS, SESSION_ADDRESS, SESSION_MAC, "Узел")


@pytest.fixture
def payer(db: None) -> Subscriber:
    """Somebody who pays, has a static connection and one by session, and had another."""
    payer, nas = a_customer("5.00", contract_number="10245"), a_nas(NAS)
    a_customer("6.00", contract_number="10246")
    a_connection(nas, payer, login="elkin", address=ADDRESS, mac=MAC)
    a_connection(nas, payer, login="mobile", by_session=True)
    start_session(login="mobile", session_code="s", at=clock.now(), address=SESSION_ADDRESS, mac=SESSION_MAC)
    end_connection(connection_id=a_connection(nas, payer, login="old", address="10.77.0.7").pk)
    paid(payer, "10.00")
    published()
    return payer


@pytest.mark.parametrize("role", Role)
def test_no_page_and_no_file_tells_it_to_others(browser: Browser, payer: Subscriber, role: Role) -> None:
    browser.sign_in(a_member_of_staff(role))
    told = ""
    for page in (
        "", f"subscribers/{payer.id}/", "subscribers/", "payments/", "search/?q=1024", "search/?q=elkin",
        f"subscribers/{payer.id}/edit/", f"subscribers/{payer.id}/pay/", f"subscribers/{payer.id}/history/access/",
        f"subscribers/{payer.id}/history/addresses/",
    ):  # fmt: skip
        told += browser.get(f"/admin/{page}").content.decode()
    for file in ("subscribers", "payments", "operators", "plans", "nases"):
        answer = browser.get(f"/admin/files/{file}.csv")
        told += b"".join(answer).decode()

    assert {fact for fact in OF_NETWORK if fact in told} == (
        set(OF_NETWORK) if may(role, Action.SEE_NETWORK) else set()
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("text", [ADDRESS, "001a.2b3c.4d5e", SESSION_ADDRESS, SESSION_MAC])
def test_nor_does_an_address_lead_others_to_whoever_has_it(
    browser: Browser, payer: Subscriber, role: Role, text: str
) -> None:
    browser.sign_in(a_member_of_staff(role))

    answer = browser.get(f"/admin/search/?q={text}")

    assert (answer.status_code == 302) == may(role, Action.SEE_NETWORK)


@pytest.mark.parametrize("role", Role)
def test_a_login_is_what_people_pay_by_so_everybody_sees_and_finds_it(
    browser: Browser, payer: Subscriber, role: Role
) -> None:
    browser.sign_in(a_member_of_staff(role))

    assert browser.get("/admin/search/?q=elkin").headers["Location"] == f"/admin/subscribers/{payer.id}/"
    card = browser.text(f"/admin/subscribers/{payer.id}/")

    assert "elkin" in card and "old закрыта" in card


def test_the_search_box_asks_for_what_it_can_find(browser: Browser, payer: Subscriber) -> None:
    browser.sign_in(a_member_of_staff(Role.CASHIER))

    assert "MAC" not in browser.get("/admin/search/?q=zzz").content.decode()


def test_what_was_shown_is_written_down_as_it_was(browser: Browser, payer: Subscriber) -> None:
    fields = []
    for role in (Role.CASHIER, Role.ENGINEER):
        browser.cookies.clear()
        browser.sign_in(a_member_of_staff(role))
        browser.get(f"/admin/subscribers/{payer.id}/")
        fields.append(AuditEntry.objects.filter(action="see_subscribers").latest("id").fields)

    assert "logins" in fields[0] and set(fields[1]) - set(fields[0]) == {"connections", "addresses"}

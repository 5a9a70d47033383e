"""The first page says how the day goes: money beside last week's, who is out, who is online, what is wrong."""

import json
import re
from decimal import Decimal

import pytest

from backoffice.browser import Browser, a_member_of_staff
from given import a_connection, a_customer, a_nas, an_operator, paid, published, the_clock_says, utc
from netledger import sql
from netledger.access.services import place_block
from netledger.backoffice.roles import Role
from netledger.ledger import clock
from netledger.ledger.services import set_zone
from netledger.network.sessions import start_session
from netledger.payments.corrections import reverse_operation
from netledger.payments.takings import takings


@pytest.mark.django_db
def test_money_is_compared_with_the_same_time_of_the_same_day_last_week() -> None:
    set_zone("Europe/Moscow")  # three hours before UTC
    bank, till, payer = an_operator("bank"), an_operator("till"), a_customer()
    for moment, operator, amount in (
        (utc(2026, 11, 17, 20, 59), bank, "1.00"),  # the 17th still
        (utc(2026, 11, 17, 21, 0), bank, "2.00"),  # 00:00 of the 18th
        (utc(2026, 11, 18, 9, 30), till, "4.00"),
        (utc(2026, 11, 18, 10, 30), bank, "8.00"),  # later than it is today
        (utc(2026, 11, 24, 20, 59), bank, "16.00"),
        (utc(2026, 11, 24, 21, 0), till, "32.00"),
        (utc(2026, 11, 25, 9, 59), bank, "64.00"),
    ):
        the_clock_says(moment)
        paid(payer, amount, operator=operator)
    back = paid(payer, "128.00", operator=bank)
    the_clock_says(utc(2026, 11, 25, 10, 0))
    reverse_operation(operation_id=back.operation_id, author="x", why="x")

    told = takings()

    assert (told.today, told.payments, told.week_before) == (32 + 64, 2, 2 + 4)
    assert [(one.operator_code, one.today, one.week_before) for one in told.operators] == [
        ("bank", 64, 2),
        ("till", 32, 4),
    ]
    assert (told.today_by_hour[0], told.today_by_hour[12], told.today_by_hour[14]) == (32, 32 + 64, None)
    assert (told.week_before_by_hour[0], told.week_before_by_hour[23]) == (2, 2 + 4 + 8)


def test_the_page_shows_it_in_a_table_and_in_figures_for_the_chart(administrator: Browser) -> None:
    paid(a_customer(), "1234.50", operator=an_operator("bank"))

    answer = administrator.get("/admin/")
    page = answer.content.decode()
    figures = re.search(r'<script id="figures" type="application/json">(.*?)</script>', page)

    assert figures is not None
    assert json.loads(figures[1])["operators"]["series"][0]["values"] == ["1234.50"]
    assert page.count("1\xa0234,50") >= 3
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page)


def test_who_is_out_is_counted_by_reason_and_leads_to_them(administrator: Browser) -> None:
    a_customer("-1.00")
    a_customer("-1.00")
    place_block(subscriber_id=a_customer().id, placed_by="x", why="x")
    published()

    closed = {one["address"]: one["count"] for one in administrator.get("/admin/").context["closed"]}

    assert closed["/admin/subscribers/?state=overdrawn"] == 2
    assert closed["/admin/subscribers/?state=blocked"] == 1
    assert closed["/admin/subscribers/?state=held"] == 0


def test_online_are_the_live_sessions(administrator: Browser) -> None:
    nas, moment = a_nas(), clock.now()
    for login in ("one", "two", "old"):
        a_connection(nas, login=login, by_session=True)
    start_session(login="one", session_code="s", at=moment)
    start_session(login="two", session_code="s", at=moment)
    start_session(login="old", session_code="s", at=utc(2026, 1, 1))

    assert administrator.get("/admin/").context["online"] == 2


def test_trouble_is_what_the_doctor_finds_with_its_cure(administrator: Browser) -> None:
    a_nas("172.16.0.9")

    shown = administrator.text("/admin/")

    assert "NAS 172.16.0.9" in shown and "netledger nas retire 172.16.0.9" in shown


def test_a_day_without_money_says_what_to_do(administrator: Browser) -> None:
    assert "netledger operator add" in administrator.text("/admin/")


def test_much_money_takes_no_more_statements_than_little(administrator: Browser) -> None:
    counted = []
    for more in (1, 30):
        for _ in range(more):
            paid(a_customer(), "1.00")
        with sql.counting() as tally:
            administrator.get("/admin/")
        counted.append(tally.statements)

    assert counted[0] == counted[1] <= 60


@pytest.mark.parametrize("role", Role)
def test_each_sees_what_his_role_may(browser: Browser, role: Role) -> None:
    browser.sign_in(a_member_of_staff(role))

    told = browser.get("/admin/").context

    assert told["takings"].today == Decimal(0)
    assert ("online" in told) == (role in (Role.OPERATOR, Role.ENGINEER, Role.ADMINISTRATOR))

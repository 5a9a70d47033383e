"""Lists go page by page by key, with their filters in the address; their files hold the same and compute nothing."""

import csv
import re
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from django.http import HttpResponse

from backoffice.browser import Browser, a_member_of_staff, words_of
from given import (
    LONG_AGO,
    a_customer,
    a_group,
    a_nas,
    a_plan,
    a_subscriber,
    an_operator,
    paid,
    published,
    the_clock_says,
    utc,
)
from netledger import sql
from netledger.backoffice.csv_files import csv_blocks
from netledger.backoffice.models import AuditEntry
from netledger.backoffice.particulars import ParticularsForm
from netledger.backoffice.roles import Role
from netledger.charging.services import subscribe
from netledger.errors import Language
from netledger.ledger import clock
from netledger.payments.corrections import reverse_operation
from netledger.subscribers.models import Subscriber
from netledger.subscribers.particulars import set_subscriber
from netledger.subscribers.services import add_subscriber

HOSTILE = (
    '<img src=x onerror="alert(1)">',
    '=HYPERLINK("http://example.org")',
    'О\'Нил "Ж" \\',
    "@SUM(1)",
    " -2+3",
)


def contracts(browser: Browser, address: str) -> list[str]:
    """The contract numbers of every page of a list, from an address on."""
    seen: list[str] = []
    start = address.partition("?")[0]
    while address:
        told = browser.get(address).context
        seen += [row.contract_number for row in told["rows"]]
        address = start + told["more"] if told["more"] else ""
    return seen


def rows_of(answer: object) -> list[list[str]]:
    """What a spreadsheet reads from a file."""
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(text), delimiter=";"))


class TestSubscribers:
    """The list of subscribers."""

    def test_all_of_them_newest_first_page_by_page(self, administrator: Browser) -> None:
        numbers = [a_subscriber().contract_number for _ in range(120)]

        assert contracts(administrator, "/admin/subscribers/") == numbers[::-1]

    def test_of_one_state_one_plan_or_below_one_group(self, administrator: Browser) -> None:
        debtor, open_one = a_customer("-5.00"), a_customer("5.00")
        town = a_group("Город")
        house = a_group("Дом", parent=a_group("Улица", parent=town))
        neighbour = add_subscriber(contract_number="77", name="Сосед", group_id=house.id)
        plan, over = a_plan(), a_plan()
        subscribe(subscriber_id=neighbour.id, plan_id=plan.id, from_on=clock.today())
        published()

        assert contracts(administrator, "/admin/subscribers/?state=overdrawn") == [debtor.contract_number]
        assert contracts(administrator, "/admin/subscribers/?state=open") == ["77", open_one.contract_number]
        assert contracts(administrator, f"/admin/subscribers/?group={town.id}") == ["77"]
        assert contracts(administrator, f"/admin/subscribers/?plan={plan.id}&state=open") == ["77"]
        assert contracts(administrator, f"/admin/subscribers/?plan={over.id}") == []

    @pytest.mark.parametrize("asked", ["state=x", "plan=x", "group=-1", "before=x", "before=" + "9" * 40])
    def test_an_address_that_makes_no_sense_shows_all(self, administrator: Browser, asked: str) -> None:
        number = a_subscriber().contract_number

        assert contracts(administrator, f"/admin/subscribers/?{asked}") == [number]

    def test_fifty_take_no_more_statements_than_five(self, administrator: Browser) -> None:
        counted = []
        for more in (5, 45):
            for _ in range(more):
                a_customer("1.00")
            with sql.counting() as tally:
                administrator.get("/admin/subscribers/")
            counted.append(tally.statements)

        assert counted[0] == counted[1] <= 20

    def test_whom_it_showed_is_written_down_by_id(self, administrator: Browser) -> None:
        one = a_subscriber(name="Ёлкин")
        paid(one, "5.00")

        for address in (
            "/admin/subscribers/",
            "/admin/payments/",
            "/admin/search/?q=елк",
            "/admin/search/?q=zzz",
        ):
            administrator.get(address, headers={"HX-Request": "true"})

        entries = AuditEntry.objects.filter(action="see_subscribers")
        assert [entry.values.content for entry in entries] == [{"subscribers": [one.id]}] * 3

    def test_of_none_it_says_what_to_do(self, administrator: Browser) -> None:
        assert "netledger subscriber add" in administrator.text("/admin/subscribers/")
        assert "Таких абонентов нет" in administrator.text("/admin/subscribers/?state=held")


class TestPayments:
    """The list of all payments."""

    def test_all_of_them_newest_first_page_by_page_however_many_came_at_once(
        self, administrator: Browser
    ) -> None:
        the_clock_says(utc(2026, 11, 25, 12))
        payer, operators = a_customer(), [an_operator(), an_operator()]
        ids = [paid(payer, "1.00", operator=operators[number % 2]).operation_id for number in range(120)]

        seen, address = [], "/admin/payments/"
        while address:
            told = administrator.get(address).context
            seen += [row.operation_id for row in told["rows"]]
            address = f"/admin/payments/{told['more']}" if told["more"] else ""

        assert seen == ids[::-1]

    def test_of_one_operator_and_of_some_days(self, administrator: Browser) -> None:
        payer, bank, till = a_customer(), an_operator("bank"), an_operator("till")
        for day in (23, 24, 25):
            the_clock_says(utc(2026, 11, day, 12))
            paid(payer, f"{day}.00", operator=bank)
            paid(payer, "1.00", operator=till)

        def sums(asked: str) -> list[int]:
            return [int(row.amount) for row in administrator.get(f"/admin/payments/?{asked}").context["rows"]]

        assert sums("operator=bank") == [25, 24, 23]
        assert sums("operator=bank&from_on=2026-11-24&until_on=2026-11-24") == [24]
        assert sums("from_on=2026-11-25") == [1, 25]
        assert sums("operator=nobody&from_on=yesterday&before=x/y") == [1, 25, 1, 24, 1, 23]

    @pytest.mark.parametrize("asked", ["until_on=9999-12-31", "from_on=0001-01-01&until_on=0001-01-01"])
    def test_a_day_beyond_every_calendar_asks_for_all(self, administrator: Browser, asked: str) -> None:
        paid(a_customer(), "5.00")

        assert len(administrator.get(f"/admin/payments/?{asked}").context["rows"]) == 1

    def test_one_that_was_taken_back_says_so(self, administrator: Browser) -> None:
        operation_id = paid(a_customer(), "5.00").operation_id
        back = reverse_operation(operation_id=operation_id, author="petrov", why="x")

        assert f"сторно: {back.transfer_id}" in administrator.text("/admin/payments/")


@pytest.mark.parametrize(
    ("address", "given_one", "told"),
    [
        ("nases", lambda: a_nas("172.16.0.9"), "172.16.0.9"),
        ("operators", lambda: an_operator("bank"), "bank Платёжная система"),
        ("plans", lambda: a_plan("310.00"), "310,00 01.01.2020 ↓ ∞ ↑ ∞ по дням продаётся"),
    ],
)
def test_short_lists_are_on_one_page(
    administrator: Browser, address: str, given_one: object, told: str
) -> None:
    given_one()  # type: ignore[operator]

    assert told in administrator.text(f"/admin/{address}/")


class TestFiles:
    """A list that is taken away."""

    def test_a_file_holds_what_the_list_shows(self, administrator: Browser) -> None:
        debtor = a_customer("-1234.50", contract_number="00123")
        a_customer("5.00")
        published()

        header, row = rows_of(administrator.get("/admin/files/subscribers.csv?state=overdrawn"))

        assert header[0] == "Договор" and (row[0], row[6], row[7]) == ("00123", "-1234,50", "закрыт за долг")
        entry = AuditEntry.objects.get(action="export")
        assert entry.values.content == {"rows": 1, "asked": {"state": "overdrawn"}} and entry.fields == [
            "subscribers"
        ]
        assert debtor.name not in str(entry.values.content)

    def test_hostile_text_is_text_in_every_cell(self, administrator: Browser) -> None:
        for text in HOSTILE:
            a_subscriber(name=text)
        paid(a_customer(), "5.00", operator=an_operator("=1+1"), payment_id="+7")

        names = [row[1] for row in rows_of(administrator.get("/admin/files/subscribers.csv"))[2:]]
        payment = rows_of(administrator.get("/admin/files/payments.csv"))[1]

        assert names[::-1] == [HOSTILE[0], f"'{HOSTILE[1]}", HOSTILE[2], "'@SUM(1)", "'-2+3"]
        assert payment[3] == "'+7" and payment[1] == "5,00"

    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize("cut", [",", ";", "\t", "\r\n", ", ", ";\u200b"])
    def test_a_spreadsheet_that_cuts_cells_elsewhere_finds_no_formula_either(
        self, language: Language, cut: str
    ) -> None:
        hostile = f"x{cut}=cmd|' /C calc'!A0"

        file = b"".join(csv_blocks(["n"], [[hostile, "y"]], language)).decode("utf-8-sig")

        for delimiter in ",;\t":
            for row in csv.reader(StringIO(file, newline=""), delimiter=delimiter):
                assert not [cell for cell in row if cell.strip(" \u200b").startswith("=")]

    def test_how_a_plan_is_charged_is_told_in_words(self, administrator: Browser) -> None:
        a_plan()

        assert rows_of(administrator.get("/admin/files/plans.csv"))[1][3] in ("по дням", "за месяц разом")

    def test_it_is_made_in_blocks_so_that_memory_stays_flat(self) -> None:
        blocks = list(csv_blocks(["n"], ([number] for number in range(2500)), "en"))

        assert len(blocks) == 3 and b"".join(blocks).decode("utf-8-sig").split() == [
            "n",
            *map(str, range(2500)),
        ]

    @pytest.mark.parametrize("name", ["subscribers", "payments", "nases", "operators", "plans"])
    @pytest.mark.parametrize("role", Role)
    def test_whoever_may_not_see_or_take_it_away_is_refused(
        self, browser: Browser, role: Role, name: str
    ) -> None:
        browser.sign_in(a_member_of_staff(role))
        a_plan()

        answer = browser.get(f"/admin/files/{name}.csv")

        is_allowed = role in (Role.ADMINISTRATOR, Role.ENGINEER) or (
            role is Role.ACCOUNTANT and name != "nases"
        )
        assert answer.status_code == (200 if is_allowed else 403)
        assert b"".join(answer)

    def test_a_file_of_nothing_is_not_there(self, administrator: Browser) -> None:
        assert administrator.get("/admin/files/staff.csv").status_code == 404


class TestSearch:
    """The box on every page."""

    def test_one_who_is_meant_is_opened_and_several_are_shown(self, administrator: Browser) -> None:
        first, second = a_subscriber("100", name="Ёлкин"), a_subscriber("1001", name="Елкина")

        exact = administrator.get("/admin/search/?q=100")
        both = administrator.text("/admin/search/?q=ЕЛКИН")

        assert exact["Location"] == f"/admin/subscribers/{first.id}/"
        assert "Ёлкин" in both and "Елкина" in both and second.contract_number in both

    def test_while_one_types_a_fragment_is_enough(self, administrator: Browser) -> None:
        a_subscriber("100", name="<b>Ёлкин</b>")

        answer = administrator.get("/admin/search/?q=100", headers={"HX-Request": "true"})

        assert "&lt;b&gt;Ёлкин" in answer.content.decode() and b"<html" not in answer.content

    def test_of_nothing_found_it_says_how_to_look(self, administrator: Browser) -> None:
        assert "Ничего не найдено" in administrator.text("/admin/search/?q=zzzz")

    def test_many_found_take_no_more_statements_than_few(self, administrator: Browser) -> None:
        counted = []
        for more in (2, 18):
            for _ in range(more):
                a_customer()
            with sql.counting() as tally:
                administrator.get("/admin/search/?q=иванов")
            counted.append(tally.statements)

        assert counted[1] <= counted[0] <= 25


def test_hostile_text_is_shown_as_text_on_every_page_and_saved_byte_for_byte(administrator: Browser) -> None:
    """V22."""
    for text in HOSTILE:
        one = a_subscriber(name=text)
        one.refresh_from_db()
        card = f"/admin/subscribers/{one.id}/"
        for _ in range(3):
            assert save(administrator, one, filled_in(administrator, one)).status_code == 302
        name_before = one.name
        one.refresh_from_db()
        assert one.name == name_before
        for address in (card, f"{card}edit/", f"{card}pay/", "/admin/subscribers/"):
            assert "<img src=x" not in administrator.get(address).content.decode()
        assert text.strip() in words_of(administrator.get(card))


def filled_in(browser: Browser, one: Subscriber) -> dict[str, str]:
    """What a browser sends of the form of a subscriber in which nothing was typed."""
    page = browser.get(f"/admin/subscribers/{one.id}/edit/").content.decode()
    controls = re.findall(r'<input type="(\w+)" name="([a-z_-]+)"([^>]*)', page)
    found = {}
    for kind, name, rest in controls:
        value = re.search(r'value="([^"]*)"', rest)
        if name.removeprefix("initial-") in ParticularsForm.base_fields and kind != "checkbox":
            found[name] = unescape(value[1]) if value else ""
    return found


def save(browser: Browser, one: Subscriber, form: dict[str, str], **typed: str) -> HttpResponse:
    """Send that form with what was typed into it."""
    card = f"/admin/subscribers/{one.id}/"
    answer: HttpResponse = browser.send(f"{card}save/", token_of=f"{card}edit/", **{**form, **typed})
    return answer


class TestWhatIsToldOfASubscriber:
    """The form of the card."""

    def test_is_changed_field_by_field_and_written_down(self, administrator: Browser) -> None:
        one = a_subscriber(name="Иванов")

        form = filled_in(administrator, one)
        save(administrator, one, form, name="Петров", phone="+7 900", is_company="on", inn="7700000000")

        one.refresh_from_db()
        assert (one.name, one.phone, one.is_company, one.inn) == ("Петров", "+7 900", True, "7700000000")
        entry = AuditEntry.objects.get(action="change_subscriber")
        assert set(entry.fields) == {"name", "phone", "is_company", "inn"}
        assert entry.values.content["name"] == "Петров"

    @pytest.mark.parametrize(
        ("field", "typed", "told"),
        [
            ("name", "  ", "имя пустое"), ("inn", "12", "ИНН — 10 или 12 цифр"), ("kpp", "x", "КПП — 9 знаков"),
            ("phone", "9" * 251, "не более 250"), ("street", "a\x07", "недопустимый знак"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(
        self, administrator: Browser, field: str, typed: str, told: str
    ) -> None:
        one = a_subscriber(name="Иванов")

        answer = save(administrator, one, filled_in(administrator, one), **{"email": "a@b.ru", field: typed})

        assert answer.status_code in (400, 409) and told in " ".join(answer.context["form"].errors[field])
        one.refresh_from_db()
        assert (one.name, one.email) == ("Иванов", "")

    def test_text_that_1c_padded_stays_padded_while_another_field_is_changed(
        self, administrator: Browser
    ) -> None:
        one = a_subscriber()
        type(one).objects.filter(pk=one.pk).update(name=" ООО «Луч»  ")

        save(administrator, one, filled_in(administrator, one), phone="1")

        one.refresh_from_db()
        assert (one.name, one.phone) == (" ООО «Луч»  ", "1")

    def test_what_another_changed_since_the_form_was_shown_stays(self, administrator: Browser) -> None:
        one = a_subscriber(name="Иванов")
        form = filled_in(administrator, one)
        set_subscriber(subscriber_id=one.id, phone="+7 900 123", is_company=True)

        save(administrator, one, form, name="Петров")

        one.refresh_from_db()
        assert (one.name, one.phone, one.is_company) == ("Петров", "+7 900 123", True)
        assert AuditEntry.objects.get(action="change_subscriber").fields == ["name"]


def test_a_subscription_to_come_or_over_is_told_apart(administrator: Browser) -> None:
    one, plan = a_subscriber(), a_plan("310.00")
    subscribe(subscriber_id=one.id, plan_id=plan.id, from_on=clock.today() + timedelta(days=3))
    subscribe(subscriber_id=one.id, plan_id=a_plan("620.00").id, from_on=LONG_AGO)

    now, to_come = administrator.get(f"/admin/subscribers/{one.id}/").context["card"].plans

    assert (now.is_now, now.version.price, to_come.is_now, to_come.version.price) == (True, 620, False, 310)

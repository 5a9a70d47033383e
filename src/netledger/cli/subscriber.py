"""`netledger subscriber add|show|find|set|close`: the contracts, and all that a person at the desk asks of one."""

import sys
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import Contract, JsonOption, changed_to, require_some
from netledger.cli.tables import print_document, print_records, tell_contract
from netledger.network.unchanged import UNCHANGED

if TYPE_CHECKING:
    from netledger.subscribers.particulars import Particulars

FOUND_MAX = 100

app = typer.Typer(
    help=say(
        "Абоненты: завести, показать, найти, изменить, закрыть", "Subscribers: add, show, find, set, close"
    ),
    no_args_is_help=True,
)


def _text(flag: str, metavar: str, ru: str, en: str) -> Any:
    return typer.Option(flag, metavar=metavar, help=say(ru, en))


Name = Annotated[str | None, _text("--name", "NAME", "ФИО или название", "the person's or company's name")]
Group = Annotated[str | None, _text("--group", "GROUP", "группа: имя или номер", "the group: name or id")]
Street = Annotated[str | None, _text("--street", "TEXT", "улица", "street")]
House = Annotated[str | None, _text("--house", "TEXT", "дом", "house")]
Flat = Annotated[str | None, _text("--flat", "TEXT", "квартира", "flat")]
Phone = Annotated[str | None, _text("--phone", "TEXT", "телефон", "phone")]
Email = Annotated[str | None, _text("--email", "TEXT", "электронная почта", "e-mail")]
Company = Annotated[
    bool | None,
    typer.Option("--company/--person", help=say("организация или физическое лицо", "a company or a person")),
]
Inn = Annotated[str | None, _text("--inn", "DIGITS", "ИНН", "tax number (INN)")]
Kpp = Annotated[str | None, _text("--kpp", "TEXT", "КПП", "tax registration (KPP)")]
Legal = Annotated[str | None, _text("--legal-address", "TEXT", "юридический адрес", "legal address")]
Actual = Annotated[str | None, _text("--actual-address", "TEXT", "фактический адрес", "actual address")]


@app.command("add", help=say("Завести договор", "Add a contract"))
def add(
    contract: Annotated[
        str, typer.Argument(metavar="CONTRACT", help=say("номер договора", "the contract number"))
    ],
    name: Annotated[str, _text("--name", "NAME", "ФИО или название", "the person's or company's name")],
    group: Annotated[str, _text("--group", "GROUP", "группа: имя или номер", "the group: name or id")],
    street: Street = None,
    house: House = None,
    flat: Flat = None,
    phone: Phone = None,
    email: Email = None,
    company: Company = None,
    inn: Inn = None,
    kpp: Kpp = None,
    legal_address: Legal = None,
    actual_address: Actual = None,
    as_json: JsonOption = False,
) -> None:
    """Add a contract with all that is told of the subscriber, or nothing of it."""
    set_up_django()
    from django.db import transaction

    from netledger.subscribers.groups import group_named
    from netledger.subscribers.particulars import set_subscriber
    from netledger.subscribers.services import add_subscriber

    told = _told(
        street=street, house=house, flat=flat, phone=phone, email=email, is_company=company,
        inn=inn, kpp=kpp, legal_address=legal_address, actual_address=actual_address,
    )  # fmt: skip
    with transaction.atomic():
        subscriber = add_subscriber(contract_number=contract, name=name, group_id=group_named(group).id)
        set_subscriber(subscriber_id=subscriber.id, **told)
    tell_contract("Договор {} заведён: {}", "Contract {} is added: {}", subscriber.id, as_json=as_json)


@app.command("show", help=say("Всё об одном абоненте", "All about one subscriber"))
def show(contract: Contract, as_json: JsonOption = False) -> None:
    """Print who and where he is, whether he may pass, why and since when, his balance, connections and plans."""
    set_up_django()
    from netledger.cli.cards import card_of
    from netledger.cli.lookup import subscriber_of
    from netledger.cli.printed_card import print_card

    card = card_of(subscriber_of(contract).id)
    if as_json:
        print_document(card)
    else:
        print_card(card)


@app.command(
    "find",
    help=say(
        "Найти: договор, логин, имя, телефон, улица и дом, код 1С, IP, MAC, номер платежа",
        "Find: contract, login, name, phone, street and house, 1C code, IP, MAC, payment id",
    ),
)
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("что известно", "what is known"))],
    as_json: JsonOption = False,
) -> None:
    """Print whom the text may mean, by any of these, the surest first."""
    set_up_django()
    from netledger.backoffice.search import search
    from netledger.cli.cards import list_of
    from netledger.subscribers.errors import SubscriberUnknown

    meant = [found.subscriber for found in search(text, found_max=FOUND_MAX, sees_network=True).found]
    found = list_of(meant[:FOUND_MAX])
    if not found:
        raise SubscriberUnknown(sent_to=text)
    columns = [
        say("договор", "contract"), say("абонент", "subscriber"), say("группа", "group"),
        say("адрес", "address"), say("телефон", "phone"), say("баланс", "balance"),
        say("доступ", "access"),
    ]  # fmt: skip
    print_records(columns, found, as_json=as_json)
    if len(found) == FOUND_MAX:
        sys.stderr.write(say(f"только первые {FOUND_MAX}\n", f"the first {FOUND_MAX} only\n"))


@app.command("set", help=say("Изменить сведения об абоненте", "Change what is told of a subscriber"))
def set_one(
    contract: Contract,
    name: Name = None,
    group: Group = None,
    street: Street = None,
    house: House = None,
    flat: Flat = None,
    phone: Phone = None,
    email: Email = None,
    company: Company = None,
    inn: Inn = None,
    kpp: Kpp = None,
    legal_address: Legal = None,
    actual_address: Actual = None,
    onec_code: Annotated[
        str | None, _text("--onec-code", "CODE", "код 1С: как его знает 1С", "the 1C code, as 1C knows him")
    ] = None,
    no_onec_code: Annotated[
        bool, typer.Option("--no-onec-code", help=say("убрать код 1С", "without a 1C code"))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Change what is given, and leave the rest as it is."""
    told = _told(
        name=name, street=street, house=house, flat=flat, phone=phone, email=email, is_company=company,
        inn=inn, kpp=kpp, legal_address=legal_address, actual_address=actual_address,
    )  # fmt: skip
    require_some(group, onec_code, no_onec_code or None, *told.values())
    code_then = changed_to("onec-code", onec_code, without=no_onec_code)
    set_up_django()
    from django.db import transaction

    from netledger.cli.lookup import subscriber_of
    from netledger.subscribers.groups import group_named
    from netledger.subscribers.onec import set_onec_code
    from netledger.subscribers.particulars import set_subscriber

    subscriber = subscriber_of(contract)
    group_id = None if group is None else group_named(group).id
    with transaction.atomic():
        set_subscriber(subscriber_id=subscriber.id, group_id=group_id, **told)
        if code_then is not UNCHANGED:
            set_onec_code(subscriber_id=subscriber.id, onec_code=code_then)
    tell_contract("Договор {} изменён: {}", "Contract {} is changed: {}", subscriber.id, as_json=as_json)


@app.command(
    "close", help=say("Закрыть договор и его учётные записи", "Close a contract and its connections")
)
def close(contract: Contract, as_json: JsonOption = False) -> None:
    """Close a contract; its money and its history stay."""
    set_up_django()
    from netledger.cli.lookup import subscriber_of
    from netledger.network.services import close_contract

    subscriber = subscriber_of(contract)
    close_contract(subscriber_id=subscriber.id)
    tell_contract("Договор {} закрыт: {}", "Contract {} is closed: {}", subscriber.id, as_json=as_json)


def _told(**options: str | bool | None) -> "Particulars":
    """What was given of the options, by the names of the contract's columns."""
    return cast("Particulars", {name: told for name, told in options.items() if told is not None})

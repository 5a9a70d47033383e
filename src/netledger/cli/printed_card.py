"""A subscriber's card as people read it; imported when Django is set up."""

import sys

from netledger.cli.cards import ConnectionCard, SubscriberCard, SubscriptionCard
from netledger.cli.language import say
from netledger.cli.tables import print_facts, print_records, shown


def print_card(card: SubscriberCard) -> None:
    """Print who he is and how he stands, then his connections, then what he has of plans."""
    print_facts([(what, told) for what, told in _facts(card) if told])
    if card.connections:
        sys.stdout.write("\n")
        print_connections(card.connections, as_json=False)
    if card.subscriptions:
        sys.stdout.write("\n")
        print_subscriptions(card.subscriptions, as_json=False)


def print_connections(connections: list[ConnectionCard], *, as_json: bool) -> None:
    """Print connections, a line each."""
    columns = [
        say("логин", "login"), "NAS", say("адрес", "address"), say("адрес после NAT", "address after NAT"),
        "MAC", say("по сессии", "by session"), say("включена", "enabled"), say("адрес сессии", "session's address"),
        say("в сети с", "online since"), say("скорость к абоненту", "speed in"),
        say("от абонента", "speed out"), say("закрыта", "ended"),
    ]  # fmt: skip
    print_records(columns, connections, as_json=as_json)


def print_subscriptions(subscriptions: list[SubscriptionCard], *, as_json: bool) -> None:
    """Print subscriptions, a line each."""
    columns = [
        say("номер", "id"), say("тариф", "plan"), say("с", "from"), say("по", "through"),
        say("начислено по", "charged through"), say("ожидает оплаты с", "held since"),
        say("скорость к абоненту", "speed in"), say("от абонента", "speed out"),
    ]  # fmt: skip
    print_records(columns, subscriptions, as_json=as_json)


def _facts(card: SubscriberCard) -> list[tuple[str, str]]:
    kind = say("организация", "a company") if card.is_company else ""
    return [
        (say("договор", "contract"), card.contract_number),
        (say("абонент", "subscriber"), card.name),
        (say("кто он", "who he is"), kind),
        (say("ИНН", "INN"), card.inn),
        (say("КПП", "KPP"), card.kpp),
        (say("юридический адрес", "legal address"), card.legal_address),
        (say("фактический адрес", "actual address"), card.actual_address),
        (say("код 1С", "1C code"), card.onec_code or ""),
        (say("1С знает его с", "1C has him since"), shown(card.onec_synced_at)),
        (say("группа", "group"), card.group),
        (say("адрес", "address"), ", ".join(filter(None, (card.street, card.house, card.flat)))),
        (say("телефон", "phone"), card.phone),
        (say("почта", "e-mail"), card.email),
        (say("заведён", "added"), shown(card.created_at)),
        (say("закрыт", "closed"), shown(card.closed_at)),
        (say("баланс", "balance"), shown(card.balance)),
        (say("кредит", "credit"), _credit(card)),
        (say("доступ", "access"), _access(card)),
    ]


def _credit(card: SubscriberCard) -> str:
    if card.credit is None:
        return ""
    amount, until = shown(card.credit.amount), shown(card.credit.until_on)
    return f"{amount} {say('по', 'through')} {until}" if until else amount


def _access(card: SubscriberCard) -> str:
    """Why and since when, and what staff said of a block."""
    return ", ".join(filter(None, (card.state.sentence, card.state.blocked_by, card.state.blocked_why)))

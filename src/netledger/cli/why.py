"""`netledger why`: why access is open or closed, now or at a moment, and who had an address then."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.moments import At, moment_of
from netledger.cli.options import JsonOption
from netledger.cli.tables import print_document, shown

if TYPE_CHECKING:
    from netledger.cli.explained import WhyCard
    from netledger.network.holders import Holder


class HolderCard(msgspec.Struct, frozen=True):
    """Who had an address, on which NAS, from when to when, and how his access stood.

    A session has its code and when it was last heard of; a static address has neither.
    """

    nas: str
    login: str
    contract_number: str
    from_at: datetime
    until_at: datetime | None
    session_code: str | None
    seen_at: datetime | None
    mac: str | None
    why: "WhyCard | None"


class AddressCard(msgspec.Struct, frozen=True):
    """All who had an address at a moment: one a NAS."""

    address: str
    at: datetime
    holders: list[HolderCard]


def why(
    who: Annotated[
        str,
        typer.Argument(
            metavar="CONTRACT|ADDRESS",
            help=say(
                "договор, логин или IPv4-адрес: у кого он (был), на каждом NAS",
                "a contract, a login or an IPv4 address: whose it is (or was), on each NAS",
            ),
        ),
    ],
    at: At = None,
    as_json: JsonOption = False,
) -> None:
    """Print one sentence, and the movements, credits and blocks behind it; of an address first who had it."""
    set_up_django()
    from netledger.cli.explained import WhyCard, print_why
    from netledger.network.addresses import parse_address
    from netledger.network.errors import AddressMalformed
    from netledger.payments.explanation import explain
    from netledger.subscribers.errors import SubscriberUnknown
    from netledger.subscribers.queries import find_by_identifier

    moment, subscriber = moment_of(at), find_by_identifier(who)
    if subscriber is None:
        try:
            address = parse_address(who.strip())
        except AddressMalformed:
            raise SubscriberUnknown(sent_to=who) from None
        _tell_holders(address, moment, as_json=as_json)
        return
    card = WhyCard.of(explain(subscriber.pk, moment))
    if as_json:
        print_document(card)
    else:
        print_why(card)


def _tell_holders(address: str, at: datetime | None, *, as_json: bool) -> None:
    from netledger.cli.explained import print_why
    from netledger.network.holders import holders_of

    held = holders_of(address, at=at)
    cards = [_holder_card(holder, at) for holder in held.holders]
    if as_json:
        print_document(AddressCard(address, held.at, cards))
        return
    for number, card in enumerate(cards):
        sys.stdout.write("\n" * bool(number) + _sentence(address, card) + "\n")
        if card.why is not None:
            print_why(card.why)


def _holder_card(holder: "Holder", at: datetime | None) -> HolderCard:
    from netledger.cli.explained import WhyCard
    from netledger.payments.errors import MomentBeforeContract
    from netledger.payments.explanation import explain

    try:
        card = WhyCard.of(explain(holder.subscriber_id, at))
    except (
        MomentBeforeContract
    ):  # taken over from another billing, he may have had it before his contract here
        card = None
    return HolderCard(
        nas=holder.nas_address,
        login=holder.login,
        contract_number=holder.contract_number,
        from_at=holder.from_at,
        until_at=holder.until_at,
        session_code=holder.session_code,
        seen_at=holder.seen_at,
        mac=holder.mac,
        why=card,
    )


def _sentence(address: str, card: HolderCard) -> str:
    """Whose the address is, on which NAS, from when to when, and by which session."""
    told = say(
        f"{address} на NAS {card.nas}: договор {card.contract_number}, логин {card.login}, с {shown(card.from_at)}",
        f"{address} on NAS {card.nas}: contract {card.contract_number}, login {card.login}, "
        f"since {shown(card.from_at)}",
    )
    if card.until_at is not None:
        told += say(" до ", " until ") + shown(card.until_at)
    if card.session_code is None:
        return told + say(", постоянный адрес", ", a static address")
    told += say(", сессия ", ", session ") + card.session_code
    if card.mac is not None:
        told += f", MAC {card.mac}"
    if card.until_at is None:
        told += say(", последний раз слышали ", ", last heard of ") + shown(card.seen_at)
    return told

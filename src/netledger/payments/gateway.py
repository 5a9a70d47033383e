"""A payment as gateways send it: by an operator's code and by what names the subscriber, taken in one statement.

The database is asked once for all of it: that is what most of a payment's time went into.
"""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from netledger import sql
from netledger.ledger.amounts import Amount
from netledger.payments.errors import OperatorOfExchange, OperatorUnknown
from netledger.payments.models import OPERATOR_OF_ONEC
from netledger.payments.services import refuse_unless_taken
from netledger.subscribers.identifiers import identifier_key


class GatewayReceipt(NamedTuple):
    """A receipt, with what a gateway shows of the subscriber, and the moment by the provider's clock."""

    outcome: str
    operation_id: int
    subscriber_id: int
    amount: Decimal
    balance_after: Decimal
    taken_locally: datetime
    contract_number: str
    name: str


def take_gateway_payment(
    *,
    operator_code: str,
    operator_payment_id: str,
    sent_to: str,
    subscriber_id: int | None,
    amount: Amount,
) -> GatewayReceipt:
    """Credit a subscriber, exactly once, with money that a gateway takes now.

    It is one statement, and so one transaction.

    Args:
        operator_payment_id: the operator's own id, 1 to 64 characters.
        sent_to: the identifier as the operator sent it; a contract number or login is looked up here.
        subscriber_id: whom it names if it is neither; None, if nobody.
        amount: roubles.

    Returns: the receipt; a repeat gets the first one, its balance_after included.
    Raises:
        OperatorUnknown; OperatorOfExchange: its payments come from 1C alone.
        As `take_payment`.
    """
    if operator_code == OPERATOR_OF_ONEC:
        raise OperatorOfExchange(operator_code=operator_code)
    receipt = sql.maybe_prepared(
        "payments/take_gateway_payment",
        GatewayReceipt,
        operator_code=operator_code,
        operator_payment_id=operator_payment_id,
        sent_to=sent_to,
        key=identifier_key(sent_to),
        subscriber_id=subscriber_id,
        amount=amount,
    )
    if receipt is None:
        raise OperatorUnknown(operator_code=operator_code)
    refuse_unless_taken(
        receipt.outcome,
        operation_id=receipt.operation_id,
        operator_payment_id=operator_payment_id,
        sent_to=sent_to,
        contract_number=receipt.contract_number,
        operator_code=operator_code,
    )
    return receipt

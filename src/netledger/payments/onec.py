"""What 1C writes of operations: it confirms that it has one, and brings payments of its own, once for each code."""

import unicodedata
from datetime import date

from django.db import transaction

from netledger.ledger import clock
from netledger.ledger.amounts import Amount
from netledger.ledger.errors import TransferUnknown
from netledger.ledger.queries import find_transfer
from netledger.payments.errors import OnecCodeOfAnother, OperationMarkedOtherwise, PaymentConflict
from netledger.payments.models import OPERATOR_OF_ONEC, Document, OnecMark, Operator, Payment
from netledger.payments.services import Receipt, take_payment
from netledger.subscribers.errors import OnecCodeUnknown, SubscriberUnknown, TextTooLong
from netledger.subscribers.onec import checked_onec_code
from netledger.subscribers.queries import find_by_onec_code

DOCUMENT_TEXT_LENGTH_MAX = 1000


@transaction.atomic
def mark_operation(*, operation_id: int, onec_code: str) -> OnecMark:
    """1C tells that it has an operation, and how it calls it; again it answers the first mark.

    Raises:
        TransferUnknown: names the operation.
        OnecCodeOfAnother: the code is another operation's; names both.
        OperationMarkedOtherwise: 1C has it under another code; names both.
        OnecCodeMalformed.
    """
    code = checked_onec_code(onec_code)
    if find_transfer(operation_id) is None:
        raise TransferUnknown(operation_id=operation_id)
    # The two unique keys decide, whoever comes first; a loser sees the winner's row in the statements after it.
    mark = OnecMark(transfer_id=operation_id, onec_code=code, marked_at=clock.now())
    OnecMark.objects.bulk_create([mark], ignore_conflicts=True)
    known = OnecMark.objects.filter(pk=operation_id).first()
    if known is None:
        owner = OnecMark.objects.get(onec_code=code)
        raise OnecCodeOfAnother(
            onec_code=code, operation_id=owner.transfer_id, refused_operation_id=operation_id
        )
    if known.onec_code != code:
        raise OperationMarkedOtherwise(
            operation_id=operation_id, onec_code=known.onec_code, refused_code=code
        )
    return known


@transaction.atomic
def bring_payment(
    *, onec_code: str, subscriber_code: str, amount: Amount, paid_on: date, number: str, description: str
) -> Receipt:
    """Credit a subscriber with a payment that 1C brings, exactly once for each of its codes, and mark it.

    Args:
        onec_code: how 1C calls the payment.
        subscriber_code: how 1C calls the subscriber.
        amount: roubles.
        paid_on: the provider's day of the payment.
        number, description: what its document says.

    Returns: the receipt; a repeat gets the first one.
    Raises:
        PaymentConflict: the code is known with another sum, day or subscriber, or is that of an operation which
            1C did not bring; nothing moves.
        OnecCodeUnknown: no subscriber has that code.
        OnecCodeMalformed; TextTooLong; and as take_payment.
    """
    code, payer_code = checked_onec_code(onec_code), checked_onec_code(subscriber_code)
    subscriber = find_by_onec_code(payer_code)
    try:
        receipt = take_payment(
            operator_id=Operator.objects.get(code=OPERATOR_OF_ONEC).pk,
            operator_payment_id=code,
            sent_to=payer_code,
            subscriber_id=subscriber.pk if subscriber else None,
            amount=amount,
            taken_at=clock.day_start(paid_on),
        )
    except SubscriberUnknown:
        raise OnecCodeUnknown(onec_code=payer_code) from None
    if clock.day_of(receipt.taken_at) != paid_on:
        raise PaymentConflict(operator_payment_id=code, operation_id=receipt.operation_id)
    try:
        mark_operation(operation_id=receipt.operation_id, onec_code=code)
    except OnecCodeOfAnother as taken:  # the new operation will not have been: name the one that is there
        raise PaymentConflict(operator_payment_id=code, operation_id=taken.operation_id) from None
    if receipt.outcome == "taken":
        Document.objects.create(
            payment=Payment.objects.get(transfer_id=receipt.operation_id),
            number=_text("number", number),
            description=_text("description", description),
        )
    return receipt


def _text(field: str, text: str) -> str:
    """The text in NFC, lines and all."""
    normal = unicodedata.normalize("NFC", text.strip())
    if len(normal) > DOCUMENT_TEXT_LENGTH_MAX or any(
        unicodedata.category(letter) == "Cs" for letter in normal
    ):
        raise TextTooLong(field=field, length_max=DOCUMENT_TEXT_LENGTH_MAX)
    return normal

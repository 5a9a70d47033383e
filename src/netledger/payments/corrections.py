"""What staff put right: corrections with a reason, and operations taken back."""

from decimal import Decimal

from django.db import transaction

from netledger.ledger import clock
from netledger.ledger.amounts import is_exact
from netledger.ledger.errors import AlreadyReversed
from netledger.ledger.models import Account, Transfer
from netledger.ledger.services import (
    Movement,
    Recorded,
    record_transfer,
    reverse_transfer,
    system_account_id,
)
from netledger.payments.errors import ReasonMissing, SumOutOfLimits
from netledger.payments.models import Remark
from netledger.subscribers.queries import lock_subscriber


@transaction.atomic
def correct_balance(*, subscriber_id: int, delta: Decimal, author: str, why: str) -> Recorded:
    """Raise (above zero) or lower a subscriber's balance by roubles, with who and why.

    Raises: SumOutOfLimits: zero, too large, or of more than two places. ReasonMissing.
    """
    if not delta or not is_exact(delta):
        raise SumOutOfLimits(amount=delta)
    _require_reason(author, why)
    subscriber = lock_subscriber(subscriber_id)
    recorded = record_transfer(
        Movement(
            account_id=subscriber.account_id,
            contra_id=system_account_id(Account.Kind.CORRECTIONS),
            delta=delta,
            kind=Transfer.Kind.CORRECTION,
            purpose="correction",
            accounting_day=clock.today(),
            happened_at=clock.now(),
        )
    )
    Remark.objects.create(transfer_id=recorded.transfer_id, author=author, why=why)
    return recorded


@transaction.atomic
def reverse_operation(*, operation_id: int, author: str, why: str) -> Recorded:
    """Take an operation back, once, with who and why.

    Raises:
        TransferUnknown; ReversalNotReversible: it is a reversal, put right by a correction.
        AlreadyReversed: names the operation that did it; nothing moves.
    """
    _require_reason(author, why)
    taken_back = reverse_transfer(transfer_id=operation_id)
    assert taken_back.reversing_id is not None and taken_back.balance_after is not None
    if taken_back.outcome == "already":
        raise AlreadyReversed(operation_id=operation_id, reversing_id=taken_back.reversing_id)
    Remark.objects.create(transfer_id=taken_back.reversing_id, author=author, why=why)
    return Recorded(taken_back.reversing_id, taken_back.balance_after)


def _require_reason(author: str, why: str) -> None:
    if not author.strip() or not why.strip():
        raise ReasonMissing

"""The acts of the card: what each asks for, whom it is allowed to, and which service does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netledger.access.services import lift_block, place_block
from netledger.backoffice.fields import (
    RECEIPT_LENGTH_MAX,
    WHY_LENGTH_MAX,
    SignedSumField,
    SumField,
    TextField,
    chosen_of,
    day_field,
)
from netledger.backoffice.models import Staff
from netledger.backoffice.roles import Action
from netledger.ledger import clock
from netledger.ledger.errors import TransferUnknown
from netledger.ledger.models import Transfer
from netledger.ledger.queries import find_transfer
from netledger.payments.corrections import correct_balance, reverse_operation
from netledger.payments.credit import end_credit, grant_credit
from netledger.payments.models import OPERATOR_OF_ONEC, Operator
from netledger.payments.services import take_payment
from netledger.subscribers.models import Subscriber

Outcome = dict[str, str]
"""What an act answers: what was done, and the operation and balance of it; JSON, as a repeat reads it again."""


def _why(label: str | Promise) -> TextField:
    return TextField(length_max=WHY_LENGTH_MAX, label=label)


class PaymentForm(forms.Form):
    """Money that was taken."""

    amount = SumField(label=_("Sum, roubles"))
    operator = chosen_of(
        Operator,
        _("Taken by"),
        only=Q(retired_at=None) & ~Q(code=OPERATOR_OF_ONEC),
        to_field_name="code",
        empty_label=None,
    )
    receipt = TextField(
        length_max=RECEIPT_LENGTH_MAX,
        label=_("Receipt number"),
        help_text=_(
            "Of the till's receipt for cash, else the payment's number at the operator. "
            "The same number is never credited twice."
        ),
    )


class CorrectionForm(forms.Form):
    """A balance put right."""

    delta = SignedSumField(
        label=_("Change of the balance, roubles"), help_text=_("With a minus it lowers the balance: −50,00.")
    )
    why = _why(_("Reason"))


class ReversalForm(forms.Form):
    """An operation taken back."""

    operation = forms.IntegerField(min_value=1, max_value=2**63 - 1, label=_("Operation"))
    why = _why(_("Reason"))


class BlockForm(forms.Form):
    """Access closed by staff."""

    why = _why(_("Reason"))


class CreditForm(forms.Form):
    """Leave to owe."""

    amount = SumField(label=_("May owe up to, roubles"))
    until_on = day_field(_("Through"), help_text=_("The last day; empty: without end."))


class SureForm(forms.Form):
    """Nothing is asked for but whether it is meant."""


@dataclass(frozen=True)
class Act:
    """One act of the card."""

    name: str
    """In its address."""
    action: Action
    title: str | Promise
    button: str | Promise
    form: type[forms.Form]
    perform: Callable[[Subscriber, Staff, Mapping[str, Any]], Outcome]
    replaces: bool = False
    """Whether it ends a credit in force: only that which its preview showed."""
    note: str | Promise = ""
    """What whoever does it should know."""
    fields_refused: Mapping[str, str] = field(default_factory=dict)
    """At which field of the form a refusal, by its code, is told."""


def _take(subscriber: Subscriber, staff: Staff, asked: Mapping[str, Any]) -> Outcome:
    receipt = take_payment(
        operator_id=asked["operator"].pk,
        operator_payment_id=asked["receipt"],
        sent_to=subscriber.contract_number,
        subscriber_id=subscriber.id,
        amount=asked["amount"],
        taken_at=clock.now(),
    )
    return _moved(receipt.outcome, receipt.operation_id, receipt.balance_after)


def _correct(subscriber: Subscriber, staff: Staff, asked: Mapping[str, Any]) -> Outcome:
    recorded = correct_balance(
        subscriber_id=subscriber.id, delta=asked["delta"], author=staff.login, why=asked["why"]
    )
    return _moved("corrected", *recorded)


def _reverse(subscriber: Subscriber, staff: Staff, asked: Mapping[str, Any]) -> Outcome:
    _require_own(subscriber, asked["operation"])
    recorded = reverse_operation(operation_id=asked["operation"], author=staff.login, why=asked["why"])
    return _moved("reversed", *recorded)


def _block(subscriber: Subscriber, staff: Staff, asked: Mapping[str, Any]) -> Outcome:
    place_block(subscriber_id=subscriber.id, placed_by=staff.login, why=asked["why"])
    return {"done": "blocked"}


def _unblock(subscriber: Subscriber, staff: Staff, asked: Mapping[str, Any]) -> Outcome:
    lift_block(subscriber_id=subscriber.id, lifted_by=staff.login)
    return {"done": "unblocked"}


def _lend(subscriber: Subscriber, staff: Staff, asked: Mapping[str, Any]) -> Outcome:
    grant_credit(
        subscriber_id=subscriber.id,
        amount=asked["amount"],
        granted_by=staff.login,
        until_on=asked["until_on"],
        seen=asked.get("seen"),
    )
    return {"done": "lent"}


def _end_credit(subscriber: Subscriber, staff: Staff, asked: Mapping[str, Any]) -> Outcome:
    end_credit(subscriber_id=subscriber.id)
    return {"done": "credit_ended"}


def _moved(done: str, operation_id: int, balance: Decimal) -> Outcome:
    return {"done": done, "operation": str(operation_id), "balance": str(balance)}


def _require_own(subscriber: Subscriber, operation_id: int) -> Transfer:
    """The operation, if it is of this card. Raises: TransferUnknown."""
    transfer = find_transfer(operation_id)
    if transfer is None or transfer.account_id != subscriber.account_id:
        raise TransferUnknown(operation_id=operation_id)
    return transfer


ACTS = (
    Act(
        "pay", Action.TAKE_PAYMENT, _("Take a payment"), _("Take the payment"), PaymentForm, _take,
        note=_(
            "netledger does not issue fiscal receipts yet (54-FZ): ring the payment up on your till, "
            "give the receipt to the payer, and enter its number here."
        ),
        fields_refused={
            "payment_conflict": "receipt", "cancelled": "receipt", "operator_retired": "operator",
            "operator_of_exchange": "operator", "closed": "amount",
        },
    ),
    Act(
        "correct", Action.CORRECT_BALANCE, _("Correct the balance"), _("Correct"), CorrectionForm, _correct,
        fields_refused={"sum_out_of_limits": "delta", "reason_missing": "why"},
    ),
    Act(
        "reverse", Action.REVERSE_OPERATION, _("Reverse an operation"), _("Reverse"), ReversalForm, _reverse,
        note=_("A reversal is final: a wrong one is put right by a correction."),
        fields_refused=dict.fromkeys(("operation_unknown", "reversal_final", "already_reversed"), "operation"),
    ),
    Act("block", Action.BLOCK, _("Block the subscriber"), _("Block the subscriber"), BlockForm, _block),
    Act("unblock", Action.BLOCK, _("Lift the block"), _("Lift the block"), SureForm, _unblock),
    Act(
        "lend", Action.GRANT_CREDIT, _("Grant a credit"), _("Grant"), CreditForm, _lend, replaces=True,
        note=_("A credit is not money: it lowers the balance at which access closes. It replaces the one in force."),
        fields_refused={"sum_out_of_limits": "amount", "credit_over": "until_on"},
    ),
    Act("end-credit", Action.GRANT_CREDIT, _("End the credit"), _("End the credit"), SureForm, _end_credit),
)  # fmt: skip

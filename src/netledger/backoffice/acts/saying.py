"""What an act did, in a sentence."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from netledger.backoffice.acts.declared import Outcome
from netledger.backoffice.templatetags.shown import day, money
from netledger.payments.models import Operator

_SAID: dict[str, Callable[[], str]] = {
    "taken": lambda: _("The payment is taken: operation %(operation)s, balance %(balance)s."),
    "repeat": lambda: _("This payment was taken before, as operation %(operation)s: nothing was moved."),
    "corrected": lambda: _("The balance is corrected: operation %(operation)s, balance %(balance)s."),
    "reversed": lambda: _("The operation is reversed by operation %(operation)s, balance %(balance)s."),
    "blocked": lambda: _("The subscriber is blocked."),
    "unblocked": lambda: _("The block is lifted."),
    "lent": lambda: _("The credit is granted."),
    "credit_ended": lambda: _("The credit is ended."),
}


def said(outcome: Outcome) -> str:
    """The sentence, in the language of the page."""
    balance = money(Decimal(outcome["balance"])) if "balance" in outcome else ""
    return _SAID[outcome["done"]]() % {"operation": outcome.get("operation", ""), "balance": balance}


def in_words(answer: Any) -> str:
    """What was asked for in a form, as it was understood."""
    match answer:
        case None:
            return "—"
        case Decimal():
            return money(answer)
        case date():
            return day(answer)
        case Operator():
            return answer.name
        case _:
            return str(answer)

"""Who may do what on staff's pages: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff is there for."""

    OPERATOR = "operator", _("Operator")
    CASHIER = "cashier", _("Cashier")
    ACCOUNTANT = "accountant", _("Accountant")
    ENGINEER = "engineer", _("Engineer")
    ADMINISTRATOR = "administrator", _("Administrator")


class Action(StrEnum):
    """What can be looked at or done on the pages; each page and each act names one."""

    OWN_ACCOUNT = "own_account"
    """The home page, one's own password, second factor and sessions."""
    SEE_SUBSCRIBERS = "see_subscribers"
    SEE_PAYMENTS = "see_payments"
    SEE_NETWORK = "see_network"
    """Routers, and by which of them and with what IPv4 and MAC address a subscriber goes online, now and before: the
    list, the card and what search finds by. Who takes money knows a payer by contract, login, name, phone, home or
    payment, and needs none of it."""
    SEE_PLANS = "see_plans"
    CHANGE_SUBSCRIBER = "change_subscriber"
    """What is told of a subscriber: name, address, phone."""
    EXPORT = "export"
    """Take a list away as a file."""
    TAKE_PAYMENT = "take_payment"
    CORRECT_BALANCE = "correct_balance"
    REVERSE_OPERATION = "reverse_operation"
    GRANT_CREDIT = "grant_credit"
    BLOCK = "block"
    """Place and lift the administrator's block."""
    CHANGE_SETTINGS = "change_settings"
    """The settings in the file, and the restart that puts them in force."""
    SEE_SECRETS = "see_secrets"
    """The passwords among the settings, after signing in again."""
    KEEP_STAFF = "keep_staff"
    """Other members of staff: add, change, end their sessions."""
    SEE_AUDIT = "see_audit"


_LOOKING = frozenset({Action.OWN_ACCOUNT, Action.SEE_SUBSCRIBERS, Action.SEE_PAYMENTS, Action.SEE_PLANS})

ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.OPERATOR: _LOOKING | {Action.SEE_NETWORK, Action.BLOCK, Action.CHANGE_SUBSCRIBER},
    Role.CASHIER: _LOOKING | {Action.TAKE_PAYMENT},
    Role.ACCOUNTANT: _LOOKING
    | {
        Action.CHANGE_SUBSCRIBER,
        Action.EXPORT,
        Action.TAKE_PAYMENT,
        Action.CORRECT_BALANCE,
        Action.REVERSE_OPERATION,
        Action.GRANT_CREDIT,
    },
    Role.ENGINEER: _LOOKING | {Action.SEE_NETWORK, Action.BLOCK, Action.EXPORT},
    Role.ADMINISTRATOR: frozenset(Action),
}


def may(role: str, action: Action) -> bool:
    """Whether somebody of that role may do that; a role that is not in the table may nothing."""
    return role in ALLOWED and action in ALLOWED[Role(role)]

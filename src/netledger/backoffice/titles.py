"""What actions are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netledger.backoffice.roles import Action

TITLES: dict[str, Promise] = {
    Action.OWN_ACCOUNT: _("Own account"),
    Action.SEE_SUBSCRIBERS: _("Subscriber shown"),
    Action.SEE_PAYMENTS: _("Payments shown"),
    Action.SEE_NETWORK: _("Network shown"),
    Action.SEE_PLANS: _("Plans shown"),
    Action.CHANGE_SUBSCRIBER: _("Subscriber changed"),
    Action.EXPORT: _("Taken away as a file"),
    Action.TAKE_PAYMENT: _("Payment taken"),
    Action.CORRECT_BALANCE: _("Balance corrected"),
    Action.REVERSE_OPERATION: _("Operation reversed"),
    Action.GRANT_CREDIT: _("Credit"),
    Action.BLOCK: _("Block"),
    Action.CHANGE_SETTINGS: _("Settings changed"),
    Action.SEE_SECRETS: _("Secrets shown"),
    Action.KEEP_STAFF: _("Staff changed"),
    Action.SEE_AUDIT: _("Audit shown"),
    "signed_in": _("Signed in"),
    "sign_in_failed": _("Failed to sign in"),
    "signed_out": _("Signed out"),
    "restarted": _("Service restarted"),
}

KINDS: dict[str, Promise] = {
    "backoffice.staff": _("member of staff"),
    "subscribers.subscriber": _("subscriber"),
    "payments.operator": _("operator"),
    "network.nas": _("router"),
    "network.connection": _("connection"),
    "tariffs.plan": _("plan"),
}


def kind_of(subject_kind: str) -> str:
    """What the thing is, in the reader's language; the model's own name, where it has none."""
    return str(KINDS.get(subject_kind, subject_kind))


def title_of(action: str) -> str:
    """The action's name in the reader's language; its own, where it has none."""
    return str(TITLES.get(action, action))

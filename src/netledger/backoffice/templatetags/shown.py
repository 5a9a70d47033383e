"""Sums, moments and states as people read them, in the language of the page."""

from datetime import date, datetime
from decimal import Decimal

from django import forms, template
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from netledger.access.models import Reason
from netledger.backoffice.language import page_language
from netledger.ledger.models import Transfer
from netledger.payments.spoken import NO_BREAK, spoken_roubles
from netledger.tariffs.models import Plan

register = template.Library()

STATES: dict[str, tuple[str | Promise, str]] = {
    Reason.OPEN: (_("open"), "good"),
    Reason.OVERDRAWN: (_("closed for debt"), "bad"),
    Reason.HELD: (_("waits for payment"), "warning"),
    Reason.NO_PLAN: (_("no plan"), "quiet"),
    Reason.BLOCKED: (_("blocked"), "bad"),
    Reason.CLOSED: (_("contract closed"), "quiet"),
}
UNDECIDED: tuple[str | Promise, str] = (_("nothing connected"), "quiet")

KINDS: dict[str, str | Promise] = {
    Transfer.Kind.OPENING: _("Opening balance"),
    Transfer.Kind.PAYMENT: _("Payment"),
    Transfer.Kind.CHARGE: _("Charge"),
    Transfer.Kind.CORRECTION: _("Correction"),
    Transfer.Kind.REVERSAL: _("Reversal"),
}

FOUND_BY: dict[str, str | Promise] = {
    "contract": _("contract"),
    "login": _("login"),
    "onec_code": _("1C code"),
    "name": _("name"),
    "phone": _("phone"),
    "words": _("name, address"),
    "address": _("IP address"),
    "mac": _("MAC"),
    "payment": _("payment"),
    "operation": _("operation"),
}


CHARGED_BY: dict[str, str | Promise] = {
    Plan.ChargedBy.DAY: _("day by day"),
    Plan.ChargedBy.MONTH: _("by the month"),
}


@register.filter
def money(amount: Decimal | None) -> str:
    """Roubles, thousands apart: 1 234,50 or 1,234.50."""
    return "" if amount is None else spoken_roubles(amount, page_language())


@register.filter
def change(amount: Decimal) -> str:
    """What an account gained or lost, always with its sign."""
    return f"+{money(amount)}" if amount > 0 else money(amount)


@register.filter
def whole(number: int) -> str:
    """A number of things, thousands apart."""
    text = f"{number:,}"
    return text.replace(",", NO_BREAK) if page_language() == "ru" else text


@register.filter
def moment(value: datetime | None) -> str:
    """A moment by the provider's clock, to the minute."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{day(local.date())} {local:%H:%M}"


@register.filter
def day(value: date | None) -> str:
    """A date: 25.11.2026 or 2026-11-25."""
    if value is None:
        return ""
    return f"{value:%d.%m.%Y}" if page_language() == "ru" else value.isoformat()


@register.filter
def state(reason: str | None) -> str | Promise:
    """Why access is as it is, in two or three words."""
    return STATES.get(reason or "", UNDECIDED)[0]


@register.filter
def state_look(reason: str | None) -> str:
    """How a state is coloured."""
    return STATES.get(reason or "", UNDECIDED)[1]


@register.filter
def kind(name: str) -> str | Promise:
    """What an operation is."""
    return KINDS[name]


@register.filter
def charged(by: str) -> str | Promise:
    """How a plan is charged."""
    return CHARGED_BY[by]


@register.filter
def found_by(name: str) -> str | Promise:
    """By what a subscriber was found."""
    return FOUND_BY[name]


@register.filter
def kbps(value: int) -> str:
    """A speed of a line."""
    if value < 0:
        return "∞"
    return f"{value / 1000:g}"


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form's field, dressed as its kind is."""
    widget = field.field.widget
    look = "form-control"
    if isinstance(widget, forms.Select):
        look = "form-select"
    elif isinstance(widget, forms.CheckboxInput):
        look = "form-check-input"
    if field.errors:
        look += " is-invalid"
    return field.as_widget(attrs={"class": look, "autocomplete": "off"})


@register.filter
def as_shown(field: BoundField) -> SafeString:
    """What the field held when its page was made, sent along: another may change it before the form comes back."""
    return field.as_hidden(only_initial=True)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field is a box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)

"""What the addresses of lists ask for; a value that makes no sense asks for all."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netledger.backoffice.fields import NamedOrTyped, chosen_of, day_field
from netledger.backoffice.templatetags.shown import STATES
from netledger.ledger import clock
from netledger.payments.models import Operator
from netledger.payments.statement import PaymentFilter
from netledger.subscribers.models import Group
from netledger.tariffs.models import Plan


class SubscriberFilter(forms.Form):
    """Which subscribers an address asks for."""

    state = forms.ChoiceField(
        required=False,
        label=_("Access"),
        choices=[("", _("any")), *((reason, words) for reason, (words, _look) in STATES.items())],
    )
    plan = chosen_of(Plan, _("Plan"), required=False, empty_label=_("any"))
    group = NamedOrTyped(
        Group.objects.filter(parent=None).order_by("name"),
        required=False,
        label=_("Group"),
        empty_label=_("any"),
    )

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__(asked)
        group = self.fields["group"]
        assert isinstance(group, NamedOrTyped)
        group.bound_choices()


class PaymentsAsked(forms.Form):
    """Which payments an address asks for."""

    operator = chosen_of(Operator, _("Operator"), required=False, to_field_name="code", empty_label=_("any"))
    from_on = day_field(_("From day"))
    until_on = day_field(_("Through"))

    def wanted(self) -> PaymentFilter:
        """What is asked for; a value that makes no sense asks for all."""
        self.is_valid()
        found = self.cleaned_data
        operator, from_on, until_on = found.get("operator"), found.get("from_on"), found.get("until_on")
        return PaymentFilter(
            operator_id=operator.pk if operator else None,
            from_at=clock.day_start(from_on) if from_on else None,
            until_at=clock.day_end(until_on) if until_on else None,
        )

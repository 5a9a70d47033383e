"""The form of what is told of a subscriber: whoever saves it three times has changed nothing three times."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import TEXT_LENGTH_MAX

FIELDS_REFUSED = {"name_missing": "name"}
"""At which field a refusal is told that does not name one itself."""


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=TEXT_LENGTH_MAX, strip=False, required=False, **options)


class ParticularsForm(forms.Form):
    """Name, address, how to reach him, and a company's numbers; the texts byte for byte as they were typed."""

    name = _text(_("Name"))
    street = _text(_("Street"))
    house = _text(_("House"))
    flat = _text(_("Flat"))
    phone = _text(_("Phone"), widget=forms.TextInput(attrs={"type": "tel"}))
    email = _text(_("E-mail"))
    is_company = forms.BooleanField(required=False, label=_("A company, not a person"))
    inn = _text(_("INN"))
    kpp = _text(_("KPP"))
    legal_address = _text(_("Legal address"))
    actual_address = _text(_("Actual address"))

    def __init__(self, typed: QueryDict | None = None, *, told_of: Subscriber) -> None:
        super().__init__(typed, initial={name: getattr(told_of, name) for name in self.base_fields})
        for field in self.fields.values():
            field.show_hidden_initial = True  # what was shown: somebody may change it before this is saved


def changed_by(form: ParticularsForm) -> dict[str, Any]:
    """What the form tells anew, by field; what it leaves as it was is not touched, by whomever it was changed since."""
    shown = {name for name in form.fields if form[name].html_initial_name in form.data}
    return {name: form.cleaned_data[name] for name in form.changed_data if name in shown}

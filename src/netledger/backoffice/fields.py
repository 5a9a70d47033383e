"""Fields of the pages' forms: a sum, a line of text, a date, one of what has a name."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from netledger.backoffice.paging import is_id
from netledger.ledger.amounts import Amount, parse_amount

WHY_LENGTH_MAX = 250
RECEIPT_LENGTH_MAX = 64
CHOICES_MAX = 200
"""A list to choose from is no longer than that."""
DAY_MIN, DAY_MAX = date(1900, 1, 1), date(2999, 12, 31)
"""A calendar has a day before and after each that is typed."""


class SumField(forms.CharField):
    """Roubles as people type them: digits, at most two places after a point or comma; spaces between thousands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def clean(self, value: Any) -> Any:
        """The sum. Raises: ValidationError: it is none."""
        text = super().clean(value)
        try:
            return parse_amount("".join(text.split()).replace(",", "."))
        except ValueError:
            raise forms.ValidationError(
                _("A sum above zero: digits, and at most two places after a point or comma.")
            ) from None


class SignedSumField(SumField):
    """The same with a minus or plus before it."""

    def clean(self, value: Any) -> Any:
        """The change of a balance. Raises: ValidationError."""
        text = str(value or "").strip().replace("\N{MINUS SIGN}", "-")
        amount: Amount = super().clean(text[1:] if text.startswith(("+", "-")) else text)
        return Decimal(-amount) if text.startswith("-") else Decimal(amount)


class TextField(forms.CharField):
    """One line of text, as it is typed but for the white space around it."""

    def __init__(self, *, length_max: int, **options: Any) -> None:
        super().__init__(max_length=length_max, **options)

    def clean(self, value: Any) -> Any:
        """The text. Raises: ValidationError: it holds what a line of text cannot."""
        text = super().clean(value)
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
            raise forms.ValidationError(_("One line of text, without control characters."))
        return text


class _Named(forms.Select):
    """Names to choose from. One that has to be chosen begins with a name, so that no browser need ask for one."""

    def use_required_attribute(self, initial: Any) -> bool:
        """No; Django would read all names once more to find that out."""
        return False


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of what people tell by its name, in the order of the names."""

    def label_from_instance(self, one: Any) -> str:
        """Its name."""
        return str(one.name)


class NameTyped(forms.TextInput):
    """Where there are too many names to choose from: one is typed, and the first of them are suggested."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.names = names

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field and its suggestions."""
        suggestions = f"{name}-names"
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.names))
        field = super().render(name, value, (attrs or {}) | {"list": suggestions}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, suggestions, options)


class NamedOrTyped(NamedChoice):
    """One of what people tell by its name, chosen from a list, or of very many typed; an id names it too."""

    @property
    def rows(self) -> models.QuerySet[Any]:
        """All of them."""
        assert self.queryset is not None
        return self.queryset

    def bound_choices(self) -> None:
        """Have a name be typed, if there are more than a list can hold."""
        names = list(self.rows.values_list("name", flat=True)[: CHOICES_MAX + 1])
        if len(names) > CHOICES_MAX:
            self.widget = NameTyped(names[:CHOICES_MAX])

    def to_python(self, value: Any) -> Any:
        """The row. Raises: ValidationError."""
        typed = str(value or "").strip()
        is_typed = typed and isinstance(self.widget, NameTyped)
        return (self.rows.filter(name=typed).first() if is_typed else None) or super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: the name, also where an address gave the id."""
        shown = super().prepare_value(value)
        if not isinstance(self.widget, NameTyped) or not is_id(str(shown or "")):
            return shown
        named = self.rows.filter(models.Q(name=shown) | models.Q(pk=shown)).values_list("name", flat=True)
        return shown if shown in named else named.first() or shown


def chosen_of(
    model: type[models.Model], label: Any, *, only: models.Q | None = None, **options: Any
) -> NamedChoice:
    """A field to choose a row of a table, of all or of those that a condition allows."""
    rows = model._default_manager.filter(only or models.Q()).order_by("name")
    return NamedChoice(rows, label=label, widget=_Named, **options)


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date that need not be given."""
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    within = [MinValueValidator(DAY_MIN), MaxValueValidator(DAY_MAX)]
    return forms.DateField(required=False, label=label, widget=picker, validators=within, **options)

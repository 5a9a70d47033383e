"""The settings in the file as fields of a form: what each means, what it holds, and what somebody typed into it.

A field carries the value that was shown beside the one that is typed, so that only what somebody changed is written,
however the file was edited by hand meanwhile.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netledger.backoffice.language import page_language
from netledger.installation.bash_config import BashConfig
from netledger.installation.config_edit import check_change
from netledger.installation.config_view import OF_THE_PAGE, Shown, shown_settings
from netledger.installation.declarations import ANY_CONTEXT, Declared
from netledger.installation.errors import SettingRefused
from netledger.installation.first_config import CONTEXTS
from netledger.installation.setting_values import read_contexts, read_networks, read_whole_number, read_yes_no
from netledger.installation.settings import declared_settings, find_declared

TYPED, SHOWN, NEW, CLEAR = "typed:", "shown:", "new:", "clear:"
ENABLED_CONTEXTS = ("network", "api.context")
KINDS: dict[Callable[[str], object], str] = {
    read_networks: "list",
    read_contexts: "list",
    read_whole_number: "number",
    read_yes_no: "yes_no",
}
TITLES: dict[str, str | Promise] = {
    "app": _("Provider"),
    "network": _("Network"),
    "cabinet": _("Subscribers' cabinet"),
    "backup": _("Backups"),
    "backoffice": _("Staff's pages"),
}
_WIDGET_LABEL = re.compile(r'\w+ "([^"]+)"')


class Field(NamedTuple):
    """One setting on the page."""

    key: str
    """As in the file and on the command line: network.api.listen."""
    label: str
    hint: str
    limits: str
    kind: str
    shown: str
    """What the file says, else the default."""
    typed: str
    is_set: bool
    """Whether the file says it; for a secret, whether it has a value there."""
    error: str


class ContextRow(NamedTuple):
    """A context of the API: whether it is enabled, its password, and its own addresses."""

    name: str
    is_enabled: bool
    password: Field
    addresses: Field


class Section(NamedTuple):
    """A section of the file on the page."""

    name: str
    title: str | Promise
    fields: list[Field]
    contexts: list[ContextRow]
    unread: list[Shown]
    """Values that netledger keeps and does not read."""


def sections_of(
    config: BashConfig, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> list[Section]:
    """The whole file as a form.

    Args:
        typed: what somebody typed, by the form's own names; without it, what the file says.
        errors: by key, what is wrong with it.
    """
    form = _Form(config, typed or {}, errors or {})
    unread = _unread(config)
    names = dict.fromkeys([declared.section for declared in declared_settings()] + list(config.sections))
    sections = [
        Section(
            name=name,
            title=TITLES.get(name, name),
            fields=[form.field(declared) for declared in _plain_settings(name)],
            contexts=form.contexts() if name == ENABLED_CONTEXTS[0] else [],
            unread=unread.get(name, []),
        )
        for name in names
    ]
    return [section for section in sections if section.fields or section.unread]


def changes_in(typed: Mapping[str, str]) -> dict[str, str]:
    """What somebody changed, by key: what differs from what was shown to him; a password that he typed or cleared."""
    changes: dict[str, str] = {}
    for name, text in typed.items():
        if name.startswith(TYPED) and _tidy(name, text) != _tidy(
            name, typed.get(SHOWN + name.removeprefix(TYPED), "")
        ):
            changes[name.removeprefix(TYPED)] = _tidy(name, text)
        elif name.startswith(NEW) and text:
            changes[name.removeprefix(NEW)] = text
        elif name.startswith(CLEAR):
            changes[name.removeprefix(CLEAR)] = ""
    return {key: value for key, value in changes.items() if _declared(key) is not None}


def errors_in(changes: Mapping[str, str]) -> dict[str, str]:
    """By key, why a change cannot be made, in the reader's language."""
    found = {}
    for key, value in changes.items():
        try:
            check_change(key, value)
        except SettingRefused as refusal:
            found[key] = refusal.why_ru if page_language() == "ru" else refusal.why_en
    return found


def errors_of(config: BashConfig) -> dict[str, str]:
    """By key, what is wrong with a value that the file holds: edited by hand, it would refuse a restart."""
    read = {
        f"{section}.{key}": assignment.value
        for (section, key), assignment in config.deciding().items()
        if find_declared(section, key)
    }
    return errors_in(read)


class _Form:
    """The fields of one file, with what was typed into them."""

    def __init__(self, config: BashConfig, typed: Mapping[str, str], errors: Mapping[str, str]) -> None:
        self.values = {f"{section}.{key}": it.value for (section, key), it in config.deciding().items()}
        self.typed = typed
        self.errors = errors

    def field(self, declared: Declared, context: str = "") -> Field:
        """The field of a setting, of one context where it is one of each."""
        key = f"{declared.section}.{declared.meaning.key.replace(ANY_CONTEXT, context)}"
        russian = page_language() == "ru"
        meaning = declared.meaning.ru if russian else declared.meaning.en
        label = self._label_in_file(key) if russian else ""
        by_default = "" if declared.each_context else declared.default_text
        shown = "" if declared.meaning.secret else self.values.get(key, by_default)
        return Field(
            key=key,
            label=label or meaning,
            hint=meaning if label else "",
            limits=_limits_of(declared),
            kind="secret" if declared.meaning.secret else KINDS.get(declared.meaning.read, "text"),
            shown=self.typed.get(SHOWN + key, shown),
            typed="" if declared.meaning.secret else self.typed.get(TYPED + key, shown),
            is_set=bool(self.values.get(key)) if declared.meaning.secret else key in self.values,
            error=self.errors.get(key, ""),
        )

    def contexts(self) -> list[ContextRow]:
        """The contexts that are enabled, those of the specification, and those that the file says something of."""
        each = [declared for declared in declared_settings() if declared.each_context]
        password = next(declared for declared in each if declared.meaning.secret)
        addresses = next(declared for declared in each if not declared.meaning.secret)
        enabled = self.values.get(".".join(ENABLED_CONTEXTS), "").split()
        told = [
            context
            for key in self.values
            for declared in each
            if (context := declared.context_of(key.removeprefix(f"{declared.section}.")))
        ]
        return [
            ContextRow(name, name in enabled, self.field(password, name), self.field(addresses, name))
            for name in dict.fromkeys([*enabled, *CONTEXTS.split(), *told])
        ]

    def _label_in_file(self, key: str) -> str:
        """The label that the file itself gives the field, as Carbon's page has it: inputbox "LABEL" "HINT"."""
        found = _WIDGET_LABEL.match(self.values.get(f"{key}.widget", ""))
        return found[1] if found else ""


def _plain_settings(section: str) -> Iterator[Declared]:
    for declared in declared_settings():
        if declared.section == section and not declared.each_context:
            yield declared


def _unread(config: BashConfig) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for shown in shown_settings(config, page_language()):
        section, _point, key = shown.key.partition(".")
        if find_declared(section, key) is None and not key.endswith(OF_THE_PAGE):
            found.setdefault(section, []).append(shown)
    return found


def _declared(key: str) -> Declared | None:
    section, _point, name = key.partition(".")
    return find_declared(section, name)


def _tidy(name: str, text: str) -> str:
    """What was typed, on one line; in a list every white space parts."""
    declared = _declared(name.removeprefix(TYPED))
    if declared is not None and KINDS.get(declared.meaning.read) == "list":
        return " ".join(text.split())
    return text.strip()


def _limits_of(declared: Declared) -> str:
    """From where to where, with the unit."""
    unit = declared.meaning.unit_ru if page_language() == "ru" else declared.meaning.unit_en
    least, most = declared.limits.ge, declared.limits.le
    if least is None:
        return unit
    return (f"≥ {least} {unit}" if most is None else f"{least}–{most} {unit}").strip()

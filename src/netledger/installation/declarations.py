"""How a setting is declared: its key, meaning, unit and limits, beside the type of its field."""

import re
from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass
from typing import Any, get_type_hints

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

from netledger.installation.reasons import UnfitError
from netledger.installation.setting_values import CONTEXT, text_of

ANY_CONTEXT = "<context>"


@dataclass(frozen=True)
class Meaning:
    """What a setting is, in both languages, and how its text is read.

    `read` answers the value or raises UnfitError. A key with `<context>` stands for one key a context.
    """

    key: str
    ru: str
    en: str
    read: Callable[[str], object]
    unit_ru: str = ""
    unit_en: str = ""
    secret: bool = False


@dataclass(frozen=True)
class Declared:
    """One declared setting: where it belongs, what it means, its default, and the limits of one value of it."""

    section: str
    field: str
    meaning: Meaning
    limits: Meta
    default: object

    @property
    def each_context(self) -> bool:
        """Whether it stands for one key a context; its field is a dict by context then."""
        return ANY_CONTEXT in self.meaning.key

    @property
    def default_text(self) -> str:
        """The default as it would stand in the configuration."""
        if isinstance(self.default, tuple):
            return " ".join(text_of(part) for part in self.default)
        if isinstance(self.default, bool):
            return "yes" if self.default else "no"
        return str(self.default)

    def context_of(self, key: str) -> str | None:
        """The context that the key names, "" where the setting has none; None if it is not this setting's."""
        pattern = re.escape(self.meaning.key).replace(re.escape(ANY_CONTEXT), f"({CONTEXT})")
        if not (found := re.fullmatch(pattern, key)):
            return None
        return found[1] if self.each_context else ""

    def read(self, text: str) -> object:
        """The value that the text means. Raises: UnfitError."""
        value = self.meaning.read(text)
        least, most, longest = self.limits.ge, self.limits.le, self.limits.max_length
        if (
            isinstance(value, int)
            and not isinstance(value, bool)
            and not (least or 0) <= value <= (most or value)
        ):
            raise UnfitError(
                f"бывает от {least} до {most} {self.meaning.unit_ru}",
                f"it is from {least} to {most} {self.meaning.unit_en}",
            )
        if isinstance(value, Sized) and longest and len(value) > longest:
            ru, en = ("знаков", "characters") if isinstance(value, str) else ("значений", "values")
            raise UnfitError(f"больше {longest} {ru}", f"more than {longest} {en}")
        return value


def said(
    key: str,
    ru: str,
    en: str,
    read: Callable[[str], object],
    *,
    unit: tuple[str, str] = ("", ""),
    secret: bool = False,
) -> dict[str, Any]:
    """The meaning of a setting, for the `extra` of its Meta; `unit` is in Russian and English."""
    return {"meaning": Meaning(key, ru, en, read, *unit, secret)}


def declared_in(settings: type[Struct]) -> Iterator[Declared]:
    """The settings declared by a struct of sections, in the order they stand there."""
    for section in fields(settings):
        hints = get_type_hints(section.type, include_extras=True)
        for field in fields(section.type):
            (limits,) = hints[field.name].__metadata__
            default = field.default if field.default is not NODEFAULT else field.default_factory()
            yield Declared(section.name, field.name, limits.extra["meaning"], limits, default)

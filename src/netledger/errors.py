"""Refusal: the base of every "no" that the business says. It knows nothing of HTTP."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, dataclass_transform

Language = Literal["ru", "en"]


@dataclass_transform(kw_only_default=True)
class Refusal(Exception):
    """The business says no, for a reason that a person can read and a program can tell apart.

    A subclass is one reason. It declares its facts as annotated fields, which both sentences may name
    in braces: `sentence_ru = "Оператор {operator_code} не заведён"`.
    """

    code: ClassVar[str]
    """Stable, lower case with underscores; a program compares it."""
    sentence_ru: ClassVar[str]
    sentence_en: ClassVar[str]

    def __init_subclass__(cls) -> None:
        dataclass(kw_only=True, eq=False, repr=False)(cls)

    def facts(self) -> dict[str, Any]:
        """The typed facts by name, as they were given."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    def sentence(self, language: Language) -> str:
        """The reason in that language, with its facts filled in."""
        template = self.sentence_ru if language == "ru" else self.sentence_en
        return template.format(**self.facts())

    def __str__(self) -> str:
        return self.sentence("en")

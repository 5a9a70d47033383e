"""Why a piece of text does not fit, before it is known which file, line or key it belongs to."""


class UnfitError(Exception):
    """A reason in both languages; whoever knows where the text stands makes a Refusal of it."""

    def __init__(self, ru: str, en: str) -> None:
        super().__init__(en)
        self.ru = ru
        self.en = en

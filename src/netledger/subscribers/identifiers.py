"""The one name space of contract numbers and logins."""

import re
import unicodedata

from netledger import sql
from netledger.subscribers.errors import IdentifierMalformed, IdentifierTaken
from netledger.subscribers.models import Identifier

IDENTIFIER_LENGTH_MAX = 64

_REFUSED_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"))
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that show nothing, though their categories do not say so (Unicode's Default_Ignorable)."""


def identifier_key(text: str) -> str:
    """What a contract number or login is compared by: NFC and case folding, white space around it cut."""
    folded = unicodedata.normalize("NFC", text.strip()).casefold()
    return unicodedata.normalize("NFC", folded)


def checked_identifier(text: str) -> str:
    """The contract number or login in NFC.

    Raises: IdentifierMalformed: white space, a control or zero-width character, or a wrong length.
    """
    normal = unicodedata.normalize("NFC", text)
    if _seen_of(normal) != normal or not 1 <= len(normal) <= IDENTIFIER_LENGTH_MAX:
        raise IdentifierMalformed(text=text[:IDENTIFIER_LENGTH_MAX], length_max=IDENTIFIER_LENGTH_MAX)
    return normal


def new_identifier(text: str) -> str:
    """The same, of one that is to be claimed.

    Raises: IdentifierMalformed; IdentifierTaken: to the eye it is one that is there, and names that.
    """
    try:
        return checked_identifier(text)
    except IdentifierMalformed:
        _refuse_if_taken(text[:IDENTIFIER_LENGTH_MAX], identifier_key(_seen_of(text)))
        raise


def claim_identifier(
    *, subscriber_id: int, text: str, is_contract: bool = False, is_login: bool = False
) -> None:
    """Make a contract number or a login the subscriber's own.

    Raises: IdentifierTaken: it is another's, or in this very use already; names it and the contract that has it.
    """
    key = identifier_key(text)
    claimed = sql.run(
        "subscribers/claim_identifier",
        key=key,
        subscriber_id=subscriber_id,
        is_contract=is_contract,
        is_login=is_login,
    )
    if not claimed:
        _refuse_if_taken(text, key)


def _seen_of(text: str) -> str:
    """What of a text shows to the eye."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text  # as nearly all are, and there may be a million of them
    return "".join(
        character
        for character in text
        if unicodedata.category(character) not in _REFUSED_CATEGORIES and not _UNSEEN.match(character)
    )


def _refuse_if_taken(text: str, key: str) -> None:
    holder = Identifier.objects.select_related("subscriber").filter(key=key).first()
    if holder is not None:
        raise IdentifierTaken(text=text, known=key, contract_number=holder.subscriber.contract_number)

"""What the access room refuses."""

from netledger.errors import Refusal


class AlreadyBlocked(Refusal):
    """One administrator's block at a time."""

    code = "already_blocked"
    sentence_ru = "Договор {contract_number} уже заблокирован администратором"
    sentence_en = "Contract {contract_number} is blocked by the administrator already"
    contract_number: str


class NotBlocked(Refusal):
    """There is no block to lift."""

    code = "not_blocked"
    sentence_ru = "Договор {contract_number} не заблокирован администратором"
    sentence_en = "Contract {contract_number} is not blocked by the administrator"
    contract_number: str

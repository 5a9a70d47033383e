"""What the contracts' room refuses."""

from netledger.errors import Refusal


class GroupUnknown(Refusal):
    """No group has that id."""

    code = "group_unknown"
    sentence_ru = "Группы {group_id} нет"
    sentence_en = "There is no group {group_id}"
    group_id: int


class GroupExists(Refusal):
    """A group's name is there once below its parent."""

    code = "group_exists"
    sentence_ru = "Группа «{name}» там уже есть"
    sentence_en = "There is a group “{name}” there already"
    name: str


class GroupNameUnknown(Refusal):
    """No group has that name."""

    code = "group_name_unknown"
    sentence_ru = "Группы «{name}» нет"
    sentence_en = "There is no group “{name}”"
    name: str


class GroupAmbiguous(Refusal):
    """A group's name is there below several groups: its id tells which."""

    code = "group_ambiguous"
    sentence_ru = "Групп «{name}» несколько, назовите номер: {group_ids}"
    sentence_en = "There are several groups “{name}”, give the id: {group_ids}"
    name: str
    group_ids: str


class IdentifierTaken(Refusal):
    """A contract number or login is somebody's already."""

    code = "identifier_taken"
    sentence_ru = "«{text}» уже занято: договор {contract_number}"
    sentence_en = "“{text}” is taken already, by contract {contract_number}"
    text: str
    contract_number: str


class IdentifierMalformed(Refusal):
    """A contract number or login has a character that it may not have, or is too long."""

    code = "identifier_malformed"
    sentence_ru = (
        "«{text}» не может быть номером договора или логином: {length_max} знаков без пробелов и управляющих"
    )
    sentence_en = (
        "“{text}” cannot be a contract number or login: {length_max} characters, no spaces or controls"
    )
    text: str
    length_max: int


class SubscriberUnknown(Refusal):
    """Nobody has that number, login or address."""

    code = "subscriber_unknown"
    sentence_ru = "Абонент «{sent_to}» не найден"
    sentence_en = "There is no subscriber “{sent_to}”"
    sent_to: str


class ContractClosed(Refusal):
    """A closed contract takes nothing any more."""

    code = "closed"
    sentence_ru = "Договор {contract_number} закрыт"
    sentence_en = "Contract {contract_number} is closed"
    contract_number: str


class TextTooLong(Refusal):
    """A name, address, phone or e-mail has its limit."""

    code = "text_too_long"
    sentence_ru = "Поле {field} длиннее {length_max} знаков или содержит недопустимый знак"
    sentence_en = "Field {field} is longer than {length_max} characters or holds a character that it may not"
    field: str
    length_max: int


class TaxNumberMalformed(Refusal):
    """A tax number has the shape that the tax service gives it."""

    code = "tax_number_malformed"
    sentence_ru = "Поле {field}: «{text}»; ИНН — 10 или 12 цифр, КПП — 9 знаков"
    sentence_en = "Field {field}: “{text}”; an INN has 10 or 12 digits, a KPP 9 characters"
    field: str
    text: str

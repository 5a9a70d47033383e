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
    """A contract number or login is somebody's already, as `known`, which is how it is compared."""

    code = "identifier_taken"
    sentence_ru = "«{text}» уже занято: «{known}» у договора {contract_number}"
    sentence_en = "“{text}” is taken already: “{known}” of contract {contract_number}"
    text: str
    known: str
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


class OnecCodeMalformed(Refusal):
    """A 1C code is empty, too long, or holds a control character."""

    code = "onec_code_malformed"
    sentence_ru = "Код 1С: нужны от 1 до {length_max} знаков без управляющих"
    sentence_en = "A 1C code: 1 to {length_max} characters, no control characters"
    length_max: int


class OnecCodeTaken(Refusal):
    """A 1C code is one subscriber's."""

    code = "onec_code_taken"
    sentence_ru = (
        "Код 1С {onec_code} уже у договора {contract_number}; договору {refused_number} он не присвоен"
    )
    sentence_en = (
        "1C code {onec_code} is of contract {contract_number}; contract {refused_number} did not get it"
    )
    onec_code: str
    contract_number: str
    refused_number: str


class MadeByOnec(Refusal):
    """A contract that 1C made is one that 1C has: its code may be another, but not none."""

    code = "made_by_onec"
    sentence_ru = "Договор {contract_number} завела 1С: код 1С можно заменить, но не убрать"
    sentence_en = "Contract {contract_number} was made by 1C: its 1C code may be replaced, but not cleared"
    contract_number: str


class OnecNameDiffers(Refusal):
    """1C creates a subscriber under a code that is here already, with another name."""

    code = "onec_name_differs"
    sentence_ru = "Код 1С {onec_code} уже у абонента «{name}», а прислано имя «{name_sent}»"
    sentence_en = "1C code {onec_code} is of subscriber “{name}”, and the name sent is “{name_sent}”"
    onec_code: str
    name: str
    name_sent: str


class OnecCodeUnknown(Refusal):
    """Nobody has that 1C code."""

    code = "onec_code_unknown"
    sentence_ru = "Абонента с кодом 1С {onec_code} нет"
    sentence_en = "There is no subscriber with the 1C code {onec_code}"
    onec_code: str


class OnecGroupMissing(Refusal):
    """The config names no group where subscribers whom 1C creates belong, and there is none at the top."""

    code = "onec_group_missing"
    sentence_ru = (
        "Абонентов из 1С некуда поместить: настройка app['onec.group_id'] ({group_id}) не указывает на группу"
    )
    sentence_en = (
        "Nowhere to put subscribers of 1C: the setting app['onec.group_id'] ({group_id}) names no group"
    )
    group_id: int


class NameMissing(Refusal):
    """A subscriber, a group and a plan have a name."""

    code = "name_missing"
    sentence_ru = "Поле name: имя пустое"
    sentence_en = "Field name: the name is empty"

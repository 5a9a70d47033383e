"""What the network's room refuses."""

from datetime import datetime

from netledger.errors import Refusal


class NasUnknown(Refusal):
    """No NAS in use has that address."""

    code = "nas_unknown"
    sentence_ru = "NAS {address} не заведён"
    sentence_en = "There is no NAS {address}"
    address: str


class NasExists(Refusal):
    """Two NASes in use cannot have one address: a router's call would mean both."""

    code = "nas_exists"
    sentence_ru = "NAS {address} уже заведён"
    sentence_en = "There is a NAS {address} already"
    address: str


class NasRetired(Refusal):
    """A retired NAS gets no connections any more."""

    code = "nas_retired"
    sentence_ru = "NAS {address} снят"
    sentence_en = "NAS {address} is retired"
    address: str


class NasNameMalformed(Refusal):
    """A NAS has a name that people can read."""

    code = "nas_name_malformed"
    sentence_ru = "Имя NAS: нужны от 1 до {length_max} знаков без управляющих"
    sentence_en = "The name of a NAS: 1 to {length_max} characters, no control characters"
    length_max: int


class AddressMalformed(Refusal):
    """What should be an IPv4 address is none."""

    code = "address_malformed"
    sentence_ru = "«{text}» — не IPv4-адрес"
    sentence_en = "“{text}” is not an IPv4 address"
    text: str


class AddressUnusable(Refusal):
    """Some IPv4 addresses are no device's."""

    code = "address_not_assignable"
    sentence_ru = "Адрес {address} нельзя выдать устройству"
    sentence_en = "Address {address} cannot be a device's"
    address: str


class MacMalformed(Refusal):
    """What should be a MAC is none."""

    code = "mac_malformed"
    sentence_ru = "«{text}» — не MAC-адрес"
    sentence_en = "“{text}” is not a MAC address"
    text: str


class SecretMalformed(Refusal):
    """A connection's secret has its limits; it is not quoted."""

    code = "secret_malformed"
    sentence_ru = "Пароль учётной записи: нужны от 1 до {length_max} знаков без управляющих"
    sentence_en = "The secret of a connection: 1 to {length_max} characters, no control characters"
    length_max: int


class AddressTaken(Refusal):
    """An address on a NAS is one connection's at a time."""

    code = "address_in_use"
    sentence_ru = "Адрес {address} на NAS {nas_address} уже занят: договор {contract_number}"
    sentence_en = "Address {address} on NAS {nas_address} is taken already, by contract {contract_number}"
    address: str
    nas_address: str
    contract_number: str


class AddressInSession(Refusal):
    """A static address cannot be what another connection has in an open session."""

    code = "address_in_session"
    sentence_ru = (
        "Адрес {address} на NAS {nas_address} в открытой сессии {session_code} учётной записи {login}, "
        "договор {contract_number}: сначала завершите её"
    )
    sentence_en = (
        "Address {address} on NAS {nas_address} is in the open session {session_code} of connection {login}, "
        "contract {contract_number}: stop that first"
    )
    address: str
    nas_address: str
    contract_number: str
    login: str
    session_code: str


class AddressAmbiguous(Refusal):
    """An address that different subscribers have on different NASes names nobody."""

    code = "address_ambiguous"
    sentence_ru = (
        "Адрес {address} есть у разных договоров ({nas_addresses}): укажите номер договора или логин"
    )
    sentence_en = (
        "Address {address} is of different contracts ({nas_addresses}): give a contract number or login"
    )
    address: str
    nas_addresses: str


class AddressOfNobody(Refusal):
    """At that moment nobody had the address, as far as is recorded."""

    code = "address_of_nobody"
    sentence_ru = "Адрес {address} ни у кого не записан: {at:%Y-%m-%d %H:%M:%S%z}"
    sentence_en = "Address {address} is recorded as nobody's: {at:%Y-%m-%d %H:%M:%S%z}"
    address: str
    at: datetime


class ConnectionUnknown(Refusal):
    """No connection has that login."""

    code = "connection_unknown"
    sentence_ru = "Учётной записи «{login}» нет"
    sentence_en = "There is no connection “{login}”"
    login: str


class ConnectionEnded(Refusal):
    """An ended connection keeps its history and goes online no more."""

    code = "connection_ended"
    sentence_ru = "Учётная запись «{login}» закрыта"
    sentence_en = "Connection “{login}” has ended"
    login: str


class SessionCodeMalformed(Refusal):
    """A session's code has a shape."""

    code = "session_code_malformed"
    sentence_ru = "Код сессии «{text}»: нужны от 1 до {length_max} знаков без пробелов и управляющих"
    sentence_en = "Session code “{text}”: 1 to {length_max} characters, no spaces or control characters"
    text: str
    length_max: int


class SessionAddressChanged(Refusal):
    """A session has one address: the law asks which, and another address is another session."""

    code = "session_address_changed"
    sentence_ru = "У сессии {session_code} адрес {known_address}, а не {address}"
    sentence_en = "Session {session_code} has the address {known_address}, not {address}"
    session_code: str
    known_address: str
    address: str

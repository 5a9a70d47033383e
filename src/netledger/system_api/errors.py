"""WrongRequest: the request itself is malformed or not allowed. To send it again unchanged is of no use."""

from http import HTTPStatus
from typing import ClassVar

from netledger.errors import Language


class WrongRequest(Exception):
    """A request that is answered by 4xx. A subclass is one reason; its sentences may name field and facts."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    code: ClassVar[str]
    """Stable, lower case with underscores; a program compares it."""
    sentence_ru: ClassVar[str]
    sentence_en: ClassVar[str]

    def __init__(self, field: str | None = None, **facts: str) -> None:
        super().__init__(self.code)
        self.field = field
        self.facts = facts
        """`wait_s`: after so many seconds the same request may be right."""

    def sentence(self, language: Language) -> str:
        """The reason in that language, with its facts filled in."""
        template = self.sentence_ru if language == "ru" else self.sentence_en
        return template.format(field=self.field, **self.facts)


class AddressRefused(WrongRequest):
    """The caller's address is not in `network['api.allowed_ip']`, or cannot be read."""

    status = HTTPStatus.FORBIDDEN
    code = "address_refused"
    sentence_ru = "С вашего адреса обращаться к системному API не разрешено"
    sentence_en = "Your address is not allowed to call the system API"


class CrossSiteRefused(WrongRequest):
    """A browser sends the request on behalf of a page of another site."""

    status = HTTPStatus.FORBIDDEN
    code = "cross_site_refused"
    sentence_ru = "Запрос отправлен страницей чужого сайта"
    sentence_en = "The request was sent by a page of another site"


class VerbRefused(WrongRequest):
    """An HTTP method other than GET and POST."""

    allowed: ClassVar[str] = "GET, POST"

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "verb_refused"
    sentence_ru = "Принимаются только GET и POST"
    sentence_en = "Only GET and POST are taken"


class OnlyToRead(VerbRefused):
    """An HTTP method other than GET and HEAD for what can only be looked at."""

    allowed = "GET, HEAD"
    code = "only_to_read"
    sentence_ru = "Принимаются только GET и HEAD"
    sentence_en = "Only GET and HEAD are taken"


class ContextNotDefined(WrongRequest):
    """The context is not in `network['api.context']`; the specification has this very text."""

    code = "context_not_defined"
    sentence_ru = "Context={name} is not defined"
    sentence_en = "Context={name} is not defined"


class ContextAddressRefused(WrongRequest):
    """The context has an address list of its own, and the caller is not in it."""

    status = HTTPStatus.FORBIDDEN
    code = "context_address_refused"
    sentence_ru = "С вашего адреса обращаться к этому контексту не разрешено"
    sentence_en = "Your address is not allowed to call this context"


class CallsTooMany(WrongRequest):
    """An address calls a context more often than `network['api.calls_a_second_max']`, for a minute and longer."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "calls_too_many"
    sentence_ru = "С вашего адреса слишком много запросов; повторите через {wait_s} с"
    sentence_en = "Too many calls come from your address; repeat in {wait_s} s"


class ListsTooMany(WrongRequest):
    """So many long answers are being read or sent as `network['api.lists_max']` allows."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "lists_too_many"
    sentence_ru = "Сейчас отдаётся слишком много длинных списков; повторите через {wait_s} с"
    sentence_en = "Too many long lists are on their way; repeat in {wait_s} s"


class ListsOfAddressTooMany(WrongRequest):
    """An address is being sent half of `network['api.lists_max']`; the other half is for others."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "lists_of_address_too_many"
    sentence_ru = "На ваш адрес уже отдаётся слишком много длинных списков; повторите через {wait_s} с"
    sentence_en = "Too many long lists are on their way to your address; repeat in {wait_s} s"


class StatementTooLong(WrongRequest):
    """The database needs longer than `network['api.statement_time_max_s']`; what it was at is undone."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "statement_too_long"
    sentence_ru = "База данных отвечает слишком долго, ничего не сделано; повторите через {wait_s} с"
    sentence_en = "The database takes too long, nothing was done; repeat in {wait_s} s"


class PasswordNotSet(WrongRequest):
    """The context works by password only, and the config holds none."""

    status = HTTPStatus.FORBIDDEN
    code = "password_not_set"
    sentence_ru = "Для этого контекста в конфигурации не задан пароль"
    sentence_en = "The config holds no password for this context"


class PasswordWrong(WrongRequest):
    """`psw` is not the context's password."""

    status = HTTPStatus.FORBIDDEN
    code = "password_wrong"
    sentence_ru = "Неверный пароль контекста"
    sentence_en = "The password of the context is wrong"


class MethodUnknown(WrongRequest):
    """No such method for that context and model."""

    status = HTTPStatus.NOT_FOUND
    code = "method_unknown"
    sentence_ru = "В этом контексте нет такого метода для этой модели"
    sentence_en = "This context has no such method for this model"


class ArgumentsMalformed(WrongRequest):
    """`arg1` is not one JSON object of bearable depth and size."""

    code = "arguments_malformed"
    sentence_ru = "Параметр {field} должен быть объектом JSON"
    sentence_en = "The parameter {field} must be a JSON object"


class BracesEaten(WrongRequest):
    """`arg1` is what curl makes of an object when it takes the braces for a list of its own."""

    code = "braces_eaten"
    sentence_ru = "Параметр {field} должен быть объектом JSON; похоже, скобки убрал curl: нужен его ключ -g"
    sentence_en = (
        "The parameter {field} must be a JSON object; curl seems to have eaten the braces: run it with -g"
    )


class FieldMissing(WrongRequest):
    """A field that the method needs is not there."""

    code = "field_missing"
    sentence_ru = "Не указано поле {field}"
    sentence_en = "The field {field} is missing"


class FieldWrong(WrongRequest):
    """A field holds what its type does not allow."""

    code = "field_wrong"
    sentence_ru = "Поле {field}: ожидается {expected_ru}"
    sentence_en = "The field {field}: expected {expected_en}"


class TextNotUtf8(WrongRequest):
    """A parameter's bytes are not UTF-8."""

    code = "text_not_utf8"
    sentence_ru = "Параметр {field}: текст не в кодировке UTF-8"
    sentence_en = "The parameter {field}: the text is not UTF-8"


class NulRefused(WrongRequest):
    """A parameter's text holds the character NUL, which no text of ours may."""

    code = "nul_refused"
    sentence_ru = "Параметр {field}: символ NUL недопустим"
    sentence_en = "The parameter {field}: the character NUL is not allowed"


class BodyTooLarge(WrongRequest):
    """The body is longer than 64 KiB."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "body_too_large"
    sentence_ru = "Тело запроса длиннее 64 КиБ"
    sentence_en = "The body of the request is longer than 64 KiB"


class BodyMalformed(WrongRequest):
    """The body ends too early, or its length is not a number."""

    code = "body_malformed"
    sentence_ru = "Тело запроса не удалось прочитать"
    sentence_en = "The body of the request could not be read"


class BodyNotForm(WrongRequest):
    """The body is of a type other than a form's."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "body_not_form"
    sentence_ru = "Тело запроса должно быть application/x-www-form-urlencoded"
    sentence_en = "The body of the request must be application/x-www-form-urlencoded"

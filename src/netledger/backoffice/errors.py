"""What staff's pages and the keeping of staff refuse."""

from netledger.errors import Refusal


class StaffUnknown(Refusal):
    """Nobody here has that login."""

    code = "staff_unknown"
    sentence_ru = "Сотрудника с логином {login} нет"
    sentence_en = "No member of staff has the login {login}"

    login: str


class StaffLoginTaken(Refusal):
    """Another member of staff has that login; one who left keeps it, since the audit names him."""

    code = "staff_login_taken"
    sentence_ru = "Логин {login} уже занят"
    sentence_en = "The login {login} is taken"

    login: str


class StaffLoginWrong(Refusal):
    """That text cannot be a login."""

    code = "staff_login_wrong"
    sentence_ru = "«{login}» не логин: буквы, цифры и знаки . _ @ -, до 64 знаков"
    sentence_en = '"{login}" is no login: letters, digits and . _ @ -, up to 64 characters'

    login: str


class StaffNameMissing(Refusal):
    """A member of staff is to have a name."""

    code = "staff_name_missing"
    sentence_ru = "Нужно имя сотрудника"
    sentence_en = "A member of staff needs a name"


class PasswordWeak(Refusal):
    """A password of staff that is guessed too easily."""

    code = "password_weak"
    sentence_ru = "Пароль не подходит: {why_ru}"
    sentence_en = "The password will not do: {why_en}"

    why_ru: str
    why_en: str


class LastAdministrator(Refusal):
    """Without an active administrator nobody could add one on the pages."""

    code = "last_administrator"
    sentence_ru = "{login} последний администратор: сначала сделайте администратором кого-нибудь ещё"
    sentence_en = "{login} is the last administrator: make somebody else one first"

    login: str


class CallerNotAllowed(Refusal):
    """The pages are not open to that address."""

    code = "pages_closed_to_address"
    sentence_ru = "Страницы сотрудников закрыты для адреса {address}"
    sentence_en = "Staff's pages are closed to the address {address}"

    address: str


class PlainHttpRefused(Refusal):
    """The pages would travel readable for everybody on the way."""

    code = "plain_http_refused"
    sentence_ru = "Страницы сотрудников открываются только по https"
    sentence_en = "Staff's pages open over https only"


class ActionNotAllowed(Refusal):
    """The role does not allow it."""

    code = "action_not_allowed"
    sentence_ru = "Ваша роль этого не разрешает"
    sentence_en = "Your role does not allow this"


class FormStale(Refusal):
    """A form did not come from a page that this browser was given since it signed in."""

    code = "form_stale"
    sentence_ru = "Страница устарела: откройте её заново и повторите"
    sentence_en = "The page is stale: open it anew and repeat"

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


class RoleUnknown(Refusal):
    """No role of that name is in the roles' table."""

    code = "role_unknown"
    sentence_ru = "Роли «{role}» нет: выберите роль из списка"
    sentence_en = 'There is no role "{role}": choose one of the list'

    role: str


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


class CodeWrong(Refusal):
    """The code of the second factor is wrong, or was used already."""

    code = "code_wrong"
    sentence_ru = "Код неверный или уже использован: дождитесь следующего"
    sentence_en = "The code is wrong or was used already: wait for the next one"


class CodeDelayed(Refusal):
    """Codes were wrong too often; none is looked at before some time is over."""

    code = "code_delayed"
    sentence_ru = "Слишком много неверных кодов: повторите через {wait_s} с"
    sentence_en = "Too many wrong codes: try again in {wait_s} s"

    wait_s: int


class SecondFactorThere(Refusal):
    """Whoever wants another second factor takes the present one off first."""

    code = "second_factor_there"
    sentence_ru = "Второй фактор уже включён"
    sentence_en = "The second factor is on already"


class PasswordWrong(Refusal):
    """Signing in again: that is not the person's password."""

    code = "password_wrong"
    sentence_ru = "Пароль неверный"
    sentence_en = "The password is wrong"


class PasswordDelayed(Refusal):
    """Passwords were wrong too often; none is looked at before some time is over."""

    code = "password_delayed"
    sentence_ru = "Слишком много неудачных входов: повторите через {wait_ru}"
    sentence_en = "Too many failures to sign in: try again in {wait_en}"

    wait_s: int
    wait_ru: str
    wait_en: str


class PasswordsDiffer(Refusal):
    """A new password was typed twice, and not the same."""

    code = "passwords_differ"
    sentence_ru = "Пароли не совпадают"
    sentence_en = "The two passwords differ"


class TextUnusable(Refusal):
    """Something in the request holds a NUL, which no text has."""

    code = "text_unusable"
    sentence_ru = "В запросе нулевой байт (NUL)"
    sentence_en = "The request holds a NUL"

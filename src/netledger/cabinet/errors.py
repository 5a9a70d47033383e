"""What the cabinet's room refuses."""

from netledger.errors import Refusal


class SignInRefused(Refusal):
    """The login or the secret is wrong; which of them, nobody is told."""

    code = "sign_in_refused"
    sentence_ru = "Неверный логин или пароль"
    sentence_en = "The login or the password is wrong"


class SignInDelayed(Refusal):
    """Too many have failed, by this login or by all together; none is tried before the time is over."""

    code = "sign_in_delayed"
    sentence_ru = "Слишком много неудачных попыток входа, повторите через {wait_s} с"
    sentence_en = "Too many attempts to sign in have failed, try again in {wait_s} s"
    wait_s: int


class AddressUnrecognized(Refusal):
    """An address lets in without a secret only whose connection alone has it."""

    code = "address_unrecognized"
    sentence_ru = "По адресу {address} абонент не определён, войдите по логину и паролю"
    sentence_en = "The address {address} does not tell who it is: sign in with login and password"
    address: str


class SessionEnded(Refusal):
    """There is no such session, or not any more."""

    code = "session_ended"
    sentence_ru = "Необходимо авторизоваться"
    sentence_en = "Please sign in"

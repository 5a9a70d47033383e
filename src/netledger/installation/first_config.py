"""The configuration that a new home begins with."""

import secrets
import string

from netledger.installation.bash_config import write_line
from netledger.installation.settings import find_declared

# The specification's own line.
CONTEXTS = "web cabinet collector api_1c base webcash asr_fiscal"
# Those of them that need a password, and who calls them.
CALLERS = {
    "collector": ("маршрутизаторы: списки абонентов", "routers: the lists of subscribers"),
    "api_1c": ("обмен с 1С", "the exchange with 1C"),
    "base": ("программы, которые читают и меняют объекты", "programs that read and change objects"),
    "webcash": ("касса дилера", "a dealer's cash desk"),
    "asr_fiscal": ("платёжные системы", "payment systems"),
}
PASSWORD_LENGTH = 24

HEAD = """\
# Настройки netledger. Файл можно подключить из bash: . cfg/config; echo "${network['api.listen']}"
# Одно значение в строке; из двух одинаковых ключей действует последний.
# Правка действует после перезапуска: ./service restart
# The settings of netledger. bash can source this file: . cfg/config; echo "${network['api.listen']}"
# One value a line; of two equal keys the last one holds.
# A change takes effect after a restart: ./service restart
"""

WIDGET = (
    'inputbox "Список IP для которых разрешено подключаться к системному API" "Адреса и сети через пробел"'
)

BY_ADDRESS_ALONE = """\
# Контексты web, cabinet и asr_cabinet работают без пароля, только с разрешённых адресов.
# Если среди них маршрутизаторы и шлюзы, задайте для каждого из этих контекстов пароль или свои адреса:
#   netledger config set network.api.web.psw ПАРОЛЬ
#   netledger config set network.api.web.allowed_ip АДРЕСА
# The contexts web, cabinet and asr_cabinet work without a password, from allowed addresses only.
# Where routers and gateways are among them, set a password or addresses of its own for each of these contexts:
#   netledger config set network.api.web.psw PASSWORD
#   netledger config set network.api.web.allowed_ip ADDRESSES
"""


def first_config(listen: str) -> str:
    """The text of the first configuration, with new passwords.

    Args:
        listen: ADDRESS:PORT.
    """
    blocks = [
        HEAD,
        "declare -A app\n",
        _setting("app", "time_zone", "Europe/Moscow"),
        "declare -A network\n",
        _setting("network", "api.listen", listen),
        _setting("network", "api.allowed_ip", "127.0.0.1 ::1")
        + _line("network", "api.allowed_ip.widget", WIDGET),
        _setting("network", "api.context", CONTEXTS),
        *(_password_of(context) for context in CALLERS),
        BY_ADDRESS_ALONE,
    ]
    return "\n".join(blocks)


def _setting(section: str, key: str, value: str) -> str:
    """A value with what its declaration says about it, in both languages."""
    declared = find_declared(section, key)
    assert declared is not None
    return f"# {declared.meaning.ru}\n# {declared.meaning.en}\n" + _line(section, key, value)


def _password_of(context: str) -> str:
    """A new password of letters and digits alone, which go into a URL as they are."""
    ru, en = CALLERS[context]
    letters = string.ascii_letters + string.digits
    password = "".join(secrets.choice(letters) for _ in range(PASSWORD_LENGTH))
    comment = f"# Пароль контекста {context} ({ru})\n# The password of the context {context} ({en})\n"
    return comment + _line("network", f"api.{context}.psw", password)


def _line(section: str, key: str, value: str) -> str:
    return write_line(section, key, value) + "\n"

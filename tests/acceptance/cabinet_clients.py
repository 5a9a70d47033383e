"""The cabinet's clients as others wrote them: how each asks, and how it takes the answer apart.

Played after clients.md: the vendor's PHP class, a Go service, a Kotlin app, and what bots and pages read.
"""

import json
import re
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import msgspec
from msgspec import Struct

from server.wire import Answer, send

SIGN_IN_FIRST = "Необходимо авторизоваться"
"""Compared letter for letter."""
CUT_AT = frozenset("/;\"' '<>|:&")
"""Characters at which one client or another would cut a session's id."""


class Failed(Exception):
    """The client tells its user that something went wrong."""


class PhpClass:
    """The vendor's class: everything percent-encoded, an empty hash_key, cookies kept, redirects followed.

    The password of the context comes from the JSON twin of the configuration, where it has one.
    """

    def __init__(self, port: int, config_json: Path, context: str = "web") -> None:
        self.url = f"http://127.0.0.1:{port}/system_api/"
        self.context = context
        self.password = json.loads(config_json.read_bytes())["network"].get(f"api.{context}.psw", [""])[0]
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def call(self, name: str, arguments: dict[str, Any], *, by_post: bool = False) -> dict[str, Any]:
        """One call; status first, then `error`."""
        fields = {
            "format": "json",
            "hash_key": "",
            "context": self.context,
            "model": "Users",
            "method1": f"web_cabinet.{name}",
            "arg1": json.dumps(arguments),
        }
        if self.password:
            fields["psw"] = self.password
        query = urlencode(fields, quote_via=quote, safe="")
        request = Request(self.url, query.encode()) if by_post else Request(f"{self.url}?{query}")
        with self.opener.open(request, timeout=15) as response:
            if response.status != 200:
                raise Failed(response.status)
            answer: dict[str, Any] = json.loads(response.read())
        if "error" in answer:  # an empty text too is a failure here
            raise Failed(answer["error"])
        return answer


class GoUser(Struct):
    """What the Go service decodes of a user; another type in the answer is an error of its decoder."""

    pk: str
    login: str
    enabled: str
    phone: str
    email: str


class GoLogin(Struct):
    """What it decodes of a login."""

    session_id: str = ""
    message: str = ""
    error: str = ""
    user: GoUser | None = None


class GoInfo(Struct):
    """What it decodes of user_info."""

    tarif_id: int = 0
    balance: float = 0
    in_block: str = ""
    enough_to_date: str = ""
    minimal_pay_sum: float = 0
    error: str = ""


class GoService:
    """Builds its URLs of strings, quotes and braces raw; signs in again when its session has ended."""

    def __init__(self, port: int, login: str, password: str) -> None:
        self.port, self.login, self.password = port, login, password
        self.session_id = ""
        self.sign_ins = 0

    def info(self) -> GoInfo:
        """user_info, signing in when it is told to."""
        decoded = self._info()
        if decoded.error == SIGN_IN_FIRST:
            self._sign_in()
            decoded = self._info()
        if decoded.error:
            raise Failed(decoded.error)
        return decoded

    def _info(self) -> GoInfo:
        return msgspec.json.decode(self._get("user_info", f'{{"suid":"{self.session_id}"}}'), type=GoInfo)

    def _sign_in(self) -> None:
        self.sign_ins += 1
        arguments = f'{{"login":"{self.login}","passwd":"{self.password}"}}'
        decoded = msgspec.json.decode(self._get("login", arguments), type=GoLogin)
        if decoded.error or not decoded.session_id or decoded.user is None:
            raise Failed(decoded.error)
        self.session_id = decoded.session_id

    def _get(self, name: str, arguments: str) -> bytes:
        target = (
            "/system_api/?format=json&context=web&model=users"
            f"&method1=web_cabinet.{name}&arg1={arguments.replace(' ', '%20')}&"
        )
        answer = ask_raw(self.port, target)
        if answer.status != 200:
            raise Failed(answer.status)
        return answer.body


class KotlinApp:
    """Tries the address first, then login and password; keeps the session between its starts."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.session_id: str | None = None

    def start(self, address: str, ask_user: Callable[[], tuple[str, str]]) -> dict[str, Any]:
        """The user that it shows on its first page."""
        if self.session_id is not None:
            answer = self._call("get_user", suid=self.session_id)
            if answer.get("error") != SIGN_IN_FIRST:
                return dict(answer["user"])
        answer = self._call("try_auto_login", src_ip=address)
        if "error" in answer:
            login, password = ask_user()
            answer = self._call("login", login=login, passwd=password)
        if "error" in answer:
            raise Failed(answer["error"])
        self.session_id = answer["session_id"]
        return dict(answer["user"])

    def leave(self) -> None:
        """Log out."""
        self._call("logout", suid=self.session_id)

    def _call(self, name: str, **arguments: Any) -> dict[str, Any]:
        arg1 = quote(json.dumps(arguments, ensure_ascii=False))
        target = (
            f"/system_api/?context=cabinet&model=users&method1=web_cabinet.{name}&arg1={arg1}&format=json"
        )
        answer: dict[str, Any] = ask_raw(self.port, target).json
        return answer


def ask_raw(port: int, target: str) -> Answer:
    """GET the target as it stands, by HTTP/1.1 that would be kept alive."""
    head = f"GET {target} HTTP/1.1\r\nHost: billing:8082\r\nConnection: keep-alive\r\n\r\n"
    return send(port, head.encode())


def by_spaces(account: str) -> tuple[str, str]:
    """Number and balance as the client takes them who splits at spaces."""
    items = account.split(" ")
    return items[1], items[3]


def by_neighbours(account: str) -> str:
    """The number as the client takes it who looks between two words."""
    return account.partition("№ ")[2].partition(" Баланс:")[0]


def by_pattern(account: str) -> str | None:
    """The balance as the client takes it who matches digits; of a debt it finds none, as with Carbon."""
    found = re.search(r"Баланс:\s*([\d.]+)", account)
    return found[1] if found else None

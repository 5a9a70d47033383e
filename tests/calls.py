"""Calls of the System API in this process: what a WSGI server would hand on, and the whole answer."""

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from netledger.installation.settings import NetworkSettings, Settings

PSW = {"collector": "col-psw", "asr_fiscal": "fis-psw", "api_1c": "one-psw", "webcash": "cash-psw"}
"""The passwords that the tests' settings hold."""

Application = Callable[..., Iterable[bytes]]


@dataclass(frozen=True)
class Reply:
    """One whole answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def environ_of(query: bytes = b"", *, verb: str = "GET", body: bytes = b"", **more: Any) -> dict[str, Any]:
    """The WSGI environ of a request from 127.0.0.1 with that raw query."""
    environ = {
        "REQUEST_METHOD": verb,
        "PATH_INFO": "/system_api/",
        "QUERY_STRING": query.decode("latin-1"),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body),
    }
    if verb == "POST":
        environ |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    return environ | more


def send(application: Application, environ: dict[str, Any]) -> Reply:
    """Call the application as a server does, and read the body to its end."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    blocks = application(environ, lambda status, headers: begun.append((status, headers)))
    try:
        body = b"".join(blocks)
    finally:
        getattr(blocks, "close", lambda: None)()
    (status, headers) = begun[0]
    return Reply(int(status.split()[0]), dict(headers), body)


def query_of(context: str, method: str, arg1: dict[str, Any] | str, **more: str) -> bytes:
    """A query in the specification's order, its quotes, braces and UTF-8 raw."""
    text = arg1 if isinstance(arg1, str) else json.dumps(arg1, ensure_ascii=False, separators=(",", ":"))
    parts = {"model": "Abonents", "method1": method, "arg1": text, "context": context}
    if context in PSW:
        parts["psw"] = PSW[context]
    return b"&".join(name.encode() + b"=" + _raw(value) for name, value in (parts | more).items())


def _raw(value: str) -> bytes:
    """The value as it goes raw into a URL; only what would be read as something else is encoded."""
    for letter in "% &+#":
        value = value.replace(letter, f"%{ord(letter):02X}")
    return value.encode()


def settings(**network: Any) -> Settings:
    """Settings with the specification's contexts and a password for each that needs one."""
    contexts = "web cabinet collector api_1c base webcash asr_fiscal asr_cabinet"
    return Settings(network=NetworkSettings(**{"context": tuple(contexts.split()), "psw": PSW} | network))

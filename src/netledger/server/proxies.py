"""Who really calls, and over what: told to Django as if there were no proxies in between."""

from collections.abc import Callable, Iterable
from typing import Any

from netledger.backoffice.doors import IS_DIRECT, PEER
from netledger.installation.setting_values import Networks
from netledger.system_api.caller import caller_of, is_within

HEADERS_OF_PROXIES = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_REAL_IP",
)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def behind_proxies(application: Application, trusted: Networks) -> Application:
    """The application, told the caller's address and scheme as the trusted proxies tell them.

    Of a proxy that is not trusted nothing is believed, but that it stands in between.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        peer, caller = caller_of({"REMOTE_ADDR": environ["REMOTE_ADDR"]}, ()), caller_of(environ, trusted)
        from_proxy = peer is not None and is_within(peer, trusted)
        environ[IS_DIRECT] = not from_proxy and not any(name in environ for name in HEADERS_OF_PROXIES)
        environ[PEER], environ["REMOTE_ADDR"] = environ["REMOTE_ADDR"], str(caller or "")
        if from_proxy and _last(environ.get("HTTP_X_FORWARDED_PROTO", "")) == "https":
            environ["wsgi.url_scheme"] = "https"
        return application(environ, start_response)

    return answer


def _last(header: str) -> str:
    """What the proxy nearest to us said, where several did."""
    return header.rpartition(",")[2].strip().lower()

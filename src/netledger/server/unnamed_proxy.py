"""HOME/run/unnamed_proxy: that a proxy on this machine hides who calls, as the web processes see it.

Whoever calls through one that nobody named has this machine's own address, which may call nearly everywhere. What is
kept is that address, and in the file's own time when that was last so; of the request nothing.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from netledger.installation.home import Home
from netledger.installation.setting_values import Networks
from netledger.system_api.caller import caller_of, is_within

FORWARDED_FOR = "HTTP_X_FORWARDED_FOR"
HEADERS_OF_CALLERS = (FORWARDED_FOR, "HTTP_FORWARDED", "HTTP_X_REAL_IP")
NOTE_EVERY_S = 10
"""A web process writes it down no oftener."""
KEPT_S = 24 * 3600
"""What was seen longer ago may have been taken away since."""
ADDRESS_BYTES = 64

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def noting_unnamed_proxies(application: Application, home: Home, trusted: Networks) -> Application:
    """The application; that somebody's address is hidden is written down beside it."""
    noted_at_s = float("-inf")

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        nonlocal noted_at_s
        if (
            any(name in environ for name in HEADERS_OF_CALLERS)
            and time.monotonic() > noted_at_s + NOTE_EVERY_S
        ):
            address = _hiding(environ, trusted)
            if address:
                noted_at_s = time.monotonic()
                _note(home, address)
        return application(environ, start_response)

    return answer


def hidden_behind(home: Home) -> str | None:
    """The address that a proxy gave to all its callers since the last restart, and of late."""
    path = home.run / "unnamed_proxy"
    try:
        seen_at_s = path.stat().st_mtime
        address = path.read_text().strip()
    except FileNotFoundError:
        return None
    return address if address and time.time() < seen_at_s + KEPT_S else None


def forget_unnamed_proxy(home: Home) -> None:
    """Other settings are in force: look anew."""
    (home.run / "unnamed_proxy").unlink(missing_ok=True)


def _hiding(environ: dict[str, Any], trusted: Networks) -> str:
    """This machine's address that stands for another's; empty, if the caller is known or calls from elsewhere."""
    peer = caller_of({"REMOTE_ADDR": environ["REMOTE_ADDR"]}, ())
    if peer is None or not peer.is_loopback:
        return ""
    return "" if FORWARDED_FOR in environ and is_within(peer, trusted) else str(peer)


def _note(home: Home, address: str) -> None:
    """Write it down; a full disk is no reason not to answer."""
    with contextlib.suppress(OSError):
        file = os.open(home.run / "unnamed_proxy", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(file, f"{address}\n".ljust(ADDRESS_BYTES).encode(), 0)
        finally:
            os.close(file)

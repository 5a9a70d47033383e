"""The application that the web processes serve: the System API, and Django for everything else."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from netledger.installation.home import home_from_environment
from netledger.server.request_head import SYSTEM_API

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
_pages = get_wsgi_application()

from django.conf import settings as django_settings  # noqa: E402 - needs Django set up, as models do
from django.db import close_old_connections  # noqa: E402

from netledger.backoffice.in_force import settings_in_force  # noqa: E402
from netledger.server.bounds import Bounds  # noqa: E402
from netledger.server.proxies import behind_proxies  # noqa: E402
from netledger.server.request_ids import with_ids_of_proxies  # noqa: E402
from netledger.server.slow import watch_for_slow  # noqa: E402
from netledger.server.staff_sign_ins import count as count_staff_sign_ins  # noqa: E402
from netledger.server.static_files import with_static_files  # noqa: E402
from netledger.server.timing import timed_in_demonstration  # noqa: E402
from netledger.server.unnamed_proxy import noting_unnamed_proxies  # noqa: E402
from netledger.system_api.explained import PAGES, Explained  # noqa: E402
from netledger.system_api.views import make_application  # noqa: E402

_home = home_from_environment()
_settings = settings_in_force()  # for the pages too, before a later configuration is tried
watch_for_slow(_settings.network.slow_statement_ms)
count_staff_sign_ins()
_system_api = make_application(_settings, Bounds(_home, _settings.network))
_explained = Explained(_settings.network)
_django = behind_proxies(
    with_static_files(_pages, str(django_settings.STATIC_URL)), _settings.network.trusted_proxy
)


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; the System API is spared Django's handler, which costs up to half of a request."""
    if environ["PATH_INFO"] == SYSTEM_API:
        return _system_api(environ, start_response)
    if environ["PATH_INFO"] in PAGES:
        return _explained(environ, start_response)
    announced: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
        announced.extend(name for name, _ in headers if name.lower() == "content-length")
        return start_response(status, headers, *exc_info)

    answer = _django(environ, start)
    if announced:
        close_old_connections()  # however slowly its client reads, it holds none; and of a file a block of memory
        return answer
    try:
        return [b"".join(answer)]  # a list, so that the server can tell its length
    finally:
        if hasattr(answer, "close"):
            answer.close()


_trusted = _settings.network.trusted_proxy
application = noting_unnamed_proxies(
    with_ids_of_proxies(timed_in_demonstration(_answer, _home), _trusted), _home, _trusted
)

"""The application that the web processes serve: the System API, and Django for everything else."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from netledger.installation.home import home_from_environment
from netledger.installation.settings import read_settings
from netledger.server.request_head import SYSTEM_API

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
_django = get_wsgi_application()

from netledger.system_api.explained import PAGES, Explained  # noqa: E402 - its models need Django set up
from netledger.system_api.views import make_application  # noqa: E402

_settings = read_settings(home_from_environment().active_config)
_system_api = make_application(_settings)
_explained = Explained(_settings.network)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; the System API is spared Django's handler, which costs up to half of a request."""
    if environ["PATH_INFO"] == SYSTEM_API:
        return _system_api(environ, start_response)
    if environ["PATH_INFO"] in PAGES:
        return _explained(environ, start_response)
    answer = _django(environ, start_response)
    try:
        return [b"".join(answer)]  # a list, so that the server can tell its length
    finally:
        answer.close()

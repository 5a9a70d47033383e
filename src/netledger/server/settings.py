"""Django's settings. Importing them needs no home: the database is asked for only when it is used."""

import os
from typing import Any

from netledger.installation.database import connection_parameters
from netledger.installation.roles import Role

SECRET_KEY = "only-signs-what-nobody-keeps"  # noqa: S105 - there are no sessions or cookies yet
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
ROOT_URLCONF = "netledger.server.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "netledger.ledger",
    "netledger.subscribers",
    "netledger.tariffs",
    "netledger.access",
    "netledger.payments",
    "netledger.network",
    "netledger.cabinet",
]
MIDDLEWARE: list[str] = []
LOGGING_CONFIG = None
"""Each process sets up its log itself (`server/logs.py`)."""

POOL = {"min_size": 4, "max_size": 4, "timeout": 2, "reconnect_timeout": 2}
"""Of a web worker: as many requests as use the database at once; who waits longer hears that we are in trouble.

The short reconnecting makes each request try anew: psycopg's own pauses grow as long as the outage was.
"""
ROLE: Role = "owner" if os.environ.get("NETLEDGER_ROLE") == "owner" else "server"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **connection_parameters(ROLE),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
if os.environ.get("NETLEDGER_POOL"):
    DATABASES["default"]["OPTIONS"]["pool"] = POOL

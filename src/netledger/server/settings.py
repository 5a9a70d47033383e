"""Django's settings. Importing them needs no home: the database is asked for only when it is used."""

import os
from typing import Any

from netledger.installation.database import connection_parameters

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
]
MIDDLEWARE: list[str] = []

ROLE = "owner" if os.environ.get("NETLEDGER_ROLE") == "owner" else "server"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **connection_parameters(ROLE),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}

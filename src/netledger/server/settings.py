"""Django's settings. Importing them needs no home: the database is asked for only when it is used."""

import os
from pathlib import Path
from typing import Any

import netledger
from netledger.installation import pages_key
from netledger.installation.database import connection_parameters
from netledger.installation.home import home_from_environment
from netledger.installation.roles import Role
from netledger.server.postgresql.base import GreenletConnection
from netledger.server.static_files import version

SECRET_KEY = pages_key.read(home_from_environment())
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [Path(netledger.__file__).parent / "locale"]
STATIC_URL = f"/static/{version()}/"
ROOT_URLCONF = "netledger.server.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django_htmx",
    "csp",
    "axes",
    "django_otp",
    "netledger.ledger",
    "netledger.subscribers",
    "netledger.tariffs",
    "netledger.access",
    "netledger.payments",
    "netledger.network",
    "netledger.cabinet",
    "netledger.backoffice",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "netledger.backoffice.middleware.SecureCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "netledger.backoffice.frame.frame",
            ]
        },
    }
]

AUTH_USER_MODEL = "backoffice.Staff"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["netledger.server.hashing.BesideRequests"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "MinimumLengthValidator": {"min_length": 10},
        "UserAttributeSimilarityValidator": {"user_attributes": ("login", "name")},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
SESSION_ENGINE = "netledger.backoffice.sessions"
SESSION_COOKIE_NAME = "netledger_session"
CSRF_COOKIE_NAME = "netledger_csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "netledger.backoffice.views.refusals.token_wrong"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = "netledger.backoffice.lockout.failures_max"
AXES_COOLOFF_TIME = "netledger.backoffice.lockout.delay"
AXES_USERNAME_CALLABLE = "netledger.backoffice.lockout.counted_login"
AXES_CLIENT_IP_CALLABLE = "netledger.backoffice.lockout.counted_address"
AXES_LOCKOUT_CALLABLE = "netledger.backoffice.views.sign_in.as_it_was"
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "password", "code", "new", "again", "next", "csrfmiddlewaretoken"]
RUNNING_SERVICE = "netledger.server.restarting.RunningService"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
LOGGING_CONFIG = None
"""Each process sets up its log itself (`server/logs.py`)."""

POOL = {
    "min_size": 4,
    "max_size": 4,
    "timeout": 2,
    "reconnect_timeout": 2,
    "connection_class": GreenletConnection,
}
"""Of a web worker: as many requests as use the database at once; who waits longer hears that we are in trouble.

The short reconnecting makes each request try anew: psycopg's own pauses grow as long as the outage was.
"""
ROLE: Role = "owner" if os.environ.get("NETLEDGER_ROLE") == "owner" else "server"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "netledger.server.postgresql",
        **connection_parameters(ROLE),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
options = DATABASES["default"]["OPTIONS"]
options["prepare_threshold"] = 0
"""Only what `sql.rows_prepared` runs is prepared, at its first use."""
if os.environ.get("NETLEDGER_POOL"):
    options["pool"] = POOL
    if bound := os.environ.get("NETLEDGER_STATEMENT_TIME_S"):
        options["options"] = f"{options.get('options', '')} -c statement_timeout={bound}s".strip()

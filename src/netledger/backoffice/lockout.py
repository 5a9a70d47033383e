"""Guessing passwords of staff is delayed, by login and address together: django-axes counts, this tells it how."""

from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from axes.models import AccessAttempt
from django.http import HttpRequest
from django.utils import timezone

from netledger.backoffice import in_force
from netledger.backoffice.logins import folded_login
from netledger.backoffice.models import Staff

NETWORK_PREFIX = 64
"""The least IPv6 network that a provider gives to anybody (RFC 6177): whoever has it has all its addresses."""


def failures_max(_request: HttpRequest, _credentials: Any) -> int:
    """After how many failures in a row."""
    return in_force.settings_in_force().backoffice.sign_in_failures_max


def delay(_request: HttpRequest | None) -> timedelta:
    """For how long after the last of them."""
    return timedelta(seconds=in_force.settings_in_force().backoffice.sign_in_delay_s)


def counted_login(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The login that failures are counted by; a hash, if nobody has it: what was typed there may be a password."""
    typed = (credentials or {}).get("login") or request.POST.get("login", "")
    login = folded_login(str(typed))
    if Staff.objects.filter(login=login).exists():
        return login
    return sha256(login.encode()).hexdigest()


def counted_address(request: HttpRequest) -> str:
    """The caller's address, behind trusted proxies too, by which failures are counted: of IPv6 his network's."""
    address = ip_address(str(request.META["REMOTE_ADDR"]))
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, NETWORK_PREFIX), strict=False).network_address)


def left_to_wait(request: HttpRequest, credentials: dict[str, Any] | None) -> timedelta:
    """How long whoever is locked out has to wait yet."""
    attempts = AccessAttempt.objects.filter(
        username=counted_login(request, credentials), ip_address=counted_address(request)
    )
    last = attempts.order_by("-attempt_time").first()
    end = (last.attempt_time if last else timezone.now()) + delay(request)
    return max(end - timezone.now(), timedelta(seconds=1))


def forgive(login: str) -> None:
    """Let somebody try again at once."""
    AccessAttempt.objects.filter(username=folded_login(login)).delete()

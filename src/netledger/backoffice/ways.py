"""Addresses that a request may send a browser on to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from netledger.backoffice.frame import PREFIX


def own_address(request: HttpRequest, wanted: str) -> str:
    """The address, if it is of a page of staff's; else the home page: nobody is led away from here."""
    is_ours = wanted.startswith(PREFIX) and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    )
    return wanted if is_ours else PREFIX

"""May this caller call at all? The checks in their order, each before any query of the database.

Address, HTTP method, context, the context's own addresses, password. That the method exists and its arguments
are right is asked next, by `declaration` and `arguments`. Source: design.md, «The wire of the System API».
"""

import hmac

from netledger.installation.settings import NetworkSettings
from netledger.system_api.caller import Address, caller_of, is_within
from netledger.system_api.errors import (
    AddressRefused,
    ContextAddressRefused,
    ContextNotDefined,
    CrossSiteRefused,
    PasswordNotSet,
    PasswordWrong,
    VerbRefused,
)
from netledger.system_api.request import Environ

CONTEXTS_WITHOUT_PASSWORD = frozenset({"web", "cabinet", "asr_cabinet"})
"""By the specification these work by address alone; where a password is set they ask for it too."""
NAME_SHOWN_MAX = 64


def check_caller(environ: Environ, network: NetworkSettings) -> Address:
    """The caller's address, if it may call.

    Raises:
        AddressRefused: it is not in the list, or cannot be read.
        CrossSiteRefused: a page of another site made a browser send the request.
    """
    caller = caller_of(environ, network.trusted_proxy)
    if caller is None or not is_within(caller, network.allowed_ip):
        raise AddressRefused
    if environ.get("HTTP_SEC_FETCH_SITE", "").strip().lower() == "cross-site":
        raise CrossSiteRefused
    return caller


def check_verb(environ: Environ, *, may_be_head: bool) -> None:
    """Refuse an HTTP method other than GET and POST, and HEAD, where that is not of use."""
    if environ["REQUEST_METHOD"] not in (("GET", "POST", "HEAD") if may_be_head else ("GET", "POST")):
        raise VerbRefused


def check_context(name: str, caller: Address, network: NetworkSettings) -> None:
    """Refuse a context that is not enabled, or not for this address."""
    if name not in network.context:
        shown = "".join(letter for letter in name if letter.isprintable())
        raise ContextNotDefined("context", name=shown[:NAME_SHOWN_MAX])
    own_list = network.context_allowed_ip.get(name)
    if own_list and not is_within(caller, own_list):
        raise ContextAddressRefused


def check_password(context: str, given: str, network: NetworkSettings) -> None:
    """Refuse a wrong password, in a time that does not tell how much of it was right."""
    password = network.psw.get(context, "")
    if not password:
        if context in CONTEXTS_WITHOUT_PASSWORD:
            return
        raise PasswordNotSet("psw")
    if not hmac.compare_digest(given.encode(), password.encode()):
        raise PasswordWrong("psw")

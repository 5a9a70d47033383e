"""What of staff's pages stands open: to whom, and over what."""

from collections.abc import Iterator

from netledger.installation.findings import Finding, Severity
from netledger.installation.settings import Settings
from netledger.installation.wide_networks import reach_beyond, too_wide


def findings(settings: Settings) -> Iterator[Finding]:
    """What is wrong with the doors of staff's pages."""
    pages = settings.backoffice
    yield from too_wide("backoffice.allowed_ip", pages.allowed_ip)
    if pages.plain_http and reach_beyond(pages.allowed_ip):
        yield Finding(
            "plain_http_pages",
            Severity.ERROR,
            "Страницы сотрудников открываются с других машин без https: пароли видны всем на пути",
            "Staff's pages open to other machines without https: all on the way can read the passwords",
            "поставьте впереди прокси с https, впишите его в network.api.trusted_proxy, и "
            "netledger config set backoffice.plain_http no",
            "put a proxy with https before it, name it in network.api.trusted_proxy, and "
            "netledger config set backoffice.plain_http no",
        )

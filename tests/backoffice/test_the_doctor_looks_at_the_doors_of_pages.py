"""Staff's pages that open to strangers, or to other machines over plain http, are found while they do."""

import pytest

from found import codes
from netledger.backoffice.doctor import findings
from netledger.installation.backoffice_settings import BackofficeSettings
from netledger.installation.setting_values import read_networks
from netledger.installation.settings import Settings


@pytest.mark.parametrize(
    ("allowed", "plain_http", "found"),
    [
        ("127.0.0.1 ::1", True, []),
        ("127.0.0.1 192.0.2.10", False, []),
        ("127.0.0.1 192.0.2.10", True, ["plain_http_pages"]),
        ("0.0.0.0/0", False, ["allowed_network_too_wide"]),
        ("8.0.0.0/8", True, ["allowed_network_too_wide", "plain_http_pages"]),
    ],
)
def test_by_addresses_and_by_the_way(allowed: str, plain_http: bool, found: list[str]) -> None:
    pages = BackofficeSettings(allowed_ip=read_networks(allowed), plain_http=plain_http)

    assert codes(findings(Settings(backoffice=pages))) == found

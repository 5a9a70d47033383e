"""A context that stands open or shut to all, and a list of callers or proxies that is too wide, are found."""

import pytest

from found import codes
from netledger.installation.first_config import first_config
from netledger.installation.setting_values import read_networks
from netledger.installation.settings import NetworkSettings, Settings, read_settings
from netledger.system_api.doctor import findings


def _found(**network: object) -> list[str]:
    return codes(findings(Settings(network=NetworkSettings(**network))))  # type: ignore[arg-type]


def test_nothing_in_the_first_configuration(tmp_path_factory: pytest.TempPathFactory) -> None:
    config = tmp_path_factory.mktemp("cfg") / "config"
    config.write_text(first_config("0.0.0.0:8082"))

    assert codes(findings(read_settings(config))) == []


def test_a_context_that_nobody_can_use_for_want_of_a_password() -> None:
    assert _found(context=("collector", "api_1c"), psw={"api_1c": "x"}) == ["context_password_missing"]
    assert _found(context=("collector",), psw={"collector": "x"}) == []


@pytest.mark.parametrize("context", ["web", "cabinet", "asr_cabinet"])
def test_a_context_by_address_alone_that_routers_may_use_too(context: str) -> None:
    routers = read_networks("127.0.0.1 192.0.2.1")

    assert _found(context=(context,), allowed_ip=routers) == ["context_open"]

    assert _found(context=(context,), allowed_ip=read_networks("127.0.0.1 ::1")) == []
    assert _found(context=(context,), allowed_ip=routers, psw={context: "x"}) == []
    own = {context: read_networks("127.0.0.1")}
    assert _found(context=(context,), allowed_ip=routers, context_allowed_ip=own) == []


@pytest.mark.parametrize(
    "network", ["0.0.0.0/0", "8.0.0.0/8", "10.0.0.0/7", "198.0.0.0/16", "::/0", "2a00::/32"]
)
def test_a_list_of_callers_that_holds_strangers(network: str) -> None:
    assert _found(allowed_ip=read_networks(network)) == ["allowed_network_too_wide"]
    assert _found(context_allowed_ip={"web": read_networks(network)}) == ["allowed_network_too_wide"]


@pytest.mark.parametrize(
    "network", ["10.0.0.0/8", "192.168.0.0/16", "8.8.8.0/24", "100.64.0.0/10", "fc00::/7", "::1"]
)
def test_and_not_one_that_is_the_providers_own(network: str) -> None:
    assert _found(allowed_ip=read_networks(network)) == []


@pytest.mark.parametrize(
    ("proxies", "found"),
    [
        ("10.0.0.0/8", ["trusted_proxy_too_wide"]),
        ("fc00::/48", ["trusted_proxy_too_wide"]),
        ("10.0.0.1 ::1 10.0.1.0/24 fc00::/64", []),
    ],
)
def test_proxies_that_anybody_may_pass_for(proxies: str, found: list[str]) -> None:
    assert _found(trusted_proxy=read_networks(proxies)) == found

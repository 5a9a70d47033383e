"""Networks of the configuration that are too wide to be a list of callers."""

from collections.abc import Iterable, Iterator

from netledger.installation.findings import Finding, Severity
from netledger.installation.setting_values import Network

PUBLIC_PREFIX_MIN = {4: 24, 6: 48}
"""A wider network of public addresses is no list of callers any more."""


def too_wide(key: str, networks: Iterable[Network]) -> Iterator[Finding]:
    """Those of a setting that hold strangers' addresses."""
    for network in networks:
        if network.is_global and network.prefixlen < PUBLIC_PREFIX_MIN[network.version]:
            yield Finding(
                "allowed_network_too_wide",
                Severity.ERROR,
                f"{key}: {network} — слишком широко: это чужие адреса интернета",
                f"{key}: {network} is too wide: these are strangers' addresses",
                f"оставьте свои адреса и сети: netledger config set {key} АДРЕСА",
                f"name your own addresses and networks: netledger config set {key} ADDRESSES",
            )


def reach_beyond(networks: Iterable[Network]) -> bool:
    """Whether others than this machine itself are in them."""
    return not all(network.is_loopback for network in networks)

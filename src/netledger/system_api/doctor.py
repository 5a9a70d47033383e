"""What of the System API stands open, or lets nobody in: contexts, their passwords, the networks that may call."""

from collections.abc import Iterator

from netledger.installation.findings import Finding, Severity
from netledger.installation.settings import NetworkSettings, Settings
from netledger.installation.wide_networks import reach_beyond, too_wide
from netledger.system_api.checks import CONTEXTS_WITHOUT_PASSWORD

PROXY_PREFIX_MIN = {4: 24, 6: 64}
"""In a wider one, of private addresses too, whoever is in it may name any address as his."""


def findings(settings: Settings) -> Iterator[Finding]:
    """What is wrong with who may call what."""
    network = settings.network
    for context in network.context:
        if not network.psw.get(context):
            yield from _without_password(context, network)
    yield from too_wide("network.api.allowed_ip", network.allowed_ip)
    for context, own in network.context_allowed_ip.items():
        yield from too_wide(f"network.api.{context}.allowed_ip", own)
    for proxy in network.trusted_proxy:
        if proxy.prefixlen < PROXY_PREFIX_MIN[proxy.version]:
            yield Finding(
                "trusted_proxy_too_wide",
                Severity.ERROR,
                f"network.api.trusted_proxy: {proxy} — слишком широко: любой оттуда выдаст себя за любой адрес",
                f"network.api.trusted_proxy: {proxy} is too wide: anybody in it may pass as any address",
                "оставьте адреса самих прокси: netledger config set network.api.trusted_proxy АДРЕС",
                "name the proxies alone: netledger config set network.api.trusted_proxy ADDRESS",
            )


def _without_password(context: str, network: NetworkSettings) -> Iterator[Finding]:
    key = f"network.api.{context}"
    if context not in CONTEXTS_WITHOUT_PASSWORD:
        yield Finding(
            "context_password_missing",
            Severity.WARNING,
            f"Контекст {context} включён без пароля: каждый вызов в нём получает отказ",
            f"The context {context} is enabled without a password: each call in it is refused",
            f"netledger config set {key}.psw ПАРОЛЬ, или уберите его из network.api.context",
            f"netledger config set {key}.psw PASSWORD, or take it out of network.api.context",
        )
    elif not network.context_allowed_ip.get(context) and reach_beyond(network.allowed_ip):
        yield Finding(
            "context_open",
            Severity.ERROR,
            f"Контекст {context} без пароля и без своих адресов: в нём пускают всех, кому разрешено подключаться",
            f"The context {context} has no password and no addresses of its own: all that may call may use it",
            f"netledger config set {key}.allowed_ip АДРЕСА, или netledger config set {key}.psw ПАРОЛЬ",
            f"netledger config set {key}.allowed_ip ADDRESSES, or netledger config set {key}.psw PASSWORD",
        )

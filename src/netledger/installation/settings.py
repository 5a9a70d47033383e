"""The settings: one declaration, from which they are read and refused, listed and explained."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import fields

from netledger.installation.backoffice_settings import BackofficeSettings
from netledger.installation.backup_settings import BackupSettings
from netledger.installation.bash_config import Assignment, BashConfig, read_config
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.installation.contract_settings import NUMBER_PATTERN, ContractNumberPattern, OnecGroup
from netledger.installation.declarations import Declared, declared_in, said
from netledger.installation.errors import ConfigRefused, SettingRefused
from netledger.installation.reasons import UnfitError
from netledger.installation.setting_values import (
    Networks,
    read_contexts,
    read_networks,
    read_optional_listen,
    read_text,
    read_time_zone,
    read_whole_number,
)
from netledger.installation.traffic_settings import (
    CallsMax,
    ListsMax,
    MetricsListen,
    SlowStatement,
    StatementTimeMax,
)

TimeZone = Annotated[
    str,
    Meta(
        extra=said(
            "time_zone",
            "Часовой пояс провайдера: по нему начинаются сутки",
            "The provider's time zone: its days begin by it",
            read_time_zone,
        )
    ),
]
ListenText = Annotated[
    str,
    Meta(
        extra=said(
            "api.listen",
            "Адрес и порт, на которых отвечает netledger",
            "The address and port at which netledger answers",
            read_optional_listen,
        )
    ),
]
AllowedNetworks = Annotated[
    Networks,
    Meta(
        max_length=1000,
        extra=said(
            "api.allowed_ip",
            "Адреса и сети через пробел, с которых разрешено подключаться к системному API",
            "Addresses and networks, separated by spaces, that may call the System API",
            read_networks,
        ),
    ),
]
Contexts = Annotated[
    tuple[str, ...],
    Meta(
        max_length=100,
        extra=said(
            "api.context",
            "Включённые контексты API через пробел",
            "The enabled contexts of the API, separated by spaces",
            read_contexts,
        ),
    ),
]
Passwords = Annotated[
    dict[str, str],
    Meta(
        max_length=256,
        extra=said(
            "api.<context>.psw",
            "Пароль контекста; пусто: не задан",
            "The context's password; empty: not set",
            read_text,
            secret=True,
        ),
    ),
]
ContextNetworks = Annotated[
    dict[str, Networks],
    Meta(
        max_length=1000,
        extra=said(
            "api.<context>.allowed_ip",
            "Адреса и сети через пробел, которым открыт этот контекст; пусто: всем разрешённым",
            "Addresses and networks to which this context is open; empty: to all that may call",
            read_networks,
        ),
    ),
]
TrustedProxies = Annotated[
    Networks,
    Meta(
        max_length=100,
        extra=said(
            "api.trusted_proxy",
            "Прокси, которым верят, когда они называют адрес клиента в X-Forwarded-For",
            "Proxies that are believed when they name the caller in X-Forwarded-For",
            read_networks,
        ),
    ),
]
SeenWithin = Annotated[
    int,
    Meta(
        ge=10,
        le=604_800,
        extra=said(
            "session.seen_within_s",
            "Сколько времени сессия считается живой после последнего известия о ней",
            "How long a session counts as live after it was last heard of",
            read_whole_number,
            unit=("с", "s"),
        ),
    ),
]


class AppSettings(Struct, frozen=True, kw_only=True):
    """The section `app`: the provider as a whole."""

    time_zone: TimeZone = "Europe/Moscow"
    contract_number_pattern: ContractNumberPattern = NUMBER_PATTERN
    onec_group_id: OnecGroup = 0


class NetworkSettings(Struct, frozen=True, kw_only=True):
    """The section `network`: who may call, and what is expected of the network."""

    listen: ListenText = ""
    allowed_ip: AllowedNetworks = read_networks("127.0.0.1 ::1")
    context: Contexts = ()
    psw: Passwords = {}
    context_allowed_ip: ContextNetworks = {}
    trusted_proxy: TrustedProxies = ()
    session_seen_within_s: SeenWithin = 900
    metrics_listen: MetricsListen = "127.0.0.1:9108"
    calls_a_second_max: CallsMax = 500
    lists_max: ListsMax = 256
    statement_time_max_s: StatementTimeMax = 30
    slow_statement_ms: SlowStatement = 1000

    def __repr__(self) -> str:
        # Passwords stay out of tracebacks and logs.
        return f"NetworkSettings(listen={self.listen!r}, context={self.context!r}, …)"


class Settings(Struct, frozen=True, kw_only=True):
    """All settings, by section."""

    app: AppSettings = AppSettings()
    network: NetworkSettings = NetworkSettings()
    cabinet: CabinetSettings = CabinetSettings()
    backup: BackupSettings = BackupSettings()
    backoffice: BackofficeSettings = BackofficeSettings()


@cache
def declared_settings() -> tuple[Declared, ...]:
    """Every declared setting, in the order of the declaration."""
    return tuple(declared_in(Settings))


def find_declared(section: str, key: str) -> Declared | None:
    """The declaration that the key falls under; None for a key that netledger keeps and does not read."""
    for declared in declared_settings():
        if declared.section == section and declared.context_of(key) is not None:
            return declared
    return None


def check_value(section: str, key: str, text: str) -> None:
    """Refuse a text that the setting cannot have. Raises: SettingRefused."""
    declared = find_declared(section, key)
    try:
        if declared:
            declared.read(text)
    except UnfitError as reason:
        raise SettingRefused(key=f"{section}.{key}", why_ru=reason.ru, why_en=reason.en) from None


def read_settings(path: Path) -> Settings:
    """Read the settings of that configuration file.

    Raises: ConfigUnreadable, ConfigRefused (the line that bash would not take, or a value out of its limits).
    """
    return settings_of(read_config(path), path)


def settings_of(config: BashConfig, path: Path) -> Settings:
    """The settings that a configuration gives, which stands in that file or would. Raises: ConfigRefused."""
    values: dict[str, dict[str, Any]] = {section.name: {} for section in fields(Settings)}
    for (section, key), assignment in config.deciding().items():
        if not (declared := find_declared(section, key)):
            continue
        value = _value(declared, assignment, path)
        if not declared.each_context:
            values[section][declared.field] = value
        elif value:
            values[section].setdefault(declared.field, {})[declared.context_of(key)] = value
    return Settings(**{section.name: section.type(**values[section.name]) for section in fields(Settings)})


def _value(declared: Declared, assignment: Assignment, path: Path) -> object:
    """The value that a line of the configuration gives. Raises: ConfigRefused."""
    try:
        return declared.read(assignment.value)
    except UnfitError as reason:
        name = f"{assignment.section}['{assignment.key}']"
        raise ConfigRefused(
            path=str(path),
            line=assignment.line,
            why_ru=f"{name}: {reason.ru}",
            why_en=f"{name}: {reason.en}",
        ) from None

"""What is wrong with the running service: stopped, other settings, no ticks, old tables, callers that a proxy hides."""

import shlex
from collections.abc import Iterator
from ipaddress import ip_address

from psycopg.conninfo import conninfo_to_dict

from netledger.installation import database
from netledger.installation.errors import ConfigRefused, ConfigUnreadable, DatabaseAddressWrong
from netledger.installation.findings import Finding, Severity
from netledger.installation.home import Home
from netledger.installation.lock import holder_of
from netledger.installation.settings import read_settings
from netledger.server.beat import FRESH_S, beats
from netledger.server.errors import DatabaseNewer, DatabaseUnreachable
from netledger.server.schema import lacks_migrations
from netledger.server.state import read_state
from netledger.server.unnamed_proxy import hidden_behind


def findings(home: Home) -> Iterator[Finding]:
    """What is wrong with the service of a home, and whether its database can be asked at all."""
    restart = f"{shlex.quote(str(home.service))} restart"
    if holder_of(home) is None:
        yield Finding(
            "service_not_running",
            Severity.ERROR,
            f"netledger не запущен на {home.path}; проверено только то, что видно без базы",
            f"netledger does not run on {home.path}; only what is seen without the database was looked at",
            f"{shlex.quote(str(home.service))} start",
            f"{shlex.quote(str(home.service))} start",
        )
        if not database.is_external():
            return
    else:
        yield from _not_in_force(home, restart)
        yield from _last_attempt(home, restart)
        yield from _ticker(home, restart)
        yield from _metrics(home)
        yield from _unnamed_proxy(home, restart)
    yield from _database(home, restart)


def _not_in_force(home: Home, restart: str) -> Iterator[Finding]:
    try:
        differs = read_settings(home.config) != read_settings(home.active_config)
    except (ConfigUnreadable, ConfigRefused):
        return  # which has a finding of its own
    if differs:
        yield Finding(
            "config_not_in_force",
            Severity.WARNING,
            f"{home.config} изменён, а служба работает с прежними настройками",
            f"{home.config} has changed, and the service runs with the settings before",
            restart,
            restart,
        )


def _last_attempt(home: Home, restart: str) -> Iterator[Finding]:
    state = read_state(home)
    if state and state.attempt and state.attempt.failed_ru:
        yield Finding(
            "restart_failed",
            Severity.ERROR,
            f"Последний перезапуск не удался: {state.attempt.failed_ru}",
            f"The last restart failed: {state.attempt.failed_en}",
            f"исправьте и повторите: {restart}",
            f"put it right, and again: {restart}",
        )


def _ticker(home: Home, restart: str) -> Iterator[Finding]:
    state = read_state(home)
    if state and state.phase == "ready" and not beats(home):
        yield Finding(
            "ticker_overdue",
            Severity.ERROR,
            f"Тикер молчит больше {FRESH_S} с: кредиты и тарифы не заканчиваются в срок",
            f"The ticker has been silent for more than {FRESH_S} s: credits and plans do not end in time",
            f"причина в {home.log}; затем {restart}",
            f"the cause is in {home.log}; then {restart}",
        )


def _metrics(home: Home) -> Iterator[Finding]:
    state = read_state(home)
    if state and state.metrics_hidden:
        service = shlex.quote(str(home.service))
        anew = f"{service} stop && {service} start"
        yield Finding(
            "metrics_hidden",
            Severity.WARNING,
            f"Показателей не видно: адрес {state.metrics_hidden} при запуске был занят или непригоден",
            f"The metrics are not shown: the address {state.metrics_hidden} was taken or unusable at the start",
            f"освободите его или задайте другой network['metrics.listen'], затем {anew}",
            f"free it, or set another network['metrics.listen']; then {anew}",
        )


def _unnamed_proxy(home: Home, restart: str) -> Iterator[Finding]:
    address = hidden_behind(home)
    if address is None:
        return
    try:
        named = read_settings(home.config).network.trusted_proxy
    except (ConfigUnreadable, ConfigRefused):
        return  # which has a finding of its own
    others = " ".join(str(network) for network in named if ip_address(address) not in network)
    name_it = f"netledger config set network.api.trusted_proxy {shlex.quote(f'{others} {address}'.strip())}"
    yield Finding(
        "proxy_unnamed",
        Severity.WARNING,
        f"Кто-то на этой машине передаёт чужие вызовы: для списков адресов все они от {address}",
        f"Somebody on this machine passes on calls of others: for address lists all of them are {address}",
        f"если это прокси: {name_it} и {restart}, и пусть присылает X-Forwarded-For, как в deploy/; "
        "программе, которая вызывает от себя, присылать адреса своих посетителей незачем",
        f"if it is a proxy: {name_it} and {restart}, and let it send X-Forwarded-For, as in deploy/; "
        "a program that calls in its own name need not send its visitors' addresses",
    )


def _database(home: Home, restart: str) -> Iterator[Finding]:
    try:
        server_role = str(conninfo_to_dict(database.conninfo("server"))["user"])
        lacks = lacks_migrations(database.conninfo("owner"), server_role=server_role)
    except (DatabaseUnreachable, DatabaseAddressWrong) as refusal:
        yield Finding(
            "database_unreachable",
            Severity.ERROR,
            refusal.sentence("ru"),
            refusal.sentence("en"),
            "проверьте PostgreSQL, DATABASE_URL и DATABASE_OWNER_URL, и кто вы: нужны права владельца папки",
            "look at PostgreSQL, DATABASE_URL and DATABASE_OWNER_URL, and be the owner of the home folder",
        )
    except DatabaseNewer as refusal:
        yield Finding(
            "database_newer",
            Severity.ERROR,
            refusal.sentence("ru"),
            refusal.sentence("en"),
            "поставьте тот netledger, который её создал",
            "install the netledger that made it",
        )
    else:
        if lacks:
            yield Finding(
                "migrations_missing",
                Severity.ERROR,
                "Таблицы базы не от этого netledger: не хватает миграций или прав",
                "The database's tables are not this netledger's: migrations or rights are missing",
                restart,
                restart,
            )

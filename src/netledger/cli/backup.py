"""`netledger backup`: a base backup that has verified itself, and from the first one on a stream of WAL beside it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import psycopg
import typer

from netledger.cli.language import say
from netledger.installation import database
from netledger.installation.backup.base import Stage, make_base
from netledger.installation.backup.errors import DatabaseExternal
from netledger.installation.backup.folder import BackupFolder, Base, folder_of
from netledger.installation.backup.pruning import Pruned, prune
from netledger.installation.backup.slots import stream_in_use
from netledger.installation.home import Home, create_home, home_from_environment
from netledger.installation.lock import HomeLock, holder_of
from netledger.installation.postgres import Cluster
from netledger.installation.settings import Settings, read_settings
from netledger.server.errors import DatabaseUnreachable, NotRunning

MEBIBYTE = 2**20

WithKey = Annotated[
    bool,
    typer.Option(
        "--with-key",
        help=say(
            "вместе с ключом секретов cfg/secret.key: такую копию храните как сам ключ",
            "with the key of secrets, cfg/secret.key: such a backup is to be kept as the key itself",
        ),
    ),
]
To = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="DIR",
        help=say(
            "в эту папку, один раз; старые копии там не удаляются",
            "into this folder, once; older backups there are not pruned",
        ),
    ),
]


def backup(with_key: WithKey = False, to: To = None) -> None:
    """Back the embedded PostgreSQL and the configuration up; the service may run or not."""
    home = home_from_environment()
    if database.is_external():
        raise DatabaseExternal
    if not home.cluster.exists():
        raise NotRunning(path=str(home.path))
    settings = _settings(home)
    kept = folder_of(home, settings)
    target = BackupFolder(to.absolute()) if to else kept
    with target.locked(), _postgres(home):
        if to is None:
            _begin_stream(home, kept)
        base = make_base(home, target, with_key=with_key, tell=_tell)
        pruned = prune(kept, keep=settings.backup.keep) if to is None else Pruned(0, 0)
    _report(settings, kept, base, pruned)


@contextmanager
def _postgres(home: Home) -> Iterator[None]:
    """The home's PostgreSQL, running: the service's, else one that is started for this alone."""
    if holder_of(home):
        yield
        return
    create_home(home)
    with HomeLock(home).acquire(address="netledger backup"):
        cluster = Cluster(home)
        cluster.start()
        try:
            yield
        finally:
            cluster.stop()


def shown_moment(moment: datetime, settings: Settings) -> str:
    """The moment in the provider's zone, to the second."""
    return moment.astimezone(ZoneInfo(settings.app.time_zone)).isoformat(timespec="seconds")


def _begin_stream(home: Home, kept: BackupFolder) -> None:
    """Let PostgreSQL keep its WAL from now on, so that nothing is missing after the backup that is made next."""
    try:
        with psycopg.connect(Cluster(home).superuser_conninfo(), autocommit=True) as superuser:
            stream_in_use(superuser, kept)
    except psycopg.OperationalError as trouble:
        raise DatabaseUnreachable(why=" ".join(str(trouble).split())) from trouble


def _settings(home: Home) -> Settings:
    """Those that the running service keeps the WAL by; where none runs, the configuration's."""
    runs = holder_of(home) is not None and home.active_config.exists()
    return read_settings(home.active_config if runs else home.config)


def _tell(stage: Stage) -> None:
    """Say what begins; it may take long."""
    _print(
        say("Копируется база…", "Copying the database…")
        if stage == "copying"
        else say("Проверяется…", "Verifying…")
    )


def _report(settings: Settings, kept: BackupFolder, base: Base, pruned: Pruned) -> None:
    facts = base.facts
    size_mib = facts.size_bytes // MEBIBYTE
    begins = shown_moment(facts.finished_at + timedelta(seconds=1), settings)
    _print(
        say(
            f"Копия: {base.path}, {size_mib} МиБ, проверена", f"Backup: {base.path}, {size_mib} MiB, verified"
        )
    )
    if base.path.parent == kept.path:
        _print(
            say(
                f"Вернуться можно к любому моменту с {begins}: журнал пишется в {kept.wal}, пока служба работает",
                f"Any moment from {begins} on can be restored: WAL is kept in {kept.wal} while the service runs",
            )
        )
    if not facts.has_key:
        _print(
            say(
                f"Ключа секретов в копии нет: {facts.key_path}, отпечаток {facts.key_fingerprint}; "
                "храните его отдельно",
                f"The key of secrets is not in it: {facts.key_path}, fingerprint {facts.key_fingerprint}; "
                "keep it elsewhere",
            )
        )
    if pruned.bases:
        _print(
            say(
                f"Удалено старых копий: {pruned.bases}, файлов журнала: {pruned.segments}",
                f"Removed: {pruned.bases} old backup(s), {pruned.segments} WAL file(s)",
            )
        )


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

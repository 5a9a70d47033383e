"""`netledger restore`: the database as it was just before a moment; what was there before is kept aside."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import psycopg
import typer

from netledger.cli.backup import shown_moment
from netledger.cli.check import differences
from netledger.cli.language import say
from netledger.cli.left_behind import missing_in, write_left_behind
from netledger.cli.restored import (
    Present,
    answered_from,
    bring_up_to_date,
    forget_what_others_hold,
    leave_django,
    look_at_present,
    reach_django,
)
from netledger.installation import database
from netledger.installation.backup.coverage import Plan, plan_restore
from netledger.installation.backup.errors import BackupKeyNeeded, DatabaseExternal, RestoredUnsound
from netledger.installation.backup.folder import BackupFolder, folder_of, new_stamp
from netledger.installation.backup.keys import settle_keys
from netledger.installation.backup.restoring import check_base, restored_cluster
from netledger.installation.backup.sequences import go_on_from
from netledger.installation.backup.slots import begin_stream, keep_for
from netledger.installation.backup.swap import finish_restore, put_in_place, remove_halves, restoring_of
from netledger.installation.home import Home, create_home, home_from_environment
from netledger.installation.lock import HomeLock
from netledger.installation.postgres import Cluster
from netledger.installation.roles import DATABASE
from netledger.installation.settings import read_settings
from netledger.installation.whole_file import write_whole
from netledger.server.activation import activate

if TYPE_CHECKING:
    from netledger.payments.queries import Answered


def parse_moment(text: str) -> datetime:
    """A moment as 2026-11-25T14:00:00+03:00: its zone belongs to it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise typer.BadParameter(
            say(
                f"не момент с поясом, как 2026-11-25T14:00:00+03:00: «{text}»",
                f"not a moment with its zone, as 2026-11-25T14:00:00+03:00: “{text}”",
            )
        )
    return moment


At = Annotated[
    datetime,
    typer.Option(
        "--at",
        metavar="MOMENT",
        parser=parse_moment,
        help=say(
            "к состоянию перед самым этим моментом: 2026-11-25T14:00:00+03:00",
            "to just before this moment: 2026-11-25T14:00:00+03:00",
        ),
    ),
]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="DIR",
        help=say(
            "папка с копиями; без него та, что в настройках",
            "the folder of backups; without it the configuration's",
        ),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=say("ничего не спрашивать", "ask nothing"))]


class _Way(NamedTuple):
    """How a home gets back to a moment."""

    home: Home
    at: datetime
    yes: bool
    present: Present | None
    plan: Plan
    links: Path
    """The folder of links to all WAL."""
    kept: BackupFolder
    """Where the home's own backups and streams are."""


def restore(at: At, from_folder: From = None, yes: Yes = False) -> None:
    """Bring the database back; the service is stopped, and stays so."""
    home = home_from_environment()
    if database.is_external():
        raise DatabaseExternal
    create_home(home)
    with HomeLock(home).acquire(address="netledger restore"):
        finish_restore(home)
        way = _find_way(home, at, from_folder, yes=yes)
        try:
            _settle(way)
            _confirm(way)
            _say("Проверяется копия…", "Verifying the backup…")
            check_base(way.plan)
            _restore(way)
        finally:
            shutil.rmtree(way.links)


def _find_way(home: Home, at: datetime, from_folder: Path | None, *, yes: bool) -> _Way:
    kept = folder_of(home, read_settings(home.config)) if home.config.exists() else BackupFolder(home.backup)
    source = BackupFolder(from_folder.absolute()) if from_folder else kept
    present = look_at_present(home, at)
    streams = sorted({*source.streams(), *kept.streams()}, key=lambda stream: stream.name)
    links = home.tmp / "wal"
    plan = plan_restore(at, from_folder=source, streams=streams, cluster=home.cluster, links=links)
    return _Way(home, at, yes, present, plan, links, kept)


def _settle(way: _Way) -> None:
    """See that the home has a configuration and the keys; ask for them where somebody can answer."""
    home, base = way.home, way.plan.base
    try:
        settle_keys(home, base)
    except BackupKeyNeeded as refusal:
        if way.yes or not sys.stdin.isatty():
            raise
        _say(refusal.sentence("ru"), refusal.sentence("en"))
        settle_keys(home, base, Path(typer.prompt(say("Файл с ключом", "The file with the key"))))
    if not home.config.exists():
        write_whole(home.config, base.config.read_bytes())
    activate(home)


def _confirm(way: _Way) -> None:
    """Say what will be, and ask whether it shall."""
    moment = shown_moment(way.at, read_settings(way.home.config))
    _say(
        f"Копия {way.plan.base.path}, журнал до {moment}",
        f"The backup {way.plan.base.path}, WAL up to {moment}",
    )
    if way.present is not None:
        payments = sum(answered.recorded_at >= way.at for answered in way.present.answered)
        _say(
            f"Останется позади: операций {way.present.transfers_after}, ответов платёжным операторам {payments}",
            f"Left behind: {way.present.transfers_after} operation(s), {payments} answer(s) to payment operators",
        )
    elif way.home.cluster.exists():
        _say(
            "Прежняя база не читается: что останется позади, сказать нельзя",
            "The present database cannot be read: what is left behind cannot be told",
        )
    if not way.yes:
        typer.confirm(say("Вернуть базу к этому моменту?", "Bring the database back to it?"), abort=True)


def _restore(way: _Way) -> None:
    """Restore beside the present cluster, prove it, and put it in place."""
    stamp = new_stamp()
    stream = way.kept.wal / stamp if way.kept.bases() or way.kept.streams() else None
    _say("База восстанавливается…", "Restoring the database…")
    with _stopped_at_the_end(way.home, restored_cluster(way.home, way.plan, way.links)) as cluster:
        with psycopg.connect(cluster.superuser_conninfo(), autocommit=True) as superuser:
            if stream:
                keep_for(superuser, stream)
        bring_up_to_date(way.home)
        reach_django()
        _say("Сверяется…", "Checking…")
        _prove(yes=way.yes)
        with psycopg.connect(cluster.superuser_conninfo(DATABASE), autocommit=True) as superuser:
            go_on_from(superuser, way.present.sequences if way.present else None)
        forget_what_others_hold()
        lost = missing_in(answered_from(way.at), way.present.answered) if way.present else []
    if lost:
        _tell_of(lost, write_left_behind(way.home, lost, stamp))
    if stream:
        begin_stream(way.kept, stream)
        for history in (restoring_of(way.home) / "pg_wal").glob("*.history"):
            write_whole(stream / history.name, history.read_bytes())
    before = put_in_place(way.home, stamp)
    _say("База восстановлена; служба не запущена", "The database is restored; the service is not started")
    if before is not None:
        _say(
            f"Прежняя база отложена в {before}: удалите её, когда она станет не нужна",
            f"The database of before is kept in {before}: remove it when nobody needs it any more",
        )


@contextmanager
def _stopped_at_the_end(home: Home, cluster: Cluster) -> Iterator[Cluster]:
    """The restored cluster while it runs; what does not prove itself is taken away."""
    try:
        yield cluster
    except BaseException:
        leave_django()
        cluster.stop()
        remove_halves(home)
        raise
    leave_django()
    cluster.stop()


def _prove(*, yes: bool) -> None:
    """See that the restored books tie; where they do not, whoever can be asked decides.

    Raises: RestoredUnsound.
    """
    found = list(differences())
    for sentence in found:
        typer.echo(sentence)
    if found and (
        yes or not typer.confirm(say("Всё равно поставить её на место?", "Put it in place all the same?"))
    ):
        raise RestoredUnsound(count=len(found))


def _tell_of(lost: list["Answered"], path: Path) -> None:
    total = sum(one.amount for one in lost if one.act == "PAY")
    _say(
        f"Операторы помнят, а база нет: {len(lost)}, платежей на {total}; список: {path}. Попросите их прислать снова",
        f"Operators remember, and the database does not: {len(lost)}, payments of {total}; listed in {path}. "
        "Ask them to send these again",
    )


def _say(ru: str, en: str) -> None:
    sys.stdout.write(say(ru, en) + "\n")
    sys.stdout.flush()

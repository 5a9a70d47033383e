"""Makes the embedded PostgreSQL's cluster, its two roles and its database: each once, whole or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from netledger.installation.errors import ClusterFailed, ClusterVersion
from netledger.installation.full_disk import NO_SPACE
from netledger.installation.postgres_account import command_as_owner, owner_of_new, refuse_foreign
from netledger.installation.postgres_binaries import installed_version, postgres_folder
from netledger.installation.postgres_recovery import end_leftovers
from netledger.installation.roles import DATABASE, ROLES, SUPERUSER
from netledger.installation.whole_file import sync_folder

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}
"""What PostgreSQL's programs get to see: nothing that was set for others (PGPORT, PGDATA, secrets)."""
LOCALE = {
    "--locale-provider": "builtin",
    "--builtin-locale": "C.UTF-8",
    "--locale": "C",
    "--lc-ctype": "C.UTF-8",  # pg_trgm asks it which bytes are letters
    "--encoding": "UTF8",
}
MEBIBYTE = 2**20
SHARED_BUFFERS_MIB_MAX = 256
INITDB_TIMEOUT_S = 300.0


def make_cluster(cluster: Path) -> None:
    """Make the cluster if it is not there; one that was half made is made anew.

    Raises: ClusterFailed, ClusterForeign, ClusterBusy, PostgresNeedsUser, PostgresMissing.
    """
    if cluster.exists():
        refuse_foreign(cluster)
        if (cluster / "PG_VERSION").exists():
            return
    beside = cluster.with_name(f"{cluster.name}.new")
    end_leftovers(beside)
    if beside.exists():
        shutil.rmtree(beside)
    beside.mkdir(mode=0o700, parents=True)
    owner = owner_of_new(cluster)
    if owner != os.geteuid():
        os.chown(beside, owner, -1)
    _run_initdb(beside)
    try:
        beside.rename(cluster)
    except OSError as trouble:
        raise ClusterFailed(path=str(cluster), why="the folder holds something else") from trouble
    sync_folder(cluster.parent)


def check_version(cluster: Path) -> None:
    """See that the installed PostgreSQL can run the cluster.

    Raises: ClusterVersion.
    """
    found = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != installed_version():
        raise ClusterVersion(path=str(cluster), found=found, needed=installed_version())


def make_roles_and_database(superuser_conninfo: str) -> None:
    """Make what is missing of the roles and the database; the caller has a running server."""
    with psycopg.connect(superuser_conninfo, autocommit=True) as connection:
        for role in ROLES.values():
            if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", role):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
            names = sql.Identifier(DATABASE), sql.Identifier(ROLES["owner"])
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _exists(connection: psycopg.Connection, question: str, name: str) -> bool:
    return connection.execute(question.encode(), [name]).fetchone() is not None


def _run_initdb(folder: Path) -> None:
    options = [f"{name}={value}" for name, value in LOCALE.items()]
    options += [f"--set={name}={value}" for name, value in first_settings().items()]
    login = [f"--username={SUPERUSER}", "--auth-local=trust", "--auth-host=reject"]
    command = [str(postgres_folder() / "initdb"), "--data-checksums", "--no-instructions", *options, *login]
    made = subprocess.run(  # noqa: S603
        command_as_owner(folder, [*command, str(folder)], death_signal="KILL"),
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        timeout=INITDB_TIMEOUT_S,
        check=False,
    )
    if made.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise ClusterFailed(path=str(folder), why=last_line(made.stderr))


def first_settings() -> dict[str, str]:
    """What a new cluster's postgresql.conf begins with; an administrator may change it there."""
    memory_mib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEBIBYTE
    return {
        "shared_buffers": f"{max(32, min(SHARED_BUFFERS_MIB_MAX, memory_mib // 8))}MB",
        "effective_cache_size": f"{max(64, memory_mib // 2)}MB",
        "maintenance_work_mem": f"{max(16, min(128, memory_mib // 16))}MB",
        "max_connections": "100",
        "max_locks_per_transaction": "256",  # a lock for each partition of the transfers
        "wal_compression": "on",
        "jit": "off",  # statements here are short: compiling them takes longer than running them
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


def last_line(text: str) -> str:
    """The last line that says why, of what a program of PostgreSQL has written; a full disk before what follows it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "error:" in line or "FATAL:" in line or "PANIC:" in line]
    full_disk = [line for line in lines if NO_SPACE in line]
    return (full_disk or telling or lines or ["it gave no reason"])[-1]

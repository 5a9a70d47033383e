"""Brings a copy of a base backup to a moment, beside the present cluster, which stays as it is."""

import os
import shlex
import shutil
import subprocess
from datetime import UTC
from pathlib import Path

from netledger.installation.backup.base import verify
from netledger.installation.backup.coverage import Plan
from netledger.installation.backup.errors import BackupVersion, RestoreFailed, RoomMissing
from netledger.installation.backup.swap import remove_halves, restoring_of
from netledger.installation.errors import ClusterFailed
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_account import owner_of_new
from netledger.installation.postgres_binaries import installed_version, system_program

MEBIBYTE = 2**20
ROOM_BESIDES_BYTES = 512 * MEBIBYTE
"""For the WAL that recovery reads, a few segments at a time, and what it writes."""


def check_base(plan: Plan) -> None:
    """See that this netledger's PostgreSQL can use the base backup, and that it is as it was made.

    Raises: BackupVersion, BackupDamaged.
    """
    base = plan.base
    if base.facts.postgres_version != installed_version():
        found, needed = base.facts.postgres_version, installed_version()
        raise BackupVersion(path=str(base.path), found=found, needed=needed)
    verify(base.cluster, base.path)


def restored_cluster(home: Home, plan: Plan, links: Path) -> Cluster:
    """A running cluster at the moment, on a new timeline, beside the present one; the home's lock is held.

    Args:
        links: the folder of links to all WAL.

    Raises: RoomMissing, RestoreFailed.
    """
    remove_halves(home)
    _copy(home, plan)
    cluster = Cluster(
        home,
        folder=restoring_of(home),
        extra_settings=_recovery_settings(plan, links),
        start_timeout_s=float("inf"),
    )
    try:
        cluster.start()
    except ClusterFailed as refusal:
        raise RestoreFailed(why=refusal.why) from refusal
    return cluster


def _copy(home: Home, plan: Plan) -> None:
    """Copy the base backup's cluster, for the user whom the home's cluster belongs to."""
    free_bytes = shutil.disk_usage(home.path).free
    needed_bytes = plan.base.facts.size_bytes + ROOM_BESIDES_BYTES
    if free_bytes < needed_bytes:
        raise RoomMissing(
            path=str(home.path), needed_mib=needed_bytes // MEBIBYTE, free_mib=free_bytes // MEBIBYTE
        )
    target = restoring_of(home)
    guard = [system_program("setpriv"), "--pdeathsig", "KILL", "--"]  # else it would go on without us
    copy = [system_program("cp"), "-a", "--reflink=auto", "--", str(plan.base.cluster), str(target)]
    copied = subprocess.run([*guard, *copy], capture_output=True, text=True, check=False)  # noqa: S603
    if copied.returncode != 0:
        raise RestoreFailed(why=" ".join(copied.stderr.split()))
    (target / "backup_manifest").unlink()
    (target / "recovery.signal").touch(mode=0o600)
    owner = home.cluster.stat().st_uid if home.cluster.exists() else owner_of_new(home.cluster)
    if os.geteuid() == 0:
        for folder, folders, files in os.walk(target):
            for path in (folder, *(os.path.join(folder, name) for name in (*folders, *files))):  # noqa: PTH118
                os.chown(path, owner, -1)


def _recovery_settings(plan: Plan, links: Path) -> dict[str, str]:
    """What PostgreSQL is told on its command line, so that nothing of it stays for later starts."""
    folder = shlex.quote(str(links)).replace("%", "%%")
    settings = {
        "restore_command": f'cp {folder}/"%f" "%p"',
        "recovery_target_timeline": str(plan.timeline),
        "recovery_target_action": "promote",
        "recovery_target_inclusive": "off",
        "hot_standby": "off",
    }
    if plan.stop_at is not None:
        settings["recovery_target_time"] = plan.stop_at.astimezone(UTC).isoformat(sep=" ")
    return settings

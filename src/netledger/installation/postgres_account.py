"""As whom the embedded PostgreSQL runs: never as root, whoever starts netledger.

An ordinary user's runs as that user. Root's runs in a user namespace, where root's own files belong to
another name: so it reaches a home and a wheel below root's closed folders, whose modes are not ours to change,
and may do nothing else that root may. Where namespaces are forbidden (Docker's default), or the way leads
through another user's closed folder, it runs as `nobody` with the one capability of passing by modes. A cluster
belongs to whom it was made for, and is run as that owner ever after.
"""

import os
import pwd
import subprocess
from pathlib import Path
from typing import Literal

from netledger.installation.errors import ClusterForeign, PostgresNeedsUser
from netledger.installation.postgres_binaries import postgres_folder, system_program

ACCOUNT = "nobody"
"""initdb insists on a user whom the machine has a name for; this one is everywhere."""
CAPABILITY = "-all,+dac_override"
ROOT = 0


def owner_of_new(cluster: Path) -> int:
    """The user whom a new cluster has to belong to.

    Raises: PostgresNeedsUser, PostgresMissing.
    """
    if os.geteuid() != ROOT or _reaches(_in_namespace(), cluster.parent):
        return os.geteuid()
    account = pwd.getpwnam(ACCOUNT).pw_uid
    if not _reaches(_as_user(account), cluster.parent):
        raise PostgresNeedsUser(closed_folder=str(closed_folder(cluster, postgres_folder())))
    return account


def command_as_owner(cluster: Path, command: list[str], *, death_signal: Literal["INT", "KILL"]) -> list[str]:
    """The command that runs the other one as the cluster's owner, and signals it when its parent ends.

    Raises: ClusterForeign, PostgresNeedsUser, PostgresMissing.
    """
    return [*_prefix(cluster), "--pdeathsig", death_signal, "--", *command]


def refuse_foreign(cluster: Path) -> None:
    """See that we may run the cluster: that it is ours, or we are root.

    Raises: ClusterForeign.
    """
    owner = cluster.stat().st_uid
    if os.geteuid() not in (ROOT, owner):
        raise ClusterForeign(path=str(cluster), owner=_name_of(owner) or str(owner))


def closed_folder(*paths: Path) -> Path:
    """The first folder on the way to the paths that others may not pass; if there is none, the first path."""
    for path in paths:
        for folder in [*reversed(path.parents), path]:
            if folder.exists() and not folder.stat().st_mode & 0o001:
                return folder
    return paths[0]


def _prefix(cluster: Path) -> list[str]:
    refuse_foreign(cluster)
    owner = cluster.stat().st_uid
    if os.geteuid() != ROOT:
        return _in_namespace() if _name_of(owner) is None else [system_program("setpriv")]
    prefix = _in_namespace() if owner == ROOT else _as_user(owner)
    if not _reaches(prefix, cluster):
        raise PostgresNeedsUser(closed_folder=str(closed_folder(cluster, postgres_folder())))
    return prefix


def _in_namespace() -> list[str]:
    account = pwd.getpwnam(ACCOUNT)
    mapping = [f"--map-user={account.pw_uid}", f"--map-group={account.pw_gid}"]
    return [system_program("unshare"), "-U", *mapping, "--", system_program("setpriv")]


def _as_user(user: int) -> list[str]:
    who = [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    # no_setuid_fixup: else access(2), by which initdb looks for its own program, does not count the capability.
    may = [
        f"--inh-caps={CAPABILITY}",
        f"--ambient-caps={CAPABILITY}",
        "--securebits=+no_setuid_fixup",
        "--nnp",
    ]
    return [system_program("setpriv"), *who, *may]


def _name_of(user: int) -> str | None:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return None


def _reaches(prefix: list[str], folder: Path) -> bool:
    """Whether the system lets a command run so, and get to the folder and to PostgreSQL's programs."""
    goals = [str(folder / "."), str(postgres_folder() / ".")]
    command = [*prefix, "--pdeathsig", "INT", "--", system_program("stat"), "--", *goals]
    return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0  # noqa: S603

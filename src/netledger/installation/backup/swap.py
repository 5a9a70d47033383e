"""Puts a restored cluster in the place of the present one, whatever moment that is broken off at.

postgres.restoring   being made, not proven; taken away at the next start
postgres.restored    proven; put in its place at the next start, if nothing stands there any more
postgres.before-…    what stood there before; it stays until somebody removes it
"""

import contextlib
import shutil
from pathlib import Path

from netledger.installation.home import Home
from netledger.installation.postgres_recovery import end_leftovers
from netledger.installation.whole_file import sync_folder


def restoring_of(home: Home) -> Path:
    """Where a cluster is restored."""
    return home.cluster.with_name("postgres.restoring")


def put_in_place(home: Home, stamp: str) -> Path | None:
    """Let the cluster that is restored, proven and stopped be the home's; answers where the one of before is now."""
    restored = restoring_of(home).rename(_restored_of(home))
    before = None
    if home.cluster.exists():
        before = home.cluster.rename(home.cluster.with_name(f"postgres.before-{stamp}"))
    restored.rename(home.cluster)
    sync_folder(home.path)
    return before


def finish_restore(home: Home) -> None:
    """Bring what was broken off to one end: the proven cluster in its place, or the one of before, which is there.

    That a half cannot be taken away is no reason not to start.

    Raises: ClusterBusy.
    """
    restored = _restored_of(home)
    if restored.exists() and not home.cluster.exists():
        restored.rename(home.cluster)
        sync_folder(home.path)
    with contextlib.suppress(OSError):
        remove_halves(home)


def remove_halves(home: Home) -> None:
    """Take away what a restore that was broken off has left, and end what runs there."""
    for folder in (restoring_of(home), _restored_of(home)):
        end_leftovers(folder)
        if folder.exists():
            shutil.rmtree(folder)


def _restored_of(home: Home) -> Path:
    return home.cluster.with_name("postgres.restored")

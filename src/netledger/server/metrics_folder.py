"""HOME/run/metrics: where each process of ours keeps its metrics, for the supervisor to add them up."""

import contextlib
import os
import shutil
from pathlib import Path

from netledger.installation.home import Home

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client looks for the folder; it does so when it is imported."""
KINDS = ("counter", "histogram", "gauge_livesum", "gauge_livemostrecent")
FILE_BYTES = 256 * 1024
"""Of each kind; many times what all our metrics need."""


def folder_of(home: Home) -> Path:
    """The folder of that home."""
    return home.run / "metrics"


def empty_folder(home: Home) -> None:
    """The processes of an earlier run are gone, and what they counted with them."""
    folder = folder_of(home)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def reserve_files(folder: Path) -> None:
    """Give this process's files their room on the disk, if there is room.

    They are written through a mapping of the memory: of a file that the disk has no room for that ends the process.
    """
    for kind in KINDS:
        with contextlib.suppress(OSError), (folder / f"{kind}_{os.getpid()}.db").open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, FILE_BYTES)


def pid_of(file: Path) -> int:
    """Whose file that is."""
    return int(file.stem.rpartition("_")[2])

"""Machines that tests need and do not have: a small disk, a root that may little. Made of namespaces, or skipped."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

IDS = 70_000


def on_small_disk(folder: Path, script: str, *, size_mib: int) -> str:
    """What a shell script writes that sees a disk of that size in the folder, and nobody else does."""
    mount = f"mount -t tmpfs -o size={size_mib}m tmpfs '{folder}' || exit 99\n"
    private = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Um", "--map-root-user"]
    ran = subprocess.run([*private, "sh", "-c", mount + script], capture_output=True, text=True, timeout=120)
    if ran.returncode == 99:
        pytest.skip(f"this system lets nobody mount a disk: {ran.stderr}")
    return ran.stdout


@contextmanager
def root_without_namespaces() -> Iterator[tuple[str, ...]]:
    """The words before a command that run it as a root whom the system allows no more namespaces (as Docker does)."""
    if os.geteuid() != 0 or shutil.which("nsenter") is None:
        pytest.skip("only root can make a root that may less")
    with subprocess.Popen(["unshare", "-U", "sh", "-c", "echo made; exec sleep 600"], stdout=-1) as keeper:
        assert keeper.stdout is not None
        if not keeper.stdout.readline():
            pytest.skip("this system allows no namespaces at all")
        for kind in ("uid_map", "gid_map"):
            Path(f"/proc/{keeper.pid}/{kind}").write_text(f"0 0 {IDS}\n")
        inside = ("nsenter", "-U", "-t", str(keeper.pid), "-S", "0", "-G", "0", "--")
        forbid = "echo 0 > /proc/sys/user/max_user_namespaces"
        subprocess.run([*inside, "sh", "-c", forbid], check=True)
        yield inside
        keeper.kill()

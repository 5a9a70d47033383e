"""`netledger restore --at MOMENT`: the books as they were just before it, or a refusal that changes nothing."""

import csv
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from netledger.installation.backup.errors import BackupDamaged, BackupKeyNeeded, MomentNotCovered, WalMissing
from netledger.installation.backup.folder import Base
from netledger.installation.backup.keys import settle_keys
from netledger.installation.backup.restoring import check_base
from netledger.installation.backup.segments import segment_named
from netledger.installation.backup.swap import finish_restore
from netledger.installation.home import Home
from server.backed_up import BackedUp, done, listed, pay, payments
from server.running import Service, run, running

pytestmark = pytest.mark.embedded

DAY = timedelta(days=1)


@pytest.mark.faults
def test_between_two_payments(backed_up: BackedUp, tmp_path: Path) -> None:
    provider = backed_up.copy(tmp_path)

    restored = provider.restore()
    left = left_behind(provider.home)
    with running(provider.home.path) as service:
        kept, unchanged, answer = (
            payments(service),
            listed(service, listed(service).headers["etag"]),
            listed(service, provider.tag),
        )
        checked = service.cli("check")
        pay(service, "another", "7")
        operations = [
            line.split("\t")[0] for line in done(service, "payment", "list", "0010245").splitlines()
        ]

    assert restored.status == 0, restored.refused
    assert kept == ["first"]
    assert (unchanged.status, answer.status) == (304, 200), (
        "a list of before the restore was taken for unchanged"
    )
    assert checked.returncode == 0, checked.stdout
    assert [(row["operator"], row["payment_id"], row["sum"]) for row in left] == [
        ("cash", "second", "50.00"),
        ("cash", "third", "25.00"),
    ]
    assert int(operations[-1]) > int(left[1]["operation_id"]), "an operation's number was given out twice"
    assert list(provider.home.path.glob("postgres.before-*"))


def test_but_not_while_the_service_runs(shared_service: Service) -> None:
    refused = run("restore", "--at", "2026-11-25T12:00:00Z", "--yes", home=shared_service.home)

    assert refused.returncode == 1
    assert f"process {shared_service.process.pid}" in refused.stderr


@pytest.mark.parametrize("moment", ["2026-11-25T12:00:00", "yesterday"])
def test_nor_without_the_moment_s_zone(tmp_path: Path, moment: str) -> None:
    misused = run("restore", "--at", moment, home=tmp_path)

    assert misused.returncode == 2
    assert "2026-11-25T14:00:00+03:00" in misused.stderr


@pytest.mark.faults
def test_nor_to_a_moment_that_nothing_covers(backed_up: BackedUp) -> None:
    with pytest.raises(MomentNotCovered) as before:
        backed_up.plan(backed_up.moment - DAY)
    with pytest.raises(MomentNotCovered) as after:
        backed_up.plan(backed_up.moment + DAY)

    assert before.value.earliest == after.value.earliest == only_base(backed_up).facts.finished_at.isoformat()
    assert after.value.latest > backed_up.moment.isoformat()


@pytest.mark.faults
def test_nor_over_a_hole_in_the_wal(backed_up: BackedUp, tmp_path: Path) -> None:
    provider = backed_up.copy(tmp_path)
    (stream,) = provider.folder.streams()
    last = max(file for file in stream.iterdir() if segment_named(file.name.removesuffix(".partial")))
    shutil.rmtree(provider.home.cluster / "pg_wal")
    begin_after(last)

    with pytest.raises(WalMissing) as refused:
        provider.plan(provider.moment)

    assert refused.value.segment == last.name.removesuffix(".partial")
    assert refused.value.latest < provider.moment.isoformat()


@pytest.mark.faults
def test_nor_from_a_backup_with_a_byte_changed(backed_up: BackedUp, tmp_path: Path) -> None:
    provider = backed_up.copy(tmp_path)
    catalogue = only_base(provider).cluster / "global" / "pg_filenode.map"
    changed = bytearray(catalogue.read_bytes())
    changed[100] ^= 1
    catalogue.write_bytes(changed)

    with pytest.raises(BackupDamaged) as refused:
        check_base(provider.plan(provider.moment))

    assert "pg_filenode.map" in refused.value.why


@pytest.mark.faults
def test_nor_without_the_key_that_the_secrets_are_read_by(backed_up: BackedUp, tmp_path: Path) -> None:
    key = backed_up.home.secret_key
    base = only_base(backed_up)
    fresh = Home(tmp_path)
    fresh.config_folder.mkdir()

    with pytest.raises(BackupKeyNeeded) as refused:
        settle_keys(fresh, base)
    fresh.secret_key.write_text("another\n")
    settle_keys(fresh, base, key)

    assert (refused.value.was_at, refused.value.fingerprint) == (str(key), base.facts.key_fingerprint)
    assert fresh.secret_key.read_bytes() == b"another\n" + key.read_bytes()


def test_and_one_that_was_broken_off_between_two_renames_is_finished_at_the_next_start(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    (tmp_path / "postgres.restored").mkdir()
    (tmp_path / "postgres.restoring").mkdir()

    finish_restore(home)

    assert [folder.name for folder in tmp_path.iterdir()] == ["postgres"]


def only_base(provider: BackedUp) -> Base:
    """Its one backup."""
    (base,) = provider.folder.bases()
    return base


def begin_after(last: Path) -> None:
    """Let the stream lack that segment and have one that would come later."""
    segment = segment_named(last.name.removesuffix(".partial"))
    assert segment is not None
    content = bytearray(last.read_bytes())
    later = segment._replace(number=segment.number + 2)
    content[8:16] = (later.number * len(content)).to_bytes(8, "little")
    (last.parent / later.name).write_bytes(content)
    last.unlink()


def left_behind(home: Home) -> list[dict[str, str]]:
    """What the one file of it says, which nobody else reads."""
    (file,) = home.backup.glob("left-behind-*.csv")
    assert file.stat().st_mode & 0o777 == 0o600
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))

"""That there is no backup, or only an old one, or that the WAL beside it has stopped, is found while it is so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from found import codes
from netledger.installation.backup import doctor
from netledger.installation.backup.doctor import findings
from netledger.installation.backup.folder import BaseFacts, folder_of, new_stamp, write_facts
from netledger.installation.backup.stream_state import HOLE, Phase, StreamState, tell_state
from netledger.installation.findings import Finding, Severity
from netledger.installation.home import Home, create_home
from netledger.installation.settings import Settings

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a cluster and without a backup."""
    home = Home(tmp_path / "home")
    create_home(home)
    home.cluster.mkdir()
    return home


def _backed_up(home: Home, finished_at: datetime) -> None:
    folder = folder_of(home, Settings()).path / f"base-{finished_at:%Y%m%dT%H%M%S}Z"
    folder.mkdir(mode=0o700, parents=True)
    facts = BaseFacts(
        finished_at=finished_at,
        postgres_version="18",
        system_identifier=1,
        timeline=1,
        start_lsn="0/1",
        stop_lsn="0/2",
        size_bytes=1,
        key_path="",
        key_fingerprint="",
        has_key=False,
    )
    write_facts(folder, facts)


def _streaming(home: Home, phase: Phase, through: datetime | None) -> None:
    tell_state(home, StreamState(phase=phase, told_at=NOW, through=through, trouble="no disk"))


def test_that_there_is_none_until_there_is(home: Home) -> None:
    assert codes(findings(home, Settings())) == ["no_backup"]

    _backed_up(home, NOW)

    assert codes(findings(home, Settings())) == []


def test_that_the_last_is_old_until_there_is_another(home: Home) -> None:
    _backed_up(home, NOW - timedelta(days=8))
    assert codes(findings(home, Settings())) == ["backup_old"]

    _backed_up(home, NOW - timedelta(days=6))

    assert codes(findings(home, Settings())) == []


@pytest.mark.parametrize(
    ("phase", "ago", "found"),
    [
        ("stalled", timedelta(minutes=6), ["wal_behind"]),
        ("no_room", None, ["wal_behind"]),
        ("stalled", timedelta(minutes=1), []),
        ("streaming", timedelta(minutes=6), []),
        ("idle", None, []),
    ],
)
def test_that_the_wal_beside_it_has_stopped(
    home: Home, phase: Phase, ago: timedelta | None, found: list[str]
) -> None:
    _backed_up(home, NOW)

    _streaming(home, phase, None if ago is None else datetime.now(UTC) - ago)

    assert codes(findings(home, Settings())) == found


def test_that_the_stream_does_not_begin_but_not_while_it_may_just_be_starting(home: Home) -> None:
    _backed_up(home, NOW)

    for age_s, found in ((2, []), (61, ["wal_behind"])):
        begun_at = datetime.now(UTC) - timedelta(seconds=age_s)
        tell_state(
            home, StreamState(phase="stalled", told_at=NOW, begun_at=begun_at, trouble="not begun yet")
        )
        assert codes(findings(home, Settings())) == found


def test_only_a_full_disk_is_to_be_freed(home: Home) -> None:
    _backed_up(home, NOW)

    _streaming(home, "stalled", None)
    (stalled,) = findings(home, Settings())
    _streaming(home, "no_room", None)
    (full,) = findings(home, Settings())

    assert "?" not in stalled.sentence("en") + stalled.sentence("ru")
    assert "free room" not in stalled.cure("en") and "освободите" not in stalled.cure("ru")
    assert "free room on the disk" in full.cure("en") and "место на диске" in full.cure("ru")


def test_that_the_wal_has_a_hole_until_there_is_a_backup_after_it(home: Home) -> None:
    _backed_up(home, NOW - timedelta(minutes=1))
    stream = folder_of(home, Settings()).wal / new_stamp()
    stream.mkdir(mode=0o700, parents=True)
    stream.parent.chmod(0o700)
    (stream / HOLE).touch()
    assert codes(findings(home, Settings())) == ["wal_hole"]

    _backed_up(home, datetime.now(UTC) + timedelta(seconds=1))

    assert codes(findings(home, Settings())) == []


@pytest.mark.parametrize("text", [None, "", "{", '{"finished_at": "2026-11-25T00:00:00"}', b"\xff"])
def test_one_whose_facts_are_lost_beside_those_that_are_whole(home: Home, text: str | bytes | None) -> None:
    _backed_up(home, NOW)
    folder = folder_of(home, Settings())
    (whole,) = folder.bases()
    broken = folder.path / "base-20261101T000000Z"
    broken.mkdir(mode=0o700)
    if text is not None:
        (broken / "backup.json").write_bytes(text if isinstance(text, bytes) else text.encode())

    (found,) = findings(home, Settings())

    assert folder.bases() == [whole]
    assert found.code == "backup_broken" and str(broken) in found.sentence("en")


def test_one_whose_time_has_no_zone(home: Home) -> None:
    _backed_up(home, NOW)
    _backed_up(home, NOW.replace(year=2025, tzinfo=None))

    assert codes(findings(home, Settings())) == ["backup_broken"]


def test_one_whose_facts_are_lost_is_no_backup(home: Home) -> None:
    (folder_of(home, Settings()).path / "base-20261101T000000Z").mkdir(mode=0o700, parents=True)

    assert codes(findings(home, Settings())) == ["backup_broken", "no_backup"]


def test_one_that_others_may_read(home: Home) -> None:
    _backed_up(home, NOW)
    (base,) = folder_of(home, Settings()).bases()
    base.path.chmod(0o750)

    assert codes(findings(home, Settings())) == ["rights_too_wide"]

    base.path.chmod(0o700)
    assert codes(findings(home, Settings())) == []


def test_a_disk_of_its_own_that_is_nearly_full(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    _backed_up(home, NOW)
    full = Finding("disk_nearly_full", Severity.ERROR, "Диск", "The disk", "освободите", "free it")
    monkeypatch.setattr(doctor, "nearly_full", lambda folder: [full] if folder == home.backup else [])

    assert codes(findings(home, Settings())) == [], "the home's own disk has its finding from the home"

    monkeypatch.setattr(doctor, "_is_on_another_disk", lambda _folder, _home: True)
    assert codes(findings(home, Settings())) == ["disk_nearly_full"]


def test_nothing_where_the_database_is_the_providers_own(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/netledger")

    assert codes(findings(home, Settings())) == []

"""Prometheus is told how old the last backup is, and how far the WAL beside it is behind; nothing, without a backup."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from netledger.installation.backup.stream_state import StreamState, tell_state
from netledger.installation.home import Home
from netledger.server.exposition import Exposition


def test_how_old_the_last_is_and_how_far_the_wal_is_behind(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.run.mkdir()
    now, day, hour = datetime.now(UTC), timedelta(days=1), timedelta(hours=1)

    tell_state(
        home,
        StreamState(
            phase="stalled", told_at=now, behind_bytes=7, through=now - hour, last_backup_at=now - day
        ),
    )

    told = told_of(home)
    assert told["netledger_wal_stream_behind_bytes"] == 7
    assert 3600 <= told["netledger_wal_stream_behind_seconds"] < 3700
    assert 86_400 <= told["netledger_backup_age_seconds"] < 86_500


def test_nothing_while_there_is_none(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.run.mkdir()
    before = told_of(home)

    tell_state(home, StreamState(phase="idle", told_at=datetime.now(UTC)))

    assert before == told_of(home) == {}


def told_of(home: Home) -> dict[str, float]:
    """What is told of backups."""
    samples = [sample for metric in Exposition(home).collect() for sample in metric.samples]
    return {
        sample.name: sample.value for sample in samples if "wal" in sample.name or "backup" in sample.name
    }

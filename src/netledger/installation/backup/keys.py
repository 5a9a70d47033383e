"""The keys of stored secrets and backups: which they are is told by a fingerprint, which tells nothing of them."""

from hashlib import sha256
from pathlib import Path

from netledger.installation.backup.errors import BackupKeyNeeded
from netledger.installation.backup.folder import Base
from netledger.installation.home import Home
from netledger.installation.whole_file import write_whole

FINGERPRINT_LENGTH = 16


def fingerprint_of(secret_key: Path) -> str:
    """The fingerprint of each key in the file, with spaces between them."""
    lines = [line.strip() for line in secret_key.read_bytes().splitlines()]
    return " ".join(sha256(line).hexdigest()[:FINGERPRINT_LENGTH] for line in lines if line)


def has_keys(secret_key: Path, fingerprint: str) -> bool:
    """Whether the file is there and holds each key of that fingerprint; it may hold more."""
    return secret_key.exists() and set(fingerprint.split()) <= set(fingerprint_of(secret_key).split())


def settle_keys(home: Home, base: Base, given: Path | None = None) -> None:
    """See that the home has the keys of the backup: its own, the backup's, or those of a file that is given.

    What the home had besides stays in front: it encrypts.

    Raises: BackupKeyNeeded, FileNotWritten.
    """
    wanted = base.facts.key_fingerprint
    if has_keys(home.secret_key, wanted):
        return
    source = next((file for file in (given, base.secret_key) if file and has_keys(file, wanted)), None)
    if source is None:
        raise BackupKeyNeeded(path=str(home.secret_key), was_at=base.facts.key_path, fingerprint=wanted)
    own = home.secret_key.read_bytes() if home.secret_key.exists() else b""
    write_whole(home.secret_key, own + source.read_bytes())

"""The keys of stored secrets and backups: which they are is told by a fingerprint, which tells nothing of them."""

from hashlib import sha256
from pathlib import Path

FINGERPRINT_LENGTH = 16


def fingerprint_of(secret_key: Path) -> str:
    """The fingerprint of each key in the file, with spaces between them."""
    lines = [line.strip() for line in secret_key.read_bytes().splitlines()]
    return " ".join(sha256(line).hexdigest()[:FINGERPRINT_LENGTH] for line in lines if line)


def has_keys(secret_key: Path, fingerprint: str) -> bool:
    """Whether the file is there and holds each key of that fingerprint; it may hold more."""
    return secret_key.exists() and set(fingerprint.split()) <= set(fingerprint_of(secret_key).split())

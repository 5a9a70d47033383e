"""Keys that stored secrets (passwords of connections) are encrypted with: HOME/cfg/secret.key, one a line.

The first encrypts and all decrypt, so that a new one can be put on top and the old one leave later. Keys are made
once, by `create`: made anew on the way, they would turn what is stored into noise.
"""

import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from netledger.installation.errors import (
    SecretKeyMissing,
    SecretKeyUnreadable,
    SecretKeyWrong,
    SecretUnreadable,
)
from netledger.installation.full_disk import full_disk_named
from netledger.installation.home import Home, home_from_environment
from netledger.installation.whole_file import sync_folder, write_new

Stamp = tuple[int, int, int]


def create(home: Home) -> None:
    """Make the key file of a new home; one that is there stays as it is.

    Raises: SecretKeyMissing: the home's database is there already, so its keys were lost. DiskFull.
    """
    if home.secret_key.exists():
        return
    if home.cluster.exists():
        raise SecretKeyMissing(path=str(home.secret_key))
    beside = home.secret_key.with_name(f".secret.key.{secrets.token_hex(8)}")
    with full_disk_named(home.path):
        write_new(beside, Fernet.generate_key() + b"\n")
    try:
        home.secret_key.hardlink_to(beside)  # which never replaces a file, unlike a rename
    except FileExistsError:
        return
    finally:
        beside.unlink()
    sync_folder(home.secret_key.parent)


def read_keys(home: Home) -> MultiFernet:
    """The home's keys; the file is read again when it has changed.

    Raises: SecretKeyMissing, SecretKeyWrong.
    """
    try:
        stat = home.secret_key.stat()
    except FileNotFoundError:
        raise SecretKeyMissing(path=str(home.secret_key)) from None
    return _keys_of(home.secret_key, (stat.st_ino, stat.st_mtime_ns, stat.st_size))


def require_keys(home: Home) -> None:
    """See that a start would find the keys, whatever was read of the file before.

    Raises: SecretKeyMissing, SecretKeyWrong, SecretKeyUnreadable.
    """
    try:
        _read(home.secret_key)
    except FileNotFoundError:
        raise SecretKeyMissing(path=str(home.secret_key)) from None
    except OSError as trouble:
        why = trouble.strerror or str(trouble)
        raise SecretKeyUnreadable(path=str(home.secret_key), why=why) from None


def encrypt(text: str) -> bytes:
    """The text as it may be stored.

    Raises: SecretKeyMissing, SecretKeyWrong.
    """
    return read_keys(home_from_environment()).encrypt(text.encode())


def encrypt_all(texts: Iterable[str]) -> list[bytes]:
    """Many texts as they may be stored; the keys are looked at once.

    Raises: SecretKeyMissing, SecretKeyWrong.
    """
    keys = read_keys(home_from_environment())
    return [keys.encrypt(text.encode()) for text in texts]


def decrypt(stored: bytes) -> str:
    """The text that was stored.

    Raises: SecretKeyMissing, SecretKeyWrong, SecretUnreadable.
    """
    home = home_from_environment()
    try:
        return read_keys(home).decrypt(bytes(stored)).decode()
    except InvalidToken:
        raise SecretUnreadable(path=str(home.secret_key)) from None


@lru_cache(maxsize=4)
def _keys_of(path: Path, stamp: Stamp) -> MultiFernet:
    """The keys in the file as it was at that stamp."""
    assert stamp
    return _read(path)


def _read(path: Path) -> MultiFernet:
    lines = path.read_bytes().splitlines()
    keys = [_key_of(path, number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    if not keys:
        raise SecretKeyMissing(path=str(path))
    return MultiFernet(keys)


def _key_of(path: Path, number: int, line: bytes) -> Fernet:
    try:
        return Fernet(line)
    except ValueError:
        raise SecretKeyWrong(path=str(path), line=number) from None

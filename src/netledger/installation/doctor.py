"""What is set up wrongly in the home: rights and owners of files, room on the disk, the configuration itself."""

import os
import shlex
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from netledger.installation.config_edit import KEPT_MAX
from netledger.installation.errors import ConfigRefused, ConfigUnreadable, SecretKeyMissing, SecretKeyWrong
from netledger.installation.findings import Finding, Severity
from netledger.installation.full_disk import is_nearly_full, room_of
from netledger.installation.home import Home
from netledger.installation.secret_key import read_keys
from netledger.installation.settings import read_settings

OTHERS = stat.S_IRWXG | stat.S_IRWXO
MEBIBYTE = 2**20


def findings(home: Home) -> Iterator[Finding]:
    """What is wrong with a home; only that it is not there, where it is not."""
    if not home.config_folder.is_dir():
        yield Finding(
            "home_missing",
            Severity.ERROR,
            f"Домашней папки {home.path} нет",
            f"There is no home folder {home.path}",
            "укажите её: netledger --home ПАПКА doctor; новую сделает netledger serve",
            "name it: netledger --home DIR doctor; `netledger serve` makes a new one",
        )
        return
    yield from open_to_others(_private(home))
    yield from _owners(home)
    yield from nearly_full(home.path)
    yield from _config(home)
    yield from _kept_configs(home)


def nearly_full(folder: Path) -> Iterator[Finding]:
    """That there is little room left on the folder's disk."""
    if is_nearly_full(folder):
        free_mib = room_of(folder).free_bytes // MEBIBYTE
        yield Finding(
            "disk_nearly_full",
            Severity.ERROR,
            f"Диск почти полон: для {folder} осталось {free_mib} МиБ",
            f"The disk is nearly full: {free_mib} MiB are left for {folder}",
            "освободите место или перенесите папку на больший диск; с полным диском платежи не принимаются",
            "free some room, or move the folder to a larger disk; with a full one no payment is taken",
        )


def open_to_others(paths: Iterable[Path]) -> Iterator[Finding]:
    """Those of the paths that another user than their owner may read or change."""
    for path in paths:
        if _exists(path) and path.stat().st_mode & OTHERS:
            mode = "700" if path.is_dir() else "600"
            shown = stat.filemode(path.stat().st_mode)
            yield Finding(
                "rights_too_wide",
                Severity.ERROR,
                f"{path} доступен другим пользователям: {shown}",
                f"{path} is open to other users: {shown}",
                f"chmod {mode} {shlex.quote(str(path))}",
                f"chmod {mode} {shlex.quote(str(path))}",
            )


def _owners(home: Home) -> Iterator[Finding]:
    """Files that another user than the home's has: who serves cannot read them, or another can change them.

    PostgreSQL's folder is left out: where no namespaces are to be had, another user runs it.
    """
    owner = home.path.stat().st_uid
    for path in _private(home):
        if path != home.cluster and _exists(path) and path.stat().st_uid != owner:
            cure = f"chown {owner} {shlex.quote(str(path))}"
            yield Finding(
                "owner_differs",
                Severity.ERROR,
                f"{path} принадлежит не владельцу домашней папки",
                f"{path} does not belong to the owner of the home folder",
                cure,
                cure,
            )


def _private(home: Home) -> Iterator[Path]:
    """The folders and files that are nobody's business but the home's owner's."""
    yield from (home.path, home.config_folder, home.cluster, home.backup, home.log, home.tmp, home.run)
    yield from (home.config, home.config_json, home.secret_key, home.active_config, home.demo_json)
    yield from sorted(home.config_folder.glob("config.[0-9]*"))


def _exists(path: Path) -> bool:
    """Whether it is there and may be looked at."""
    return os.access(path, os.F_OK)


def _config(home: Home) -> Iterator[Finding]:
    """That the configuration or the keys cannot be read as they are."""
    try:
        read_settings(home.config)
    except (ConfigUnreadable, ConfigRefused) as refusal:
        yield Finding(
            "config_wrong",
            Severity.ERROR,
            f"Настройки не читаются: {refusal.sentence('ru')}",
            f"The configuration cannot be read: {refusal.sentence('en')}",
            f"исправьте {home.config}; прежние версии лежат рядом, как config.ГГГГММДД-ЧЧММСС",
            f"put {home.config} right; its earlier versions lie beside it, as config.YYYYMMDD-HHMMSS",
        )
    yield from _key(home)


def _key(home: Home) -> Iterator[Finding]:
    try:
        read_keys(home)
        return
    except (SecretKeyMissing, SecretKeyWrong) as refusal:
        why_ru, why_en = refusal.sentence("ru"), refusal.sentence("en")
    except OSError as trouble:
        why_ru = why_en = f"{home.secret_key}: {trouble.strerror}"
    yield Finding(
        "secret_key_unreadable",
        Severity.ERROR,
        f"Ключ секретов не читается: {why_ru}",
        f"The key of secrets cannot be read: {why_en}",
        f"верните {home.secret_key} из копии: без него пароли учётных записей не прочесть",
        f"bring {home.secret_key} back from a copy: without it the connections' secrets cannot be read",
    )


def _kept_configs(home: Home) -> Iterator[Finding]:
    kept = len(list(home.config_folder.glob("config.[0-9]*")))
    if kept > KEPT_MAX:
        yield Finding(
            "many_kept_configs",
            Severity.WARNING,
            f"Прежних версий настроек в {home.config_folder}: {kept}, в каждой пароли того времени",
            f"{kept} earlier versions of the configuration lie in {home.config_folder}, each with its passwords",
            f"удалите ненужные; свои сверх {KEPT_MAX} netledger удаляет при netledger config set",
            f"remove what is not needed; of its own, netledger keeps {KEPT_MAX} at each `netledger config set`",
        )

"""The settings of backups: where they lie, how many are kept."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from netledger.installation.declarations import said
from netledger.installation.reasons import UnfitError
from netledger.installation.setting_values import read_whole_number


def read_optional_folder(text: str) -> str:
    """The path of a folder from the root, or nothing."""
    if text and not Path(text).is_absolute():
        raise UnfitError("нужен полный путь, от корня: /…", "a full path is needed, from the root: /…")
    return text


Folder = Annotated[
    str,
    Meta(
        extra=said(
            "folder",
            "Папка резервных копий и журнала, лучше на другом диске; пусто: backup в домашней папке",
            "The folder of backups and WAL, better on another disk; empty: backup in the home folder",
            read_optional_folder,
        ),
    ),
]
Keep = Annotated[
    int,
    Meta(
        ge=1,
        le=1000,
        extra=said(
            "keep",
            "Сколько последних резервных копий хранить, и с ними журнал от самой старой из них",
            "How many of the newest backups are kept, and with them the WAL since the oldest of those",
            read_whole_number,
        ),
    ),
]


class BackupSettings(Struct, frozen=True, kw_only=True):
    """The section `backup`."""

    folder: Folder = ""
    keep: Keep = 3

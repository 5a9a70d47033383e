"""The groups that the demonstration's subscribers are kept in."""

from collections.abc import Iterable

from netledger.cli.demo.places import Folder
from netledger.subscribers.bulk import NewGroup, add_groups


class Folders:
    """Makes the groups of homes as they are met: towns, streets and houses."""

    def __init__(self) -> None:
        self._ids: dict[Folder, int] = {}

    def make(self, folders: Iterable[Folder]) -> None:
        """Write those that are not there yet, and the ones that they are in."""
        new = [folder for folder in dict.fromkeys(folders) if folder not in self._ids]
        for depth in range(1, max(map(len, new), default=0) + 1):
            paths = dict.fromkeys(folder[:depth] for folder in new if len(folder) >= depth)
            level = [path for path in paths if path not in self._ids]
            ids = add_groups([NewGroup(path[-1], self._ids.get(path[:-1])) for path in level])
            self._ids.update(zip(level, ids, strict=True))

    def group_id(self, folder: Folder) -> int:
        """The group of one that is made."""
        return self._ids[folder]

"""Connections that wait for their client. When they are many, who has waited longest makes room for the next."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WAITING_MAX = 1000
"""Of one kind, in one web process; each would be let go after some time anyhow."""
SHARE = 4
"""Of all connections of a process so many kinds at least have room."""


class Waiting:
    """Those of one kind, in the order of their coming."""

    def __init__(self, connections_max: int) -> None:
        """Hold none yet.

        Args:
            connections_max: how many the process takes in all.
        """
        self._most = max(1, min(WAITING_MAX, connections_max // SHARE))
        self._let_go: OrderedDict[object, Callable[[], None]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._let_go)

    @contextmanager
    def holding(self, let_go: Callable[[], None]) -> Iterator[None]:
        """One waits in here, unless it is let go for another."""
        if len(self._let_go) >= self._most:
            _, let_go_oldest = self._let_go.popitem(last=False)
            let_go_oldest()
        waiter = object()
        self._let_go[waiter] = let_go
        try:
            yield
        finally:
            self._let_go.pop(waiter, None)

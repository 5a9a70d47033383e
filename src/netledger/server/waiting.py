"""Connections whose request has not come whole. When they are many, who has waited longest makes room for the next."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

WAITING_MAX = 1000
"""In one web process; each would be let go after some seconds anyhow."""


class Waiter(Protocol):
    """A connection that waits."""

    def let_go(self) -> None:
        """Stop waiting for the rest of the request."""


class Waiting:
    """Those of one server, in the order of their coming."""

    def __init__(self) -> None:
        self._waiters: OrderedDict[Waiter, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._waiters)

    @contextmanager
    def holding(self, waiter: Waiter) -> Iterator[None]:
        """It waits in here, unless it is let go for another."""
        if len(self._waiters) >= WAITING_MAX:
            oldest, _ = self._waiters.popitem(last=False)
            oldest.let_go()
        self._waiters[waiter] = None
        try:
            yield
        finally:
            self._waiters.pop(waiter, None)

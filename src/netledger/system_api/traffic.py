"""What stands around the calls: who bounds them and is told of them is above, in `server`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Told(NamedTuple):
    """One answered call, in words of our own declarations: nothing of what the caller sent."""

    context: str
    """Empty, if it is none that is enabled."""
    method: str
    """Empty, if the call came to none."""
    status: int
    code: str
    """Of the refusal or the wrong request; empty for a success."""
    took_s: float


class LongAnswer:
    """The place that a long answer takes from before it is read until it was sent."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Meanwhile it is read from the database. Raises: ListsTooMany: its turn does not come."""
        yield

    def sends(self, length: int) -> None:
        """It was read, and so many bytes wait for the client."""

    def close(self) -> None:
        """It was sent, or the client is gone."""


class Traffic:
    """This one bounds nothing and is told in vain."""

    def admit(self, address: str, context: str) -> None:
        """Count a call of that address in that context. Raises: CallsTooMany."""

    def long_answer(self, address: str) -> LongAnswer:
        """A place for one more long answer to that address. Raises: ListsOfAddressTooMany, ListsTooMany."""
        return LongAnswer()

    def told(self, call: Told) -> None:
        """A call was answered; if at length, its body is yet to be sent."""

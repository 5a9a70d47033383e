"""What the web processes do around each call of the System API: they bound it, and count it."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import BoundedSemaphore

from netledger.cabinet.errors import SignInDelayed, SignInRefused
from netledger.installation.home import Home
from netledger.installation.settings import NetworkSettings
from netledger.server import metrics
from netledger.server.places import Places
from netledger.server.rates import Rates
from netledger.system_api.errors import CallsTooMany, ListsOfAddressTooMany, ListsTooMany
from netledger.system_api.traffic import LongAnswer, Told, Traffic

READ_AT_ONCE = 2
"""Long lists that a web process reads at once; its other connections to the database stay free for payments."""
TURN_TIME_S = 30
"""For how long a long list waits for its turn to be read."""
REPEAT_AFTER_S = 5


class Bounds(Traffic):
    """Of one web process, shared with the others of that home where it says so."""

    def __init__(self, home: Home, network: NetworkSettings) -> None:
        self.places = Places(home.run / "lists", count=network.lists_max)
        self.turns = BoundedSemaphore(READ_AT_ONCE)
        self.rates: Rates | None = None
        if network.calls_a_second_max:
            self.rates = Rates(home, a_second_max=network.calls_a_second_max)

    def admit(self, address: str, context: str) -> None:
        """Count a call of that address in that context, by all web processes. Raises: CallsTooMany."""
        wait_s = self.rates.wait_s(address, context) if self.rates else 0.0
        if wait_s > 0:
            raise CallsTooMany(wait_s=str(ceil(wait_s)))

    def long_answer(self, address: str) -> LongAnswer:
        """One of the places that all web processes share. Raises: ListsOfAddressTooMany, ListsTooMany."""
        place = self.places.take(address)
        if place is None:
            too_many = ListsOfAddressTooMany if self.places.has_share(address) else ListsTooMany
            raise too_many(wait_s=str(REPEAT_AFTER_S))
        return _Long(self, place)

    def told(self, call: Told) -> None:
        """Count an answered call."""
        metrics.of(metrics.calls, call.context, call.method).observe(call.took_s)
        if call.code:
            metrics.refusals.labels(call.context, call.method, call.code).inc()
        if call.code == SignInRefused.code:
            metrics.cabinet_sign_in_failures.inc()
        elif call.code == SignInDelayed.code:
            metrics.cabinet_sign_in_delays.inc()


class _Long(LongAnswer):
    """A long answer on its way."""

    def __init__(self, bounds: Bounds, place: int) -> None:
        self.bounds = bounds
        self.place: int | None = place
        self.length: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Read it, when fewer than so many are being read."""
        with metrics.lists.labels("waiting").track_inprogress():
            if not self.bounds.turns.acquire(timeout=TURN_TIME_S):
                raise ListsTooMany(wait_s=str(REPEAT_AFTER_S))
        try:
            with metrics.lists.labels("being_read").track_inprogress():
                yield
        finally:
            self.bounds.turns.release()

    def sends(self, length: int) -> None:
        """It waits in a file for its client."""
        self.length = length
        metrics.lists.labels("being_sent").inc()
        metrics.spooled_bytes.inc(length)

    def close(self) -> None:
        """It was sent, or the client is gone."""
        if self.place is None:
            return
        self.bounds.places.leave(self.place)
        self.place = None
        if self.length is not None:
            metrics.lists.labels("being_sent").dec()
            metrics.spooled_bytes.dec(self.length)

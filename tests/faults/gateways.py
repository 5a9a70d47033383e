"""Payment gateways that pay without pause, whatever happens to the service, and remember what they were told."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

from demonstration import ACT_PAY, Demonstration, payment
from server.running import eventually
from server.wire import Answer

THREADS = 4
PAUSE_AFTER_A_FAILURE_S = 0.1
ANSWERED_WITHIN_S = 60
AMOUNT = Decimal("1.00")


class Sent(NamedTuple):
    """One payment as it was sent."""

    pay_id: str
    contract_number: str


class Gateways:
    """Several at once, for a few contracts that they share."""

    def __init__(self, demo: Demonstration, contracts: list[str], name: str) -> None:
        self.acknowledged: dict[Sent, dict[str, str]] = {}
        """With the answer."""
        self.unanswered: list[Sent] = []
        self.slowest_s = 0.0
        self._demo = demo
        self._contracts = contracts
        self._name = name
        self._lock = Lock()
        self._stopped = Event()

    @contextmanager
    def paying(self) -> Iterator[None]:
        """Pay from all threads meanwhile."""
        threads = [Thread(target=self._pay_on, args=[number]) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join()

    def repeat_unanswered(self) -> None:
        """Send again what was not answered, until it is."""
        while self.unanswered:
            eventually(partial(self._is_answered, self.unanswered.pop()), timeout_s=ANSWERED_WITHIN_S)

    def send(self, sent: Sent) -> dict[str, str] | None:
        """Send a payment, again perhaps; the answer, if one came whole that credits."""
        arg1 = payment(sent.contract_number, str(AMOUNT), sent.pay_id) | {"act": "PAY"}
        try:
            answer = self._demo.ask(self._demo.query("asr_fiscal", ACT_PAY, arg1))
        except (OSError, ValueError, IndexError):  # refused, cut, or cut within its head
            return None
        return _credited(answer)

    def _is_answered(self, sent: Sent) -> bool:
        answer = self.send(sent)
        if answer is not None:
            self.acknowledged[sent] = answer
        return answer is not None

    def _pay_on(self, number: int) -> None:
        count = 0
        while not self._stopped.is_set():
            count += 1
            sent = Sent(f"{self._name}-{number}-{count}", random.choice(self._contracts))
            begun_s = time.monotonic()
            answer = self.send(sent)
            with self._lock:
                self.slowest_s = max(self.slowest_s, time.monotonic() - begun_s)
                if answer is None:
                    self.unanswered.append(sent)
                else:
                    self.acknowledged[sent] = answer
            if answer is None:
                time.sleep(PAUSE_AFTER_A_FAILURE_S)


def _credited(answer: Answer) -> dict[str, str] | None:
    if answer.status != 200 or not answer.ended_well:
        return None
    told: dict[str, Any] = answer.json
    assert "error" not in told, told
    return told

"""A statement of the database that takes too long is named by its file, with its time and without its values."""

import json
import threading
import time
from collections.abc import Iterator

import pytest

from demonstration import ACT_PAY, Demonstration, connected, demonstration, payment
from netledger.installation.home import Home
from scrape import samples_of, scraped, value_of

HELD_S = 0.5
SECRET = "a-value-that-is-not-told"


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    with demonstration({"network.log.slow_statement_ms": "300"}) as running:
        yield running


def _slow(demo: Demonstration) -> list[dict[str, object]]:
    lines = (demo.service.home / "log" / "netledger.log").read_text().splitlines()
    return [entry for entry in map(json.loads, lines) if entry["event"] == "slow statement"]


def test_as_one_that_waits_for_a_lock(demo: Demonstration) -> None:
    contract = demo.facts["contract_number"]
    with connected(Home(demo.service.home)) as other, other.transaction():
        other.execute(
            """SELECT FROM ledger_account WHERE id = (
                   SELECT account_id FROM subscribers_subscriber WHERE contract_number = %s) FOR UPDATE""",
            [contract],
        )
        paying = threading.Thread(target=demo.pay, args=[contract, "1.00", SECRET])
        paying.start()
        time.sleep(HELD_S)
    paying.join()

    slow = [entry for entry in _slow(demo) if entry["statement"] == "payments/take_gateway_payment"]
    counted = samples_of(scraped(demo.facts["metrics_url"]))
    assert len(slow) == 1
    assert float(str(slow[0]["took_ms"])) >= 300
    assert slow[0]["program"] == "web"
    assert SECRET not in str(slow)
    assert (
        value_of(counted, "netledger_slow_statements_total", statement="payments/take_gateway_payment") == 1
    )


def test_and_a_quick_one_is_not(demo: Demonstration) -> None:
    before = len(_slow(demo))

    demo.act({"act": "PAY", **payment(demo.facts["contract_number"], "1.00", f"quick-{ACT_PAY}")})

    assert len(_slow(demo)) == before

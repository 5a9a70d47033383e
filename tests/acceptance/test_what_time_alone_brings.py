"""A credit that ended closes by itself: within seconds while the service runs, else by the time that it answers.

Case V05 of cases.md.
"""

from demonstration import Demonstration, rows_of
from installation.keeper import Keeper
from netledger.installation.home import Home
from server.running import eventually, running

LENT = """SELECT host(c.address), s.id, n.address::text FROM payments_credit k
            JOIN subscribers_subscriber s ON s.id = k.subscriber_id
            JOIN ledger_account a ON a.id = s.account_id AND a.balance < 0
            JOIN access_decision d ON d.subscriber_id = s.id AND d.reason = 'open'
            JOIN network_connection c ON c.subscriber_id = s.id AND c.ended_at IS NULL AND c.address IS NOT NULL
            JOIN network_nas n ON n.id = c.nas_id
           WHERE k.ended_at IS NULL AND k.until_on IS NOT NULL ORDER BY s.id LIMIT 1"""
"""Somebody with a debt, open by a credit with an end: address, subscriber, NAS."""
END_YESTERDAY = """UPDATE payments_credit SET until_on = ledger_today() - 1
                    WHERE subscriber_id = %s AND ended_at IS NULL RETURNING until_on"""
CHANGES = """SELECT reason, at > now() - interval '2 minutes' FROM access_change
              WHERE subscriber_id = %s ORDER BY id DESC LIMIT 1"""


def test_while_it_runs_and_nothing_else_happens(demo: Demonstration) -> None:
    address, subscriber_id, nas = demo.rows(LENT)[0]
    nas_ip = nas.split("/")[0]
    before = address in demo.listed("negbal", nas_ip)

    demo.rows(END_YESTERDAY, subscriber_id)
    eventually(lambda: address in demo.listed("negbal", nas_ip), timeout_s=15)

    assert not before
    assert demo.rows(CHANGES, subscriber_id) == [("overdrawn", True)]


def test_at_its_start_when_it_did_not_run_meanwhile(stopped_home: Home) -> None:
    with Keeper(stopped_home) as keeper:
        assert keeper.answer.startswith("ready "), keeper.answer
        address, subscriber_id, nas = rows_of(stopped_home, LENT)[0]
        rows_of(stopped_home, END_YESTERDAY, subscriber_id)

    with running(stopped_home.path, command=("demo",)) as service:
        started = Demonstration(service)
        first_answer = started.listed("negbal", nas.split("/")[0])
        changes = started.rows(CHANGES, subscriber_id)
        checked = started.service.cli("check")

    assert address in first_answer
    assert changes == [("overdrawn", True)]
    assert checked.returncode == 0, checked.stdout

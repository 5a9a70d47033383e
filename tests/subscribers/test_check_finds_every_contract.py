"""`check` names each contract that its own number does not find."""

import psycopg
import pytest

from given import a_subscriber
from netledger.installation.database import conninfo
from netledger.subscribers import check
from netledger.subscribers.onec import confirm_to_onec
from tampering import tamper

pytestmark = pytest.mark.usefixtures("committed_db")


def test_by_the_key_of_its_number() -> None:
    a_subscriber("Straße-Ё")  # folded otherwise here than in the database, and right all the same
    gone, another, wrong_use = a_subscriber("GONE"), a_subscriber("ANOTHER"), a_subscriber("LOGIN-ONLY")

    before = list(check.differences())
    tamper("DELETE FROM subscribers_identifier WHERE subscriber_id = %s", gone.id)
    tamper("UPDATE subscribers_identifier SET key = 'other' WHERE subscriber_id = %s", another.id)
    tamper(
        "UPDATE subscribers_identifier SET is_contract = false, is_login = true WHERE subscriber_id = %s",
        wrong_use.id,
    )

    assert before == []
    assert list(check.differences()) == [
        f"subscribers: contract {number} is not found by its number"
        for number in ("ANOTHER", "GONE", "LOGIN-ONLY")
    ]


def test_by_a_1c_code_that_is_his_alone() -> None:
    plain, padded, twin, other = (a_subscriber(name) for name in ("PLAIN", "PADDED", "TWIN", "TWIN-2"))
    for subscriber in (plain, padded, twin):
        confirm_to_onec(subscriber_id=subscriber.pk, onec_code=f"УТ-{subscriber.pk}")

    before = list(check.differences())
    tamper("UPDATE subscribers_subscriber SET onec_code = onec_code || ' ' WHERE id = %s", padded.pk)
    with psycopg.connect(conninfo("owner")) as owner:
        owner.execute("ALTER TABLE subscribers_subscriber DROP CONSTRAINT onec_code_once")
    tamper("UPDATE subscribers_subscriber SET onec_code = %s WHERE id = %s", f"УТ-{twin.pk}", other.pk)

    assert before == []
    assert list(check.differences()) == [
        f"subscribers: contract {number} has a padded or doubled 1C code “{code}”"
        for number, code in (
            ("PADDED", f"УТ-{padded.pk} "),
            ("TWIN", f"УТ-{twin.pk}"),
            ("TWIN-2", f"УТ-{twin.pk}"),
        )
    ]


def test_and_that_new_contracts_can_be_numbered() -> None:
    tamper("DELETE FROM subscribers_contractcounter")

    assert list(check.differences()) == ["subscribers: the counter of contract numbers is not there"]

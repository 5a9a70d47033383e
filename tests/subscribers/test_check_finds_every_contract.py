"""`check` names each contract that its own number does not find."""

import pytest

from given import a_subscriber
from netledger.subscribers import check
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

"""A group with as many subscribers below it as a test asks for, written by the owner of the database at once."""

from demonstration import connected
from netledger.installation.home import Home
from netledger.installation.roles import ROLES

SUBSCRIBERS = """
    -- Subscribers with accounts, whose contracts are numbered Д0000001 on, in a group below a group; that one's id.
    WITH town AS (
        INSERT INTO subscribers_group (name) VALUES ('Большой город') RETURNING id
    ), street AS (
        INSERT INTO subscribers_group (name, parent_id) SELECT 'Улица', id FROM town RETURNING id
    ), account AS (
        INSERT INTO ledger_account (kind, balance, overdraft)
        SELECT 'subscriber', 0, 0 FROM generate_series(1, %(count)s) RETURNING id
    ), subscriber AS (
        INSERT INTO subscribers_subscriber
               (contract_number, name, group_id, account_id, street, house, flat, phone, email, created_at)
        SELECT 'Д' || lpad((row_number() OVER (ORDER BY account.id))::text, 7, '0'), 'Иванов Иван Иванович',
               street.id, account.id, 'Ленина', '5', '', '', '', now()
          FROM street, account ORDER BY account.id
        RETURNING id, contract_number
    ), registered AS (
        INSERT INTO subscribers_identifier (key, subscriber_id, is_contract, is_login)
        SELECT lower(contract_number), id, true, false FROM subscriber
    )
    SELECT id FROM town
"""


def fill_a_group(home: Home, *, count: int) -> int:
    """So many subscribers below one new group; its id."""
    with connected(home, ROLES["owner"]) as owner:
        row = owner.execute(SUBSCRIBERS, {"count": count}).fetchone()
        owner.execute("ANALYZE subscribers_subscriber, subscribers_identifier, ledger_account")
    assert row is not None, "a group was added"
    return int(row[0])

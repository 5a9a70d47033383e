"""A NAS with as many connections as a test of long lists asks for, written by the owner of the database at once."""

from demonstration import connected
from netledger.installation.home import Home
from netledger.installation.roles import ROLES

CONNECTIONS = """
    -- Connections of one subscriber on a new NAS, with addresses from 100.64.0.1 on, their logins and assignments.
    WITH nas AS (
        INSERT INTO network_nas (name, address, created_at) VALUES ('long', %(nas_ip)s, now()) RETURNING id
    ), payer AS (
        SELECT id FROM subscribers_subscriber WHERE contract_number = %(contract_number)s
    ), connected AS (
        INSERT INTO network_connection
               (subscriber_id, login, secret, address, nas_id, by_session, enabled, created_at)
        SELECT payer.id, %(nas_ip)s || '-' || number, '', inet '100.64.0.0' + number, nas.id, false, true, now()
          FROM nas, payer, generate_series(1, %(count)s) AS number
        RETURNING id, subscriber_id, login, nas_id, address
    ), registered AS (
        INSERT INTO subscribers_identifier (key, subscriber_id, is_contract, is_login)
        SELECT login, subscriber_id, false, true FROM connected
    )
    INSERT INTO network_assignment (connection_id, nas_id, address, from_at)
    SELECT id, nas_id, address, now() FROM connected
"""


def connect_many(home: Home, *, nas_ip: str, contract_number: str, count: int) -> None:
    """Give the subscriber so many static connections on a new NAS at that address."""
    with connected(home, ROLES["owner"]) as owner:
        owner.execute(CONNECTIONS, {"nas_ip": nas_ip, "contract_number": contract_number, "count": count})
        owner.execute("ANALYZE network_connection, subscribers_identifier, network_assignment")

"""Who uses the database, and what it is called."""

from typing import Literal

Role = Literal["owner", "server"]
"""Its owner, who migrates it, and the server, which owns nothing in it."""

ROLES: dict[Role, str] = {"owner": "netledger_owner", "server": "netledger_server"}
"""The roles' names in an embedded PostgreSQL."""
SUPERUSER = "postgres"
"""Who makes roles and databases there."""
DATABASE = "netledger"

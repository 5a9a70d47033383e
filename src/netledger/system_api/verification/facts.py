"""What must be known of a provider to ask about it: names and numbers that exist there, and the passwords."""

import json
from collections.abc import Mapping
from pathlib import Path

from netledger.installation.bash_config import read_config

KNOWN = (
    *("nas_ip", "contract_number", "login", "passwd", "ip"),
    *("parent_id", "op_id", "pay_operator", "pay_id_str", "suid"),
)
"""By the names that the System API gives them; `demo.json` has all of them."""
SECRET = frozenset({"passwd", "suid"})
FILE_MAX_BYTES = 1024 * 1024


class FactsUnreadable(ValueError):
    """The file is not one JSON object."""


def read_facts(path: Path) -> dict[str, str]:
    """The known facts that a JSON file tells; one that is empty is not told.

    Raises: OSError, FactsUnreadable.
    """
    with path.open("rb") as file:
        content = file.read(FILE_MAX_BYTES)
    try:
        told = json.loads(content)
    except ValueError:
        raise FactsUnreadable from None
    if not isinstance(told, dict):
        raise FactsUnreadable
    return {
        name: str(told[name]) for name in KNOWN if isinstance(told.get(name), str | int) and told[name] != ""
    }


def read_passwords(path: Path, contexts: list[str]) -> dict[str, str]:
    """The passwords of those contexts in a configuration, Carbon's own too: of its other lines nothing is asked.

    Raises: ConfigUnreadable, ConfigRefused.
    """
    network = read_config(path).values().get("network", {})
    told = {context: network.get(f"api.{context}.psw", "") for context in contexts}
    return {context: password for context, password in told.items() if password}


def secrets_in(facts: Mapping[str, str], passwords: Mapping[str, str]) -> list[str]:
    """What must never be shown."""
    return [*passwords.values(), *(facts[name] for name in SECRET if name in facts)]

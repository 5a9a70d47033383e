"""Columns of the network's tables that Django has no field for."""

from typing import TYPE_CHECKING, Any

from django.db import models

from netledger.network.addresses import parse_mac

if TYPE_CHECKING:
    _TextField = models.Field[str | None, str | None]
else:
    _TextField = models.Field


class MacField(_TextField):
    """A MAC in PostgreSQL's own type (6 bytes), read and written in the one form of `parse_mac`."""

    description = "MAC address"

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return "macaddr"

    def get_prep_value(self, value: Any) -> Any:
        """What is compared and stored, whichever form it came in.

        Raises: MacMalformed.
        """
        return None if value is None else parse_mac(value)

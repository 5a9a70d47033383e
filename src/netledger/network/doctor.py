"""What is wrong with the network as it was told: a NAS that nobody is connected through."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from netledger.installation.findings import Finding, Severity
from netledger.installation.settings import Settings
from netledger.network.models import Connection, Nas


def findings(_settings: Settings) -> Iterator[Finding]:
    """That a NAS in use has no connection: its router reads empty lists, and an address may be misspelt."""
    connections = Connection.objects.filter(nas=OuterRef("pk"), ended_at=None)
    for nas in Nas.objects.filter(~Exists(connections), retired_at=None).order_by("address"):
        yield Finding(
            "nas_without_connections",
            Severity.WARNING,
            f"NAS {nas.address} ({nas.name}): ни одной учётной записи, его списки пусты",
            f"NAS {nas.address} ({nas.name}) has no connection, its lists are empty",
            f"netledger connection move ЛОГИН --nas {nas.address}, или netledger nas retire {nas.address}",
            f"netledger connection move LOGIN --nas {nas.address}, or netledger nas retire {nas.address}",
        )

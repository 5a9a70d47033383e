"""A provider that was backed up, with three payments since, and what there is to go back to."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from calls import query_of
from demonstration import request_of
from netledger.installation.backup.coverage import Plan, plan_restore
from netledger.installation.backup.folder import BackupFolder
from netledger.installation.home import Home
from server.running import Service, copy_of, run
from server.wire import Answer, send

CONTRACT = "0010245"
NAS = "192.0.2.1"


class BackedUp(NamedTuple):
    """A stopped home, and the moments after the first and the second of its three payments."""

    home: Home
    moment: datetime
    later: datetime
    tag: str
    """The ETag of a router's list before anything was restored."""

    def copy(self, folder: Path) -> "BackedUp":
        """One of its own."""
        return self._replace(home=Home(copy_of(self.home.path, folder / "copy")))

    @property
    def folder(self) -> BackupFolder:
        """Its backups."""
        return BackupFolder(self.home.backup)

    def plan(self, moment: datetime) -> Plan:
        """How a restore would get to the moment."""
        return plan_restore(
            moment,
            from_folder=self.folder,
            streams=self.folder.streams(),
            cluster=self.home.cluster,
            links=self.home.tmp / "wal",
        )

    def restore(self, *words: str, at: datetime | None = None) -> "Ran":
        """Run `netledger restore --yes`, to the moment after the first payment unless another is given."""
        moment = (at or self.moment).isoformat()
        ran = run("restore", "--at", moment, "--yes", *words, home=self.home.path, timeout_s=120)
        return Ran(ran.returncode, ran.stdout, ran.stderr)


class Ran(NamedTuple):
    """What a command did."""

    status: int
    told: str
    refused: str


def back_up_between_payments(service: Service) -> BackedUp:
    """Set a subscriber up, back up, take three payments, and stop."""
    for words in (
        ("nas", "add", NAS, "--name", "Core"),
        ("group", "add", "North"),
        ("operator", "add", "cash", "--name", "The till"),
        ("subscriber", "add", CONTRACT, "--name", "Ivan", "--group", "North"),
        ("backup",),
    ):
        done(service, *words)
    pay(service, "first", "100")
    moment = datetime.now(UTC)
    pay(service, "second", "50")
    later = datetime.now(UTC)
    pay(service, "third", "25")
    tag = listed(service).headers["etag"]
    assert service.stop() == 0
    return BackedUp(Home(service.home), moment, later, tag)


def listed(service: Service, known: str = "") -> Answer:
    """A router's list, asked for by a router that knows the one of that tag."""
    query = query_of(
        "collector",
        "collector_manager.users_negbal",
        {"nas_ip": NAS},
        psw=service.config("network.api.collector.psw"),
    )
    head = f"If-None-Match: {known}\r\n".encode() if known else b""
    return send(service.port, request_of(query, head))


def pay(service: Service, payment_id: str, roubles: str) -> None:
    """Take a payment at the till."""
    done(service, "payment", "take", CONTRACT, roubles, "--operator", "cash", "--id", payment_id)


def payments(service: Service) -> list[str]:
    """The ids of the subscriber's payments, oldest first."""
    return [line.split("\t")[6] for line in done(service, "payment", "list", CONTRACT).splitlines()]


def done(service: Service, *words: str) -> str:
    """What a command prints that does as it is told."""
    ran = service.cli(*words)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout

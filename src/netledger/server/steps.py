"""What the ticker does each second: the rooms' steps, after what the configuration has the database know."""

from collections.abc import Callable
from datetime import datetime

from netledger.access import tasks as access
from netledger.access.services import adopt_zone
from netledger.backoffice import tasks as backoffice
from netledger.cabinet import tasks as cabinet
from netledger.installation.settings import Settings
from netledger.ledger import tasks as ledger
from netledger.network import tasks as network
from netledger.network.feed import adopt_seen_within
from netledger.payments import tasks as payments
from netledger.server import queues


def steps_of(settings: Settings) -> list[Callable[[datetime], object]]:
    """All steps, by the configuration in force."""

    def keep_zone(_now: datetime) -> None:
        """The configuration says by which zone days begin; another one has everybody decided about anew."""
        adopt_zone(settings.app.time_zone)

    def keep_seen_within(_now: datetime) -> None:
        """The configuration says how long a session lives; the database is to know it too."""
        adopt_seen_within(settings.network.session_seen_within_s)

    rooms = [ledger.tick, payments.tick, access.tick, network.tick, cabinet.tick, backoffice.tick]
    return [keep_zone, keep_seen_within, *rooms, queues.measure]

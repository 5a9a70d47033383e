"""What `netledger doctor` finds, as far as it can be seen from a page: the home, its backups, the doors, the rooms."""

from itertools import islice

from netledger.access import doctor as access
from netledger.backoffice import doctor as doors
from netledger.backoffice import in_force
from netledger.installation import doctor as installation
from netledger.installation.backup import doctor as backups
from netledger.installation.findings import Finding
from netledger.installation.home import home_from_environment
from netledger.ledger import doctor as ledger
from netledger.network import doctor as network
from netledger.payments import doctor as payments

SHOWN_MAX = 5
"""Of each place: a hundred routers without connections are one trouble."""


def troubles() -> list[Finding]:
    """What is wrong now; whether the service itself runs needs no asking here."""
    home, settings = home_from_environment(), in_force.settings_in_force()
    places = (
        installation.findings(home),
        backups.findings(home, settings),
        doors.findings(settings),
        *(room.findings(settings) for room in (ledger, access, payments, network)),
    )
    return [finding for place in places for finding in islice(place, SHOWN_MAX)]

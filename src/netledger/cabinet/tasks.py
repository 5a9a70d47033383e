"""What time brings to the cabinet."""

from datetime import datetime

from netledger.cabinet.guard import FORGOTTEN_AFTER
from netledger.cabinet.models import Session, SignInFailure


def tick(now: datetime) -> int:
    """Take away the sessions that have expired and the failures that are forgotten; how many that were."""
    expired, _ = Session.objects.filter(expires_at__lte=now).delete()
    forgotten, _ = SignInFailure.objects.filter(failed_at__lte=now - FORGOTTEN_AFTER).delete()
    return expired + forgotten

"""What time alone brings: what is of no more use is forgotten."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt

from netledger.backoffice.models import Done, SecondFactor, Session

DONE_FORGOTTEN_AFTER = timedelta(days=30)
FAILURES_FORGOTTEN_AFTER = timedelta(days=2)
"""Longer than any delay that the settings allow."""
ENROLMENT_FORGOTTEN_AFTER = timedelta(days=1)


def tick(now: datetime) -> None:
    """Forget sessions that are over, keys of forms, failures to sign in, and second factors that nobody confirmed."""
    Session.objects.filter(expire_date__lt=now).delete()
    Done.objects.filter(recorded_at__lt=now - DONE_FORGOTTEN_AFTER).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - FAILURES_FORGOTTEN_AFTER).delete()
    SecondFactor.objects.filter(confirmed=False, created_at__lt=now - ENROLMENT_FORGOTTEN_AFTER).delete()

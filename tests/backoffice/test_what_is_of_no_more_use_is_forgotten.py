"""The ticker takes away what nobody needs any more, and nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from backoffice.browser import a_member_of_staff
from netledger.backoffice.models import AuditEntry, Done, SecondFactor, Session, Staff
from netledger.backoffice.tasks import tick

pytestmark = pytest.mark.django_db


def _left() -> list[int]:
    return [
        model.objects.count() for model in (Session, Done, AccessAttempt, SecondFactor, Staff, AuditEntry)
    ]


def test_sessions_keys_of_forms_failures_and_unconfirmed_factors() -> None:
    now, staff = timezone.now(), a_member_of_staff()
    for age in (timedelta(), timedelta(days=100)):
        then = now - age
        Session.objects.create(
            session_key=uuid4().hex, staff=staff, browser="", expire_date=then + timedelta(hours=1)
        )
        Done.objects.create(act_key=uuid4(), staff=staff, recorded_at=then)
        attempt = AccessAttempt.objects.create(username=uuid4().hex, failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=then)
        device = SecondFactor.objects.create(user=staff, key=b"", confirmed=False)
        SecondFactor.objects.filter(pk=device.pk).update(created_at=then)

    tick(now)

    assert _left() == [1, 1, 1, 1, 1, 1]

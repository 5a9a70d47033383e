"""Who has signed in to the cabinet, and who tried in vain."""

from django.db import models
from django.db.models import Q

from netledger.network.models import Connection


class Session(models.Model):
    """That a subscriber has signed in to the cabinet by one of his connections. Kept by the hash of its token alone.

    What it was made from is kept beside, so that it is over when that is: another secret, another's address. Every
    session only looks so far: the cabinet has no call that changes anything.
    """

    token_hash = models.TextField(primary_key=True, help_text="SHA-256 of the token, in hexadecimal digits")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="cabinet_sessions")
    secret_changed_at = models.DateTimeField(
        null=True, help_text="the connection's, as it was at the sign-in"
    )
    address = models.GenericIPAddressField(
        protocol="IPv4",
        null=True,
        help_text="by which he was let in, without a secret; null: he gave one",
    )
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="to the minute")
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="sessions_that_expire", fields=["expires_at"])]


class SignInFailure(models.Model):
    """How often in a row signing in by one login has failed, whether or not there is such a login.

    The login is kept as a hash: what was typed there may be a secret.
    """

    login_hash = models.TextField(primary_key=True, help_text="SHA-256 of the folded login")
    failures = models.PositiveIntegerField()
    failed_at = models.DateTimeField()
    delayed_until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="failures_to_forget", fields=["failed_at"])]


class SignInFlood(models.Model):
    """All failures together, one row: until when they last, at the pace that is allowed to them."""

    is_only = models.BooleanField(primary_key=True, default=True)
    lasts_until_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_flood_only", condition=Q(is_only=True))]

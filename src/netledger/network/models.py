"""Through which routers subscribers go online, with which logins and addresses, and when they did."""

from django.db import models
from django.db.models import F, Q

from netledger.network.fields import MacField
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Speed


class Nas(models.Model):
    """A router that subscribers' traffic passes, and that asks for the lists of its connections.

    Retired, never deleted: what was connected through it, and when, stays.
    """

    name = models.TextField()
    address = models.GenericIPAddressField(protocol="IPv4")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(
        null=True, help_text="answers no calls and gets no connections any more"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_nas_in_use_at_an_address", fields=["address"], condition=Q(retired_at__isnull=True)
            ),
        ]


class Connection(models.Model):
    """A login with its secret, address and MAC on a NAS: what a subscriber goes online with.

    Its login is registered with the subscribers' identifiers, for ever: an ended connection's is not given anew.
    """

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="connections")
    login = models.TextField(help_text="in NFC, else as it was typed")
    secret = models.BinaryField(help_text="encrypted with the home's keys")
    secret_changed_at = models.DateTimeField(null=True, help_text="empty: never since it was made")
    address = models.GenericIPAddressField(protocol="IPv4", null=True)
    mac = MacField(null=True)
    nas = models.ForeignKey(Nas, models.PROTECT, related_name="connections", db_index=False)
    snat_address = models.GenericIPAddressField(
        protocol="IPv4", null=True, help_text="the public address after NAT"
    )
    by_session = models.BooleanField(help_text="logged while a session lives; else static: while enabled")
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    speed = models.ForeignKey(
        Speed, models.PROTECT, null=True, related_name="+", help_text="of its own, above the plan's"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # Also how a list finds a NAS's connections: those without an address are in it and never conflict.
                name="address_once_per_nas",
                fields=["nas", "address"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="connections_at_an_address", fields=["address"], condition=Q(ended_at__isnull=True)
            ),
            models.Index(
                name="connections_with_a_mac",
                fields=["mac"],
                condition=Q(ended_at__isnull=True, mac__isnull=False),
            ),
        ]


class Assignment(models.Model):
    """That a static address on a NAS was a connection's, from a moment to a moment: the law asks for the past.

    What was assigned for a session stands in the session's own row.
    """

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="assignments")
    nas = models.ForeignKey(Nas, models.PROTECT, related_name="+", db_index=False)
    address = models.GenericIPAddressField(protocol="IPv4")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, help_text="empty: it is still")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_address_assigned_at_a_time",
                fields=["connection"],
                condition=Q(until_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="assignments_of_an_address", fields=["address", "from_at"])]


class Session(models.Model):
    """One time online, as the NAS told of it: its start, when it was last seen, its stop."""

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="sessions", db_index=False)
    session_code = models.TextField(help_text="the NAS's own id, compared as text (RFC 2866, 5.5)")
    nas = models.ForeignKey(Nas, models.PROTECT, related_name="+", db_index=False)
    address = models.GenericIPAddressField(protocol="IPv4", null=True)
    mac = MacField(null=True)
    started_at = models.DateTimeField(null=True, help_text="empty: only its stop was heard of")
    seen_at = models.DateTimeField(help_text="when it was last known to live")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="session_code_once_a_connection", fields=["connection", "session_code"]
            ),
            models.UniqueConstraint(
                name="one_open_session_a_connection",
                fields=["connection"],
                condition=Q(stopped_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_open_session_at_an_address",
                fields=["nas", "address"],
                condition=Q(stopped_at__isnull=True, address__isnull=False),
            ),
            models.CheckConstraint(
                name="an_open_session_has_started",
                condition=Q(stopped_at__isnull=False) | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="no_session_stops_before_it_starts",
                condition=Q(stopped_at__isnull=True)
                | Q(started_at__isnull=True)
                | Q(stopped_at__gte=F("started_at")),
            ),
        ]
        indexes = [
            models.Index(name="sessions_of_an_address", fields=["address", "started_at"]),
            models.Index(name="sessions_of_a_connection", fields=["connection", "started_at"]),
            models.Index(
                name="open_sessions_at_an_address",
                fields=["address"],
                condition=Q(stopped_at__isnull=True, address__isnull=False),
            ),
            models.Index(
                name="open_sessions_with_a_mac",
                fields=["mac"],
                condition=Q(stopped_at__isnull=True, mac__isnull=False),
            ),
        ]


class ListVersion(models.Model):
    """How often each of a NAS's three lists may have changed, raised at commit by whatever changes a field of a line.

    A NAS without a row is at 0. News of sessions raises it in batches: see tasks.py.
    """

    nas = models.OneToOneField(Nas, models.PROTECT, primary_key=True, related_name="list_version")
    negbal = models.BigIntegerField()
    blocked = models.BigIntegerField()
    logged = models.BigIntegerField()


class Feed(models.Model):
    """What all lists rest on besides their versions, one row: which database this is, and how far sessions are told."""

    is_only = models.BooleanField(primary_key=True, default=True)
    identity = models.UUIDField(help_text="another one after a restore")
    seen_within_s = models.IntegerField(help_text="how long a session lives after it was last heard of")
    swept_at = models.DateTimeField(help_text="when news of sessions was last published")

    class Meta:
        constraints = [models.CheckConstraint(name="one_feed_only", condition=Q(is_only=True))]

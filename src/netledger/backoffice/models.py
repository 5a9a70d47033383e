"""Who works here, who of them is signed in, and what they did and were shown."""

import time
from binascii import unhexlify
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.oath import TOTP

from netledger.backoffice.logins import folded_login
from netledger.backoffice.roles import Role
from netledger.installation.secret_key import decrypt


class StaffByLogin(BaseUserManager["Staff"]):
    """Finds a member of staff by the login as it was typed."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The one of that login, in whatever case. Raises: Staff.DoesNotExist."""
        return self.get(login=folded_login(username or ""))


class Staff(AbstractBaseUser):  # type: ignore[django-manager-missing] # SecondFactor, of an untyped base, leads here
    """A person who works here and signs in to staff's pages; never deleted, since the audit names him."""

    login = models.TextField(help_text="folded")
    name = models.TextField()
    role = models.TextField(help_text="of the table in roles.py")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    objects: ClassVar[StaffByLogin] = StaffByLogin()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="staff_login_is_one_persons", fields=["login"]),
            models.CheckConstraint(name="staff_role_is_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(name="staff_has_login_and_name", condition=~Q(login="") & ~Q(name="")),
        ]


class Session(AbstractBaseSession):
    """That a member of staff is signed in, in one browser. Kept by the hash of its key alone."""

    session_key = models.TextField(primary_key=True, help_text="SHA-256 of the key, in hexadecimal digits")
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="sessions")
    address = models.GenericIPAddressField(null=True, help_text="where he signed in from")
    browser = models.TextField(help_text="what it called itself")
    opened_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True, help_text="to the minute")


class SecondFactor(TimestampMixin, ThrottlingMixin, Device):  # type: ignore[misc]
    """An app on somebody's telephone that shows codes (TOTP); it counts from its first right code on."""

    key = models.BinaryField(help_text="encrypted with the home's keys")
    step_taken = models.BigIntegerField(
        default=-1, help_text="of which half minute a code was taken last: none counts twice"
    )

    objects: ClassVar[models.Manager["SecondFactor"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_second_factor_counts", fields=["user"], condition=Q(confirmed=True)
            )
        ]

    def verify_token(self, token: str) -> bool:
        """Whether that is the code of now, or of half a minute ago or ahead; whoever guesses waits longer each time.

        Raises: SecretUnreadable, SecretKeyMissing: the home's keys are not those that it was made with.
        """
        totp = TOTP(unhexlify(decrypt(bytes(self.key))))
        totp.time = time.time()
        is_right = token.isascii() and token.isdigit() and totp.verify(int(token), 1, self.step_taken + 1)
        if is_right:
            self.step_taken = totp.t()
            self.throttle_reset(commit=False)
            self.set_last_used_timestamp(commit=False)
            self.save()
        else:
            self.throttle_increment(commit=True)
        return is_right

    def get_throttle_factor(self) -> int:
        """How many seconds the first wrong code costs; each further one doubles it."""
        return 1


class AuditEntry(models.Model):
    """What a member of staff did or was shown: which thing, and the names of its fields; never changed.

    It holds nothing personal. The values, where an act has some that must be kept, are an `AuditValues`.
    """

    staff = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="audit", help_text="null: the server's command line"
    )
    action = models.TextField(help_text="an action of the roles' table, or what happened at the door")
    subject_kind = models.TextField(help_text="a model of ours, as `subscribers.subscriber`; empty: none")
    subject_id = models.TextField(help_text="its key; empty: none, or many")
    fields = ArrayField(models.TextField(), help_text="what of it was changed or shown")
    address = models.GenericIPAddressField(null=True, help_text="of the member of staff")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="audit_of_staff", fields=["staff", "id"]),
            models.Index(name="audit_of_subject", fields=["subject_kind", "subject_id", "id"]),
            models.Index(name="audit_by_time", fields=["recorded_at"]),
        ]


class AuditValues(models.Model):
    """The values that belong to an audit entry, as they became; personal, so they can be blanked."""

    entry = models.OneToOneField(AuditEntry, models.PROTECT, primary_key=True, related_name="values")
    content = models.JSONField(null=True, help_text="by field; null: blanked")


class Done(models.Model):
    """That an act of a page was done, by the key that its form carried: pressed twice, it is done once."""

    act_key = models.UUIDField(primary_key=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    outcome = models.JSONField(
        null=True, help_text="what the first press answered; a repeat answers the same"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="done_to_forget", fields=["recorded_at"])]

"""The second factor: a code that changes every half minute (TOTP), from an app on the telephone of the person.

django-otp keeps the devices, takes no code twice, and makes whoever guesses wait longer each time.
"""

from base64 import b32encode
from datetime import timedelta
from typing import Any, cast

import segno
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from netledger.backoffice.errors import CodeDelayed, CodeWrong, SecondFactorThere
from netledger.backoffice.models import Staff

QR_SCALE = 5


def has_factor(staff: Staff) -> bool:
    """Whether signing in takes a code too."""
    return bool(TOTPDevice.objects.filter(user_id=staff.pk, confirmed=True).exists())


def is_passed(session: SessionBase, staff: Staff) -> bool:
    """Whether this session was opened with the code of the device that the person has now, if he has one."""
    devices = TOTPDevice.objects.filter(user_id=staff.pk, confirmed=True)
    known = [device.persistent_id for device in devices]
    return not known or session.get(DEVICE_ID_SESSION_KEY) in known


@transaction.atomic
def begin_enrolment(staff: Staff) -> TOTPDevice:
    """A device that counts from its first right code on; the one that was begun before, if there is one.

    Raises: SecondFactorThere.
    """
    if has_factor(staff):
        raise SecondFactorThere
    begun = TOTPDevice.objects.filter(user_id=staff.pk, confirmed=False).order_by("-id").first()
    return cast("TOTPDevice", begun or TOTPDevice.objects.create(user=staff, name="totp", confirmed=False))


def pass_with(session: SessionBase, staff: Staff, code: str) -> None:
    """Open this session wholly, with a right code, under another key. Raises: CodeWrong, CodeDelayed."""
    device = check_code(staff, code)
    session.cycle_key()
    if device is not None:
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id


def check_code(staff: Staff, code: str, *, confirmed: bool = True) -> TOTPDevice | None:
    """The device that gave that code; None for who has none. Raises: CodeWrong, CodeDelayed."""
    with transaction.atomic():
        devices = TOTPDevice.objects.select_for_update().filter(user_id=staff.pk, confirmed=confirmed)
        device = devices.order_by("-id").first()
        if device is None:
            return None
        is_allowed, why = device.verify_is_allowed()
        if not is_allowed:
            wait: timedelta = why["locked_until"] - timezone.now()
            raise CodeDelayed(wait_s=max(1, int(wait.total_seconds()) + 1))
        is_right = device.verify_token("".join(code.split()))
    if not is_right:  # outside the transaction, which keeps that it failed
        raise CodeWrong
    return cast("TOTPDevice", device)


def confirm_enrolment(session: SessionBase, staff: Staff, code: str) -> None:
    """Have the device that was begun count from now on. Raises: CodeWrong, CodeDelayed."""
    device = check_code(staff, code, confirmed=False)
    if device is None:
        raise CodeWrong
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    session.cycle_key()
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id


def remove_factor(staff: Staff) -> None:
    """Have signing in take no code any more."""
    TOTPDevice.objects.filter(user_id=staff.pk).delete()


def picture_of(device: TOTPDevice) -> str:
    """The QR code that an app reads the device's key from, as an address that holds the picture itself."""
    code = segno.make(device.config_url, error="m")
    return str(code.svg_data_uri(scale=QR_SCALE, border=2, light="#fff"))


def key_of(device: TOTPDevice) -> str:
    """The key in letters, for who cannot photograph it, in groups of four."""
    letters = b32encode(cast("Any", device).bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))

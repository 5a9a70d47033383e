"""The second factor: a code that changes every half minute (TOTP), from an app on the telephone of the person.

No code is taken twice, and whoever guesses waits longer each time (django-otp). Keys are stored encrypted.
"""

from base64 import b32encode
from binascii import unhexlify
from datetime import timedelta
from secrets import token_hex
from urllib.parse import quote, urlencode

import segno
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from netledger.backoffice.errors import CodeDelayed, CodeWrong, SecondFactorThere
from netledger.backoffice.models import SecondFactor, Staff
from netledger.installation.secret_key import decrypt, encrypt

QR_SCALE = 5
KEY_BYTES = 20
ISSUER = "netledger"


def has_factor(staff: Staff) -> bool:
    """Whether signing in takes a code too."""
    return bool(SecondFactor.objects.filter(user_id=staff.pk, confirmed=True).exists())


def is_passed(session: SessionBase, staff: Staff) -> bool:
    """Whether this session was opened with the code of the device that the person has now, if he has one."""
    devices = SecondFactor.objects.filter(user_id=staff.pk, confirmed=True)
    known = [device.persistent_id for device in devices]
    return not known or session.get(DEVICE_ID_SESSION_KEY) in known


@transaction.atomic
def begin_enrolment(staff: Staff) -> SecondFactor:
    """A device that counts from its first right code on; the one that was begun before, if there is one.

    Raises: SecondFactorThere.
    """
    if has_factor(staff):
        raise SecondFactorThere
    begun = SecondFactor.objects.filter(user_id=staff.pk, confirmed=False).order_by("-id").first()
    return begun or SecondFactor.objects.create(
        user=staff, key=encrypt(token_hex(KEY_BYTES)), confirmed=False
    )


def pass_with(session: SessionBase, staff: Staff, code: str) -> None:
    """Open this session wholly, with a right code, under another key. Raises: CodeWrong, CodeDelayed."""
    device = check_code(staff, code)
    session.cycle_key()
    if device is not None:
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id


def check_code(staff: Staff, code: str, *, confirmed: bool = True) -> SecondFactor | None:
    """The device that gave that code; None for who has none. Raises: CodeWrong, CodeDelayed."""
    with transaction.atomic():
        devices = SecondFactor.objects.select_for_update().filter(user_id=staff.pk, confirmed=confirmed)
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
    return device


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
    SecondFactor.objects.filter(user_id=staff.pk).delete()


def picture_of(device: SecondFactor) -> str:
    """The QR code that an app reads the device's key from, as an address that holds the picture itself."""
    label = quote(f"{ISSUER}:{device.user.get_username()}")
    told = {"secret": _letters_of(device), "issuer": ISSUER, "algorithm": "SHA1", "digits": 6, "period": 30}
    code = segno.make(f"otpauth://totp/{label}?{urlencode(told)}", error="m")
    return str(code.svg_data_uri(scale=QR_SCALE, border=2, light="#fff"))


def key_of(device: SecondFactor) -> str:
    """The key in letters, for who cannot photograph it, in groups of four."""
    letters = _letters_of(device)
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _letters_of(device: SecondFactor) -> str:
    return b32encode(unhexlify(decrypt(bytes(device.key)))).decode()

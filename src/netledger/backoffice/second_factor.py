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

from netledger.backoffice import audit
from netledger.backoffice.errors import CodeDelayed, CodeWrong, SecondFactorThere
from netledger.backoffice.models import SecondFactor, Staff
from netledger.backoffice.roles import Action
from netledger.installation.secret_key import decrypt, encrypt

QR_SCALE = 5
KEY_BYTES = 20
ISSUER = "netledger"
BEGUN_IN_SESSION = "second_factor_begun"
"""Where a session keeps which device was begun in it: no other session is shown its key or makes it count."""


def has_factor(staff: Staff) -> bool:
    """Whether signing in takes a code too."""
    return bool(SecondFactor.objects.filter(user_id=staff.pk, confirmed=True).exists())


def is_passed(session: SessionBase, staff: Staff) -> bool:
    """Whether this session was opened with the code of the device that the person has now, if he has one."""
    devices = SecondFactor.objects.filter(user_id=staff.pk, confirmed=True)
    known = [device.persistent_id for device in devices]
    return not known or session.get(DEVICE_ID_SESSION_KEY) in known


@transaction.atomic
def begin_enrolment(session: SessionBase, staff: Staff) -> SecondFactor:
    """A device with a key of its own, that counts from its first right code in this session on.

    Whatever was begun before, here or elsewhere, is discarded. Raises: SecondFactorThere.
    """
    if has_factor(staff):
        raise SecondFactorThere
    discard_begun(staff)
    device = SecondFactor.objects.create(user=staff, key=encrypt(token_hex(KEY_BYTES)), confirmed=False)
    session[BEGUN_IN_SESSION] = device.pk
    return device


def find_begun(session: SessionBase, staff: Staff) -> SecondFactor | None:
    """The device that was begun in this session and does not count yet."""
    devices = SecondFactor.objects.filter(user_id=staff.pk, confirmed=False)
    return devices.filter(pk=session.get(BEGUN_IN_SESSION)).first()


def discard_begun(staff: Staff) -> None:
    """Forget the devices that were begun and do not count yet."""
    SecondFactor.objects.filter(user_id=staff.pk, confirmed=False).delete()


def pass_with(session: SessionBase, staff: Staff, code: str) -> None:
    """Open this session wholly, with a right code, under another key. Raises: CodeWrong, CodeDelayed."""
    device = check_code(staff, code)
    session.cycle_key()
    if device is not None:
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id


def check_code(staff: Staff, code: str) -> SecondFactor | None:
    """The device that gave that code; None for who has none. Raises: CodeWrong, CodeDelayed."""
    with transaction.atomic():
        devices = SecondFactor.objects.select_for_update().filter(user_id=staff.pk, confirmed=True)
        device = devices.first()
        if device is None:
            return None
        is_right = _is_right(device, code)
    if not is_right:  # outside the transaction, which keeps that it failed
        raise CodeWrong
    return device


def confirm_enrolment(session: SessionBase, staff: Staff, code: str) -> None:
    """Have the device that was begun in this session count from now on, and write that down, both or neither.

    Raises: SecondFactorThere, CodeWrong, CodeDelayed.
    """
    with transaction.atomic():
        Staff.objects.select_for_update().get(pk=staff.pk)
        if has_factor(staff):
            raise SecondFactorThere
        device = find_begun(session, staff)
        is_right = device is not None and _is_right(device, code)
        if device is not None and is_right:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            audit.record(staff, Action.OWN_ACCOUNT, subject=staff, fields=["second_factor"])
    if device is None or not is_right:  # outside the transaction, which keeps that it failed
        raise CodeWrong
    session.cycle_key()
    session.pop(BEGUN_IN_SESSION, None)
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id


def _is_right(device: SecondFactor, code: str) -> bool:
    """Whether that is the device's code; whoever guessed is to wait first. Raises: CodeDelayed."""
    is_allowed, why = device.verify_is_allowed()
    if not is_allowed:
        wait: timedelta = why["locked_until"] - timezone.now()
        raise CodeDelayed(wait_s=max(1, int(wait.total_seconds()) + 1))
    return device.verify_token("".join(code.split()))


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

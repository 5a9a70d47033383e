"""How large a token bucket must be for a rate to be reached."""

from netledger.tariffs.models import UNSHAPED_KBPS

BURST_MS = 10
"""So long a token bucket lets pass at full speed, as Linux HTB needs at 100 Hz."""
BURST_BYTES_MIN = 16_384


def burst_bytes(kbps: int) -> int:
    """The bytes of the bucket for a rate in kbit/s; 0 where nothing is shaped."""
    return 0 if kbps == UNSHAPED_KBPS else max(BURST_BYTES_MIN, kbps * BURST_MS // 8)

"""Pages, files and the audit tell moments by the clock that days begin by."""

from backoffice.browser import Browser
from given import a_customer, paid, the_clock_says, utc
from netledger.ledger.services import set_zone


def test_wherever_they_are_told(administrator: Browser) -> None:
    set_zone("Asia/Kamchatka")  # twelve hours ahead of UTC
    the_clock_says(utc(2026, 11, 25, 12, 30))
    payer = a_customer()
    paid(payer, "5.00")

    for page in ("payments/", f"subscribers/{payer.id}/", "audit/"):
        assert "26.11.2026 00:30" in administrator.text(f"/admin/{page}")
    file = b"".join(administrator.get("/admin/files/payments.csv").streaming_content)  # type: ignore[arg-type]
    assert "2026-11-26 00:30:00" in file.decode()

"""The option --at: a moment that was typed."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from netledger.cli.language import say

At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="MOMENT",
        help=say(
            "когда, как 2026-11-25T20:30:00 (время провайдера) или с поясом +03:00; без него сейчас",
            "when, as 2026-11-25T20:30:00 (the provider's time) or with a zone, +03:00; without it now",
        ),
    ),
]


def moment_of(text: str | None) -> datetime | None:
    """The moment that was typed; without a zone it is in the provider's. Django is set up."""
    from netledger.ledger.clock import zone

    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=zone())
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            say("не момент времени: «{}»", "not a moment: “{}”").format(text), param_hint="--at"
        ) from None

"""What was of a subscriber: access, addresses, blocks and credits, each kind the newest first, page by page."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netledger.access.queries import blocks_of, changes_of
from netledger.backoffice.paging import Slice, cut, key_text
from netledger.backoffice.roles import Action, may
from netledger.network.presence import addresses_of
from netledger.payments.statement import credits_of

LINES_ON_CARD, LINES_A_PAGE = 30, 50


class Kind(NamedTuple):
    """One kind of what was."""

    name: str
    """In its address, and of the file that shows its lines."""
    title: str | Promise
    action: Action
    """What a role has to allow."""
    read: Callable[..., Sequence[Any]]
    key: Callable[[Any], tuple[datetime, int]]
    """The moment and the id of a line."""


KINDS = (
    Kind("access", _("Access"), Action.SEE_SUBSCRIBERS, changes_of, lambda one: (one.at, one.pk)),
    Kind(
        "addresses",
        _("IP addresses"),
        Action.SEE_NETWORK,
        addresses_of,
        lambda one: (one.from_at, one.line_id),
    ),
    Kind("blocks", _("Blocks"), Action.SEE_SUBSCRIBERS, blocks_of, lambda one: (one.placed_at, one.pk)),
    Kind("credits", _("Credits"), Action.SEE_SUBSCRIBERS, credits_of, lambda one: (one.granted_at, one.pk)),
)


class Past(NamedTuple):
    """Lines of one kind."""

    kind: Kind
    lines: Slice[Any]

    @property
    def table(self) -> str:
        """The file that shows them."""
        return f"backoffice/subscriber/past/{self.kind.name}.html"

    @property
    def next_key(self) -> str:
        """Where the next page begins; empty: there is none."""
        return key_text(*self.kind.key(self.lines.rows[-1])) if self.lines.has_more else ""


def newest_of(subscriber_id: int, role: str) -> list[Past]:
    """What the card shows to that role: the newest lines of each kind."""
    return [past_of(kind, subscriber_id, None, LINES_ON_CARD) for kind in KINDS if may(role, kind.action)]


def past_of(
    kind: Kind, subscriber_id: int, before: tuple[datetime, int] | None, lines_max: int = LINES_A_PAGE
) -> Past:
    """A page of one kind, before a line (None: the newest)."""
    return Past(kind, cut(kind.read(subscriber_id, before=before, lines_max=lines_max + 1), lines_max))

"""The list of subscribers: its pages and all of it, as its filter asks."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from netledger import sql
from netledger.backoffice.filters import SubscriberFilter
from netledger.ledger import clock

ROWS_A_PAGE = 50


class ListedSubscriber(NamedTuple):
    """A subscriber in a list; roubles, and the names of the plans that he has today."""

    subscriber_id: int
    contract_number: str
    name: str
    street: str
    house: str
    flat: str
    phone: str
    balance: Decimal
    reason: str | None
    plans: str | None

    @property
    def address(self) -> str:
        """Street, house and flat in one."""
        return ", ".join(filter(None, (self.street, self.house, self.flat)))


def subscribers_before(
    asked: SubscriberFilter, before_id: int | None, *, lines_max: int
) -> list[ListedSubscriber]:
    """The subscribers that are asked for, the newest first, before one (None: from the newest on)."""
    parameters = _parameters(asked, clock.today())
    page = {"before_id": before_id, "lines_max": lines_max}
    if parameters["group_id"] is not None:
        newest = sql.ids("backoffice/newest_below_group", group_id=parameters["group_id"], **page)
        is_all_asked = parameters["reason"] is None and parameters["plan_id"] is None
        if is_all_asked or len(newest) < lines_max:
            parameters |= {"group_id": None, "ids": newest}
    return sql.rows("backoffice/subscriber_list", ListedSubscriber, **parameters, **page)


def stream_subscribers(asked: SubscriberFilter) -> Iterator[ListedSubscriber]:
    """All of them, read as they are iterated."""
    parameters = _parameters(asked, clock.today())
    return sql.stream(
        "backoffice/subscriber_list", ListedSubscriber, **parameters, before_id=None, lines_max=None
    )


def _parameters(asked: SubscriberFilter, today: date) -> dict[str, Any]:
    asked.is_valid()
    found = asked.cleaned_data
    plan, group = found.get("plan"), found.get("group")
    return {
        "reason": found.get("state") or None,
        "plan_id": plan.pk if plan else None,
        "group_id": group.pk if group else None,
        "ids": None,
        "today": today,
    }

"""The lists as files, to those who may take them away; written down with how many rows went."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, cast

from django.http import FileResponse, Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from netledger.backoffice import audit
from netledger.backoffice.csv_files import csv_blocks
from netledger.backoffice.doors import StaffRequest, page
from netledger.backoffice.errors import ActionNotAllowed
from netledger.backoffice.filters import PaymentsAsked, SubscriberFilter
from netledger.backoffice.language import page_language
from netledger.backoffice.lists import stream_subscribers
from netledger.backoffice.roles import Action, may
from netledger.backoffice.templatetags.shown import charged, state
from netledger.installation.home import home_from_environment
from netledger.installation.spools import spool
from netledger.ledger import clock
from netledger.network.queries import list_nases
from netledger.payments.queries import list_operators
from netledger.payments.statement import stream_payments
from netledger.tariffs.queries import prices_since

Rows = Iterable[tuple[Any, ...]]


class File(NamedTuple):
    """A list that can be taken away: who may see it, its columns, and its rows for an address."""

    action: Action
    columns: Callable[[], list[str | Promise]]
    rows: Callable[[StaffRequest], Rows]


@page(Action.EXPORT)
def export(request: StaffRequest, name: str) -> HttpResponse:
    """The list of that name with the filters of the address; in a file first, so that a slow reader holds nothing."""
    wanted = FILES.get(name)
    if wanted is None:
        raise Http404
    if not may(request.user.role, wanted.action):
        raise ActionNotAllowed
    counted = _Counted(wanted.rows(request))
    blocks = csv_blocks(wanted.columns(), counted, page_language())
    spooled = spool(blocks, home_from_environment().tmp)
    audit.record(
        request.user, Action.EXPORT, fields=[name], values={"rows": counted.rows, "asked": request.GET.dict()},
        address=request.META["REMOTE_ADDR"],
    )  # fmt: skip
    length = spooled.seek(0, 2)
    spooled.seek(0)
    answer = FileResponse(
        spooled, as_attachment=True, filename=f"{name}.csv", content_type="text/csv; charset=utf-8"
    )
    answer["Content-Length"] = str(length)
    return cast("HttpResponse", answer)  # Django keeps the kinds of answers apart


class _Counted:
    """Rows that are counted while they go by."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.rows = 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            self.rows += 1
            yield row


def _subscribers(request: StaffRequest) -> Rows:
    for one in stream_subscribers(SubscriberFilter(request.GET)):
        yield (
            one.contract_number, one.name, one.street, one.house, one.flat, one.phone, one.balance,
            state(one.reason), one.plans,
        )  # fmt: skip


def _payments(request: StaffRequest) -> Rows:
    for one in stream_payments(PaymentsAsked(request.GET).wanted()):
        yield (
            one.taken_at, one.amount, one.operator_name, one.operator_payment_id, one.contract_number, one.name,
            one.operation_id, one.reversing_id,
        )  # fmt: skip


def _nases(_request: StaffRequest) -> Rows:
    for one in list_nases():
        yield one.name, one.address, one.created_at, one.retired_at


def _operators(_request: StaffRequest) -> Rows:
    for one in list_operators():
        yield one.code, one.name, one.cancel_within_days, one.retired_at


def _plans(_request: StaffRequest) -> Rows:
    for one in prices_since(clock.today()):
        yield (
            one.plan.name, one.price, one.from_on, charged(one.plan.charged_by), one.speed.ceil_in_kbps,
            one.speed.ceil_out_kbps, one.plan.retired_at,
        )  # fmt: skip


FILES = {
    "subscribers": File(
        Action.SEE_SUBSCRIBERS,
        lambda: [
            _("Contract"), _("Name"), _("Street"), _("House"), _("Flat"), _("Phone"), _("Balance"), _("Access"),
            _("Plans"),
        ],
        _subscribers,
    ),
    "payments": File(
        Action.SEE_PAYMENTS,
        lambda: [
            _("Taken"), _("Sum"), _("Operator"), _("Payment number"), _("Contract"), _("Name"), _("Operation"),
            _("Reversed by operation"),
        ],
        _payments,
    ),
    "nases": File(Action.SEE_NETWORK, lambda: [_("Name"), _("Address"), _("Added"), _("Retired")], _nases),
    "operators": File(
        Action.SEE_PAYMENTS, lambda: [_("Code"), _("Name"), _("May cancel within, days"), _("Retired")], _operators
    ),
    "plans": File(
        Action.SEE_PLANS,
        lambda: [
            _("Plan"), _("Price, roubles a month"), _("From day"), _("Charged by"), _("Down, kbit/s"), _("Up, kbit/s"),
            _("Retired"),
        ],
        _plans,
    ),
}  # fmt: skip

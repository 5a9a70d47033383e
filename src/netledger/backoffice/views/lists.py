"""Lists with their filters in the address, page by page by key, and the short lists that have one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from netledger.backoffice.doors import StaffRequest, page
from netledger.backoffice.filters import PaymentsAsked, SubscriberFilter
from netledger.backoffice.lists import ROWS_A_PAGE, subscribers_before
from netledger.backoffice.paging import address_of, cut, is_id, key_of, key_text
from netledger.backoffice.roles import Action, may
from netledger.backoffice.showing import write_shown
from netledger.ledger import clock
from netledger.network.queries import list_nases
from netledger.payments.queries import list_operators
from netledger.payments.statement import PaymentKey, payments_before
from netledger.tariffs.queries import prices_since

SUBSCRIBERS_SHOWN = ("name", "address", "phone", "balance", "plans")
"""What the audit says of a list that was looked at; likewise the next."""
PAYMENTS_SHOWN = ("name", "payments")


@page(Action.SEE_SUBSCRIBERS)
def subscribers(request: StaffRequest) -> HttpResponse:
    """Subscribers, the newest contract first."""
    asked = SubscriberFilter(request.GET)
    found = cut(subscribers_before(asked, _id_of(request), lines_max=ROWS_A_PAGE + 1), ROWS_A_PAGE)
    more = address_of(request.GET, before=str(found.rows[-1].subscriber_id)) if found.has_more else ""
    write_shown(request, SUBSCRIBERS_SHOWN, [row.subscriber_id for row in found.rows])
    return _show_list(request, "subscribers", {"asked": asked, "rows": found.rows, "more": more})


@page(Action.SEE_PAYMENTS)
def payments(request: StaffRequest) -> HttpResponse:
    """Payments of all subscribers, the newest first."""
    asked, key = PaymentsAsked(request.GET), key_of(request.GET.get("before", ""))
    before = PaymentKey(*key) if key else None
    found = cut(payments_before(asked.wanted(), before, lines_max=ROWS_A_PAGE + 1), ROWS_A_PAGE)
    more = ""
    write_shown(request, PAYMENTS_SHOWN, [row.subscriber_id for row in found.rows])
    if found.has_more:
        last = found.rows[-1]
        more = address_of(request.GET, before=key_text(last.taken_at, last.payment_id))
    return _show_list(request, "payments", {"asked": asked, "rows": found.rows, "more": more})


@page(Action.SEE_NETWORK)
def nases(request: StaffRequest) -> HttpResponse:
    """The routers that ask for lists."""
    return _show_list(request, "nases", {"rows": list_nases()})


@page(Action.SEE_PAYMENTS)
def operators(request: StaffRequest) -> HttpResponse:
    """Who takes money for us."""
    return _show_list(request, "operators", {"rows": list_operators()})


@page(Action.SEE_PLANS)
def plans(request: StaffRequest) -> HttpResponse:
    """What is sold: the prices and speeds that hold today, and those to come."""
    today = clock.today()
    return _show_list(request, "plans", {"rows": prices_since(today), "today": today})


def _show_list(request: StaffRequest, name: str, told: dict[str, object]) -> HttpResponse:
    told |= {
        "may_export": may(request.user.role, Action.EXPORT),
        "is_first": "before" not in request.GET,
        "file_query": _query_without_page(request),
    }
    return render(request, f"backoffice/lists/{name}.html", told)


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    return query.urlencode()


def _id_of(request: HttpRequest) -> int | None:
    """The id that the page before ended with; what is none asks for the first page."""
    before = request.GET.get("before", "")
    return int(before) if is_id(before) else None

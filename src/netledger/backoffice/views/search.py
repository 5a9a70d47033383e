"""The search box of every page: an answer while one types, a page of its own without scripts."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from netledger.access.queries import decisions_of
from netledger.backoffice.doors import StaffRequest, page
from netledger.backoffice.roles import Action, may
from netledger.backoffice.search import Found, search
from netledger.backoffice.showing import write_shown
from netledger.subscribers.identifiers import identifier_key

FOUND_MAX = 20
SHOWN_WHILE_TYPING = 8
SHOWN = ("name", "address", "phone", "balance")
"""What the audit says of those who were found."""


@page(Action.SEE_SUBSCRIBERS)
def find(request: StaffRequest) -> HttpResponse:
    """Whom the text may mean; where it can only mean one, his card."""
    text = request.GET.get("q", "")
    findings = search(text, found_max=FOUND_MAX, sees_network=may(request.user.role, Action.SEE_NETWORK))
    is_typing = bool(request.htmx)
    found = findings.found
    if not is_typing and found and (len(found) == 1 or _is_his_contract(found[0], text)):
        return HttpResponseRedirect(reverse("backoffice:subscriber", args=[found[0].subscriber.id]))
    shown = found[:SHOWN_WHILE_TYPING] if is_typing else found
    ids = [one.subscriber.id for one in shown]
    write_shown(request, SHOWN, ids)
    decisions = decisions_of(ids)
    told = {
        "searched": text,
        "found": [(one, decisions.get(one.subscriber.id)) for one in shown],
        "more": len(found) - len(shown),
        "gave_up": findings.gave_up,
        "found_max": FOUND_MAX,
    }
    return render(request, f"backoffice/search/{'hits' if is_typing else 'page'}.html", told)


def _is_his_contract(first: Found, text: str) -> bool:
    return identifier_key(first.subscriber.contract_number) == identifier_key(text)

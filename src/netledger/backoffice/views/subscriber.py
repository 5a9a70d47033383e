"""The card of a subscriber, and the form of what is told of him."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from netledger.backoffice import audit, in_force
from netledger.backoffice.acts.declared import ACTS
from netledger.backoffice.card import Card, card_of
from netledger.backoffice.doors import CONFLICT, StaffRequest, act, page
from netledger.backoffice.errors import ActionNotAllowed
from netledger.backoffice.history import KINDS, newest_of, past_of
from netledger.backoffice.language import page_language
from netledger.backoffice.paging import address_of, key_of
from netledger.backoffice.particulars import FIELDS_REFUSED, ParticularsForm, changed_by
from netledger.backoffice.roles import Action, may
from netledger.errors import Refusal
from netledger.subscribers.models import Subscriber
from netledger.subscribers.particulars import set_subscriber

SHOWN = ("name", "address", "phone", "email", "balance", "statement", "logins", "plans", "history")
"""What the audit says of a card that was looked at; of whoever sees the network also the next."""
SHOWN_OF_NETWORK = ("connections", "addresses")


def subscriber_of(subscriber_id: int) -> Subscriber:
    """The subscriber of a page's address, with his account. Raises: Http404."""
    found = Subscriber.objects.select_related("account").filter(pk=subscriber_id).first()
    if found is None:
        raise Http404
    return found


def note_shown(request: StaffRequest, subscriber: Subscriber, fields: Iterable[str]) -> None:
    """Write down that these fields of a subscriber were shown."""
    audit.record(
        request.user,
        Action.SEE_SUBSCRIBERS,
        subject=subscriber,
        fields=fields,
        address=request.META["REMOTE_ADDR"],
    )


@page(Action.SEE_SUBSCRIBERS)
def card(request: StaffRequest, subscriber_id: int) -> HttpResponse:
    """All about one subscriber."""
    subscriber = subscriber_of(subscriber_id)
    before = request.GET.get("before", "")
    before_id = (
        int(before) if before.isascii() and before.isdigit() and len(before) < len(str(2**63)) else None
    )
    sees_network = may(request.user.role, Action.SEE_NETWORK)
    shown = card_of(
        subscriber,
        before_id=before_id,
        seen_within_s=in_force.settings_in_force().network.session_seen_within_s,
        sees_network=sees_network,
    )
    note_shown(request, subscriber, (*SHOWN, *(SHOWN_OF_NETWORK if sees_network else ())))
    told = {
        "card": shown,
        "subscriber": subscriber,
        "history": newest_of(subscriber.id, request.user.role),
        "sentence": shown.state.sentence(page_language()),
        "acts": _acts_on(shown, request.user.role),
        "may_change": may(request.user.role, Action.CHANGE_SUBSCRIBER),
        "may_reverse": may(request.user.role, Action.REVERSE_OPERATION),
        "is_newest": before_id is None,
        "earlier": _earlier(request, shown),
    }
    return render(request, "backoffice/subscriber/card.html", told)


@page(Action.SEE_SUBSCRIBERS)
def history(request: StaffRequest, subscriber_id: int, past: str) -> HttpResponse:
    """All of one kind of what was of him, page by page."""
    kind = next((one for one in KINDS if one.name == past), None)
    if kind is None:
        raise Http404
    if not may(request.user.role, kind.action):
        raise ActionNotAllowed
    subscriber, before = subscriber_of(subscriber_id), key_of(request.GET.get("before", ""))
    shown = past_of(kind, subscriber.id, before)
    note_shown(request, subscriber, ["name", "balance", kind.name])
    more = address_of(request.GET, before=shown.next_key) if shown.next_key else ""
    told = {"subscriber": subscriber, "past": shown, "is_first": before is None, "more": more}
    return render(request, "backoffice/subscriber/past.html", told)


@page(Action.CHANGE_SUBSCRIBER)
def edit(request: StaffRequest, subscriber_id: int) -> HttpResponse:
    """The form of what is told of a subscriber."""
    subscriber = subscriber_of(subscriber_id)
    form = ParticularsForm(told_of=subscriber)
    note_shown(request, subscriber, [*form.fields, "balance"])
    return render(request, "backoffice/subscriber/edit.html", {"subscriber": subscriber, "form": form})


@act(Action.CHANGE_SUBSCRIBER)
def save(request: StaffRequest, subscriber_id: int) -> HttpResponse:
    """Keep what was changed in it, and nothing else."""
    subscriber = subscriber_of(subscriber_id)
    form = ParticularsForm(request.POST, told_of=subscriber)
    told = {"subscriber": subscriber, "form": form}
    if not form.is_valid():
        return render(request, "backoffice/subscriber/edit.html", told, status=400)
    changed = changed_by(form)
    try:
        _keep(request, subscriber, changed)
    except Refusal as refusal:
        field = getattr(refusal, "field", None) or FIELDS_REFUSED.get(refusal.code)
        form.add_error(field if field in form.fields else None, refusal.sentence(page_language()))
        return render(request, "backoffice/subscriber/edit.html", told, status=CONFLICT)
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return HttpResponseRedirect(reverse("backoffice:subscriber", args=[subscriber.id]))


@transaction.atomic
def _keep(request: StaffRequest, subscriber: Subscriber, changed: dict[str, Any]) -> None:
    if not changed:
        return
    set_subscriber(subscriber_id=subscriber.id, **changed)
    audit.record(
        request.user,
        Action.CHANGE_SUBSCRIBER,
        subject=subscriber,
        fields=changed,
        values=changed,
        address=request.META["REMOTE_ADDR"],
    )


def _acts_on(card: Card, role: str) -> list[dict[str, Any]]:
    """The buttons of the card: what the role allows, and what makes sense of this subscriber now."""
    senseless = {
        "reverse",  # stands beside each operation
        "unblock" if card.block is None else "block",
        *(("end-credit",) if card.credit is None else ()),
    }
    return [
        {
            "title": one.title,
            "address": reverse(f"backoffice:act_{one.name}", args=[card.subscriber.id]),
            "name": one.name,
        }
        for one in ACTS
        if one.name not in senseless and may(role, one.action)
    ]


def _earlier(request: StaffRequest, card: Card) -> str:
    """The address of the statement's next page; empty where there is none."""
    if not card.statement.has_more:
        return ""
    return address_of(request.GET, before=str(card.statement.rows[-1].operation_id))

"""An act on a subscriber's card in three steps: the form, what it will do, and done; pressed twice, done once."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, reverse

from netledger.backoffice import audit
from netledger.backoffice.acts.declared import ACTS, Act, Outcome
from netledger.backoffice.acts.saying import in_words, said
from netledger.backoffice.doors import CONFLICT, StaffRequest, act, page
from netledger.backoffice.errors import FormStale
from netledger.backoffice.language import page_language
from netledger.backoffice.once import do_once
from netledger.backoffice.paging import is_id
from netledger.backoffice.preview import preview
from netledger.backoffice.views.subscriber import note_shown, subscriber_of
from netledger.errors import Refusal
from netledger.payments.credit import Seen
from netledger.subscribers.models import Subscriber

WRONG = 400
SHOWN = ("name", "balance")
"""What the audit says of a subscriber whom an act was begun for."""

Route = Callable[[str, Callable[..., Any], str], URLPattern]


def act_routes(route: Route) -> Iterator[URLPattern]:
    """The three addresses of each act, below a subscriber's card."""
    for one in ACTS:
        below = f"subscribers/<int:subscriber_id>/{one.name}/"
        yield route(below, page(one.action)(_form_of(one)), f"act_{one.name}")
        yield route(f"{below}preview/", act(one.action)(_preview_of(one)), f"preview_{one.name}")
        yield route(f"{below}do/", act(one.action)(_doing_of(one)), f"do_{one.name}")


def _form_of(one: Act) -> Callable[[StaffRequest, int], HttpResponse]:
    def ask(request: StaffRequest, subscriber_id: int) -> HttpResponse:
        subscriber = subscriber_of(subscriber_id)
        form = one.form(
            initial={name: request.GET[name] for name in one.form.base_fields if name in request.GET}
        )
        note_shown(request, subscriber, SHOWN)
        return _show_form(request, one, subscriber, form)

    return ask


def _preview_of(one: Act) -> Callable[[StaffRequest, int], HttpResponse]:
    def foresee(request: StaffRequest, subscriber_id: int) -> HttpResponse:
        subscriber, form = subscriber_of(subscriber_id), one.form(request.POST)
        note_shown(request, subscriber, SHOWN)
        if "change" in request.POST or not form.is_valid():
            return _show_form(request, one, subscriber, form)
        try:
            foreseen = preview(subscriber, lambda: one.perform(subscriber, request.user, form.cleaned_data))
        except Refusal as refusal:
            return _show_refusal(request, one, subscriber, form, refusal)
        # His account was read before the preview locked it.
        subscriber.account.balance = foreseen.balance_before
        told = {
            "act": one,
            "subscriber": subscriber,
            "form": form,
            "foreseen": foreseen,
            "asked": [(form[name].label, in_words(answer)) for name, answer in form.cleaned_data.items()],
            "sentence_after": foreseen.after.sentence(page_language()),
            "repeated": foreseen.outcome["done"] == "repeat",
            "said": said(foreseen.outcome),
            "act_key": uuid4(),
            "seen": foreseen.before.credit,
        }
        return render(request, "backoffice/subscriber/preview.html", told)

    return foresee


def _doing_of(one: Act) -> Callable[[StaffRequest, int], HttpResponse]:
    def do(request: StaffRequest, subscriber_id: int) -> HttpResponse:
        subscriber, form = subscriber_of(subscriber_id), one.form(request.POST)
        if not form.is_valid():
            return _show_form(request, one, subscriber, form)

        def perform() -> Outcome:
            seen = {"seen": _seen(request)} if one.replaces else {}
            outcome = one.perform(subscriber, request.user, form.cleaned_data | seen)
            audit.record(
                request.user,
                one.action,
                subject=subscriber,
                fields=[one.name, *form.cleaned_data],
                values={name: str(form[name].value() or "") for name in form.fields} | outcome,
                address=request.META["REMOTE_ADDR"],
            )
            return outcome

        try:
            outcome = do_once(request.user, _act_key(request), perform)
        except Refusal as refusal:
            return _show_refusal(request, one, subscriber, form, refusal)
        messages.success(request, said(outcome))
        return HttpResponseRedirect(reverse("backoffice:subscriber", args=[subscriber.id]))

    return do


def _act_key(request: HttpRequest) -> UUID:
    """The key that the preview gave the form. Raises: FormStale."""
    try:
        return UUID(request.POST.get("act_key", ""))
    except ValueError:
        raise FormStale from None


def _seen(request: HttpRequest) -> Seen:
    """Which credit the preview showed in force. Raises: FormStale."""
    credit_id = request.POST.get("seen")
    if credit_id == "":
        return Seen(None)
    if credit_id is None or not is_id(credit_id):
        raise FormStale
    return Seen(int(credit_id))


def _show_refusal(
    request: StaffRequest, one: Act, subscriber: Subscriber, form: forms.Form, refusal: Refusal
) -> HttpResponse:
    """The form again, with the refusal at the field that it is about."""
    form.add_error(one.fields_refused.get(refusal.code), refusal.sentence(page_language()))
    return _show_form(request, one, subscriber, form, status=CONFLICT)


def _show_form(
    request: StaffRequest, one: Act, subscriber: Subscriber, form: forms.Form, *, status: int | None = None
) -> HttpResponse:
    told = {"act": one, "subscriber": subscriber, "form": form}
    shown = status or (WRONG if form.is_bound and form.errors else 200)
    return render(request, "backoffice/subscriber/act.html", told, status=shown)

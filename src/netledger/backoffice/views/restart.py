"""The button that restarts the service, and the page that says when it is back."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from netledger.backoffice import audit
from netledger.backoffice.doors import StaffRequest, act, page
from netledger.backoffice.language import page_language
from netledger.backoffice.roles import Action
from netledger.backoffice.service import running_service


@act(Action.CHANGE_SETTINGS)
def restart(request: StaffRequest) -> HttpResponse:
    """Ask for it, and answer before this process leaves for it; a wrong file is refused."""
    with transaction.atomic():  # what is refused was not done; what cannot be written down is not done
        audit.record(request.user, "restarted", address=request.META["REMOTE_ADDR"])
        asked_s = running_service().ask_for_restart()
    return render(request, "backoffice/restart.html", _told(asked_s))


@page(Action.CHANGE_SETTINGS)
def restart_state(request: StaffRequest) -> HttpResponse:
    """What became of it: a part of that page, or the page for a browser without scripts."""
    asked_s = _seconds(request)
    attempt = running_service().restarted_since(asked_s)
    told = _told(asked_s)
    if attempt is not None:
        told |= {
            "is_over": True,
            "error": attempt.failed_ru if page_language() == "ru" else attempt.failed_en,
        }
    template = "backoffice/parts/restart.html" if request.htmx else "backoffice/restart.html"
    return render(request, template, told)


def _told(asked_s: float) -> dict[str, object]:
    return {"state_address": reverse("backoffice:restart_state") + "?" + urlencode({"asked": str(asked_s)})}


def _seconds(request: HttpRequest) -> float:
    try:
        return float(request.GET.get("asked", ""))
    except ValueError:
        return float("inf")

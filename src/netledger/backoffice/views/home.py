"""The first page after signing in."""

from django.http import HttpResponse
from django.shortcuts import render

from netledger.backoffice.doors import StaffRequest, page
from netledger.backoffice.roles import Action, Role


@page(Action.OWN_ACCOUNT)
def home(request: StaffRequest) -> HttpResponse:
    """Who one is here."""
    return render(request, "backoffice/home.html", {"role": Role(request.user.role).label})

"""The passwords in the file, shown to whoever signs in again for it, and written down in the audit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from netledger.backoffice import audit
from netledger.backoffice.doors import StaffRequest, act, page
from netledger.backoffice.identity import recognise_again
from netledger.backoffice.language import page_language
from netledger.backoffice.roles import Action
from netledger.backoffice.second_factor import has_factor
from netledger.backoffice.views.refusals import with_wait
from netledger.errors import Refusal
from netledger.installation.bash_config import read_config
from netledger.installation.config_view import is_secret
from netledger.installation.home import home_from_environment

UNPROCESSABLE = 422


@page(Action.SEE_SECRETS)
def ask_again(request: StaffRequest) -> HttpResponse:
    """Ask for the password, and for the code of who has a second factor."""
    return _form(request)


@sensitive_post_parameters("password", "code")
@act(Action.SEE_SECRETS)
def show_secrets(request: StaffRequest) -> HttpResponse:
    """Show them on this one answer."""
    try:
        recognise_again(request, request.user)
    except Refusal as refusal:
        return _form(request, refusal)
    config = read_config(home_from_environment().config)
    secrets = [
        (f"{section}.{key}", assignment.value)
        for (section, key), assignment in config.deciding().items()
        if assignment.value and is_secret(section, key)
    ]
    audit.record(
        request.user,
        Action.SEE_SECRETS,
        fields=[key for key, _ in secrets],
        address=request.META["REMOTE_ADDR"],
    )
    return render(request, "backoffice/secrets.html", {"secrets": secrets})


def _form(request: StaffRequest, refusal: Refusal | None = None) -> HttpResponse:
    told = {
        "has_factor": has_factor(request.user),
        "error": refusal.sentence(page_language()) if refusal else "",
    }
    answer = render(request, "backoffice/secrets_again.html", told, status=UNPROCESSABLE if refusal else 200)
    return with_wait(answer, refusal)

"""Settings → Settings (in the file): cfg/config on a page, section by section, as it will be written."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from netledger.backoffice import audit
from netledger.backoffice.doors import StaffRequest, act, page, would_open
from netledger.backoffice.language import page_language
from netledger.backoffice.roles import Action
from netledger.backoffice.settings_fields import changes_in, errors_in, errors_of, sections_of
from netledger.installation.bash_config import BashConfig, read_config
from netledger.installation.config_edit import check_change, set_values, version_of, with_values
from netledger.installation.config_view import difference, is_secret
from netledger.installation.errors import (
    ConfigChangedMeanwhile,
    ConfigRefused,
    ConfigUnreadable,
    SettingRefused,
)
from netledger.installation.home import home_from_environment
from netledger.installation.settings import find_declared, settings_of

UNPROCESSABLE, CONFLICT = 422, 409
CHANGE = "change:"
"""Before the key, in the form that saves."""


@page(Action.CHANGE_SETTINGS)
def settings_in_file(request: StaffRequest) -> HttpResponse:
    """The form, filled with what the file says."""
    try:
        config = read_config(home_from_environment().config)
    except (ConfigRefused, ConfigUnreadable) as refusal:
        return render(
            request, "backoffice/settings_unread.html", {"error": refusal.sentence(page_language())}
        )
    return _form(request, config, errors=errors_of(config))


@sensitive_post_parameters()
@act(Action.CHANGE_SETTINGS)
def preview_settings(request: StaffRequest) -> HttpResponse:
    """What saving would change, as lines of the file; or the form again, with what is wrong at its fields."""
    config = read_config(home_from_environment().config)
    if request.POST.get("back"):
        return _form(request, config, typed=request.POST.dict())
    changes = changes_in(request.POST.dict())
    errors = errors_in(changes)
    if errors:
        return _form(request, config, typed=request.POST.dict(), errors=errors, status=UNPROCESSABLE)
    changes = {key: value for key, value in changes.items() if _differs(config, key, value)}
    if not changes:
        messages.info(request, _("Nothing was changed."))
        return redirect("backoffice:settings")
    is_stale = request.POST.get("version") != version_of(config)
    return _preview(request, config, changes, is_stale=is_stale, status=CONFLICT if is_stale else 200)


@sensitive_post_parameters()
@act(Action.CHANGE_SETTINGS)
def save_settings(request: StaffRequest) -> HttpResponse:
    """Write what was previewed, if the file is still the one that the preview was made from."""
    home = home_from_environment()
    changes = {
        name.removeprefix(CHANGE): text
        for name, text in request.POST.dict().items()
        if name.startswith(CHANGE)
    }
    config = read_config(home.config)
    _refuse_undeclared(changes)
    if _warnings_of(request, config, changes) and request.POST.get("sure") != "yes":
        return _preview(request, config, changes, status=UNPROCESSABLE)
    open_values = {key: text for key, text in changes.items() if not is_secret(*key.split(".", 1))}
    try:
        with transaction.atomic():  # what is refused was not done; what cannot be written down is not done
            audit.record(
                request.user,
                Action.CHANGE_SETTINGS,
                fields=sorted(changes),
                values=open_values,
                address=request.META["REMOTE_ADDR"],
            )
            warned = set_values(home, changes, made_from=request.POST.get("version", "-"))
    except ConfigChangedMeanwhile:
        return _preview(request, read_config(home.config), changes, is_stale=True, status=CONFLICT)
    messages.success(request, _("Saved. It takes effect with a restart."))
    for warning in warned:
        messages.warning(request, warning.ru if page_language() == "ru" else warning.en)
    return redirect("backoffice:settings")


def _form(
    request: StaffRequest,
    config: BashConfig,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    home = home_from_environment()
    told = {
        "path": str(home.config),
        "version": (typed or {}).get("version") or version_of(config),
        "sections": sections_of(config, typed, errors),
        "errors": errors or {},
        "is_waiting": _is_waiting(),
    }
    return render(request, "backoffice/settings.html", told, status=status)


def _preview(
    request: StaffRequest,
    config: BashConfig,
    changes: dict[str, str],
    *,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    home = home_from_environment()
    told = {
        "path": str(home.config),
        "version": version_of(config),
        "changes": [(CHANGE + key, text) for key, text in changes.items()],
        "lines": difference(config, with_values(home, config, changes)),
        "is_stale": is_stale,
        "warnings": _warnings_of(request, config, changes),
        "typed": [(name, text) for name, text in request.POST.items() if name.partition(":")[1]],
    }
    return render(request, "backoffice/settings_preview.html", told, status=status)


def _differs(config: BashConfig, key: str, value: str) -> bool:
    section, _point, name = key.partition(".")
    assignment = config.deciding().get((section, name))
    return assignment is None or assignment.value != value


def _refuse_undeclared(changes: dict[str, str]) -> None:
    """What netledger does not read is not changed here. Raises: SettingRefused."""
    for key, value in changes.items():
        check_change(key, value)
        if find_declared(*key.split(".", 1)) is None:
            raise SettingRefused(
                key=key, why_ru="этого netledger не читает", why_en="netledger does not read it"
            )


def _warnings_of(request: StaffRequest, config: BashConfig, changes: dict[str, str]) -> list[str]:
    """What the changes would do to whoever makes them, once they are in force."""
    home = home_from_environment()
    try:
        after = settings_of(with_values(home, config, changes), home.config)
    except ConfigRefused:
        return []  # a restart would refuse it: another value of the file is wrong
    if would_open(request, after):
        return []
    address = request.META["REMOTE_ADDR"]
    return [_("After the restart these pages no longer open to you, at %(address)s.") % {"address": address}]


def _is_waiting() -> bool:
    """Whether the file says something else than what is in force."""
    home = home_from_environment()
    try:
        return home.config.read_bytes() != home.active_config.read_bytes()
    except OSError:
        return False

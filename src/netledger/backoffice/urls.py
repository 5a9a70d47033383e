"""The addresses of staff's pages, below `/admin/`."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from netledger.backoffice.doors import has_door
from netledger.backoffice.views import (
    audit_log,
    export,
    home,
    lists,
    look,
    own,
    restart,
    search,
    secrets,
    settings,
    sign_in,
    staff,
    subscriber,
)
from netledger.backoffice.views.acts import act_routes


class DoorMissing(Exception):
    """A view would be open to everybody: a fault of ours."""


def route(address: str, view: Callable[..., Any], name: str) -> URLPattern:
    """An address of a page. Raises: DoorMissing: the view was not declared with a door."""
    if not has_door(view):
        raise DoorMissing(f"{view.__module__}.{view.__name__}")
    return path(address, view, name=name)


app_name = "backoffice"
urlpatterns = [
    route("", home.home, "home"),
    route("sign-in/", sign_in.sign_in, "sign_in"),
    route("second-factor/", sign_in.second_factor, "second_factor"),
    route("sign-out/", sign_in.sign_out, "sign_out"),
    route("own/", own.own, "own"),
    route("own/password/", own.change_password, "own_password"),
    route("own/sessions/end/", own.end_session, "own_end_session"),
    route("own/second-factor/", own.enrol, "own_enrol"),
    route("own/second-factor/confirm/", own.confirm_factor, "own_confirm_factor"),
    route("own/second-factor/remove/", own.remove_factor, "own_remove_factor"),
    route("staff/", staff.everybody, "staff"),
    route("staff/add/", staff.add, "staff_add"),
    route("staff/<int:staff_id>/", staff.one, "staff_one"),
    route("staff/<int:staff_id>/change/", staff.change, "staff_change"),
    route("staff/<int:staff_id>/password/", staff.renew_password, "staff_password"),
    route("staff/<int:staff_id>/active/", staff.choose_active, "staff_active"),
    route("staff/<int:staff_id>/sessions/end/", staff.end_all, "staff_end_sessions"),
    route("staff/<int:staff_id>/second-factor/remove/", staff.take_factor_off, "staff_factor"),
    route("audit/", audit_log.audit_log, "audit"),
    route("settings/", settings.settings_in_file, "settings"),
    route("settings/preview/", settings.preview_settings, "settings_preview"),
    route("settings/save/", settings.save_settings, "settings_save"),
    route("settings/secrets/", secrets.ask_again, "secrets"),
    route("settings/secrets/show/", secrets.show_secrets, "secrets_show"),
    route("settings/restart/", restart.restart, "restart"),
    route("settings/restart/state/", restart.restart_state, "restart_state"),
    route("look/", look.choose_look, "look"),
    route("search/", search.find, "search"),
    route("subscribers/", lists.subscribers, "subscribers"),
    route("subscribers/<int:subscriber_id>/", subscriber.card, "subscriber"),
    route("subscribers/<int:subscriber_id>/history/<slug:past>/", subscriber.history, "subscriber_history"),
    route("subscribers/<int:subscriber_id>/edit/", subscriber.edit, "edit_subscriber"),
    route("subscribers/<int:subscriber_id>/save/", subscriber.save, "save_subscriber"),
    *act_routes(route),
    route("payments/", lists.payments, "payments"),
    route("operators/", lists.operators, "operators"),
    route("plans/", lists.plans, "plans"),
    route("nases/", lists.nases, "nases"),
    route("files/<slug:name>.csv", export.export, "export"),
]

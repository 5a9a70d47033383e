"""What the sidebar leads to. A new page that belongs there adds its line."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netledger.backoffice.roles import Action


class Entry(NamedTuple):
    """A line of the sidebar: shown to those whose role allows its action."""

    route: str
    """The name of the page in `urls.py`; the pages whose addresses begin with its own belong to it."""
    title: str | Promise
    icon: str
    """A file of templates/backoffice/icons/."""
    action: Action
    group: str | Promise = ""
    """The heading that it stands under."""


MENU = (
    Entry("home", _("Home"), "home", Action.OWN_ACCOUNT),
    Entry("subscribers", _("Subscribers"), "people", Action.SEE_SUBSCRIBERS),
    Entry("payments", _("Payments"), "money", Action.SEE_PAYMENTS),
    Entry("operators", _("Operators"), "till", Action.SEE_PAYMENTS),
    Entry("plans", _("Plans"), "tag", Action.SEE_PLANS),
    Entry("nases", _("Routers"), "router", Action.SEE_NETWORK),
    Entry("settings", _("Settings (in the file)"), "settings", Action.CHANGE_SETTINGS, _("Settings")),
    Entry("staff", _("Staff"), "staff", Action.KEEP_STAFF, _("Settings")),
    Entry("audit", _("Audit"), "audit", Action.SEE_AUDIT, _("Settings")),
)

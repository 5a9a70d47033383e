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


MENU = (
    Entry("home", _("Home"), "home", Action.OWN_ACCOUNT),
    Entry("staff", _("Staff"), "staff", Action.KEEP_STAFF),
    Entry("audit", _("Audit"), "audit", Action.SEE_AUDIT),
    Entry("own", _("My account"), "me", Action.OWN_ACCOUNT),
)

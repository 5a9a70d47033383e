"""The first page after signing in: how the day goes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from netledger.access.models import Reason
from netledger.access.queries import closed_by_reason
from netledger.backoffice import in_force
from netledger.backoffice.doors import StaffRequest, page
from netledger.backoffice.language import page_language
from netledger.backoffice.roles import Action, may
from netledger.backoffice.templatetags.shown import day
from netledger.backoffice.trouble import troubles
from netledger.network.presence import online_count
from netledger.payments.takings import ONE_WEEK, Takings, takings

OPERATORS_CHARTED = 8


@page(Action.OWN_ACCOUNT)
def home(request: StaffRequest) -> HttpResponse:
    """Money, access, who is online, and what is wrong; each to those who may see it."""
    role = request.user.role
    told: dict[str, Any] = {}
    if may(role, Action.SEE_PAYMENTS):
        money_now = takings()
        told |= {"takings": money_now, "hours": _hours(money_now), "charts": _charts(money_now)}
    if may(role, Action.SEE_SUBSCRIBERS):
        told["closed"] = _closed()
    if may(role, Action.SEE_NETWORK):
        told["online"] = online_count(
            seen_within_s=in_force.settings_in_force().network.session_seen_within_s
        )
        told["troubles"] = [
            {
                "severity": one.severity,
                "sentence": one.sentence(page_language()),
                "cure": one.cure(page_language()),
            }
            for one in troubles()
        ]
    return render(request, "backoffice/home.html", told)


def _closed() -> list[dict[str, Any]]:
    counted = closed_by_reason()
    listed = reverse("backoffice:subscribers")
    return [
        {"title": title, "count": counted.get(reason, 0), "address": f"{listed}?state={reason.value}"}
        for reason, title in (
            (Reason.OVERDRAWN, _("Closed for debt")),
            (Reason.HELD, _("Wait for payment")),
            (Reason.BLOCKED, _("Blocked")),
            (Reason.NO_PLAN, _("Without a plan")),
        )
    ]


def _hours(told: Takings) -> list[tuple[str, Any, Any]]:
    """The rows of the table beside the chart: by the end of each hour, today and a week ago."""
    return [
        (f"{hour + 1:02d}:00", today, before)
        for hour, (today, before) in enumerate(zip(told.today_by_hour, told.week_before_by_hour, strict=True))
    ]


def _charts(told: Takings) -> dict[str, Any]:
    """What the charts draw; sums as texts, so that no figure passes through a float of ours."""
    week_before_on = told.now_at.date() - ONE_WEEK
    charted = told.operators[:OPERATORS_CHARTED]
    days = [_("today"), day(week_before_on)]
    return {
        "language": page_language(),
        "hours": {
            "labels": [label for label, *_rest in _hours(told)],
            "series": [
                {
                    "title": days[0],
                    "values": [None if one is None else str(one) for one in told.today_by_hour],
                },
                {"title": days[1], "values": [str(one) for one in told.week_before_by_hour]},
            ],
        },
        "operators": {
            "labels": [one.operator_name for one in charted],
            "series": [
                {"title": days[0], "values": [str(one.today) for one in charted]},
                {"title": days[1], "values": [str(one.week_before) for one in charted]},
            ],
        },
    }

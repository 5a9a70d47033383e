"""Clocks that are apart or were set back, and a zone that is another's, are found while they are so."""

from datetime import date, datetime, timedelta

import pytest

from found import codes
from given import a_customer, moved, the_clock_says
from netledger.installation.settings import AppSettings, Settings
from netledger.ledger import clock, doctor
from netledger.ledger.doctor import findings
from netledger.ledger.services import set_zone

pytestmark = pytest.mark.django_db

MOSCOW = Settings(app=AppSettings(time_zone="Europe/Moscow"))


@pytest.fixture(autouse=True)
def _in_moscow() -> None:
    set_zone("Europe/Moscow")


def test_nothing_where_all_agree() -> None:
    moved(a_customer(), "1.00")

    assert codes(findings(MOSCOW)) == []


@pytest.mark.parametrize("apart_s", [-30, 30])
def test_a_machine_whose_clock_is_not_the_databases(monkeypatch: pytest.MonkeyPatch, apart_s: int) -> None:
    class Elsewhere(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=apart_s)  # type: ignore[arg-type]

    monkeypatch.setattr(doctor, "datetime", Elsewhere)

    (differs,) = findings(MOSCOW)

    assert codes([differs]) == ["clock_differs"]
    assert "30 s" in differs.sentence("en")


def test_a_clock_that_was_set_back() -> None:
    customer = a_customer()
    the_clock_says(clock.now() + timedelta(hours=1))
    moved(customer, "1.00")

    assert codes(findings(MOSCOW)) == ["clock_set_back"]


def test_days_that_begin_by_another_zone_than_the_configured() -> None:
    set_zone("Asia/Omsk")
    assert codes(findings(MOSCOW)) == ["zone_differs"]

    set_zone("Europe/Moscow")

    assert codes(findings(MOSCOW)) == []


def test_a_database_with_other_rules_of_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_other_rules(day: date) -> datetime:
        return clock.day_start(day) + timedelta(hours=1)

    monkeypatch.setattr(doctor, "day_start", by_other_rules)

    assert codes(findings(MOSCOW)) == ["zone_rules_differ"]


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Asia/Beirut", "America/Havana", "Asia/Kathmandu"])
def test_but_not_of_a_zone_with_strange_midnights(zone: str) -> None:
    set_zone(zone)

    assert codes(findings(Settings(app=AppSettings(time_zone=zone)))) == []

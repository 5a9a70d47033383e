"""What was of a subscriber: the card shows the newest of each kind, and pages behind it show all of them."""

from datetime import timedelta

import pytest

from backoffice.browser import Browser
from given import a_connection, a_customer, a_nas
from netledger.access.models import Block, Change, Reason
from netledger.ledger import clock
from netledger.network.models import Assignment, Session
from netledger.payments.models import Credit
from netledger.subscribers.models import Subscriber

LINES, ON_CARD, ON_PAGE = 70, 30, 50
NAMES = ("access", "addresses", "blocks", "credits")


@pytest.fixture
def eventful(db: None) -> Subscriber:
    """Somebody of whom much is recorded, most of it of one moment."""
    customer, at = a_customer(), clock.now() - timedelta(days=3)
    connection = a_connection(a_nas(), customer, by_session=True)
    moments = [at - timedelta(seconds=number // 20) for number in range(LINES)]
    Block.objects.bulk_create(
        Block(subscriber=customer, placed_at=one, placed_by="x", lifted_at=at, lifted_by="x")
        for one in moments
    )
    Credit.objects.bulk_create(
        Credit(subscriber=customer, amount=1, granted_at=one, granted_by="x", ended_at=at) for one in moments
    )
    Change.objects.bulk_create(
        Change(subscriber=customer, at=one, negbal=False, blocked=False, reason=Reason.OPEN)
        for one in moments
    )
    session = {"connection": connection, "nas": connection.nas, "seen_at": at, "stopped_at": at}
    Session.objects.bulk_create(
        Session(session_code=str(number), address="10.0.0.5", started_at=one, **session)
        for number, one in enumerate(moments[::2])
    )
    Assignment.objects.bulk_create(
        Assignment(connection=connection, nas=connection.nas, address="10.0.0.5", from_at=one, until_at=at)
        for one in moments[1::2]
    )
    return customer


def _key(line: object) -> object:
    return getattr(line, "line_id", None) or line.pk  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_there_page_by_page(administrator: Browser, eventful: Subscriber, name: str) -> None:
    start = address = f"/admin/subscribers/{eventful.id}/history/{name}/"
    pages = []
    while address:
        told = administrator.get(address).context
        pages.append([_key(line) for line in told["past"].lines.rows])
        address = start + told["more"] if told["more"] else ""

    assert [len(page) for page in pages] == [ON_PAGE, LINES - ON_PAGE]
    assert len({key for page in pages for key in page}) == LINES


def test_the_card_shows_the_newest_and_leads_to_the_others(
    administrator: Browser, eventful: Subscriber
) -> None:
    answer = administrator.get(f"/admin/subscribers/{eventful.id}/")
    page = answer.content.decode()

    assert [len(past.lines.rows) for past in answer.context["history"]] == [ON_CARD] * len(NAMES)
    for name in NAMES:
        assert f'href="/admin/subscribers/{eventful.id}/history/{name}/"' in page


def test_of_few_lines_it_leads_nowhere(administrator: Browser) -> None:
    customer = a_customer()

    assert "/history/" not in administrator.get(f"/admin/subscribers/{customer.id}/").content.decode()
    assert "Записей нет" in administrator.text(f"/admin/subscribers/{customer.id}/history/blocks/")


@pytest.mark.parametrize("before", ["x", "/", "2026-01-01/1", "2026-01-01T00:00:00+00:00/x"])
def test_a_page_that_makes_no_sense_is_the_first(
    administrator: Browser, eventful: Subscriber, before: str
) -> None:
    address = f"/admin/subscribers/{eventful.id}/history/blocks/"

    told = administrator.get(address, {"before": before}).context

    assert len(told["past"].lines.rows) == ON_PAGE and told["is_first"]


def test_of_another_kind_and_of_nobody_there_is_none(administrator: Browser, eventful: Subscriber) -> None:
    for address in (f"{eventful.id}/history/wishes/", "999999999/history/blocks/"):
        assert administrator.get(f"/admin/subscribers/{address}").status_code == 404

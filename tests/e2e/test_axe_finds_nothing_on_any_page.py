"""axe finds no fault on any page of staff's, light and dark, in both languages, and none is wider than its window."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from demonstration import Demonstration
from e2e.conftest import Open
from e2e.staff import Member
from netledger.backoffice.urls import urlpatterns

pytestmark = pytest.mark.e2e

DESK = {"width": 1280, "height": 900}
TABLET = {"width": 820, "height": 1180}
SEEN = [
    pytest.param("ru", "light", DESK, id="light, at a desk, in Russian"),
    pytest.param("en", "light", TABLET, id="light, on a tablet, in English"),
    pytest.param("ru", "dark", TABLET, id="dark, on a tablet, in Russian"),
    pytest.param("en", "dark", DESK, id="dark, at a desk, in English"),
]
PAGE, FILE = "text/html", re.compile(r"\.csv$")


def addresses(demo: Demonstration) -> Iterator[str]:
    """Every address of staff's pages, about the subscriber and the administrator whom demo.json names."""
    subscriber_id = demo.value(
        "SELECT id FROM subscribers_subscriber WHERE contract_number = %s", demo.facts["contract_number"]
    )
    known = {
        "<int:subscriber_id>": str(subscriber_id),
        "<int:staff_id>": "1",
        "<slug:name>": "payments",
        "<slug:past>": "blocks",
    }
    for one in urlpatterns:
        yield "/admin/" + re.sub(r"<[^>]+>", lambda part: known[part[0]], str(one.pattern))
    yield f"/admin/search/?q={demo.facts['contract_number'][:2]}"
    yield "/admin/search/?q=nobody"


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("language", "scheme", "size"), SEEN)
def test_signed_in(
    open_page: Open, demo: Demonstration, language: str, scheme: str, size: dict[str, int]
) -> None:
    # What looks for faults is run by evaluating it, which the pages' own policy forbids.
    page = open_page("/admin/sign-in/", locale=language, color_scheme=scheme, viewport=size, bypass_csp=True)
    faults = list(_faults(page))
    Member(page, language).signs_in(demo.facts["staff"])

    looked_at = 0
    for address in addresses(demo):
        if FILE.search(address) or not _is_page(page, address):
            continue
        page.goto(f"http://127.0.0.1:{demo.service.port}{address}")
        faults += _faults(page)
        looked_at += 1

    assert not faults, "\n".join(faults)
    assert looked_at > 15


def _is_page(page: Page, address: str) -> bool:
    """Whether the address shows a page: those of acts take a POST alone."""
    origin = re.match(r"https?://[^/]+", page.url)
    assert origin is not None
    answer = page.request.get(origin[0] + address, max_redirects=0)
    return answer.status == 200 and answer.headers["content-type"].startswith(PAGE)


def _faults(page: Page) -> Iterator[str]:
    for fault in Axe().run(page).response["violations"]:
        places = ", ".join(node["target"][0] for node in fault["nodes"][:3])
        yield f"{page.url}: {fault['impact']}, {fault['help']} ({places})"
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        yield f"{page.url} is wider than its window"

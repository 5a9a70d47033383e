"""The pictures that the READMEs show: taken of a running demonstration, and with `make screenshots` kept in docs/."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from demonstration import Demonstration
from e2e.conftest import Open
from e2e.staff import Member

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
FOLDER = "docs/screenshots"
SIZE = {"width": 1280, "height": 800}
READMES = {"en": ROOT / "README.md", "ru": ROOT / "README.ru.md"}
PICTURES = ("home", "card", "payment", "settings")
BYTES_MAX = 300_000


@pytest.mark.parametrize("language", READMES)
def test_are_of_the_pages_as_they_are(
    open_page: Open, demo: Demonstration, language: str, tmp_path: Path
) -> None:
    target = ROOT / FOLDER if "SCREENSHOTS" in os.environ else tmp_path
    target.mkdir(exist_ok=True)
    member = Member(open_page("/admin/sign-in/", locale=language, viewport=SIZE), language)
    member.signs_in(demo.facts["staff"])

    taken = {
        "home": _home(member, demo, target / f"home.{language}.png"),
        "card": _card(member, demo, target / f"card.{language}.png"),
        "payment": _payment(member, target / f"payment.{language}.png"),
        "settings": _settings(member, target / f"settings.{language}.png"),
    }

    assert tuple(taken) == PICTURES
    assert max(taken.values()) < BYTES_MAX


@pytest.mark.parametrize("language", READMES)
def test_each_is_shown_and_there(language: str) -> None:
    text = READMES[language].read_text()

    for name in PICTURES:
        path = f"{FOLDER}/{name}.{language}.png"
        assert f"]({path})" in text
        assert (ROOT / path).read_bytes().startswith(b"\x89PNG")


def taken_of(page: Page, path: Path) -> int:
    """Take a picture of the window when all in it is drawn; its bytes."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, animations="disabled", caret="hide")
    return path.stat().st_size


def _home(member: Member, demo: Demonstration, path: Path) -> int:
    """Of a day on which money came, and of a provider that has a backup."""
    for number, contract_number in enumerate(_some_contracts(demo)):
        demo.pay(contract_number, f"{300 + 50 * number}.00", f"{path.stem}-{number}")
    demo.cli("backup")
    member.page.reload()
    return taken_of(member.page, path)


def _some_contracts(demo: Demonstration) -> list[str]:
    rows = demo.rows(
        "SELECT contract_number FROM subscribers_subscriber WHERE closed_at IS NULL ORDER BY id DESC LIMIT 7"
    )
    return [contract_number for (contract_number,) in rows]


def _card(member: Member, demo: Demonstration, path: Path) -> int:
    """Of somebody who owes, found by the search."""
    _, contract_number = demo.debtor()
    member.page.keyboard.press("/")
    member.page.keyboard.type(contract_number)
    member.page.get_by_role("link").filter(has_text=contract_number).first.click()
    member.page.locator(".card-head").wait_for()
    return taken_of(member.page, path)


def _payment(member: Member, path: Path) -> int:
    """What a payment of his would do, in the dark."""
    member.page.emulate_media(color_scheme="dark")
    member.press("Take a payment")
    member.field("Sum, roubles").fill("1000")
    member.field("Receipt number").fill("0001742")
    member.press("Show what it will do")
    member.page.locator(".foreseen").wait_for()
    return taken_of(member.page, path)


def _settings(member: Member, path: Path) -> int:
    member.page.emulate_media(color_scheme="light")
    member.press("Settings (in the file)")
    member.page.locator("#section-network").evaluate("heading => heading.scrollIntoView()")
    return taken_of(member.page, path)

"""The specification's first steps, in a browser: an address allowed, a context enabled, a password read, a restart."""

import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from demonstration import Demonstration, demonstration
from e2e.conftest import Open, windows
from e2e.staff import Member

pytestmark = pytest.mark.e2e

ROUTER = "127.0.0.2"
CONTEXTS_AT_FIRST = "web cabinet api_1c base webcash asr_fiscal"
LANGUAGES = pytest.mark.parametrize("language", ["ru", "en"])


@pytest.fixture
def fresh(browser: Browser) -> Iterator[tuple[Demonstration, Open]]:
    """A demonstration of the test's own whose collector is not enabled, and how to open its pages."""
    with demonstration() as demo:
        demo.set_value("network.api.context", CONTEXTS_AT_FIRST)
        demo.restart()
        with windows(browser, demo) as open_page:
            yield demo, open_page


def pasted(demo: Demonstration, psw: str) -> str:
    """What the router's curl line of the specification prints, from the router's address."""
    url = f"http://127.0.0.1:{demo.service.port}/system_api/?model=Abonents&method1=collector_manager.users_negbal"
    arg1 = f'{{"nas_ip":"{demo.facts["nas_ip"]}"}}'
    line = ["curl", "-gs", "--interface", ROUTER, f"{url}&arg1={arg1}&context=collector&psw={psw}"]
    return subprocess.run(line, capture_output=True, text=True, timeout=30, check=True).stdout


@LANGUAGES
def test_let_a_router_in(fresh: tuple[Demonstration, Open], language: str) -> None:
    demo, open_page = fresh
    assert pasted(demo, "not-known-yet").startswith("С вашего адреса")
    member = Member(open_page("/admin/settings/", locale=language), language)
    page = member.page

    member.signs_in(demo.facts["staff"])
    expect(page.get_by_role("heading", level=1)).to_have_text(member.word("Settings (in the file)"))
    member.field("network.api.allowed_ip").fill(f"127.0.0.1 ::1 {ROUTER}")
    member.press("See what will change")
    expect(page.locator(".difference .comes")).to_contain_text(f"'127.0.0.1 ::1 {ROUTER}'")
    member.press("Save")
    restart(member)
    assert pasted(demo, "not-known-yet").strip() == "Context=collector is not defined"

    member.field("network.api.context").fill(f"{CONTEXTS_AT_FIRST} collector")
    member.press("See what will change")
    member.press("Save")
    restart(member)
    member.press("Show the passwords")
    member.field("password").fill(demo.facts["staff"]["passwd"])
    member.press("Show the passwords")
    row = page.get_by_role("row").filter(has_text="network.api.collector.psw")
    psw = row.locator("code.key").inner_text()

    lines = pasted(demo, psw).splitlines()
    assert psw == demo.psw("collector")
    assert lines and all(len(line.split()) == 16 for line in lines)
    assert demo.cli("config", "get", "network.api.allowed_ip").strip() == f"127.0.0.1 ::1 {ROUTER}"


def restart(member: Member) -> None:
    """Press the button, and wait until the page says that the service is back."""
    member.press("Restart the service")
    member.reads("The service is back, with the settings of the file.")
    member.press("Back to the settings")

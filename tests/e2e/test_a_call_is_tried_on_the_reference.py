"""Who writes a gateway tries a call on `/system_api/docs`, and takes the exact URL and the curl line from there."""

import json
import shlex
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from demonstration import Demonstration
from e2e.conftest import Open

pytestmark = pytest.mark.e2e
DOCS = "/system_api/docs"
SIZES = {"a desk": {"width": 1280, "height": 800}, "a tablet": {"width": 820, "height": 1180}}


def form_of(page: Page, method: str) -> Locator:
    """The form of a method, opened."""
    page.locator(f"#{method} details.try summary").click()
    return page.locator(f"#{method} form")


def role(form: Locator, name: str) -> Locator:
    return form.locator(f"[data-role={name}]")


def fill(form: Locator, **arguments: str) -> None:
    for name, value in arguments.items():
        form.locator(f"[data-argument={name}]:enabled").fill(value)


def answered(form: Locator) -> str:
    """Send it, and the answer that is shown."""
    form.locator("button.send").click()
    role(form, "body").and_(form.locator(":not(:empty)")).wait_for()
    return role(form, "body").inner_text()


def test_the_url_is_shown_raw_as_the_specification_prints_it(open_page: Open, demo: Demonstration) -> None:
    form = form_of(open_page(DOCS), "users_negbal")
    url = role(form, "url")
    before = f"http://127.0.0.1:{demo.service.port}/system_api/?model=Abonents&method1=collector_manager.users_negbal"

    expect(url).to_have_text(before + '&arg1={"nas_ip":"<nas_ip>"}&context=collector&psw=<psw>')
    fill(form, nas_ip="192.0.2.1")
    role(form, "psw").fill("a&b c")
    expect(url).to_have_text(before + '&arg1={"nas_ip":"192.0.2.1"}&context=collector&psw=a%26b%20c')


@pytest.mark.parametrize("as_json", [False, True])
def test_a_list_is_answered_as_the_curl_line_answers_it(
    open_page: Open, demo: Demonstration, as_json: bool
) -> None:
    form = form_of(open_page(DOCS), "users_logged")
    fill(form, nas_ip=demo.facts["nas_ip"])
    role(form, "psw").fill(demo.psw("collector"))
    role(form, "json").set_checked(as_json)

    shown = answered(form)

    words = shlex.split(role(form, "curl").inner_text())
    pasted = subprocess.run([*words, "-s"], capture_output=True, text=True, timeout=20).stdout
    assert words[:2] == ["curl", "-g"]
    assert (json.loads(shown) == json.loads(pasted)) if as_json else shown.split() == pasted.split()
    assert role(form, "status").inner_text().startswith("200 OK · ")


def test_a_payment_is_looked_at_and_the_password_is_typed_once_a_context(
    open_page: Open, demo: Demonstration
) -> None:
    page = open_page(DOCS)
    form = form_of(page, "act_pay")
    fill(form, contract_number=demo.facts["contract_number"])
    role(form, "psw").fill(demo.psw("asr_fiscal"))

    shown = json.loads(answered(form))

    assert (shown["act"], shown["contract_number"]) == ("CHECK", demo.facts["contract_number"])
    assert role(page.locator("#users_negbal form"), "psw").input_value() == ""
    onec = form_of(page, "api_1c_get_fin_detail")
    role(onec, "psw").fill(demo.psw("api_1c"))
    assert role(page.locator("#api_1c_get_abonents form"), "psw").input_value() == demo.psw("api_1c")


def test_what_writes_says_so_and_is_sent_only_when_all_is_there(open_page: Open, demo: Demonstration) -> None:
    form = form_of(open_page(DOCS), "act_pay")
    warning = form.locator(".warning:visible")

    expect(warning).to_have_count(0)
    role(form, "tag").select_option("PAY")
    expect(warning).to_have_count(1)
    form.locator("button.send").click()
    expect(role(form, "reply")).to_be_hidden()


def test_a_refusal_is_in_the_pages_language(open_page: Open, demo: Demonstration) -> None:
    page = open_page(DOCS, locale="ru")
    page.get_by_role("link", name="English").click()
    form = form_of(page, "user_info")
    fill(form, suid="nobody's")

    expect(page.get_by_role("heading", level=1)).to_have_text("System API: reference")
    assert json.loads(answered(form))["code"] == "session_ended"
    fill(form_of(page, "login"), login="nobody", passwd="nothing")
    assert json.loads(answered(page.locator("#login form")))["error"].isascii()


def test_the_cabinets_order_is_the_specifications(open_page: Open, demo: Demonstration) -> None:
    form = form_of(open_page(DOCS), "user_info")
    fill(form, suid="abc")
    written = '?format=json&context=web&model=users&method1=web_cabinet.user_info&arg1={"suid":"abc"}&'

    assert role(form, "url").inner_text().endswith(written)


def test_nothing_that_was_typed_is_kept(open_page: Open, demo: Demonstration) -> None:
    page = open_page(DOCS)
    role(form_of(page, "users_negbal"), "psw").fill("very-secret")

    page.goto(page.url.replace(DOCS, "/"))
    page.go_back()

    assert role(page.locator("#users_negbal form"), "psw").input_value() == ""
    assert page.context.storage_state() == {"cookies": [], "origins": []}


def test_it_is_used_by_the_keyboard_alone(open_page: Open, demo: Demonstration) -> None:
    page = open_page(DOCS)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator("#users_negbal details.try summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(demo.facts["nas_ip"])
    page.keyboard.press("Tab")
    page.keyboard.type(demo.psw("collector"))

    page.keyboard.press("Enter")

    form = page.locator("#users_negbal form")
    expect(role(form, "status")).to_contain_text("200 OK")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_and_nothing_is_wider_than_the_window(
    open_page: Open, size: str, scheme: str
) -> None:
    # What looks for faults is run by evaluating it, which the page's own policy forbids.
    page = open_page(DOCS, viewport=SIZES[size], color_scheme=scheme, bypass_csp=True)
    for method in ("users_negbal", "act_pay", "login"):
        form_of(page, method)
    for more in page.locator("details.examples summary").all():
        more.click()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

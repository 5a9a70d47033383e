"""What the browser's tests share: Chromium, and a running demonstration provider."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from demonstration import Demonstration, demonstration

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
"""Chromium asks nobody but us for anything."""

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def demo() -> Iterator[Demonstration]:
    """One for all tests of this worker that leave it as usable as they found it."""
    with demonstration() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, demo: Demonstration) -> Iterator[Open]:
    """Open a path of the demonstration in a window of its own; at the end, nothing in it has failed."""
    with windows(browser, demo) as open_page:
        yield open_page


@contextmanager
def windows(browser: Browser, demo: Demonstration) -> Iterator[Open]:
    """How to open a path of that demonstration; at the end, nothing in any window has failed or left the machine."""
    host = f"http://127.0.0.1:{demo.service.port}"
    complaints: list[str] = []
    elsewhere: list[str] = []
    contexts = []

    def open_page(path: str, **choices: Any) -> Page:
        context = browser.new_context(
            **({"viewport": {"width": 1280, "height": 900}, "locale": "ru"} | choices)
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda sent: None if sent.url.startswith((host, "data:")) else elsewhere.append(sent.url),
        )
        page.goto(host + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert (complaints, elsewhere) == ([], [])

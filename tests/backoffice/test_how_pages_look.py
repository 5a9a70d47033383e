"""Language and colours are the reader's choice, kept by his browser."""

import pytest
from django.test import Client

from backoffice.browser import Browser
from backoffice.conftest import PutInForce


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "accepted", "shown"),
    [("", "", "ru"), ("", "en-US,en;q=0.9", "en"), ("", "de", "ru"), ("ru", "en", "ru"), ("en", "ru", "en")],
)
def test_the_language_is_the_cookies_else_the_browsers_else_russian(
    in_force: PutInForce, cookie: str, accepted: str, shown: str
) -> None:
    reader = Client(HTTP_ACCEPT_LANGUAGE=accepted)
    if cookie:
        reader.cookies["language"] = cookie

    page = reader.get("/admin/sign-in/").content.decode()

    assert f'<html lang="{shown}"' in page
    assert ("Неверный" in page, "Пароль" in page) == (False, shown == "ru")


def test_a_choice_is_kept_and_leads_back(administrator: Browser) -> None:
    answer = administrator.send("/admin/look/", token_of="/admin/", language="en", next="/admin/?a=1")

    assert answer.headers["Location"] == "/admin/?a=1"
    assert '<html lang="en"' in administrator.get("/admin/").content.decode()

    administrator.send("/admin/look/", token_of="/admin/", theme="dark", next="//evil.example/")

    assert 'data-bs-theme="dark"' in administrator.get("/admin/").content.decode()


@pytest.mark.parametrize("choice", [{"language": "xx"}, {"theme": '"><script>'}, {}])
def test_what_is_no_choice_changes_nothing(administrator: Browser, choice: dict[str, str]) -> None:
    answer = administrator.send("/admin/look/", token_of="/admin/", **choice)

    assert answer.headers["Location"] == "/admin/"
    assert not {"language", "theme"} & administrator.cookies.keys()

"""A browser as far as the pages are concerned: cookies, forms with their tokens, and where it calls from."""

import re
from html import unescape
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from netledger.backoffice.models import Staff
from netledger.backoffice.roles import Role
from netledger.backoffice.services import add_staff

PASSWORD = "верная лошадь скрепка"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_numbers = count(1)


def a_member_of_staff(role: Role = Role.OPERATOR, *, login: str | None = None) -> Staff:
    """Somebody who signs in with PASSWORD."""
    number = next(_numbers)
    return add_staff(
        login=login or f"{role.value}{number}", name="Пётр Ильич", role=role, password=PASSWORD, by=None
    )


class Browser(Client):
    """A browser that sends the token of the last page with each form, as htmx and forms do."""

    def __init__(self, **environment: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **environment)
        self.staff: Staff | None = None

    def sign_in(self, staff: Staff, password: str = PASSWORD) -> HttpResponse:
        """Fill in the form of the sign-in page and send it."""
        self.staff = staff
        return self.send("/admin/sign-in/", login=staff.login, password=password)

    def send(self, address: str, *, token_of: str | None = None, **fields: Any) -> Any:
        """Send a form to that address with the token of the page that it stands on."""
        shown = self.get(token_of or address)
        token = _TOKEN.search(shown.content.decode())
        assert token is not None, f"no form at {token_of or address}: {shown.status_code}"
        return self.post(address, {"csrfmiddlewaretoken": token[1], **fields})

    def text(self, address: str) -> str:
        """The words of a page, without its tags."""
        return words_of(self.get(address))


def words_of(answer: Any) -> str:
    """What a person reads of an answer."""
    body = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", answer.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

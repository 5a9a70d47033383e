"""A browser over the wire: cookies, and forms with their tokens."""

import json
import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from server.running import Service

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """A browser over the wire."""

    def __init__(self, service: Service) -> None:
        self.url = f"http://127.0.0.1:{service.port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> str:
        with self.opener.open(self.url + address, timeout=30) as answer:
            page: str = answer.read().decode()
        return page

    def send(self, address: str, *, form_at: str, **fields: str) -> str:
        token = _TOKEN.search(self.get(form_at))
        assert token is not None
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        with self.opener.open(self.url + address, form, timeout=30) as answer:
            page: str = answer.read().decode()
        return page

    def sign_in(self, service: Service, login: str) -> None:
        """Have an administrator of that login, and sign in as him."""
        added = service.cli("staff", "add", login, "--role", "administrator", "--json")
        assert added.returncode == 0, added.stderr
        password = json.loads(added.stdout)["password"]
        self.send("/admin/sign-in/", form_at="/admin/sign-in/", login=login, password=password)

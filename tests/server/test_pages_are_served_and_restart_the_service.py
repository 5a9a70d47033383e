"""Staff's pages on a running service: their files, signing in, and the restart that their button asks for."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from server.running import Service, eventually

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_FILE = re.compile(r'(?:href|src)="(/static/([0-9a-f]+)/[^"]+)"')


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


def test_each_file_of_a_page_is_there_and_is_kept_for_a_year(shared_service: Service) -> None:
    files = _FILE.findall(Visitor(shared_service).get("/admin/sign-in/"))
    assert len(files) >= 5

    for address, version in files:
        answer = shared_service.get(address)
        assert answer.status == 200 and answer.ended_well
        assert answer.headers["cache-control"] == "max-age=315360000, public, immutable"
        other = address.replace(version, "0" * len(version))
        assert shared_service.get(other).status == 404


def test_no_other_file_is(shared_service: Service) -> None:
    _, version = _FILE.findall(Visitor(shared_service).get("/admin/sign-in/"))[0]

    for wanted in ("../../models.py", "..%2f..%2fmodels.py", "%2e%2e/%2e%2e/models.py", "", "vendor/"):
        assert shared_service.get(f"/static/{version}/{wanted}").status == 404


def test_a_session_outlives_a_restart_that_the_page_asked_for(restless_service: Service) -> None:
    visitor, service = Visitor(restless_service), restless_service
    visitor.sign_in(service, "restarter")
    before = service.state.generation

    page = visitor.send("/admin/settings/restart/", form_at="/admin/settings/")

    state = re.search(r'hx-get="([^"]+)"', page)
    assert state is not None
    eventually(lambda: "hx-get" not in visitor.get(state[1]))
    assert "Служба снова работает" in visitor.get(state[1])
    assert service.state.generation == before + 1


def test_a_wrong_file_is_not_put_in_force(restless_service: Service) -> None:
    visitor, service = Visitor(restless_service), restless_service
    visitor.sign_in(service, "careless")
    config = service.home / "cfg" / "config"
    good, before = config.read_text(), service.state.generation

    config.write_text(good + "reboot\n")
    with pytest.raises(urllib.error.HTTPError) as refused:
        visitor.send("/admin/settings/restart/", form_at="/admin/own/")
    config.write_text(good)

    assert refused.value.code == 409 and "bash выполнил бы её" in refused.value.read().decode()

    assert service.state.generation == before

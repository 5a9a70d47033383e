"""Staff's pages on a running service: their files, signing in, and the restart that their button asks for."""

import gzip
import re
import urllib.error

import pytest

from server.running import Service, eventually
from server.visitor import Visitor
from server.wire import send

_STATE = re.compile(r'hx-get="(/admin/settings/restart/state/[^"]+)"')
_FILE = re.compile(r'(?:href|src)="(/static/([0-9a-f]+)/[^"]+)"')


def test_each_file_of_a_page_is_there_and_is_kept_for_a_year(shared_service: Service) -> None:
    files = _FILE.findall(Visitor(shared_service).get("/admin/sign-in/"))
    assert len(files) >= 5

    for address, version in files:
        answer = shared_service.get(address)
        assert answer.status == 200 and answer.ended_well
        assert answer.headers["cache-control"] == "max-age=315360000, public, immutable"
        other = address.replace(version, "0" * len(version))
        assert shared_service.get(other).status == 404


def test_whoever_takes_gzip_gets_it(shared_service: Service) -> None:
    for address, _version in _FILE.findall(Visitor(shared_service).get("/admin/sign-in/")):
        plain = shared_service.get(address)
        squeezed, refused, part = (
            send(shared_service.port, f"GET {address} HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())
            for head in (
                "Accept-Encoding: br, gzip",
                "Accept-Encoding: gzip;q=0",
                "Accept-Encoding: gzip\r\nRange: bytes=0-9",
            )
        )

        assert squeezed.ended_well and squeezed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(squeezed.body) == plain.body
        assert len(squeezed.body) < len(plain.body)
        assert squeezed.headers["cache-control"] == plain.headers["cache-control"]
        assert squeezed.headers["content-type"] == plain.headers["content-type"]
        assert plain.headers["vary"] == squeezed.headers["vary"] == "Accept-Encoding"
        assert "content-encoding" not in refused.headers and refused.body == plain.body
        assert part.status == 206 and part.body == plain.body[:10]


def test_no_other_file_is(shared_service: Service) -> None:
    _, version = _FILE.findall(Visitor(shared_service).get("/admin/sign-in/"))[0]

    for wanted in ("../../models.py", "..%2f..%2fmodels.py", "%2e%2e/%2e%2e/models.py", "", "vendor/"):
        assert shared_service.get(f"/static/{version}/{wanted}").status == 404


def test_a_session_outlives_a_restart_that_the_page_asked_for(restless_service: Service) -> None:
    visitor, service = Visitor(restless_service), restless_service
    visitor.sign_in(service, "restarter")
    before = service.state.generation

    page = visitor.send("/admin/settings/restart/", form_at="/admin/settings/")

    state = _STATE.search(page)
    assert state is not None
    eventually(lambda: _STATE.search(visitor.get(state[1])) is None)
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

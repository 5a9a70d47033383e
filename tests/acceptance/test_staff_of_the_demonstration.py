"""The demonstration's administrator signs in with what demo.json tells, also after a restart of the demonstration."""

import json

from demonstration import copy_of_made_home
from netledger.installation.home import Home
from server.running import Service, running
from server.visitor import Visitor


def _signs_in(service: Service) -> bool:
    staff = json.loads(Home(service.home).demo_json.read_bytes())["staff"]
    visitor = Visitor(service)
    page = visitor.send(
        "/admin/sign-in/", form_at="/admin/sign-in/", login=staff["login"], password=staff["passwd"]
    )
    return "/admin/sign-out/" in page and "/admin/settings/" in page


def test_signs_in_as_an_administrator_whenever_it_runs() -> None:
    with copy_of_made_home() as home:
        for _ in range(2):
            with running(home.path, command=("demo",)) as service:
                assert _signs_in(service)

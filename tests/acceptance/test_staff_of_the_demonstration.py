"""The demonstration's administrator signs in with what demo.json tells, also at a later start of the demonstration."""

from demonstration import Demonstration
from server.visitor import Visitor


def test_signs_in_as_an_administrator(demo: Demonstration) -> None:
    staff = demo.facts["staff"]
    visitor = Visitor(demo.service)

    page = visitor.send(
        "/admin/sign-in/", form_at="/admin/sign-in/", login=staff["login"], password=staff["passwd"]
    )

    assert "/admin/sign-out/" in page and "/admin/settings/" in page

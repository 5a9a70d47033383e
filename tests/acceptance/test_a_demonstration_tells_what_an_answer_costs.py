"""In a demonstration each answer tells its time and its queries, whoever gives it."""

import pytest

from demonstration import Demonstration
from server.costs import told_by


@pytest.mark.parametrize(
    "target", ["/", "/readyz", "/nowhere", "/admin/", "/system_api/", "/system_api/docs"]
)
def test_on_every_page_and_refusal(demo: Demonstration, target: str) -> None:
    total, database, _ = told_by(demo.service.get(target).headers)

    assert total >= database


def test_with_the_queries_that_it_ran(demo: Demonstration) -> None:
    check = demo.act({"contract_number": demo.facts["contract_number"], "act": "CHECK"})
    listed = demo.list_of("negbal")
    refused = demo.ask(b"context=collector&psw=wrong")

    for answer in (check, listed):
        total, database, queries = told_by(answer.headers)
        assert total > database > 0 and queries > 0
    assert told_by(refused.headers)[1:] == (0, 0)

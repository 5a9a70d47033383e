"""Who looks into the audit is offered the actions that are written there, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from backoffice.browser import Browser
from netledger import backoffice
from netledger.backoffice import audit
from netledger.backoffice.acts.declared import ACTS
from netledger.backoffice.audit import RECORDED
from netledger.backoffice.roles import Action
from netledger.backoffice.titles import TITLES


def _written() -> Iterator[str]:
    """The actions that the room's code writes down."""
    yield from (one.action for one in ACTS)
    for file in Path(backoffice.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                action = ast.unparse(node.args[1])
                if action != "one.action":  # that of an act
                    yield Action[action.split(".")[1]] if "." in action else ast.literal_eval(action)


def test_each_that_is_offered_is_written_somewhere(administrator: Browser) -> None:
    page = administrator.get("/admin/audit/").content.decode()

    choices = re.search(r'(?s)<select[^>]* name="action">(.*?)</select>', page)
    assert choices is not None
    offered = set(re.findall(r'value="(\w+)"', choices[1]))

    assert offered == set(_written()) == RECORDED
    assert set(TITLES) >= offered


@pytest.mark.django_db
def test_none_that_is_not_offered_is_written() -> None:
    with pytest.raises(AssertionError, match="see_plans"):
        audit.record(None, Action.SEE_PLANS)

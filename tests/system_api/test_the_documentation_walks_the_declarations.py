"""What is documented of a method is what it declares: arguments, answer, refusals."""

import pytest
from msgspec import Struct, UnsetType

from netledger.system_api import description, documentation
from netledger.system_api.answers import Spooled
from netledger.system_api.declaration import REGISTRY, Method, method
from netledger.system_api.scalars import Who
from system_api.conftest import Question, Sorry


class Told(Struct, frozen=True, rename={"more": "__more"}):
    """What is told."""

    pk: str
    """The subscriber | his id."""
    more: "list[Told] | UnsetType"


class Choice(Struct, frozen=True, tag_field="act", tag="CHECK"):
    """Only look."""

    who: Who | None = None


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> str:
    """The documentation of one method, declared as no method of ours is."""
    registry: dict[object, Method] = {}
    monkeypatch.setattr("netledger.system_api.declaration.REGISTRY", registry)
    monkeypatch.setattr(description, "REGISTRY", registry)

    def look(choice: Choice) -> Told:
        """Look at somebody."""
        raise Sorry(who=str(choice.who))

    def list_all(question: Question) -> Spooled:
        """List them."""
        raise Sorry(who=question.who)

    method(context="web", model="Users", name="test.look", spec="-", refusals=(Sorry,))(look)
    method(context="api_1c", model="Users", name="test.list", spec="-", items=Told)(list_all)
    return documentation.page()


def test_an_argument_has_its_type_its_limits_and_whether_it_is_needed(page: str) -> None:
    limits = "a contract number, login or IP address, a string or a whole number of 1 to 128 characters"

    assert f"| `who` | {limits} | yes |" in page
    assert f"| `who` | {limits} | no |" in page
    assert "**Arguments with `act` = `CHECK`**, also when it is empty: Only look." in page


def test_an_answer_has_its_fields_by_their_names_on_the_wire(page: str) -> None:
    assert "**Answer**: [Told](#told)." in page
    assert "**Answer**: a list of [Told](#told)." in page
    assert "| `pk` | string | The subscriber \\| his id. |" in page
    assert "| `__more` | a list of [Told](#told), may be absent |  |" in page
    assert page.count("### Told\n") == 1


def test_a_refusal_has_its_code_and_both_sentences(page: str) -> None:
    assert "| `sorry` | Нет, {who} | No, {who} |" in page


def test_a_wrong_request_has_its_status(page: str) -> None:
    assert "| 404 | `method_unknown` |" in page


def test_contexts_tell_who_else_answers_and_who_needs_no_password(page: str) -> None:
    web, _, onec = page.partition("## Context `api_1c`")

    assert "The same methods answer in `cabinet` and `asr_cabinet`." in web
    assert "Works without `psw`" in web
    assert "Works without `psw`" not in onec


def test_every_method_of_ours_is_there() -> None:
    page = documentation.page()

    assert REGISTRY
    assert [one.name for one in REGISTRY.values() if f"### `{one.name}`\n" not in page] == []

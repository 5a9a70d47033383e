"""An example of each method, request and answer, as the documentation shows them and a test replays them.

They stand in `examples.toml`. Answers in JSON stand there indented; a session's id is always SESSION_SHOWN.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from netledger.system_api.checks import CONTEXTS_WITHOUT_PASSWORD
from netledger.system_api.declaration import Method

EXAMPLES = Path(__file__).with_name("examples.toml")
SESSION_SHOWN = "Zk3vR0d1xYb7QmT2hLw9aPcE5nUf8sGj4iKo6VtXyB0"


class Example(Struct, frozen=True, kw_only=True):
    """One request of a method and what it is answered."""

    method: str
    arg1: str
    wants_json: bool = False
    """Sent with `format=json`."""
    answer: str


class _File(Struct, frozen=True):
    example: list[Example]


@cache
def all_examples() -> list[Example]:
    """Every example, in the order in which they are shown."""
    return msgspec.convert(tomllib.loads(EXAMPLES.read_text(encoding="utf-8")), _File).example


def examples_of(method: Method) -> list[Example]:
    """The examples of one method."""
    return [example for example in all_examples() if example.method == method.name]


def query_shown(example: Example, method: Method) -> str:
    """The query of an example as the specification writes it: only spaces are encoded, the password is not shown."""
    parts = ["format=json"] if example.wants_json else []
    parts += [f"model={method.model}", f"method1={method.name}", f"arg1={example.arg1.replace(' ', '%20')}"]
    parts += [f"context={method.context}"]
    if method.context not in CONTEXTS_WITHOUT_PASSWORD:
        parts.append("psw=<password>")
    return "&".join(parts)


def write_examples(examples: Iterable[Example]) -> None:
    """Write the file anew. No text of an example has three apostrophes, so each can stand as it is."""
    blocks = [
        "[[example]]\n"
        f'method = "{example.method}"\n'
        f"arg1 = '''{example.arg1}'''\n"
        f"wants_json = {str(example.wants_json).lower()}\n"
        f"answer = '''\n{example.answer}'''\n"
        for example in examples
    ]
    EXAMPLES.write_text(
        "# Written by tests/wire/record.py: requests by hand, answers by replaying them.\n\n"
        + "\n".join(blocks),
        encoding="utf-8",
    )

"""`@method`: each method of the System API, declared once with the types of its arguments and its answer.

Dispatch, validation and the documentation walk the one registry that it fills. A method's first parameter is
a Struct, or a union of Structs told apart by their tag; a second one, if it takes any, is the `Call`.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

from msgspec import Struct

from netledger.errors import Language, Refusal
from netledger.installation.settings import Settings
from netledger.system_api.conditions import KnownTags
from netledger.system_api.errors import MethodUnknown

Function = TypeVar("Function", bound=Callable[..., Any])
ANSWERS_AS = {"cabinet": "web", "asr_cabinet": "web"}
"""Contexts that answer another one's methods."""


@dataclass(frozen=True)
class Call:
    """What a method may need of its call beside the arguments."""

    settings: Settings
    language: Language
    spool_folder: Path
    """Where a long answer waits for a slow client."""
    wants_json: bool
    """The caller sent `format=json`."""
    address: str
    """Who calls."""
    known_tags: KnownTags
    """Which editions of the answer the caller has."""


@dataclass(frozen=True)
class Method:
    """One method as it is declared."""

    context: str
    model: str
    name: str
    spec: str
    """Where the specification has it."""
    function: Callable[..., Any]
    arguments: tuple[type[Struct], ...]
    answer: Any
    takes_call: bool
    refusals: tuple[type[Refusal], ...] = ()
    """What the business may say no with, beside the wrong requests that any call may be."""
    writes: tuple[type[Struct], ...] = ()
    """The arguments with which it moves money or changes what is told of somebody; with others it only looks."""
    items: type[Struct] | None = None
    """Of an answer that waits in a file: what its JSON form is a list of."""
    tag_of: Callable[[Any, Call], str] | None = None
    """Of an answer whose editions are told apart: which it would be now, in one look-up."""

    @property
    def tagged(self) -> bool:
        """Whether it only reads, and tells editions apart: HEAD and If-None-Match are of use."""
        return self.tag_of is not None

    def __call__(self, arguments: Struct, call: Call) -> Any:
        """Answer a call whose checks have passed."""
        return self.function(arguments, call) if self.takes_call else self.function(arguments)


class _Key(NamedTuple):
    context: str
    model: str
    name: str


REGISTRY: dict[_Key, Method] = {}


def method(
    *,
    context: str,
    model: str,
    name: str,
    spec: str,
    refusals: tuple[type[Refusal], ...] = (),
    writes: tuple[type[Struct], ...] = (),
    items: type[Struct] | None = None,
    tag_of: Callable[[Any, Call], str] | None = None,
) -> Callable[[Function], Function]:
    """Declare the function below as a method of that context and model."""

    def declare(function: Function) -> Function:
        key = _Key(context, model.casefold(), name)
        assert key not in REGISTRY, f"{key} is declared twice"
        hints = get_type_hints(function)
        parameters = list(inspect.signature(function).parameters)
        arguments = hints[parameters[0]]
        REGISTRY[key] = Method(
            context=context,
            model=model,
            name=name,
            spec=spec,
            function=function,
            arguments=get_args(arguments) or (arguments,),
            answer=hints["return"],
            takes_call=len(parameters) > 1,
            refusals=refusals,
            writes=writes,
            items=items,
            tag_of=tag_of,
        )
        return function

    return declare


def method_of(context: str, model: str, name: str) -> Method:
    """The declared method of an enabled context; the model is compared without case.

    Raises:
        MethodUnknown: there is none.
    """
    found = REGISTRY.get(_Key(ANSWERS_AS.get(context, context), model.casefold(), name))
    if found is None:
        raise MethodUnknown("method1")
    return found

"""Context collector: what routers call. Specification: the first three of «Примеры запросов».

The list is written to a file first and sent from there, so that a slow router holds no database connection.
"""

from functools import partial

from msgspec import Struct

from netledger import sql
from netledger.network.editions import Edition, State, find_edition
from netledger.network.errors import NasUnknown
from netledger.network.lists import list_entries, spool_list
from netledger.system_api.answers import JSON, TEXT, Spooled
from netledger.system_api.declaration import Call, method
from netledger.system_api.records import ListRow
from netledger.system_api.scalars import NasAddress
from netledger.system_api.spools import spool_json

_FORM_OF_OBJECTS = f"{JSON} {ListRow.__struct_encode_fields__}"
"""What the tag of a list in JSON says of how its bytes are made; the text's is its kind alone."""


class ListQuestion(Struct, frozen=True):
    """Of which NAS."""

    nas_ip: NasAddress


def _tag(state: State, question: ListQuestion, call: Call) -> str:
    return _edition(state, question, call).tag(_form(call))


def _edition(state: State, question: ListQuestion, call: Call) -> Edition:
    seen_within_s = call.settings.network.session_seen_within_s
    edition = find_edition(question.nas_ip, state=state, seen_within_s=seen_within_s)
    if edition is None:
        raise NasUnknown(address=str(question.nas_ip))
    return edition


def _form(call: Call) -> str:
    return _FORM_OF_OBJECTS if call.wants_json else TEXT


@method(
    context="collector",
    model="Abonents",
    name="collector_manager.users_negbal",
    spec="Примеры запросов, 1",
    refusals=(NasUnknown,),
    tag_of=partial(_tag, "negbal"),
    items=ListRow,
)
def users_negbal(question: ListQuestion, call: Call) -> Spooled:
    """The connections of a NAS that are closed for want of money or of a plan that gives access."""
    return _list("negbal", question, call)


@method(
    context="collector",
    model="Abonents",
    name="collector_manager.users_blocked",
    spec="Примеры запросов, 2",
    refusals=(NasUnknown,),
    tag_of=partial(_tag, "blocked"),
    items=ListRow,
)
def users_blocked(question: ListQuestion, call: Call) -> Spooled:
    """The connections of a NAS that the administrator or the subscribers themselves have blocked."""
    return _list("blocked", question, call)


@method(
    context="collector",
    model="Abonents",
    name="collector_manager.users_logged",
    spec="Примеры запросов, 3",
    refusals=(NasUnknown,),
    tag_of=partial(_tag, "logged"),
    items=ListRow,
)
def users_logged(question: ListQuestion, call: Call) -> Spooled:
    """The connections of a NAS that are on now: those with a session, and every enabled one with a static address."""
    return _list("logged", question, call)


def _list(state: State, question: ListQuestion, call: Call) -> Spooled:
    """The list; its tag and its rows are read in one snapshot."""
    with sql.snapshot():
        edition = _edition(state, question, call)
        tag = edition.tag(_form(call))
        if call.wants_json:
            objects = spool_json((ListRow.of(entry) for entry in list_entries(edition)), call.spool_folder)
            return Spooled(objects, JSON, tag=tag)
        return Spooled(spool_list(edition, folder=call.spool_folder), TEXT, tag=tag)

"""Context collector: what routers call. Specification: the first three of «Примеры запросов».

The list is written to a file first and sent from there, so that a slow router holds no database connection.
"""

from msgspec import Struct

from netledger.network.errors import NasUnknown
from netledger.network.lists import State, list_entries, spool_list
from netledger.network.queries import find_nas
from netledger.system_api.answers import JSON, TEXT, Spooled
from netledger.system_api.declaration import Call, method
from netledger.system_api.records import ListRow
from netledger.system_api.scalars import NasAddress
from netledger.system_api.spools import spool_json


class ListQuestion(Struct, frozen=True):
    """Of which NAS."""

    nas_ip: NasAddress


@method(
    context="collector",
    model="Abonents",
    name="collector_manager.users_negbal",
    spec="Примеры запросов, 1",
    refusals=(NasUnknown,),
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
    items=ListRow,
)
def users_logged(question: ListQuestion, call: Call) -> Spooled:
    """The connections of a NAS that are on now."""
    return _list("logged", question, call)


def _list(state: State, question: ListQuestion, call: Call) -> Spooled:
    nas = find_nas(question.nas_ip)
    if nas is None:
        raise NasUnknown(address=str(question.nas_ip))
    seen_within_s = call.settings.network.session_seen_within_s
    if call.wants_json:
        entries = list_entries(nas_id=nas.pk, state=state, seen_within_s=seen_within_s)
        return Spooled(spool_json((ListRow.of(entry) for entry in entries), call.spool_folder), JSON)
    lines = spool_list(nas_id=nas.pk, state=state, folder=call.spool_folder, seen_within_s=seen_within_s)
    return Spooled(lines, TEXT)

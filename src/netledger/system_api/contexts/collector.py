"""Context collector: what routers call. Specification: the first three of «Примеры запросов».

The list is written to a file first and sent from there, so that a slow router holds no database connection.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile

import msgspec
from msgspec import Struct

from netledger.network.errors import NasUnknown
from netledger.network.lists import ListEntry, State, list_entries, spool_list
from netledger.network.queries import find_nas
from netledger.system_api.answers import JSON, TEXT, Spooled
from netledger.system_api.arguments import NasAddress
from netledger.system_api.declaration import Call, method
from netledger.system_api.records import ListRow

SPOOL_IN_MEMORY_BYTES = 1024 * 1024


class ListQuestion(Struct, frozen=True):
    """Of which NAS."""

    nas_ip: NasAddress


@method(
    context="collector", model="Abonents", name="collector_manager.users_negbal", spec="Примеры запросов, 1"
)
def users_negbal(question: ListQuestion, call: Call) -> Spooled:
    """The connections of a NAS that are closed for want of money or of a plan that gives access."""
    return _list("negbal", question, call)


@method(
    context="collector", model="Abonents", name="collector_manager.users_blocked", spec="Примеры запросов, 2"
)
def users_blocked(question: ListQuestion, call: Call) -> Spooled:
    """The connections of a NAS that the administrator or the subscribers themselves have blocked."""
    return _list("blocked", question, call)


@method(
    context="collector", model="Abonents", name="collector_manager.users_logged", spec="Примеры запросов, 3"
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
        return Spooled(_spool_json(entries, call.spool_folder), JSON)
    lines = spool_list(nas_id=nas.pk, state=state, folder=call.spool_folder, seen_within_s=seen_within_s)
    return Spooled(lines, TEXT)


def _spool_json(entries: Iterable[ListEntry], folder: Path) -> SpooledTemporaryFile[bytes]:
    """The entries as one JSON list of objects, an object a line, in a file at its beginning."""
    spool: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115 - whoever sends it closes it
        max_size=SPOOL_IN_MEMORY_BYTES, dir=str(folder)
    )
    try:
        separator = b"["
        for entry in entries:
            spool.write(separator + msgspec.json.encode(ListRow.of(entry)))
            separator = b",\n"
        spool.write(b"[]\n" if separator == b"[" else b"]\n")
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return spool

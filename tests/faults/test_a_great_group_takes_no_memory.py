"""1C fetches 100,000 subscribers below one group; a web process needs no more memory for it, but for a few buffers."""

import pytest

from demonstration import Demonstration
from faults.great_group import fill_a_group
from faults.memory import GROWTH_MAX_KIB, peaks_kib, read_often
from netledger.installation.home import Home

SUBSCRIBERS = 100_000
READ_WITHIN_S = 120
GET_ABONENTS = "api_1c_manager.api_1c_get_abonents"


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_however_many_they_are(own_demo: Demonstration) -> None:
    own_demo.timeout_s = READ_WITHIN_S
    group_id = fill_a_group(Home(own_demo.service.home), count=SUBSCRIBERS)
    nobody = read_often(lambda: _fetched(own_demo, group_id, sync1c="1"))
    before = peaks_kib(own_demo)

    everybody = read_often(lambda: _fetched(own_demo, group_id, sync1c="0"))
    growth_kib = {pid: peak - before[pid] for pid, peak in peaks_kib(own_demo).items()}

    assert nobody == {()}
    assert everybody == {tuple(f"Д{number:07d}" for number in range(1, SUBSCRIBERS + 1))}
    assert max(growth_kib.values()) < GROWTH_MAX_KIB


def _fetched(demo: Demonstration, group_id: int, *, sync1c: str) -> tuple[str, ...]:
    """The contract numbers, in the order that they are answered in."""
    arg1 = {"parent_id": str(group_id), "sync1c": sync1c}
    answer = demo.ask(demo.query("api_1c", GET_ABONENTS, arg1, format="json"))
    assert answer.status == 200 and answer.ended_well
    return tuple(item["fields"]["contract_number"] for item in answer.json)

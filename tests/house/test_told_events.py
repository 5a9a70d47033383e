"""What each line of the log says stands in the pages for who operates netledger."""

from pathlib import Path

import pytest

from house.told_events import PAGES, logged_events, phases, untold
from house.tree import hold, planted, python_sources

PLANTED = 'logs.log.error("never heard", code=1)\nlog_trouble("torn", trouble)\nlog.info(phase)\n'


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_each_event_is_told(page: Path) -> None:
    text = page.read_text()

    hold(untold(python_sources(), text))
    assert [phase for phase in phases() if f"`{phase}`" not in text] == []


def test_an_event_is_found_however_it_is_logged() -> None:
    assert [event for _, _, event in logged_events([planted(PLANTED)])] == ["never heard", "torn"]
    assert len(list(untold([planted(PLANTED)], "`torn`"))) == 1

"""The alerts and the board that we ship ask for metrics that netledger has, and for no others."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.metrics import MetricWrapperBase

from house.tree import ROOT
from netledger.installation.home import Home
from netledger.server import metrics
from netledger.server.beat import beat
from netledger.server.exposition import Exposition

RULES = ROOT / "deploy" / "prometheus" / "netledger.rules.yml"
BOARD = ROOT / "deploy" / "grafana" / "netledger.json"
NAME = re.compile(r"\bnetledger_\w+")


def _declared(home: Home) -> Iterator[str]:
    """The names of all samples that there may be."""
    beat(home, 1)
    own = list(Exposition(home).collect())
    counted = [metric for metric in vars(metrics).values() if isinstance(metric, MetricWrapperBase)]
    assert len(counted) > 10
    for described in (*own, *(one for metric in counted for one in metric.describe())):
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
        yield from (described.name + ending for ending in endings.get(described.type, [""]))


def _asked(expressions: str) -> set[str]:
    return set(NAME.findall(expressions))


@pytest.fixture
def declared(tmp_path: Path) -> set[str]:
    (tmp_path / "run").mkdir()
    return set(_declared(Home(tmp_path)))


def test_of_the_alerts(declared: set[str]) -> None:
    expressions = re.sub(r"(summary|summary_ru):.*", "", RULES.read_text(encoding="utf-8"))

    assert _asked(expressions)
    assert _asked(expressions) <= declared


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is in Debian's package prometheus")
def test_and_promtool_takes_the_alerts() -> None:
    checked = subprocess.run(["promtool", "check", "rules", RULES], capture_output=True, text=True)

    assert checked.returncode == 0, checked.stderr


def test_and_of_the_board_which_shows_all_of_them(declared: set[str]) -> None:
    board = json.loads(BOARD.read_text(encoding="utf-8"))

    asked = {name for panel in board["panels"] for one in panel["targets"] for name in _asked(one["expr"])}
    assert asked <= declared
    families = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in asked}
    shown_elsewhere = {"netledger_build", "netledger_start_time_seconds", "netledger_process_restarts"}
    untold = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in declared} - families
    assert untold - {"netledger_ticker_step_failures"} == shown_elsewhere

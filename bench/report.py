"""What was measured, as a table on the terminal and as one self-contained page of charts."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

BAR_WIDTH = 420
STYLE = Path(__file__).with_name("page.css")


def lines(results: Iterable[dict[str, Any]]) -> str:
    """A line a figure."""
    told = []
    for one in results:
        rival = f" against {one['against']:.4g} ({one['rival']})" if one["against"] is not None else ""
        sign = "≥" if one["at_least"] else "≤"
        met = "met" if one["is_met"] else "MISSED"
        told.append(
            f"{met:6} {one['reached']:.3g} ({sign} {one['goal']:g})  {one['what']}: "
            f"{one['value']:.4g} {one['unit']}{rival}" + (f"; {one['note']}" if one["note"] else "")
        )
    return "\n".join(told)


def write_page(results_file: Path, page: Path) -> None:
    """Make the page of the results file."""
    told = json.loads(results_file.read_text(encoding="utf-8"))
    facts = "".join(
        f"<tr><th>{escape(str(name))}</th><td>{escape(str(value))}</td></tr>"
        for name, value in told["run"].items()
    )
    sections = "".join(_section(one) for one in told["results"])
    page.write_text(
        f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>netledger, measured</title>
<style>{STYLE.read_text(encoding="utf-8")}</style>
<h1>netledger, measured</h1><table>{facts}</table>{sections}</html>
""",
        encoding="utf-8",
    )


def _section(one: dict[str, Any]) -> str:
    bars = [("netledger", one["value"], one["rounds"], "ours")]
    if one["against"] is not None:
        bars.append((one["rival"], one["against"], one["rival_rounds"], "rival"))
    else:
        bars.append(("the goal", one["goal"], [], "rival"))
    most = max(value for _, value, _, _ in bars) or 1
    drawn = "".join(_bar(row, *bar, most=most, unit=one["unit"]) for row, bar in enumerate(bars))
    sign = "at least" if one["at_least"] else "at most"
    what = "ratio" if one["against"] is not None else one["unit"]
    verdict = "met" if one["is_met"] else "missed"
    note = f"<br><small>{escape(one['note'])}</small>" if one["note"] else ""
    return f"""<section><h2>{escape(one["what"])}</h2>
<svg width="100%" height="{len(bars) * 44}" role="img" aria-label="{escape(one["what"])}">{drawn}</svg>
<p class="{verdict}">{one["reached"]:.3g} {escape(what)}; the goal is {sign} {one["goal"]:g}: {verdict}</p>
{note}</section>"""


def _bar(row: int, name: str, value: float, rounds: list[float], kind: str, *, most: float, unit: str) -> str:
    """A bar of the median, with the rounds in words."""
    top = row * 44
    width = max(1, round(BAR_WIDTH * value / most))
    spread = f" (rounds: {', '.join(f'{figure:.3g}' for figure in rounds)})" if rounds else ""
    return (
        f'<text x="0" y="{top + 12}">{escape(name)}: {value:.4g} {escape(unit)}{spread}</text>'
        f'<rect class="{kind}" x="0" y="{top + 17}" width="{width}" height="16"/>'
    )

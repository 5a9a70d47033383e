"""Tells with each answer how long it took, how much of that was the database's, and how many statements it ran.

Only in the home of a demonstration, which HOME/demo.json marks: there a visitor sees in his browser what a page costs.
Elsewhere nothing of this stands in a request's way, and no caller learns from times what he is not told.
"""

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from netledger import sql
from netledger.installation.home import Home

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def timed_in_demonstration(application: Application, home: Home) -> Application:
    """The application itself, unless it serves a demonstration."""
    return _timed(application) if home.demo_json.exists() else application


def _timed(application: Application) -> Application:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun_s = perf_counter()
        with sql.counting() as tally:

            def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
                told = [
                    ("Server-Timing", _durations(perf_counter() - begun_s, tally)),
                    ("X-Query-Count", str(tally.statements)),
                ]
                return start_response(status, [*headers, *told], *exc_info)

            return application(environ, start)

    return answer


def _durations(took_s: float, tally: sql.Tally) -> str:
    """In milliseconds, as browsers show it beside what they measure themselves."""
    total, database = (f"{seconds * 1000:.1f}" for seconds in (took_s, tally.took_s))
    return f'total;dur={total}, database;dur={database};desc="queries: {tally.statements}"'

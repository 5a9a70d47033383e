"""Statements of the database that take too long are named, by their file, in the log and the metrics."""

from netledger import sql
from netledger.server import metrics
from netledger.server.logs import log


def watch_for_slow(threshold_ms: int) -> None:
    """From now on this process tells of its statements that take so long; their values are never told."""

    def observe(text: str, took_s: float) -> None:
        if took_s * 1000 < threshold_ms:
            return
        name = sql.name_of(text)
        metrics.slow_statements.labels(name).inc()
        log.warning("slow statement", statement=name, took_ms=round(took_s * 1000, 1))

    sql.OBSERVERS.append(observe)

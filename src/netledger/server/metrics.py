"""What the web processes and the ticker count. Labels are words of our own declarations, never what a caller sent.

prometheus_client keeps the numbers of each process in the folder that its variable names; without one, as in a
test, in the memory of the process.
"""

from functools import cache
from typing import TypeVar

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.metrics import MetricWrapperBase

Metric = TypeVar("Metric", bound=MetricWrapperBase)

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

calls = Histogram(
    "netledger_call_seconds",
    "Calls of the System API by method, and the seconds until the body of the answer was there to send.",
    ["context", "method"],
    buckets=SECONDS,
)
refusals = Counter(
    "netledger_refusals",
    "Calls that were refused, by the code of the refusal or of the wrong request.",
    ["context", "method", "code"],
)
answers = Counter("netledger_answers", "Answers over HTTP by path and status.", ["route", "status"])
cabinet_sign_in_failures = Counter(
    "netledger_cabinet_sign_in_failures", "Sign-ins to the cabinet with a wrong login or password."
)
cabinet_sign_in_delays = Counter(
    "netledger_cabinet_sign_in_delays", "Sign-ins to the cabinet that the guard told to come later."
)
staff_sign_in_failures = Counter(
    "netledger_staff_sign_in_failures", "Passwords that staff's pages looked at and that were wrong."
)
staff_sign_in_delays = Counter(
    "netledger_staff_sign_in_delays", "Sign-ins of staff that were told to come later."
)
connections = Gauge(
    "netledger_connections",
    "Open connections: waiting for their whole request, or being answered.",
    ["state"],
    multiprocess_mode="livesum",
)
lists = Gauge(
    "netledger_lists",
    "Long lists: waiting for their turn, being read from the database, being sent to their clients.",
    ["state"],
    multiprocess_mode="livesum",
)
spooled_bytes = Gauge(
    "netledger_spooled_bytes",
    "Long lists that wait for their clients, in memory and in unnamed files below HOME/tmp.",
    multiprocess_mode="livesum",
)
pool_connections = Gauge(
    "netledger_pool_connections",
    "Connections of the web processes to the database.",
    ["state"],
    multiprocess_mode="livesum",
)
pool_waiting = Gauge(
    "netledger_pool_waiting",
    "Requests that wait for a connection to the database.",
    multiprocess_mode="livesum",
)
slow_statements = Counter(
    "netledger_slow_statements",
    "Statements of the database that took too long, by their file.",
    ["statement"],
)
ticker_steps = Histogram(
    "netledger_ticker_step_seconds",
    "What the ticker does each second, by step, and how long it took.",
    ["step"],
    buckets=SECONDS,
)
ticker_failures = Counter("netledger_ticker_step_failures", "Steps of the ticker that failed.", ["step"])
queue = Gauge(
    "netledger_queue",
    "What waits to be done: subscribers noted and not decided about, decisions overdue.",
    ["what"],
    multiprocess_mode="livemostrecent",
)
replication_lag = Gauge(
    "netledger_replication_lag_seconds",
    "How far the standby that is furthest behind has not applied yet; absent without a standby.",
    ["standby"],
    multiprocess_mode="livemostrecent",
)


@cache
def of(metric: Metric, *labels: str) -> Metric:
    """The metric with those labels; the library's own way to it takes a lock each time."""
    return metric.labels(*labels)

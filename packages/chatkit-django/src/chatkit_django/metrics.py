"""What is counted, for Prometheus. Without the ``prometheus-client`` package nothing is, and
``METRICS`` is ``None``.

Every label has a small fixed set of values: request types, outcomes, error codes and names of
store operations; never an id, a user or a text.
"""

from functools import cache
from time import perf_counter
from typing import Any, TypeVar

try:
    import prometheus_client
except ImportError:  # the extra "metrics" is not installed
    prometheus_client = None  # type: ignore[assignment]

M = TypeVar("M", bound=Any)

_SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_LONG = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600)


class Metrics:
    """The package's metrics in Prometheus's default registry. Times are in seconds."""

    def __init__(self) -> None:
        self.requests = prometheus_client.Counter(
            "chatkit_requests", "requests by type and outcome", ["type", "outcome"]
        )
        self.limits_hit = prometheus_client.Counter(
            "chatkit_limits_hit", "requests refused because of a limit", ["limit"]
        )
        self.limits_cache_failures = prometheus_client.Counter(
            "chatkit_limits_cache_failures",
            "times the cache of the limits did not answer and the database counted",
        )
        self.open_streams = prometheus_client.Gauge(
            "chatkit_open_streams",
            "answers being streamed now",
            multiprocess_mode="livesum",
        )
        self.first_event = prometheus_client.Histogram(
            "chatkit_first_event_seconds",
            "from the request to the first event of its stream",
            ["type"],
            buckets=_LONG,
        )
        self.answer = prometheus_client.Histogram(
            "chatkit_answer_seconds",
            "from the request to the end of its stream",
            ["type"],
            buckets=_LONG,
        )
        self.runs = prometheus_client.Counter(
            "chatkit_runs",
            "runs by the type of their request and how they ended",
            ["type", "status"],
        )
        self.run = prometheus_client.Histogram(
            "chatkit_run_seconds",
            "from the beginning of a run to its end, whoever reads it",
            ["type"],
            buckets=_LONG,
        )
        self.store = prometheus_client.Histogram(
            "chatkit_store_seconds",
            "time of one store operation in the database",
            ["operation"],
            buckets=_SHORT,
        )


METRICS = Metrics() if prometheus_client else None


@cache
def labelled(metric: M, *labels: str) -> M:
    """The metric with these labels. To find it among its own takes longer than to count."""
    found: M = metric.labels(*labels)
    return found


def count_run(kind: str, status: str, seconds: float) -> None:
    """A run that has ended, after so many seconds."""
    if METRICS is not None:
        labelled(METRICS.runs, kind, status).inc()
        labelled(METRICS.run, kind).observe(seconds)


def count_lost_run() -> None:
    """A run whose worker is gone; of what type it was nobody looks up."""
    if METRICS is not None:
        METRICS.runs.labels("unknown", "lost").inc()


class store_time:  # noqa: N801  (used like a function)
    """``with store_time(operation):`` times the operation inside; ``operation`` is the name of a
    function."""

    __slots__ = ("_operation", "_started")

    def __init__(self, operation: str) -> None:
        self._operation = operation

    def __enter__(self) -> None:
        self._started = perf_counter()

    def __exit__(self, *_: object) -> None:
        if METRICS is not None:
            labelled(METRICS.store, self._operation).observe(perf_counter() - self._started)

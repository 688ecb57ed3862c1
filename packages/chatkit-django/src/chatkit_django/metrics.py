"""What is counted, for Prometheus. Without the ``prometheus-client`` package nothing is, and
``METRICS`` is ``None``.

Every label has a small fixed set of values: request types, outcomes, error codes and names of
store operations; never an id, a user or a text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

try:
    import prometheus_client
except ImportError:  # the extra "metrics" is not installed
    prometheus_client = None  # type: ignore[assignment]

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
        self.store = prometheus_client.Histogram(
            "chatkit_store_seconds",
            "time of one store operation in the database",
            ["operation"],
            buckets=_SHORT,
        )


METRICS = Metrics() if prometheus_client else None


@contextmanager
def store_time(operation: str) -> Iterator[None]:
    """Times the operation inside; ``operation`` is the name of a function."""
    if METRICS is None:
        yield
        return
    started = perf_counter()
    try:
        yield
    finally:
        METRICS.store.labels(operation).observe(perf_counter() - started)

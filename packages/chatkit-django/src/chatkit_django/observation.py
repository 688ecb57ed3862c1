"""What is known of a request while it is served: counted once and logged in one line at its end,
and told to its span.

The line goes to the logger ``chatkit_django.requests``. It names ids, the type, the outcome and
times, and never what anybody wrote.
"""

import json
import logging
import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from chatkit_django.metrics import METRICS, labelled
from chatkit_django.tracing import request_span

if TYPE_CHECKING:
    from chatkit_django.spans import Headers, RequestSpan

logger = logging.getLogger("chatkit_django.requests")

FIELDS = (
    "request_id",
    "user_id",
    "thread_id",
    "run_id",
    "type",
    "status",
    "outcome",
    "duration_ms",
    "first_event_ms",
)
LIMIT_STATUSES = frozenset({413, 429})
_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
ERROR_FRAME = b'data: {"type":"error"'  # in no other frame: in JSON its quotes are escaped


@dataclass
class Observation:
    """One request. ``outcome`` is ``ok``, an error code, or for a stream ``completed``,
    ``failed`` (it ended with an error event) or ``left`` (the reader went away)."""

    request_id: str
    type: str
    user_id: str = ""
    thread_id: str = ""
    run_id: str = ""
    status: int = 0
    outcome: str = "ok"
    started: float = field(default_factory=perf_counter)
    first_event: float | None = None
    span: "RequestSpan | None" = None

    def stream_opened(self) -> None:
        self.outcome = "left"  # until it has come to its end
        if METRICS is not None:
            METRICS.open_streams.inc()

    def part_sent(self, part: bytes) -> None:
        if self.first_event is None:
            self.first_event = perf_counter() - self.started
            if METRICS is not None:
                labelled(METRICS.first_event, self.type).observe(self.first_event)
            if self.span is not None:
                self.span.first_event()
        if part.rfind(ERROR_FRAME) >= 0:  # forwards it takes three times as long
            self.outcome = "failed"

    def stream_completed(self) -> None:
        if self.outcome != "failed":
            self.outcome = "completed"

    def stream_ended(self) -> None:
        if METRICS is not None:
            METRICS.open_streams.dec()
            labelled(METRICS.answer, self.type).observe(perf_counter() - self.started)
        self.ended()

    def ended(self) -> None:
        duration = perf_counter() - self.started
        if METRICS is not None:
            labelled(METRICS.requests, self.type, self.outcome).inc()
            if self.status in LIMIT_STATUSES:
                labelled(METRICS.limits_hit, self.outcome).inc()
        self._end_span()
        if not logger.isEnabledFor(logging.INFO):
            return
        details = {
            "request_id": self.request_id,
            "user_id": self.user_id or None,
            "thread_id": self.thread_id or None,
            "run_id": self.run_id or None,
            "type": self.type,
            "status": self.status,
            "outcome": self.outcome,
            "duration_ms": _milliseconds(duration),
            "first_event_ms": _milliseconds(self.first_event),
        }
        logger.info(
            "%s %s %s in %s ms",
            self.type,
            self.status,
            self.outcome,
            details["duration_ms"],
            extra={f"chatkit_{name}": value for name, value in details.items()},
        )

    def begins_anew(self) -> None:
        """Somebody else serves the request, and observes it: nothing is said of it here."""
        if self.span is not None:
            self.span.leave()

    def _end_span(self) -> None:
        if self.span is None:
            return
        known: dict[str, str | int] = {
            "chatkit.request_id": self.request_id,
            "chatkit.type": self.type,
            "chatkit.thread_id": self.thread_id,
            "chatkit.run_id": self.run_id,
            "chatkit.outcome": self.outcome,
            "enduser.id": self.user_id,
            "http.response.status_code": self.status,
        }
        failed = self.status >= 500 or self.outcome == "failed"
        self.span.end({name: value for name, value in known.items() if value}, failed=failed)


_current: ContextVar[Observation | None] = ContextVar("chatkit_observation", default=None)


def begin(request_id: str, kind: str, headers: "Headers") -> Observation:
    """Observe a request from here on; ``note`` finds it in the same context."""
    observation = Observation(request_id, kind, span=request_span(headers))
    _current.set(observation)
    return observation


def note(
    *,
    kind: str | None = None,
    thread_id: str | None = None,
    run_id: str | None = None,
    user_id: str | None = None,
) -> None:
    """Tell the observation of this request, if there is one, what became known.

    A client's own text is not an id: what does not look like one is left out.
    """
    observation = _current.get()
    if observation is None:
        return
    if kind is not None:
        observation.type = kind
    if thread_id is not None and _ID.fullmatch(thread_id):
        observation.thread_id = thread_id
    if run_id is not None and _ID.fullmatch(run_id):
        observation.run_id = run_id
    if user_id is not None:
        observation.user_id = user_id


class JsonFormatter(logging.Formatter):
    """For ``LOGGING``: each record as one line of JSON, the request's fields beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in FIELDS:
            value = getattr(record, f"chatkit_{name}", None)
            if value is not None:
                line[name] = value
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)

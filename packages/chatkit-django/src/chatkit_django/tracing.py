"""Spans of OpenTelemetry, if the project has set up a tracer provider: one for each request, and
in it one for each store operation. Otherwise nothing of OpenTelemetry is even imported.

A span has ids, names and numbers; never what anybody wrote, nor the text of an exception.
"""

import sys
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from chatkit_django.spans import Headers, RequestSpan, Spans


@cache
def spans() -> "Spans | None":
    """What makes spans; None if nobody wants them. It is looked for once, with the first request:
    a project sets its tracer provider while it starts."""
    if "opentelemetry.trace" not in sys.modules:
        return None
    # Another thread may still be at it; the import waits for that, the entry above does not.
    from opentelemetry import trace

    provider = trace.get_tracer_provider()
    if isinstance(provider, trace.ProxyTracerProvider):  # it stands for one that may come
        return None
    from chatkit_django.spans import Spans

    return Spans(provider)


def request_span(headers: "Headers") -> "RequestSpan | None":
    """The span of a request that begins; its headers may say which trace it belongs to."""
    found = spans()
    return None if found is None else found.request(headers)


def in_span(name: str, work: Callable[[], T]) -> Callable[[], T]:
    """The work, in a span of this name."""
    found = spans()
    return work if found is None else partial(found.operation, name, work)

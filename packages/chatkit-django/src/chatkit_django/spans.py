"""How spans are made. Imported only by a project that has set up OpenTelemetry."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from opentelemetry import context, propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode, TracerProvider

T = TypeVar("T")

Headers = Mapping[str, str] | Sequence[tuple[bytes, bytes]]
"""Of a request, as Django or as ASGI has them."""


class Spans:
    def __init__(self, provider: TracerProvider) -> None:
        self._tracer = provider.get_tracer("chatkit_django")

    def request(self, headers: Headers) -> "RequestSpan":
        """In the span that is open, if the project has one for the request, else in the trace
        that the headers name, if they do."""
        if trace.get_current_span().get_span_context().is_valid:
            return RequestSpan(self._tracer.start_span("chatkit", kind=SpanKind.INTERNAL))
        caller = propagate.extract(_texts(headers))
        span = self._tracer.start_span("chatkit", context=caller, kind=SpanKind.SERVER)
        return RequestSpan(span, caller)

    def operation(self, name: str, work: Callable[[], T]) -> T:
        """Work in a span of its own. If it belongs to no request it has none."""
        if not trace.get_current_span().is_recording():
            return work()
        with self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                return work()
            except BaseException as error:
                span.set_attribute("error.type", type(error).__qualname__)
                span.set_status(Status(StatusCode.ERROR))
                raise


class RequestSpan:
    """Open until ``end``; what follows until then belongs to it."""

    def __init__(self, span: trace.Span, around: context.Context | None = None) -> None:
        self._span = span
        self._before = context.get_current()
        context.attach(trace.set_span_in_context(span, around))

    def first_event(self) -> None:
        self._span.add_event("first event")

    def end(self, attributes: Mapping[str, str | int], *, failed: bool) -> None:
        self._span.update_name(f"chatkit {attributes['chatkit.type']}")
        self._span.set_attributes(attributes)
        if failed:
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end()
        self.leave()

    def leave(self) -> None:
        """What follows belongs to it no more. A span that does not end is not told to anybody."""
        context.attach(self._before)


def _texts(headers: Headers) -> Mapping[str, str]:
    if isinstance(headers, Mapping):
        return headers
    return {name.decode("latin1"): value.decode("latin1") for name, value in headers}

"""What a trace shows of a request: its span, its store operations, and nothing anybody wrote."""

import asyncio
import json
import subprocess
import sys

import pytest
from django.contrib.sessions.models import Session
from django.core.handlers.asgi import ASGIHandler
from django.db import OperationalError
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import SpanKind, StatusCode

from chatkit_django import pages, tracing
from chatkit_django.short_way import ChatKitASGIHandler
from chatkit_django.testing import message
from tests.test_asgi import CREATE, ask, session_of, signed

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
WAYS = pytest.mark.parametrize("way", [ASGIHandler, ChatKitASGIHandler])


class Recorder(InMemorySpanExporter):
    """The spans that have ended."""

    def requests(self):
        return [one for one in self.get_finished_spans() if one.name.startswith("chatkit ")]

    def request(self):
        (span,) = self.requests()
        return span

    def children_of(self, span):
        return [
            one
            for one in self.get_finished_spans()
            if one.parent is not None and one.parent.span_id == span.context.span_id
        ]


@pytest.fixture
def configure(monkeypatch):
    """Call it as a project sets its tracer provider."""

    def use(provider):
        monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
        tracing.spans.cache_clear()

    yield use
    monkeypatch.undo()
    tracing.spans.cache_clear()


@pytest.fixture
def recorder(configure):
    recorder, provider = Recorder(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(recorder))
    configure(provider)
    return recorder


@WAYS
async def test_a_request_has_a_span_and_its_store_operations_have_theirs(
    way, recorder, server, ada
):
    headers = signed(await session_of(ada))
    recorder.clear()
    assert (await ask(way(), headers=headers, body=CREATE))[0] == 200
    span = recorder.request()
    assert (span.name, span.kind, span.parent) == ("chatkit threads.create", SpanKind.SERVER, None)
    given = dict(span.attributes)
    assert len(given.pop("chatkit.request_id")) == 32
    assert given.pop("chatkit.thread_id").startswith("thr_")
    assert given.pop("chatkit.run_id").startswith("run_")
    assert given == {
        "chatkit.type": "threads.create",
        "chatkit.outcome": "completed",
        "enduser.id": str(ada.pk),
        "http.response.status_code": 200,
    }
    assert [event.name for event in span.events] == ["first event"]
    assert span.status.status_code is StatusCode.UNSET
    children = recorder.children_of(span)
    names = {child.name for child in children}
    assert {"create_thread", "save_item"} <= names
    assert "_atomically" not in names  # it is a part of each
    assert all(
        span.start_time <= child.start_time <= child.end_time <= span.end_time for child in children
    )


@WAYS
async def test_nothing_that_was_written_is_in_a_trace(way, recorder, server, ada):
    headers = signed(await session_of(ada))
    written = {"type": "threads.create", "params": {"input": message("fail my secret salary")}}
    await ask(way(), headers=headers, body=json.dumps(written).encode())
    await ask(way(), headers=headers, body=b'{"type": "secret", "params": {}}')
    everything = "".join(span.to_json() for span in recorder.get_finished_spans())
    assert "chatkit.outcome" in everything
    for secret in ("secret", "salary", "Half an answer", "sk-test-123"):
        assert secret not in everything


async def test_the_span_of_a_stream_lasts_as_long_as_the_stream(recorder, client_of_ada, server):
    stream = aiter(await client_of_ada.send("threads.create", input=message("wait")))
    await anext(stream)
    assert recorder.requests() == []
    await server.started.wait()
    server.go_on.set()
    assert [part async for part in stream]
    span = recorder.request()
    (first,) = span.events
    created = next(one for one in recorder.children_of(span) if one.name == "create_thread")
    assert created.end_time <= first.timestamp < span.end_time
    assert "save_item" in {
        child.name for child in recorder.children_of(span) if child.start_time > first.timestamp
    }


@pytest.mark.parametrize(
    ("text", "outcome", "status"),
    [("hi", "completed", StatusCode.UNSET), ("fail", "failed", StatusCode.ERROR)],
)
async def test_a_span_says_how_an_answer_ended(recorder, client_of_ada, text, outcome, status):
    await client_of_ada.ask(text)
    span = recorder.request()
    assert (span.attributes["chatkit.outcome"], span.status.status_code) == (outcome, status)


async def test_a_reader_that_leaves_ends_the_span(recorder, client_of_ada, server):
    response = await client_of_ada.send("threads.create", input=message("wait"))
    stream = aiter(response)
    await anext(stream)
    await stream.aclose()
    assert recorder.request().attributes["chatkit.outcome"] == "left"


async def test_a_refusal_and_a_failure_are_told_apart(recorder, client_of_ada, monkeypatch):
    def fail(*arguments):
        raise OperationalError("host db-7")

    await client_of_ada.send("threads.get_by_id", thread_id="thr_none")
    monkeypatch.setattr(pages, "threads_json", fail)
    await client_of_ada.send("threads.list")
    refused, failed = recorder.requests()
    for span, status, outcome, code in (
        (refused, 404, "not_found", StatusCode.UNSET),
        (failed, 503, "unavailable", StatusCode.ERROR),
    ):
        assert span.attributes["http.response.status_code"] == status
        assert span.attributes["chatkit.outcome"] == outcome
        assert span.status.status_code is code
    (operation,) = [one for one in recorder.children_of(failed) if one.name == "fail"]
    assert operation.status.status_code is StatusCode.ERROR
    assert operation.attributes == {"error.type": "OperationalError"}
    assert "db-7" not in operation.to_json()


@WAYS
async def test_a_request_continues_the_trace_of_its_caller(way, recorder, server, ada):
    """The first one, and the next, of which more is known."""
    application, headers = way(), signed(await session_of(ada))
    callers = [f"{number:016x}" for number in (1, 2, 3)]
    for caller in callers:
        traced = headers | {"traceparent": f"00-{TRACE}-{caller}-01"}
        assert (await ask(application, headers=traced))[0] == 200
    spans = recorder.requests()
    assert [f"{span.parent.span_id:016x}" for span in spans] == callers
    assert {f"{span.parent.trace_id:032x}" for span in spans} == {TRACE}
    for span in spans:
        assert span.name == "chatkit threads.list"
        assert span.parent.is_remote
        assert recorder.children_of(span)


async def test_a_request_that_has_to_begin_anew_has_one_span(recorder, server, ada):
    application, session = ChatKitASGIHandler(), await session_of(ada)
    assert (await ask(application, headers=signed(session)))[0] == 200
    await Session.objects.all().adelete()
    recorder.clear()
    assert (await ask(application, headers=signed(session)))[0] == 401
    span = recorder.request()
    assert span.parent is None
    assert span.attributes["chatkit.outcome"] == "not_signed_in"


async def test_a_span_that_the_project_opened_for_the_request_is_the_parent(
    recorder, client_of_ada
):
    with trace.get_tracer_provider().get_tracer("project").start_as_current_span("POST") as outer:
        await client_of_ada.read("threads.list")
        await client_of_ada.read("threads.list")
        assert trace.get_current_span() is outer
    first, second = recorder.requests()
    assert first.parent == second.parent == outer.get_span_context()
    assert first.kind is SpanKind.INTERNAL


async def test_a_request_that_the_project_does_not_sample_has_no_span(recorder, client_of_ada):
    outside = TracerProvider(sampler=ALWAYS_OFF).get_tracer("project")
    with outside.start_as_current_span("POST"):
        await client_of_ada.ask("hi")
    assert recorder.get_finished_spans() == ()


async def test_what_respond_traces_is_in_the_span_of_the_request(
    recorder, client_of_ada, server, monkeypatch
):
    respond = server.respond

    async def traced(*arguments):
        with trace.get_tracer_provider().get_tracer("model").start_as_current_span("model"):
            pass
        async for event in respond(*arguments):
            yield event

    monkeypatch.setattr(server, "respond", traced)
    await client_of_ada.ask("hi")
    assert "model" in {child.name for child in recorder.children_of(recorder.request())}


async def test_requests_at_the_same_time_keep_their_operations_apart(recorder, client_of_ada):
    await asyncio.gather(*(client_of_ada.ask("hi") for _ in range(8)))
    spans = recorder.requests()
    assert len({span.context.trace_id for span in spans}) == 8
    for span in spans:
        names = [child.name for child in recorder.children_of(span)]
        assert names.count("create_thread") == 1


async def test_work_of_no_request_has_no_span(recorder, server, as_ada):
    await server.store.load_threads(10, None, "desc", as_ada)
    assert recorder.get_finished_spans() == ()


async def test_what_is_not_sampled_is_served_like_everything_else(configure, client_of_ada):
    recorder, provider = Recorder(), TracerProvider(sampler=ALWAYS_OFF)
    provider.add_span_processor(SimpleSpanProcessor(recorder))
    configure(provider)
    assert (await client_of_ada.ask("hi"))[-1]["type"] == "thread.item.done"
    assert recorder.get_finished_spans() == ()


async def test_whether_anybody_wants_spans_is_found_out_once(configure, client_of_ada, monkeypatch):
    asked = []

    def provider():
        asked.append(1)
        return trace._PROXY_TRACER_PROVIDER

    configure(None)
    monkeypatch.setattr(trace, "get_tracer_provider", provider)
    for _ in range(3):
        await client_of_ada.ask("hi")
    assert len(asked) == 1


@pytest.mark.parametrize(
    "before",
    [
        "sys.modules['opentelemetry'] = None",  # not installed
        "pass",  # nobody has imported it
        "import opentelemetry.trace",  # there is no provider
    ],
)
def test_without_a_provider_nothing_is_imported_and_everything_works(before):
    code = f"""
import sys
{before}
known = set(sys.modules)
from chatkit_django import observation, tracing
seen = observation.begin("r", "threads.list", {{}})
assert seen.span is None
work = lambda: 7
assert tracing.in_span("load", work) is work
seen.stream_opened(); seen.part_sent(b"x"); seen.stream_completed(); seen.stream_ended()
print(*(name for name in set(sys.modules) - known if "opentelemetry" in name))
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.split() == []


def test_a_library_that_another_thread_still_imports_is_waited_for(tmp_path):
    """The first request may come while the chat is being built, which imports what it needs."""
    library = tmp_path / "opentelemetry" / "trace"
    library.mkdir(parents=True)
    (library / "__init__.py").write_text(
        "import asking\n"
        "asking.began.set()\n"
        "asking.asks.wait(20)\n"
        "asking.until_main_waits()\n"
        "class ProxyTracerProvider: ...\n"
        "get_tracer_provider = ProxyTracerProvider\n"
    )
    (tmp_path / "asking.py").write_text(
        "import sys, threading, time\n"
        "began, asks = threading.Event(), threading.Event()\n"
        "main = threading.main_thread().ident\n"
        "def until_main_waits():\n"
        "    '''Until the main thread stands in the lock of an import, or has gone on without.'''\n"
        "    end = time.monotonic() + 20\n"
        "    while time.monotonic() < end and asks.is_set():\n"
        "        frame = sys._current_frames()[main]\n"
        "        if 'importlib' in frame.f_code.co_filename: return\n"
        "        time.sleep(0.001)\n"
    )
    code = """
import threading
import asking
threading.Thread(target=lambda: __import__("opentelemetry.trace")).start()
asking.began.wait(20)
from chatkit_django import tracing
asking.asks.set()
try:
    print(tracing.spans())
finally:
    asking.asks.clear()
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=False, timeout=60, env={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert (run.stdout, run.stderr) == ("None\n", "")

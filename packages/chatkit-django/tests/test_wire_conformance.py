"""What is streamed is what the stock SDK streams of the same events, byte for byte. Only times
differ, on purpose: ours say that they are UTC."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from chatkit.server import ChatKitServer as SdkChatKitServer
from chatkit.store import NotFoundError, Store
from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ClientEffectEvent,
    ClientToolCallItem,
    CustomSummary,
    CustomTask,
    DurationSummary,
    EndOfTurnItem,
    EntitySource,
    ErrorEvent,
    FileSource,
    FileTask,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    HiddenContextItem,
    NoticeEvent,
    ProgressUpdateEvent,
    SearchTask,
    StreamOptionsEvent,
    StructuredInputFreeform,
    StructuredInputItem,
    TaskItem,
    ThoughtTask,
    ThreadCreatedEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    URLSource,
    WidgetComponentUpdated,
    WidgetItem,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from chatkit.widgets import DynamicWidgetComponent, DynamicWidgetRoot
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chatkit_django import limits
from chatkit_django.memory_store import MemoryStore
from chatkit_django.runs.records import NewRun
from chatkit_django.server import ChatKitServer
from chatkit_django.testing import parse_events
from chatkit_django.turns import Turn
from tests.record import RECORDINGS
from tests.test_memory_store import somebody

STREAMED = sorted(file.parent.name for file in RECORDINGS.glob("*/response.sse"))
EVENT = TypeAdapter(ThreadStreamEvent)
NOW = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001  local, as the SDK's helpers write it
SHOWN_TIME = re.compile(rb'(?<!\\)"created_at":"([^"]*)"')


class NoStore(Store):
    """Keeps nothing."""

    async def _nothing(self, *_, **__):
        pass

    save_thread = add_thread_item = save_item = delete_thread_item = _nothing
    delete_thread = save_attachment = delete_attachment = _nothing

    async def _not_there(self, *_, **__):
        raise NotFoundError

    load_thread = load_thread_items = load_threads = load_item = load_attachment = _not_there


class StockServer(SdkChatKitServer):
    def respond(self, thread, input_user_message, context):
        raise NotImplementedError


class OurServer(ChatKitServer):
    respond = StockServer.respond


async def stock(thread, opening, script):
    server = StockServer(NoStore())
    thread = thread.model_copy(deep=True)
    sent = [server._serialize(event) for event in opening]
    async for event in server._process_events(thread, None, script(thread)):
        sent.append(server._serialize(event))  # noqa: PERF401  at once: the SDK changes it later
    return b"".join(b"data: " + event + b"\n\n" for event in sent)


async def ours(thread, opening, script):
    server = OurServer(MemoryStore())
    context = somebody("ada")
    thread = thread.model_copy(deep=True)
    await server.store.save_thread(thread, context)
    await server.store.begin_run(thread.id, run := NewRun("run_1", "test"), context)
    reader = server._begun(run, Turn(thread, script(thread), opening), limits.Permit(), context)
    return without_ids(b"".join([part async for part in reader]))


def without_ids(stream):
    """What the SDK would send: neither numbers nor the comment at the end."""
    numbered = re.split(rb"(?m)^id: (\d+)\n", stream)
    assert numbered.pop() == b": end\n\n"
    assert [int(number) for number in numbered[1::2]] == list(range(1, len(numbered) // 2 + 1))
    return b"".join(numbered[::2])


def play(steps):
    """The ``respond`` that does these steps: yields an event, waits (None) or names the thread."""

    def script(thread):
        async def respond():
            for step in steps:
                if step is None:
                    await asyncio.sleep(0)
                elif isinstance(step, str):
                    thread.title = step
                else:
                    yield step.model_copy(deep=True)

        return respond

    return script


def without_offsets(stream):
    def local(match):
        time = datetime.fromisoformat(match[1].decode())
        return b'"created_at":"%s"' % str(time.astimezone(UTC)).encode()

    return SHOWN_TIME.sub(local, stream)


async def same_bytes(opening, steps):
    created = [event.thread for event in opening if isinstance(event, ThreadCreatedEvent)]
    thread = ThreadMetadata(
        id=created[0].id if created else "thr_1", created_at=NOW, metadata={"cursor": [1, 2]}
    )
    expected = await stock(thread, opening, play(steps))
    sent = await ours(thread, opening, play(steps))
    assert without_offsets(sent) == without_offsets(expected)
    assert all(time.endswith(b"Z") for time in SHOWN_TIME.findall(sent))
    return sent


@pytest.mark.parametrize("name", STREAMED)
async def test_a_recording(name):
    recorded = (RECORDINGS / name / "response.sse").read_bytes()
    events = [EVENT.validate_python(event) for event in parse_events(recorded)]
    start = next(n for n, event in enumerate(events) if isinstance(event, StreamOptionsEvent))
    plain = re.sub(rb"(?m)^(id: \d+|: end\n)\n", b"", recorded)
    assert await same_bytes(tuple(events[:start]), events[start + 1 :]) == plain


TRAPS = ("", '"', "\\", "\x00\x1f\x7f", "\b\f\n\r\t", "\u2028\u2029", "é🛒", "</script>")
TEXTS = st.one_of(st.sampled_from(TRAPS), st.text(st.characters(exclude_categories=["Cs"])))
MAYBE = st.none() | TEXTS
PLACES = st.integers(0, 2)
MESSAGES = st.sampled_from(["msg_1", "msg_2", 'an "odd" one\\é'])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=5,
)
OBJECTS = st.dictionaries(TEXTS, JSON, max_size=3)

URLS = st.builds(URLSource, title=TEXTS, url=TEXTS, attribution=MAYBE)
FILES = st.builds(FileSource, title=TEXTS, filename=TEXTS)
ENTITIES = st.builds(EntitySource, title=TEXTS, id=TEXTS, data=OBJECTS, label=MAYBE)
ANNOTATIONS = st.builds(Annotation, source=URLS | FILES | ENTITIES, index=st.none() | PLACES)
CONTENTS = st.builds(
    AssistantMessageContent, text=TEXTS, annotations=st.lists(ANNOTATIONS, max_size=2)
)
TASKS = st.one_of(
    st.builds(CustomTask, title=MAYBE, content=MAYBE, status_indicator=st.just("loading")),
    st.builds(SearchTask, title=MAYBE, queries=st.lists(TEXTS), sources=st.lists(URLS, max_size=1)),
    st.builds(ThoughtTask, content=TEXTS),
    st.builds(FileTask, sources=st.lists(FILES, max_size=1)),
)
SUMMARIES = st.none() | st.builds(CustomSummary, title=TEXTS) | st.builds(DurationSummary)
WORKFLOWS = st.builds(
    Workflow,
    type=st.sampled_from(["custom", "reasoning"]),
    tasks=st.lists(TASKS, min_size=1, max_size=2),
    summary=SUMMARIES,
)
TEXT_NODES = st.builds(
    lambda value, more: {"type": "Text", "id": "text", "value": value, "more": more}, TEXTS, JSON
)
WIDGETS = TEXT_NODES.map(
    lambda node: DynamicWidgetRoot.model_validate({"type": "Card", "children": [node]})
)
IMAGES = st.builds(GeneratedImage, id=TEXTS, url=TEXTS)


def items(kind, ids, /, **fields):
    ids = st.just(ids) if isinstance(ids, str) else ids
    return st.builds(kind, id=ids, thread_id=st.just("thr_1"), created_at=st.just(NOW), **fields)


def updates(ids, *kinds):
    return st.builds(ThreadItemUpdatedEvent, item_id=ids, update=st.one_of(*kinds))


ASSISTANT_MESSAGES = items(AssistantMessageItem, MESSAGES, content=st.lists(CONTENTS, max_size=2))
ITEMS = st.one_of(
    ASSISTANT_MESSAGES,
    items(WorkflowItem, "workflow", workflow=WORKFLOWS),
    items(WidgetItem, "widget", widget=WIDGETS, copy_text=MAYBE),
    items(GeneratedImageItem, "image", image=st.none() | IMAGES),
)
FINISHED = st.one_of(
    items(ClientToolCallItem, "call", call_id=TEXTS, name=TEXTS, arguments=OBJECTS, output=JSON),
    items(
        StructuredInputItem,
        "question",
        inputs=st.lists(st.builds(StructuredInputFreeform, id=TEXTS, question=TEXTS), max_size=1),
    ),
    items(TaskItem, "task", task=TASKS),
    items(EndOfTurnItem, "end"),
    items(HiddenContextItem, "hidden", content=TEXTS),
)
DELTAS = updates(
    MESSAGES, st.builds(AssistantMessageContentPartTextDelta, content_index=PLACES, delta=TEXTS)
)
MESSAGE_UPDATES = updates(
    MESSAGES,
    st.builds(AssistantMessageContentPartAdded, content_index=PLACES, content=CONTENTS),
    st.builds(
        AssistantMessageContentPartAnnotationAdded,
        content_index=PLACES,
        annotation_index=PLACES,
        annotation=ANNOTATIONS,
    ),
    st.builds(AssistantMessageContentPartDone, content_index=PLACES, content=CONTENTS),
)
UPDATES = st.one_of(
    MESSAGE_UPDATES,
    updates(
        st.just("widget"),
        st.builds(WidgetRootUpdated, widget=WIDGETS),
        st.builds(
            WidgetComponentUpdated,
            component_id=st.just("text"),
            component=TEXT_NODES.map(DynamicWidgetComponent.model_validate),
        ),
        st.builds(
            WidgetStreamingTextValueDelta,
            component_id=st.sampled_from(["text", "unknown"]),
            delta=TEXTS,
            done=st.booleans(),
        ),
    ),
    updates(
        st.just("workflow"),
        st.builds(WorkflowTaskAdded, task_index=PLACES, task=TASKS),
        st.builds(WorkflowTaskUpdated, task_index=st.just(0), task=TASKS),
    ),
    updates(
        st.just("image"),
        st.builds(
            GeneratedImageUpdated, image=IMAGES, progress=st.none() | st.floats(0, 1, width=16)
        ),
    ),
)
OTHERS = st.one_of(
    st.builds(ThreadItemDoneEvent, item=ITEMS | FINISHED),
    st.builds(ThreadItemReplacedEvent, item=ITEMS),
    st.builds(ThreadItemRemovedEvent, item_id=MESSAGES | st.just("widget")),
    st.builds(ProgressUpdateEvent, text=TEXTS),
    st.builds(ClientEffectEvent, name=TEXTS, data=OBJECTS),
    st.builds(NoticeEvent, level=st.just("info"), message=TEXTS, title=MAYBE),
    st.builds(ErrorEvent, message=MAYBE, allow_retry=st.booleans()),
)
ADDED = st.builds(ThreadItemAddedEvent, item=ITEMS)
TITLES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
STEPS = st.one_of(DELTAS, DELTAS, DELTAS, UPDATES, ADDED, OTHERS, TITLES, st.none())


@settings(max_examples=150, deadline=None)
@given(st.lists(ADDED, max_size=4), st.lists(STEPS, max_size=60))
def test_whatever_an_answer_may_say(added, steps):
    asyncio.run(same_bytes((), added + steps))

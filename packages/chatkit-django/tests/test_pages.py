"""A page put together from the stored JSON is byte for byte what the SDK makes of the objects."""

import json
from datetime import datetime

import pytest
from chatkit.types import (
    ActiveStatus,
    Annotation,
    AssistantMessageContent,
    AssistantMessageItem,
    ClientToolCallItem,
    ClosedStatus,
    CustomSummary,
    CustomTask,
    EndOfTurnItem,
    FileAttachment,
    FileSource,
    GeneratedImage,
    GeneratedImageItem,
    HiddenContextItem,
    ImageAttachment,
    InferenceOptions,
    LockedStatus,
    SDKHiddenContextItem,
    StructuredInputAnswer,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    TaskItem,
    ThreadItem,
    ThreadMetadata,
    ToolChoice,
    URLSource,
    UserMessageItem,
    UserMessageTagContent,
    UserMessageTextContent,
    WidgetItem,
    Workflow,
    WorkflowItem,
)
from chatkit.widgets import DynamicWidgetRoot
from pydantic import TypeAdapter

from chatkit_django.database import run
from chatkit_django.incoming import parse_request
from chatkit_django.server import ChatKitServer
from chatkit_django.store import DatabaseStore
from tests.scripted import ScriptedServer

TEXT = 'Zwölf „Äpfel“ \u2028 </script> \x1f \x7f "attachments":[] 😀 \\ \n\t'
MOMENTS = [datetime(2026, 3, 1, 12), datetime(2026, 3, 1, 12, 0, 0, 120000)]  # noqa: DTZ001
METADATA = {"path": "not for the client"}


def items():
    base = {"thread_id": "t", "created_at": MOMENTS[1]}
    text = [UserMessageTextContent(text=TEXT)]
    file = FileAttachment(id="f", name="f.txt", mime_type="text/plain", metadata=METADATA)
    image = ImageAttachment(
        id="g", name="g.png", mime_type="image/png", preview_url="https://x.test/g", thread_id="t"
    )
    tag = UserMessageTagContent(
        id="a", text="@a", data={"nothing": None, "n": 1}, group=None, interactive=False
    )
    widget = {"type": "Card", "size": 1, "children": [{"type": "Text", "value": TEXT, "x": None}]}
    sources = [
        Annotation(source=FileSource(filename="f", title="F"), index=3),
        Annotation(source=URLSource(url="https://x.test", title="X")),
    ]
    workflow = Workflow(
        type="custom",
        tasks=[CustomTask(title="look", content=None)],
        summary=CustomSummary(title="done", icon=None),
        expanded=True,
    )
    choices = [StructuredInputMultipleChoiceOption(value=value) for value in ("yes", TEXT)]
    questions = [
        StructuredInputMultipleChoice(
            id="q1",
            question=TEXT,
            options=choices,
            answer=StructuredInputAnswer(values=[TEXT], skipped=False),
        ),
        StructuredInputFreeform(id="q2", question="And?"),
    ]
    return [
        UserMessageItem(id="u1", content=text, inference_options=InferenceOptions(), **base),
        UserMessageItem(
            id="u2",
            content=[*text, tag],
            attachments=[file, image],
            quoted_text=TEXT,
            inference_options=InferenceOptions(tool_choice=ToolChoice(id="search"), model="m"),
            **base,
        ),
        AssistantMessageItem(
            id="a", content=[AssistantMessageContent(text=TEXT, annotations=sources)], **base
        ),
        AssistantMessageItem(id="empty", content=[], **base),
        ClientToolCallItem(
            id="c", call_id="x", name="n", arguments={"a": None}, output=None, **base
        ),
        ClientToolCallItem(
            id="d",
            call_id="x",
            name="n",
            arguments={},
            output=[1, None, {"b": 2.0}],
            status="completed",
            **base,
        ),
        WidgetItem(id="w", widget=DynamicWidgetRoot.model_validate(widget), copy_text=TEXT, **base),
        StructuredInputItem(id="si", status="answered", inputs=questions, **base),
        TaskItem(id="k", task=CustomTask(title=TEXT, status_indicator="loading"), **base),
        WorkflowItem(id="wf", workflow=workflow, **base),
        EndOfTurnItem(id="end", **base),
        GeneratedImageItem(id="im", image=GeneratedImage(id="i", url="https://x.test/i"), **base),
        HiddenContextItem(id="h", content="psst", **base),
        SDKHiddenContextItem(id="s", content="psst", **base),
    ]


def threads():
    statuses = [ActiveStatus(), LockedStatus(reason=TEXT), LockedStatus(), ClosedStatus(reason="x")]
    for number, status in enumerate(statuses):
        yield ThreadMetadata(
            id=f"t{number}",
            title=TEXT if number % 2 else None,
            created_at=MOMENTS[number % 2],
            status=status,
            allowed_image_domains=[None, [], ["x.test", "ü.test"]][number % 3],
            metadata=METADATA,
        )


async def answers(server, context, kind, **params):
    """What comes straight from the store, and what the SDK makes of the objects."""
    request = parse_request(json.dumps({"type": kind, "params": params}), server.served)
    return [
        (await run(server.wire_page(request, context))).json,
        await server._process_non_streaming(request, context),
    ]


@pytest.fixture
async def filled(as_ada):
    server = ScriptedServer()
    await server.store.save_thread(ThreadMetadata(id="t", created_at=MOMENTS[0]), as_ada)
    for item in items():
        for attachment in getattr(item, "attachments", []):
            await server.store.save_attachment(attachment, as_ada)
        await server.store.add_thread_item("t", item, as_ada)
    for thread in threads():
        await server.store.save_thread(thread, as_ada)
    return server


def test_every_type_of_item_is_tried():
    schema = TypeAdapter(ThreadItem).json_schema()
    known = set(schema["discriminator"]["mapping"])
    assert {item.type for item in items()} >= known


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("limit", [1, 3, 100])
async def test_pages_of_items(filled, as_ada, order, limit):
    after, seen = {}, 0
    while True:
        ours, sdks = await answers(
            filled, as_ada, "items.list", thread_id="t", order=order, limit=limit, **after
        )
        assert ours == sdks
        assert b"not for the client" not in ours
        page = TypeAdapter(dict).validate_json(ours)
        seen += len(page["data"])
        if not page["has_more"]:
            break
        after = {"after": page["after"]}
    assert seen == len(items()) - 2


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("limit", [1, 100])
async def test_pages_of_threads(filled, as_ada, order, limit):
    for after in ({}, {"after": "t1"}):
        ours, sdks = await answers(
            filled, as_ada, "threads.list", order=order, limit=limit, **after
        )
        assert ours == sdks
        assert b"not for the client" not in ours


async def test_a_thread_with_its_items(filled, as_ada, settings):
    for size in (3, 100):
        settings.CHATKIT_MAX_PAGE_SIZE = size
        ours, sdks = await answers(filled, as_ada, "threads.get_by_id", thread_id="t")
        assert ours == sdks
    for thread_id in ("t", "t0", "t1", "t2", "t3"):
        ours, sdks = await answers(filled, as_ada, "threads.get_by_id", thread_id=thread_id)
        assert ours == sdks


async def test_a_store_or_server_that_changes_what_is_loaded_is_asked(filled, as_ada):
    class Store(DatabaseStore):
        async def load_threads(self, *arguments, **named):
            raise NotImplementedError

    class Server(ChatKitServer):
        def _serialize(self, obj):
            raise NotImplementedError

        respond = ScriptedServer.respond

    for server in (ScriptedServer(Store()), Server()):
        with pytest.raises(NotImplementedError):
            await server.process('{"type":"threads.list","params":{}}', as_ada)

"""With the real Agents SDK: when the reader goes, the run goes."""

import asyncio
import gc

import pytest
from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.items import ModelResponse
from agents.models.interface import Model
from chatkit.agents import AgentContext, stream_agent_response
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseContentPartAddedEvent,
    ResponseFunctionToolCall,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
)

from chatkit_django.agent_run import stream_run
from chatkit_django.models import ThreadItem
from chatkit_django.server import ChatKitServer
from tests.test_answers import Reader, create

set_tracing_disabled(disabled=True)


class SlowModel(Model):
    """Says a word at each turn of the loop, then calls a tool, and so on for ever."""

    def __init__(self, fail_after: int | None = None) -> None:
        self.words = 0
        self.calls = 0
        self.fail_after = fail_after
        self.talking = asyncio.Event()

    async def get_response(self, *args, **kwargs) -> ModelResponse:
        raise NotImplementedError

    async def stream_response(self, *args, **kwargs):
        self.calls += 1
        message = ResponseOutputMessage(
            id=f"msg_of_model_{self.calls}",
            content=[],
            role="assistant",
            status="in_progress",
            type="message",
        )
        place = {"output_index": 0, "sequence_number": 0}
        yield ResponseOutputItemAddedEvent(item=message, type="response.output_item.added", **place)
        empty = ResponseOutputText(annotations=[], text="", type="output_text")
        inside = {**place, "item_id": message.id, "content_index": 0}
        yield ResponseContentPartAddedEvent(
            part=empty, type="response.content_part.added", **inside
        )
        for _ in range(50):
            self.words += 1
            if self.words == self.fail_after:
                raise RuntimeError("model away")
            yield ResponseTextDeltaEvent(
                delta="word ", logprobs=[], type="response.output_text.delta", **inside
            )
            if self.words == 5:
                self.talking.set()
            await asyncio.sleep(0.005)
        said = ResponseOutputText(annotations=[], text="word " * 50, type="output_text")
        done = message.model_copy(update={"content": [said], "status": "completed"})
        yield ResponseOutputItemDoneEvent(item=done, type="response.output_item.done", **place)
        call = ResponseFunctionToolCall(
            arguments="{}", call_id=f"c{self.calls}", name="spend", type="function_call"
        )
        response = Response(
            id="r",
            created_at=0,
            model="m",
            object="response",
            output=[done, call],
            parallel_tool_calls=False,
            tool_choice="auto",
            tools=[],
            usage=None,
        )
        yield ResponseCompletedEvent(
            response=response, sequence_number=0, type="response.completed"
        )


class AgentServer(ChatKitServer):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.spent = 0

        @function_tool
        def spend() -> str:
            self.spent += 1
            return "spent"

        self.agent = Agent(name="a", model=model, tools=[spend])

    async def respond(self, thread, input_user_message, context):
        agent_context = AgentContext(thread=thread, store=self.store, request_context=context)
        result = Runner.run_streamed(self.agent, "hi", context=agent_context)
        events = stream_agent_response(agent_context, result)
        async for event in stream_run(agent_context, result, events):
            yield event


@pytest.fixture
async def nothing_complains(caplog):
    """No task is destroyed while pending, no exception goes unnoticed."""
    complaints = []
    asyncio.get_running_loop().set_exception_handler(
        lambda loop, complaint: complaints.append(complaint)
    )
    yield
    caplog.clear()  # its records hold on to frames, and those to tasks
    gc.collect()
    assert complaints == []


async def tasks_left(before):
    """Tasks that are still there after the loop had time to end them."""
    for _ in range(50):
        await asyncio.sleep(0.005)
        left = asyncio.all_tasks() - before
        if not left:
            break
    return left


async def test_a_reader_that_leaves_ends_the_run_before_its_tool(as_ada, nothing_complains):
    model = SlowModel()
    server = AgentServer(model)
    before = asyncio.all_tasks()
    result = await server.process(create("hi"), as_ada)
    reader = Reader(result.json_events)
    await model.talking.wait()
    await reader.leave()
    words = model.words

    assert await tasks_left(before) == set()
    assert model.words == words
    assert (model.calls, server.spent) == (1, 0)
    kinds = [
        kind
        async for kind in ThreadItem.objects.order_by("position").values_list("type", flat=True)
    ]
    assert kinds == ["user_message", "assistant_message", "sdk_hidden_context"]


async def test_a_reader_that_closes_the_stream_ends_the_run_too(as_ada, nothing_complains):
    model = SlowModel()
    server = AgentServer(model)
    before = asyncio.all_tasks()
    result = await server.process(create("hi"), as_ada)
    async for frame in result.json_events:
        if b"text_delta" in frame:
            break
    await result.json_events.aclose()
    words = model.words

    assert await tasks_left(before) == set()
    assert model.words == words
    assert server.spent == 0


async def test_a_run_that_fails_leaves_no_task_behind(as_ada, nothing_complains):
    server = AgentServer(SlowModel(fail_after=3))
    before = asyncio.all_tasks()
    result = await server.process(create("hi"), as_ada)
    frames = [frame async for frame in result.json_events]
    assert b'"type":"error"' in b"".join(frames)
    assert await tasks_left(before) == set()


@pytest.mark.parametrize(("ending", "cancelled"), [("done", 0), ("failed", 1), ("left", 1)])
async def test_a_run_is_cancelled_unless_its_events_come_to_an_end(ending, cancelled):
    cancels = []

    class Run:
        def cancel(self) -> None:
            cancels.append(ending)

    class Context:
        async def stream(self, event) -> None:
            pass

    async def events():
        yield "one"
        if ending == "failed":
            raise RuntimeError
        yield "two"

    stream = stream_run(Context(), Run(), events())
    assert await anext(stream) == "one"
    if ending == "left":
        await stream.aclose()
    elif ending == "failed":
        with pytest.raises(RuntimeError):
            await anext(stream)
    else:
        assert [event async for event in stream] == ["two"]
    assert len(cancels) == cancelled

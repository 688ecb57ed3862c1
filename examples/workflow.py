"""A workflow: a function of your own in steps, and the reader sees which one is at work."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from chatkit.types import ProgressUpdateEvent, ThreadMetadata, ThreadStreamEvent, UserMessageItem

from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer
from chatkit_django.text_answer import stream_text, text_of

PRICES = {"tea": "3.20", "coffee": "3.80"}


@dataclass(frozen=True)
class Step:
    """What the workflow is doing, or at last its answer."""

    doing: str = ""
    answer: str = ""


async def run_workflow(question: str) -> AsyncIterator[Step]:
    yield Step(doing="Reading the question")
    wanted = [name for name in PRICES if name in question.lower()]
    if not wanted:
        yield Step(answer="I know the prices of tea and coffee. Which one is it?")
        return
    yield Step(doing="Looking into the price list")
    prices = [f"**{name.capitalize()}** is {PRICES[name]}." for name in wanted]
    yield Step(answer=" ".join(prices))


class WorkflowServer(ChatKitServer):
    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        async for step in run_workflow(text_of(input_user_message)):
            if step.doing:
                yield ProgressUpdateEvent(text=step.doing)
                continue
            async for event in stream_text([step.answer], thread, self.store, context):
                yield event

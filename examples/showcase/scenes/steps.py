"""What the assistant does before it answers: thoughts, searches, steps."""

import asyncio
from collections.abc import AsyncIterator

from chatkit.types import (
    CustomSummary,
    CustomTask,
    DurationSummary,
    FileSource,
    FileTask,
    ImageTask,
    ProgressUpdateEvent,
    SearchTask,
    Task,
    TaskItem,
    ThoughtTask,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
    URLSource,
    Workflow,
    WorkflowItem,
    WorkflowSummary,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from examples.showcase.stage import Scene, Stage

from chatkit_django.clock import local_now

THOUGHT = (
    "The user asks whether the yearly fee pays off. **What matters** is how often the card is used "
    "abroad, and the insurance that comes with it. Twelve trips in the last year, each with a "
    "hotel: the fee is earned back after the third."
)
PAGES = [
    URLSource(title=f"{name} fees in 2026", url=f"https://{name.lower()}.example.com/fees")
    for name in ("Aster", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel")
]
FILE = FileSource(title="Card terms", filename="card-terms.pdf")


class Work:
    """A workflow as it goes on."""

    def __init__(self, stage: Stage, workflow: Workflow) -> None:
        self.item = WorkflowItem(
            id=stage.new_id("workflow"),
            thread_id=stage.thread.id,
            created_at=local_now(),
            workflow=workflow,
        )

    def begun(self) -> ThreadStreamEvent:
        return ThreadItemAddedEvent(item=self.item.model_copy(deep=True))

    def add(self, task: Task) -> ThreadStreamEvent:
        tasks = self.item.workflow.tasks
        tasks.append(task)
        return self._updated(WorkflowTaskAdded(task=task, task_index=len(tasks) - 1))

    def change(self, task: Task) -> ThreadStreamEvent:
        """Puts the task in the place of the last one."""
        tasks = self.item.workflow.tasks
        tasks[-1] = task
        return self._updated(WorkflowTaskUpdated(task=task, task_index=len(tasks) - 1))

    def end(self, summary: WorkflowSummary, *, expanded: bool = False) -> ThreadStreamEvent:
        self.item.workflow.summary = summary
        self.item.workflow.expanded = expanded
        return ThreadItemDoneEvent(item=self.item)

    def _updated(self, update: WorkflowTaskAdded | WorkflowTaskUpdated) -> ThreadStreamEvent:
        return ThreadItemUpdatedEvent(item_id=self.item.id, update=update)


async def reasoning(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    work = Work(stage, Workflow(type="reasoning", tasks=[]))
    yield work.begun()
    words = THOUGHT.split(" ")
    yield work.add(ThoughtTask(content=words[0]))
    for count in range(2, len(words) + 1):
        yield work.change(ThoughtTask(content=" ".join(words[:count])))
        await asyncio.sleep(0.05)
    yield work.end(DurationSummary(duration=14))
    async for event in stage.say("Yes. With twelve trips a year the fee pays off by March."):
        yield event


async def search(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    yield ProgressUpdateEvent(icon="search", text="Looking for what cards cost")
    await asyncio.sleep(0.8)
    work = Work(stage, Workflow(type="custom", tasks=[]))
    task = SearchTask(
        title_query="Searching for card fees",
        queries=["travel card yearly fee 2026", "card insurance compared"],
        status_indicator="loading",
    )
    work.item.workflow.tasks.append(task)
    yield work.begun()
    for count in range(1, len(PAGES) + 1):
        await asyncio.sleep(0.15)
        yield work.change(task.model_copy(update={"sources": PAGES[:count]}))
    found = {"sources": PAGES, "status_indicator": "complete"}
    yield work.change(task.model_copy(update=found))
    reading = FileTask(title="Reading the terms", sources=[FILE], status_indicator="loading")
    yield work.add(reading)
    await asyncio.sleep(0.8)
    yield work.change(reading.model_copy(update={"status_indicator": "complete"}))
    yield work.end(CustomSummary(title="Compared eight cards", icon="globe"), expanded=True)
    async for event in stage.say("**Birch** costs least if you travel more than twice a year."):
        yield event


async def stuck(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    """A step that never ends, for those who press Stop."""
    work = Work(stage, Workflow(type="custom", tasks=[]))
    work.item.workflow.tasks.append(
        CustomTask(title="Asking the bank", icon="phone", status_indicator="loading")
    )
    yield work.begun()
    await asyncio.sleep(600)
    yield work.end(DurationSummary(duration=600))


async def tasks(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    every: list[Task] = [
        CustomTask(title="Looked up the balance", icon="suitcase", content="`$4,310.22` today"),
        SearchTask(title="Searched the web", queries=["overdraft fee"], sources=PAGES[:2]),
        ThoughtTask(title="Considered", content="Whether the *overdraft* was avoidable."),
        FileTask(title="Read one file", sources=[FILE]),
        ImageTask(title="Drew a chart"),
    ]
    for task in every:
        await asyncio.sleep(0.1)
        yield ThreadItemDoneEvent(
            item=TaskItem(
                id=stage.new_id("task"),
                thread_id=stage.thread.id,
                created_at=local_now(),
                task=task,
            )
        )
    async for event in stage.say("It was: the salary came a day later."):
        yield event


SCENES: dict[str, Scene] = {
    "reasoning": reasoning,
    "search": search,
    "stuck": stuck,
    "tasks": tasks,
}

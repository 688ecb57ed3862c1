"""What the contract puts into a store and how it reads it back."""

# ruff: noqa: S101

from collections.abc import Iterable
from datetime import datetime

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    Attachment,
    ClientToolCallItem,
    FileAttachment,
    HiddenContextItem,
    InferenceOptions,
    Page,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)

from chatkit_django.context import RequestContext
from chatkit_django.runs.records import NewRun, Run, RunStatus
from chatkit_django.store import ChatStore

# All times are equal, so nothing can lean on them.
MOMENT = datetime(2026, 3, 1, 12, 0, 0, 123456)  # noqa: DTZ001  the SDK's times are naive
ORDERS = ("asc", "desc")


def thread(identifier: str = "t", title: str | None = None) -> ThreadMetadata:
    return ThreadMetadata(id=identifier, created_at=MOMENT, title=title)


def said(identifier: str, text: str = "hello", thread_id: str = "t") -> AssistantMessageItem:
    return AssistantMessageItem(
        id=identifier,
        thread_id=thread_id,
        created_at=MOMENT,
        content=[AssistantMessageContent(text=text)],
    )


def asked(identifier: str, *attachments: Attachment, thread_id: str = "t") -> UserMessageItem:
    return UserMessageItem(
        id=identifier,
        thread_id=thread_id,
        created_at=MOMENT,
        content=[UserMessageTextContent(text="how much?")],
        attachments=list(attachments),
        inference_options=InferenceOptions(),
    )


def hidden(identifier: str) -> HiddenContextItem:
    return HiddenContextItem(id=identifier, thread_id="t", created_at=MOMENT, content="psst")


def tool_call(identifier: str) -> ClientToolCallItem:
    return ClientToolCallItem(
        id=identifier,
        thread_id="t",
        created_at=MOMENT,
        call_id=f"call_{identifier}",
        name="where",
        arguments={},
    )


def file(identifier: str, thread_id: str | None = None) -> FileAttachment:
    return FileAttachment(
        id=identifier, name=f"{identifier}.txt", mime_type="text/plain", thread_id=thread_id
    )


def new_run(identifier: str, key: str = "") -> NewRun:
    return NewRun(identifier, "threads.add_user_message", key, "digest" if key else "")


def run_of(thread_id: str) -> Run:
    return Run("r", thread_id, "threads.create", RunStatus.DONE, "", 0, None)


async def fill(store: ChatStore, context: RequestContext, items: Iterable[ThreadItem]) -> None:
    """Put a thread ``t`` with these items into the store, in this order."""
    await store.save_thread(thread(), context)
    for item in items:
        await store.add_thread_item("t", item, context)


async def all_pages(
    store: ChatStore, context: RequestContext, order: str = "asc", size: int = 100
) -> list[Page[ThreadItem]]:
    """The thread ``t`` from its one end to the other."""
    found: list[Page[ThreadItem]] = []
    after = None
    while not found or found[-1].has_more:
        found.append(await store.load_thread_items("t", after, size, order, context))
        after = found[-1].after
        assert len(found) < 10_000, "the pages never end"
    return found


async def all_items(
    store: ChatStore, context: RequestContext, order: str = "asc", size: int = 100
) -> list[ThreadItem]:
    """The items of the thread ``t``, read page by page."""
    return [item for page in await all_pages(store, context, order, size) for item in page.data]


async def all_threads(
    store: ChatStore, context: RequestContext, order: str = "asc", size: int = 100
) -> list[str]:
    """The ids of the user's threads, read page by page."""
    found: list[str] = []
    after = None
    more = True
    while more:
        page = await store.load_threads(size, after, order, context)
        found += [one.id for one in page.data]
        after, more = page.after, page.has_more
        assert len(found) < 100_000, "the pages never end"
    return found


def ids(items: Page[ThreadItem] | Iterable[ThreadItem]) -> list[str]:
    return [item.id for item in (items.data if isinstance(items, Page) else items)]

"""The store with the threads of one owner, to be compared with a peer's.

python -m workers.ours THREADS ITEMS
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

import django

from workers.lines import serve

django.setup()

from chatkit.types import (  # noqa: E402
    AssistantMessageContent,
    AssistantMessageItem,
    InferenceOptions,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402

from chatkit_django.context import RequestContext  # noqa: E402
from chatkit_django.database import read  # noqa: E402
from chatkit_django.store import DatabaseStore  # noqa: E402
from workers.conversation import Conversation, Said, Script  # noqa: E402

THREADS, ITEMS = int(sys.argv[1]), int(sys.argv[2])
store = DatabaseStore()


def item_of(said: Said, thread_id: str) -> ThreadItem:
    base: dict[str, Any] = {"id": said.id, "thread_id": thread_id, "created_at": said.at}
    if said.by_user:
        asked = [UserMessageTextContent(text=said.text)]
        options = InferenceOptions()
        return UserMessageItem(content=asked, attachments=[], inference_options=options, **base)
    content = AssistantMessageContent(text=said.text, annotations=[])
    return AssistantMessageItem(content=[content], **base)


async def keep(one: Conversation, context: RequestContext) -> None:
    thread = ThreadMetadata(id=one.id, title=one.title, created_at=one.began)
    await store.save_thread(thread, context)
    for said in one.items:
        await store.add_thread_item(one.id, item_of(said, one.id), context)


async def fill(context: RequestContext) -> None:
    told = Script(1).conversations(THREADS, ITEMS)
    while batch := list(islice(told, 64)):
        await asyncio.gather(*(keep(one, context) for one in batch))  # they share commits


async def with_items(first: int, after: str | None, context: RequestContext) -> list[bytes]:
    """What the peer's page has too: the threads and what was said in them."""
    page = await store.load_threads(first, after, "desc", context)
    return [(await read(store.thread_json(thread.id, ITEMS, context))).json for thread in page.data]


async def threads_json(first: int, after: str | None, context: RequestContext) -> bytes:
    return (await read(store.threads_json(first, after, "desc", context))).json


WAYS: dict[str, Callable[[int, str | None, RequestContext], Awaitable[Any]]] = {
    "load_threads": lambda first, after, context: store.load_threads(first, after, "desc", context),
    "threads_json": threads_json,
    "with items": with_items,
}


def listed(result: Any) -> list[dict[str, Any]]:
    """The threads in what one of the ways has found, with what was said where it was asked for."""
    if isinstance(result, list):
        return [json.loads(thread) for thread in result]
    if isinstance(result, bytes):
        return [{"id": thread["id"]} for thread in json.loads(result)["data"]]
    return [{"id": thread.id} for thread in result.data]


def main() -> None:
    call_command("migrate", verbosity=0)
    context = RequestContext(User.objects.create_user("ada"), locale="en", request_id="bench")
    filled = False

    async def answer(way: str, first: int, after: str | None, times: int) -> dict[str, Any]:
        nonlocal filled
        if not filled:
            await fill(context)
            filled = True
        spent = []
        for _ in range(times):
            started = time.perf_counter()
            result = await WAYS[way](first, after, context)
            spent.append(time.perf_counter() - started)
        threads = listed(result)
        return {
            "seconds": spent,
            "threads": [thread["id"] for thread in threads],
            "texts": [
                [item["content"][0]["text"] for item in thread["items"]["data"]]
                for thread in threads
                if "items" in thread
            ],
        }

    serve(answer)


if __name__ == "__main__":
    main()

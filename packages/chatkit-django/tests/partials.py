"""Answers that are broken off half-way, many of them: the words that were shown are kept."""

import asyncio
import json
from dataclasses import dataclass, field

from asgiref.sync import sync_to_async
from chatkit.types import ThreadsCreateReq, UserMessageInput

from chatkit_django.models import ThreadItem
from chatkit_django.testing import message, parse_events
from tests.scripted import ScriptedServer

SAID = "One two "


@dataclass
class Kept:
    """Of how many answers the words are ``kept``, in the database."""

    of: int = 0
    kept: int = 0
    questions: int = 0
    wrong: list[str] = field(default_factory=list)


async def on_disconnect(context, count):
    """Readers that cannot come back leave, all at a time."""

    async def leave(server, parts):
        await parts.aclose()

    return await _break_off(context, count, leave)


async def on_disconnect_of_slow_readers(context, count):
    """The same while the answers go on and their readers have taken only the first parts."""

    async def leave(server, parts):
        await parts.aclose()

    return await _break_off(context, count, leave, words="many words", takes=3)


async def on_sigterm(context, count):
    """The worker goes down, and gives them no time."""
    drained = []

    async def drain(server, parts):
        if not drained:
            drained.append(True)
            await server._runs.drain(0)
        async for _ in parts:
            pass

    return await _break_off(context, count, drain, metadata={"resumable": True})


async def _break_off(context, count, end, *, words="wait", takes=None, metadata=None):
    server = ScriptedServer()
    before = {key async for key in ThreadItem.objects.values_list("pk", flat=True)}
    try:
        request = ThreadsCreateReq(
            params={"input": UserMessageInput(**message(words))}, metadata=metadata or {}
        )
        parts = [(await server.serve(request, context)).json_events for _ in range(count)]
        shown = dict(await asyncio.gather(*(_shown(one, takes) for one in parts)))
        await asyncio.gather(*(end(server, one) for one in parts))
        return await sync_to_async(_count)(before, shown)
    finally:
        server.go_on.set()
        await server._runs.drain(0)


async def _shown(parts, takes):
    """The thread, and the words of it that were sent."""
    read, taken = b"", 0
    while SAID.split()[1].encode() not in read if takes is None else taken < takes:
        read += await anext(parts)
        taken += 1
    created, *events = parse_events(read)
    deltas = [event["update"].get("delta", "") for event in events if "update" in event]
    return created["thread"]["id"], "".join(deltas)


def _count(before, shown):
    found = Kept(of=len(shown))
    for thread_id, words in shown.items():
        rows = ThreadItem.objects.exclude(pk__in=before).filter(thread=thread_id)
        stored = {row.type: json.loads(row.payload) for row in rows.order_by("position")}
        found.questions += "user_message" in stored
        answer = stored.get("assistant_message", {"content": [{"text": ""}]})
        text = answer["content"][0]["text"] if answer["content"] else ""
        if words and text.startswith(words) and "sdk_hidden_context" in stored:
            found.kept += 1
        else:
            found.wrong.append(f"{thread_id}: {words[-40:]!r} was shown, {text[-40:]!r} is kept")
    return found

"""Real requests, mutated. Whatever comes of one: no 5xx, JSON, and nothing lost."""

import asyncio
import json
import random
from collections import Counter
from copy import deepcopy

from chatkit_django.testing import ChatKitClient, message, read_events

ODD = (
    *(None, True, 0, -1, 2**70, 1.5, "", " ", "x", "\0", "\ud800", "é🛒", "x" * 3_000),
    *([], {}, [[]], {"type": "x"}, "__fake_id__", "../../etc/passwd", "' OR 1=1 --", "thr_x"),
)
UNLIMITED = {
    kind: {"user": None, "address": None}
    for kind in ("requests", "messages", "uploads", "responses")
}
REFUSED = {400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 501}


def seeds(thread_id, items):
    """One good request of each type."""
    item_id = items[0]
    here = {"thread_id": thread_id}
    requests = {
        "threads.create": {"input": message("hello")},
        "threads.add_user_message": {**here, "input": message("more")},
        "threads.retry_after_item": {**here, "item_id": item_id},
        "threads.add_client_tool_output": {**here, "result": {"a": [1, "b"]}},
        "threads.add_structured_input": {
            **here,
            "item_id": item_id,
            "input": {"status": "answered", "answers": {"one": {"values": ["red"]}}},
        },
        "threads.custom_action": {**here, "item_id": item_id, "action": {"type": "say"}},
        "threads.sync_custom_action": {**here, "action": {"type": "say", "payload": {"x": 1}}},
        "threads.get_by_id": here,
        "threads.list": {"limit": 5, "order": "desc", "after": thread_id},
        "items.list": {**here, "limit": 5, "order": "asc", "after": item_id},
        "items.feedback": {**here, "item_ids": items[:2], "kind": "positive"},
        "threads.update": {**here, "title": "Groceries"},
        "threads.delete": {"thread_id": "thr_unknown"},
        "input.transcribe": {"audio_base64": "YWJj", "mime_type": "audio/webm"},
        "attachments.create": {"name": "a.pdf", "size": 3, "mime_type": "application/pdf"},
        "attachments.delete": {"attachment_id": "atc_unknown"},
    }
    return [{"type": kind, "params": params} for kind, params in requests.items()]


def mutate(request, chance):
    """The body of a request with one to three things wrong with it."""
    body = json.loads(json.dumps(request))
    for _ in range(chance.randint(1, 3)):
        holder, key = chance.choice(list(places(body)))
        match chance.randrange(4):
            case 0:
                holder[key] = deepcopy(chance.choice(ODD))
            case 1 if isinstance(holder, dict):
                del holder[key]
            case 2 if isinstance(holder, dict):
                holder[chance.choice(("type", "id", "extra", "limit"))] = deepcopy(
                    chance.choice(ODD)
                )
            case _:
                holder[key] = [holder[key]] * chance.choice((1, 2, 200))
        if not body:
            break
    raw = json.dumps(body).encode()
    if chance.random() < 0.2:
        place = chance.randrange(len(raw) + 1)
        raw = chance.choice(
            (raw[:place], raw[:place] + bytes([chance.randrange(256)]) + raw[place + 1 :], raw * 2)
        )
    return raw


def places(value):
    """Each (container, key) in the value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in list(pairs):
        yield value, key
        if isinstance(part, dict | list) and part:
            yield from places(part)


class Fuzz:
    """``await Fuzz(user, path).run(10_000)`` → how often each status came."""

    def __init__(self, user, path, seed=1):
        self.user = user
        self.path = path
        self.chance = random.Random(seed)  # noqa: S311  the same mutations at each run
        self.statuses = Counter()

    async def run(self, count):
        client = await ChatKitClient.signed_in(self.user, self.path)
        events = await client.ask("keep this")
        kept = events[0]["thread"]["id"]
        before = await client.read("items.list", thread_id=kept, order="asc")
        victim = (await client.ask("question me"))[0]["thread"]["id"]
        await client.ask("widget please", victim)
        page = await client.read("items.list", thread_id=victim, limit=50)
        requests = seeds(victim, [item["id"] for item in page["data"]])
        for _ in range(count):
            await self.send(client, mutate(self.chance.choice(requests), self.chance))
        assert await client.read("items.list", thread_id=kept, order="asc") == before
        assert await client.read("threads.get_by_id", thread_id=victim)
        return self.statuses

    async def send(self, client, body):
        response = await client.http.post(self.path, body, content_type="application/json")
        self.statuses[response.status_code] += 1
        if response.status_code == 200:
            if response["Content-Type"] == "text/event-stream":
                async with asyncio.timeout(10):
                    events = await read_events(response)
                assert all(isinstance(event["type"], str) for event in events), body
            else:
                json.loads(response.content)
            return
        assert response.status_code in REFUSED, (response.status_code, body)
        error = json.loads(response.content)["error"]
        assert error["code"], body
        assert error["message"], body

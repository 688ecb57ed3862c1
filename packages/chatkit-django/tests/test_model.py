"""Random conversations of several users against a model of what must be stored and seen."""

import asyncio
import json
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatkit_django.memory_store import MemoryStore
from chatkit_django.models import Thread
from chatkit_django.store import DatabaseStore
from chatkit_django.testing import message

USERS = ("ada", "bob")
WORDS = st.sampled_from(["hello", "hide it", "title By the model", "fail now", "widget please"])
STEPS = st.one_of(
    st.tuples(st.just("create"), WORDS),
    st.tuples(st.just("ask"), WORDS),
    st.tuples(st.just("rename"), st.sampled_from(["Mine", "Ours"])),
    st.tuples(st.just("retry"), st.integers(0, 3)),
    st.tuples(st.just("feedback"), st.sampled_from(["positive", "negative"])),
    st.tuples(st.just("delete"), st.none()),
)
# who acts, on which of all threads (also foreign ones), and what
SEQUENCES = st.lists(st.tuples(st.sampled_from(USERS), st.integers(0, 4), STEPS), max_size=12)


@dataclass
class ModelThread:
    owner: str
    title: str | None = None
    renamed: bool = False
    items: list[tuple[str, str]] = field(default_factory=list)
    """(who, text) of what can be seen."""
    feedback: dict[int, str] = field(default_factory=dict)

    def ask(self, words):
        self.items.append(("user_message", words))
        match words.split()[0]:
            case "hello":
                self.items.append(("assistant_message", f"You said: {words}"))
            case "hide":
                self.items.append(("assistant_message", "Noted."))
            case "title":
                if not self.renamed:
                    self.title = words.partition(" ")[2]
                self.items.append(("assistant_message", "Named."))
            case "fail":
                self.items.append(("assistant_message", "Half an answer"))
            case "widget":
                self.items.append(("widget", ""))


def seen(item):
    content = item.get("content")
    return item["type"], content[0]["text"] if content else ""


class Play:
    """Does each step for real and in the model, and compares the answers."""

    def __init__(self, clients, store, contexts):
        self.clients = clients
        self.store = store
        self.contexts = contexts
        self.threads = {}

    async def step(self, who, number, action, value):
        client = self.clients[who]
        if action == "create":
            thread_id = (await client.ask(value))[0]["thread"]["id"]
            self.threads[thread_id] = ModelThread(who)
            self.threads[thread_id].ask(value)
            return
        if not self.threads:
            return
        thread_id = list(self.threads)[number % len(self.threads)]
        thread = self.threads[thread_id]
        kind, params = await self.request(action, value, thread_id, thread)
        response = await client.send(kind, thread_id=thread_id, **params)
        body = b"".join([part async for part in response]) if response.streaming else b""
        if thread.owner != who:
            assert response.status_code == 404, (kind, body)
            return
        assert response.status_code == 200, (kind, response.content)
        self.apply(action, value, thread_id, thread)

    async def request(self, action, value, thread_id, thread):
        owner = self.clients[thread.owner]
        page = await owner.read("items.list", thread_id=thread_id, order="asc", limit=100)
        ids = [item["id"] for item in page["data"]]
        match action:
            case "ask":
                return "threads.add_user_message", {"input": message(value)}
            case "rename":
                return "threads.update", {"title": value}
            case "retry":
                return "threads.retry_after_item", {"item_id": ids[self.asked(thread, value)]}
            case "feedback":
                return "items.feedback", {"item_ids": [ids[-1]], "kind": value}
            case _:
                return "threads.delete", {}

    def asked(self, thread, value):
        """The place of one of the user's messages."""
        places = [n for n, (kind, _) in enumerate(thread.items) if kind == "user_message"]
        return places[value % len(places)]

    def apply(self, action, value, thread_id, thread):
        match action:
            case "ask":
                thread.ask(value)
            case "rename":
                thread.title, thread.renamed = value, True
            case "retry":
                place = self.asked(thread, value)
                words = thread.items[place][1]
                del thread.items[place:]
                thread.ask(words)
                thread.feedback = {n: k for n, k in thread.feedback.items() if n <= place}
            case "feedback":
                thread.feedback[len(thread.items) - 1] = value
            case _:
                del self.threads[thread_id]

    async def compare(self):
        for who, client in self.clients.items():
            own = {name: one for name, one in self.threads.items() if one.owner == who}
            page = await client.read("threads.list", limit=100)
            shown = {thread["id"]: thread.get("title") for thread in page["data"]}
            assert shown == {name: one.title for name, one in own.items()}
            for name, one in own.items():
                await self.compare_thread(client, who, name, one)

    async def compare_thread(self, client, who, name, thread):
        items, after = [], None
        while True:
            cursor = {} if after is None else {"after": after}
            page = await client.read("items.list", thread_id=name, limit=3, **cursor)
            items += page["data"]
            if not page["has_more"]:
                break
            after = page["after"]
        items.reverse()
        assert [seen(item) for item in items] == thread.items
        opened = (await client.read("threads.get_by_id", thread_id=name))["items"]
        assert opened["data"] == items[-20:]
        assert "secret" not in json.dumps(items)
        ids = {item["id"]: place for place, item in enumerate(items)}
        given_now = await self.store.load_feedback(name, self.contexts[who])
        assert {ids[item_id]: kind for item_id, kind in given_now.items()} == thread.feedback


@pytest.mark.parametrize("store", [DatabaseStore, MemoryStore])
async def test_every_sequence_of_requests_leaves_what_the_model_says(
    store, server, client_of_ada, client_of_bob, as_ada, as_bob
):
    loop = asyncio.get_running_loop()
    clients = {"ada": client_of_ada, "bob": client_of_bob}
    contexts = {"ada": as_ada, "bob": as_bob}

    async def play(sequence):
        await Thread.objects.all().adelete()
        server.store = store()
        game = Play(clients, server.store, contexts)
        for who, number, (action, value) in sequence:
            await game.step(who, number, action, value)
        await game.compare()

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(SEQUENCES)
    def explore(sequence):
        asyncio.run_coroutine_threadsafe(play(sequence), loop).result()

    await asyncio.to_thread(explore)

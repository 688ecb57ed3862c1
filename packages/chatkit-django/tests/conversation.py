"""One thread of a user, as tests speak in it."""

import json

from chatkit_django.models import ThreadItem


class Conversation:
    """A thread of ada's, begun with the given words."""

    def __init__(self, client, events):
        self.client = client
        self.events = events
        self.thread_id = events[0]["thread"]["id"]

    @classmethod
    async def begin(cls, client, words):
        return cls(client, await client.ask(words))

    async def send(self, kind, /, **params):
        return await self.client.send(kind, thread_id=self.thread_id, **params)

    async def refused(self, status, kind, /, **params):
        """The code of a refusal, after which everything is as before."""
        before = await self.items()
        response = await self.send(kind, **params)
        assert response.status_code == status, response.content
        assert await self.items() == before
        return json.loads(response.content)["error"]["code"]

    async def events_of(self, kind, /, **params):
        return await self.client.events(kind, thread_id=self.thread_id, **params)

    async def items(self):
        """Everything stored, also what is hidden."""
        rows = ThreadItem.objects.filter(thread=self.thread_id).order_by("position")
        return [json.loads(payload) async for payload in rows.values_list("payload", flat=True)]

    async def only(self, kind):
        (item,) = [item for item in await self.items() if item["type"] == kind]
        return item


def types(events):
    return [event["type"] for event in events]

"""A browser tab that speaks with a chat, and what it reads there."""

import asyncio
import json
import re

from chatkit_django.testing import message

PATH = "/chatkit/"
RESUMABLE = {"resumable": True}


class Tab:
    """One of a user's browser tabs."""

    def __init__(self, client, path=PATH):
        self.http = client.http
        self.path = path

    async def send(self, kind, *, metadata=None, **params):
        body = {"type": kind, "params": params, "metadata": metadata or {}}
        return await self.http.post(self.path, json.dumps(body), content_type="application/json")

    async def ask(self, text, *, metadata=RESUMABLE):
        return await self.send("threads.create", input=message(text), metadata=metadata)

    async def follow(self, run_id, after=None):
        headers = {} if after is None else {"Last-Event-ID": str(after)}
        return await self.http.get(self.path, {"run": run_id}, headers=headers)

    async def stop(self, run_id):
        return await self.send("runs.stop", run_id=run_id)


def run_of(response):
    return response["ChatKit-Run"]


async def read_to_the_end(stream):
    return b"".join([part async for part in stream])


async def read_until(stream, text):
    """What is read up to and with this text."""
    read = b""
    while text not in read:
        read += await anext(stream)
    return read


def numbers(stream):
    return [int(number) for number in re.findall(rb"(?m)^id: (\d+)$", stream)]


def code_of(response):
    return json.loads(response.content)["error"]["code"]


async def until(condition):
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110  (of the database)
            await asyncio.sleep(0.01)

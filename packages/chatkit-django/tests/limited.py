"""What tests of limits ask: how a request was refused, and what is counted."""

import asyncio
import json
import os
import time

from chatkit_django.models import ResponseSlot
from chatkit_django.rates import Rate
from chatkit_django.testing import message

WHERE = ["database", *(["cache"] if "SPENDO_CACHE_URL" in os.environ else [])]
DAY = Rate(100, 86400)


def error_of(response):
    assert response.status_code == 429
    error = json.loads(response.content)["error"]
    assert "Try again in " in error["message"]
    assert int(response["Retry-After"]) >= 1
    return error["code"]


async def until_free(client, text):
    """Send until no response is in the way; the events. It has half a minute."""
    deadline = time.monotonic() + 30
    while True:
        response = await client.send("threads.create", input=message(text))
        if response.status_code == 200:
            return [part async for part in response]
        assert error_of(response) == "too_many_responses"
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def slots():
    stored = await ResponseSlot.objects.acount()
    if "cache" in WHERE:
        stored += len([key async for key in keys_of_slots()])
    return stored


async def keys_of_slots():
    for key in await asyncio.to_thread(all_keys):
        if b"chatkit:response:" in key:
            yield key


def all_keys():
    from redis import Redis

    with Redis.from_url(os.environ["SPENDO_CACHE_URL"]) as redis:
        return redis.keys("*")

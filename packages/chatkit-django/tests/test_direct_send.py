"""Parts are sent at once where the server is known to take them like that."""

import asyncio

import pytest

from chatkit_django.direct_send import pusher
from chatkit_django.observation import Observation


class Cycle:
    """A server's side of one response, that can be told to wait for a slow client."""

    def __init__(self):
        self.sent = []
        self.drained = asyncio.Event()
        self.drained.set()

    async def send(self, message):
        if not self.drained.is_set():
            await self.drained.wait()
        self.sent.append(message["body"])


Cycle.__module__ = "uvicorn.protocols.http.made_up"


def seen():
    return Observation("req_1", "threads.create")


async def test_a_part_is_sent_and_observed_before_push_returns():
    cycle, observation = Cycle(), seen()
    push = pusher(cycle.send, observation)
    assert push(b"data: 1\n\n") is None
    assert cycle.sent == [b"data: 1\n\n"]
    assert observation.first_event is not None


async def test_what_a_slow_client_leaves_can_be_waited_for_in_a_task():
    cycle = Cycle()
    cycle.drained.clear()
    rest = []
    # As it happens: pushed outside of any task.
    asyncio.get_running_loop().call_soon(
        lambda: rest.append(pusher(cycle.send, seen())(b"data: 1\n\n"))
    )
    await asyncio.sleep(0)
    assert cycle.sent == []
    asyncio.get_running_loop().call_later(0.01, cycle.drained.set)
    await rest[0]
    assert cycle.sent == [b"data: 1\n\n"]


@pytest.mark.parametrize("how", ["cancelled", "closed"])
async def test_what_is_left_can_be_given_up(how):
    cycle = Cycle()
    cycle.drained.clear()
    rest = pusher(cycle.send, seen())(b"data: 1\n\n")
    if how == "closed":
        rest.close()
    else:

        async def wait():
            await rest

        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    cycle.drained.set()
    await asyncio.sleep(0)
    assert cycle.sent == []


async def test_another_server_is_sent_to_in_its_task():
    class Other(Cycle):
        pass

    Other.__module__ = "another.server"

    async def plain(message):
        pass

    assert pusher(Other().send, seen()) is None
    assert pusher(plain, seen()) is None

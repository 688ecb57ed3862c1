"""Parts are sent at once where the server is known to take them like that."""

import asyncio

import pytest

from chatkit_django.direct_send import Listening, pusher
from chatkit_django.observation import Observation


class Cycle:
    """A server's side of one response, that can be told to wait for a slow client."""

    def __init__(self):
        self.sent = []
        self.drained = asyncio.Event()
        self.drained.set()
        self.received = []

    async def send(self, message):
        if not self.drained.is_set():
            await self.drained.wait()
        self.sent.append(message["body"])

    async def receive(self):
        await self.drained.wait()
        return self.received.pop(0)


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


async def turns(count=3):
    for _ in range(count):
        await asyncio.sleep(0)


async def test_who_listens_is_told_once_that_the_client_has_left():
    cycle, left = Cycle(), []
    cycle.drained.clear()
    Listening(cycle.receive, lambda: left.append(True))
    await turns()
    assert left == []
    cycle.received = [{"type": "http.request"}, {"type": "http.disconnect"}]
    cycle.drained.set()
    await turns()
    assert left == [True]
    assert cycle.received == []


async def test_a_server_that_can_be_heard_no_more_has_no_client():
    cycle, left = Cycle(), []
    Listening(cycle.receive, lambda: left.append(True))  # there is nothing to receive: it raises
    assert left == [True]


@pytest.mark.parametrize("when", ["before it can be told", "while it is about to be"])
async def test_who_has_closed_hears_nothing(when):
    cycle, left = Cycle(), []
    cycle.drained.clear()
    cycle.received = [{"type": "http.disconnect"}]
    listening = Listening(cycle.receive, lambda: left.append(True))
    if when == "while it is about to be":
        cycle.drained.set()
    listening.close()
    cycle.drained.set()
    await turns()
    assert (left, cycle.received) == ([], [{"type": "http.disconnect"}])

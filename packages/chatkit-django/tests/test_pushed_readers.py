"""Readers whose parts are sent by whoever lets the run say something."""

import asyncio

import pytest

from chatkit_django.runs.reader import HEARTBEAT, Rounds
from chatkit_django.runs.records import RunStatus

from .staged import Stage, numbers, say, texts


async def until(condition):
    while not condition():  # noqa: ASYNC110  (of a loop that has nothing else to wait for)
        await asyncio.sleep(0)


class Client:
    """Where parts are pushed to. A slow one takes the next part when told."""

    def __init__(self):
        self.parts = []
        self.takes = asyncio.Event()
        self.takes.set()

    def push(self, part):
        if self.takes.is_set():
            self.parts.append(part)
            return None
        return self._later(part)

    async def _later(self, part):
        await self.takes.wait()
        self.parts.append(part)

    async def read(self, reader):
        """As an HTTP response does, parts of the iteration included."""
        reader.push_to(self.push)
        async for part in reader:
            self.parts.append(part)
        await reader.aclose()
        return b"".join(self.parts)


async def test_a_waiting_reader_is_pushed_what_is_said_in_a_row_as_one_part():
    go_on = asyncio.Event()

    async def events():
        yield say("a")
        await go_on.wait()
        yield say("b")
        yield say("c")
        await asyncio.sleep(0.01)
        yield say("d")

    stage, client = Stage().start(events()), Client()
    reader = stage.reader()
    reading_on = asyncio.create_task(client.read(reader))
    await until(lambda: texts(b"".join(client.parts)) == [b"a"])
    go_on.set()
    whole = await reading_on
    assert [texts(part) for part in client.parts] == [[b"a"], [b"b", b"c"], [b"d"], []]
    assert numbers(whole) == [1, 2, 3, 4, 5]
    assert whole.endswith(b": end\n\n")
    assert stage.log._waiting == []


async def test_a_slow_client_holds_up_nobody_and_gets_everything_once_in_order():
    pause = asyncio.Event()

    async def events():
        for number in range(200):
            yield say(str(number))
            if number == 0:
                await pause.wait()
            await asyncio.sleep(0)

    stage, slow, quick = Stage().start(events()), Client(), Client()
    both = [asyncio.create_task(one.read(stage.reader())) for one in (slow, quick)]
    await until(lambda: slow.parts and quick.parts)
    slow.takes.clear()
    pause.set()
    await both[1]
    assert stage.ends == [RunStatus.DONE]
    assert len(slow.parts) == 1
    slow.takes.set()
    await both[0]
    for client in (slow, quick):
        assert texts(b"".join(client.parts)) == [str(number).encode() for number in range(200)]
    assert len(slow.parts) < 6  # what came meanwhile is one part


async def test_a_reader_that_is_pushed_to_leaves_while_its_client_is_slow():
    async def events():
        for number in range(3):
            yield say(str(number))
            await asyncio.sleep(0.01)
        await asyncio.Event().wait()

    stage, client = Stage().start(events()), Client()
    reader = stage.reader()
    reading_on = asyncio.create_task(client.read(reader))
    await until(lambda: client.parts)
    client.takes.clear()
    await until(lambda: stage.log.last == 3)
    reading_on.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading_on
    assert reader.is_over
    assert stage.log._waiting == []
    await stage.run.stop()


async def test_a_heartbeat_comes_through_beside_what_is_pushed(settings):
    settings.CHATKIT_HEARTBEAT_SECONDS = 1
    go_on = asyncio.Event()

    async def events():
        yield say("a")
        await go_on.wait()
        yield say("b")

    stage, client = Stage().start(events()), Client()
    reading_on = asyncio.create_task(client.read(stage.reader()))
    await until(lambda: HEARTBEAT in client.parts)
    go_on.set()
    assert texts(await reading_on) == [b"a", b"b"]


async def test_a_server_that_cannot_send_ends_the_response_and_not_the_run():
    async def events():
        for number in range(5):
            yield say(str(number))
            await asyncio.sleep(0.01)

    def push(part):
        raise OSError("the connection is gone")

    stage = Stage().start(events())
    reader = stage.reader()
    reader.push_to(push)

    async def read():
        async for _ in reader:
            pass

    with pytest.raises(OSError, match="gone"):
        await asyncio.wait_for(read(), timeout=5)
    await reader.aclose()
    await stage.run.ended()
    assert stage.ends == [RunStatus.DONE]


class Turns:
    """A loop that does what it was given when told."""

    def __init__(self):
        self.given = []

    def call_soon(self, callback, *arguments):
        self.given.append((callback, arguments))

    def go(self):
        given, self.given = self.given, []
        for callback, arguments in given:
            callback(*arguments)


def test_who_was_told_something_in_one_turn_looks_in_the_next_one_after_the_other():
    loop, rounds, looked = Turns(), Rounds(), []

    def again():
        looked.append("a")
        rounds.add(loop, lambda: looked.append("later"))

    rounds.add(loop, again)
    rounds.add(loop, lambda: looked.append("b"))
    assert (len(loop.given), looked) == (1, [])
    loop.go()
    assert looked == ["a", "b"]
    loop.go()
    assert looked == ["a", "b", "later"]


def test_each_looks_in_its_own_loop():
    loops, rounds, looked = (Turns(), Turns()), Rounds(), []
    for name in "abcdef":
        loop = loops[name in "bdf"]
        rounds.add(loop, lambda name=name: looked.append(name))
    loops[0].go()
    assert looked == ["a", "c", "e"]
    loops[1].go()
    assert looked == ["a", "c", "e", "b", "d", "f"]

"""A proxy on loopback that does what bad ones do: cuts an answer off, or keeps it until its end."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Fault:
    """What happens to an answer. ``cut_after_bytes`` counts those of its body as they are on the
    wire, with chunk sizes; ``cut_after_seconds`` from the request on; ``hold`` keeps all of it back
    until its end. A fault is for the requests whose head has ``only`` in it, as ``b"POST "``."""

    cut_after_bytes: int | None = None
    cut_after_seconds: float | None = None
    hold: bool = False
    only: bytes = b""


class BadProxy:
    """``with BadProxy(port) as proxy:`` passes on what comes to ``proxy.url``, one request to a
    connection. Set ``proxy.fault`` for the connections that come from then on; ``proxy.cuts``
    counts the answers that were cut."""

    def __init__(self, target: int, fault: Fault | None = None) -> None:
        self.target = target
        self.fault = fault
        self.cuts = 0
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bad-proxy")

    def __enter__(self) -> Self:
        self._thread.start()
        serving = asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(serving, self._loop).result(10)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Either side may go at any time; then there is nothing left to pass on.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError), _closing(writer):
            head = await reader.readuntil(HEAD_END)
            there, away = await asyncio.open_connection("127.0.0.1", self.target)
            with _closing(away):
                away.write(for_one_request(head))
                fault = self.fault if self.fault and self.fault.only in head else Fault()
                await self._exchange(reader, writer, there, away, fault)

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        there: asyncio.StreamReader,
        away: asyncio.StreamWriter,
        fault: Fault,
    ) -> None:
        """Until the answer has ended or is cut, or the client has gone."""
        request = asyncio.create_task(_pass_on(reader, away))
        answer = asyncio.create_task(_answer(there, writer, fault))
        try:
            await asyncio.wait(
                {request, answer},
                timeout=fault.cut_after_seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
            was_cut = answer.result() if answer.done() else not request.done()
            if was_cut:
                self.cuts += 1
                writer.transport.abort()
        finally:
            request.cancel()
            answer.cancel()
            await asyncio.gather(request, answer, return_exceptions=True)


def for_one_request(head: bytes) -> bytes:
    """The request's head, asking the server to close when it has answered: that is how the end of
    an answer is seen without reading it."""
    lines = head.removesuffix(HEAD_END).split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close"]) + HEAD_END


@contextlib.contextmanager
def _closing(writer: asyncio.StreamWriter) -> Iterator[None]:
    try:
        yield
    finally:
        writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The rest of the request; returns when the client has gone."""
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


async def _answer(there: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Fault) -> bool:
    """Pass the answer on; True if it was cut."""
    writer.transport.set_write_buffer_limits(0)  # drain() then waits until all of it is on its way
    if not fault.hold:
        writer.write(await there.readuntil(HEAD_END))
    left = fault.cut_after_bytes
    held = bytearray()
    while data := await there.read(65536):
        if left is not None and len(data) >= left:
            writer.write(data[:left])
            await writer.drain()
            return True
        left = None if left is None else left - len(data)
        if fault.hold:
            held += data
            continue
        writer.write(data)
        await writer.drain()
    writer.write(bytes(held))
    await writer.drain()
    return False

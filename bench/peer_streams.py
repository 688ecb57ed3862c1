"""Chainlit for reference: the same deltas over its Socket.IO, and what one costs beside ours."""

import asyncio
import base64
import json
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from uuid import uuid4

from asked import DELTAS, message
from client import Connection
from services import free_port
from store import CHAINLIT
from streams import STREAMS, STREAMS_AT_ONCE, each
from targets import BENCH, SERVERS_CPU, Target, started

TOKENS, TOKEN_CPU = "tokens/s, 200 for each answer, 8 at once", "CPU of a token, µs"
ANSWER_LIMIT = 30  # seconds
CHAINLITS_NAME = "Chainlit"


class Socket(asyncio.Protocol):
    """A client of Chainlit. It looks for the names of events in what comes, and leaves frames and
    JSON alone; it lives for less than the time between two pings."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._awaited = b"Sec-WebSocket-Accept"
        self._is_there = asyncio.get_running_loop().create_future()
        self._tail = b""
        self._tokens = 0

    async def open(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, "127.0.0.1", port)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            "GET /ws/socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        )
        await self._ask("\r\n".join([*lines, "", ""]).encode(), b'"upgrades"')
        who = {"sessionId": str(uuid4()), "clientType": "webapp", "userEnv": None}
        await self._ask(frame("40" + json.dumps(who)), b'40{"sid"')
        await self._ask(frame('42["connection_successful"]'), b'"clear_call_fn"')

    async def tokens(self) -> int:
        """Those of one answer, when all of it is there."""
        said = {
            "id": str(uuid4()),
            "name": "user",
            "type": "user_message",
            "output": message()["content"][0]["text"],
            "createdAt": datetime.now(UTC).isoformat(),
        }
        event = ["client_message", {"message": said, "fileReferences": []}]
        self._tokens = 0
        await self._ask(frame("42" + json.dumps(event)), b'"task_end"')
        return self._tokens

    async def _ask(self, data: bytes, awaited: bytes) -> None:
        assert self._transport is not None
        self._awaited, self._tail = awaited, b""
        self._is_there = asyncio.get_running_loop().create_future()
        self._transport.write(data)
        await asyncio.wait_for(self._is_there, ANSWER_LIMIT)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        # An event's name may come in two pieces.
        kept, data = len(self._tail), self._tail + data
        self._tail = data[-20:]
        for name in (b'"stream_start"', b'"stream_token"'):
            self._tokens += data.count(name, max(0, kept - len(name) + 1))
        if self._awaited in data and not self._is_there.done():
            self._is_there.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self._is_there.done():
            self._is_there.set_exception(error or ConnectionError("Chainlit closed"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def frame(text: str) -> bytes:
    """A WebSocket text frame with an empty mask."""
    data = text.encode()
    length = len(data)
    head = bytes([0x81, 0x80 | length]) if length < 126 else b"\x81\xfe" + length.to_bytes(2)
    return head + bytes(4) + data


@contextmanager
def chainlit() -> Iterator[Target]:
    port = free_port()
    command = [str(CHAINLIT / "bin" / "chainlit"), "run", str(BENCH / "servers" / "peer.py")]
    command += ["--headless", "--host", "127.0.0.1", "--port", str(port)]
    with tempfile.TemporaryDirectory(prefix="spendo-bench-") as folder:  # it writes there
        variables = os.environ | {"PYTHONPATH": str(BENCH), "CHAINLIT_APP_ROOT": folder}
        log = Path(folder) / "log"
        with (
            log.open("wb") as output,
            started(
                command, (SERVERS_CPU,), cwd=folder, env=variables, stdout=output, stderr=output
            ) as process,
        ):
            yield Target(CHAINLITS_NAME, port, process.pid)


async def tokens(target: Target) -> dict[str, float]:
    """Of Chainlit or of ours: deltas of answers, as many at once as everywhere."""
    if target.name != CHAINLITS_NAME:
        return await timed(target, lambda: of_target(target))
    sockets = [Socket() for _ in range(STREAMS_AT_ONCE)]
    for socket in sockets:
        await socket.open(target.port)
    try:
        return await timed(target, lambda: of_chainlit(sockets))
    finally:
        for socket in sockets:
            socket.close()


async def timed(target: Target, work: Callable[[], Awaitable[int]]) -> dict[str, float]:
    began, cpu = time.perf_counter(), target.cpu_seconds()
    found = await work()
    spent, cpu = time.perf_counter() - began, target.cpu_seconds() - cpu
    if found != STREAMS * DELTAS:
        raise RuntimeError(f"{target.name}: {found} deltas in place of {STREAMS * DELTAS}")
    return {TOKENS: found / spent, TOKEN_CPU: cpu / found * 1e6}


async def of_chainlit(sockets: Sequence[Socket]) -> int:
    left = iter(range(STREAMS))

    async def one(socket: Socket) -> int:
        return sum([await socket.tokens() for _ in left])

    return sum(await asyncio.gather(*map(one, sockets)))


async def of_target(target: Target) -> int:
    async def work(connection: Connection) -> float:
        body, _ = await connection.post("threads.create", input=message())
        return body.count(b".text_delta")

    return int(sum(await each(target, STREAMS, STREAMS_AT_ONCE, work)))

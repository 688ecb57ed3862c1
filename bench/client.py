"""A client that takes little of the time it measures: HTTP/1.1 over one kept connection, as a
protocol of the event loop, without streams or a parser."""

import asyncio
import json
import time
from typing import Any, cast

_END_OF_HEAD = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"


class Connection(asyncio.Protocol):
    """One connection that is kept; one request at a time."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port = port
        self._headers = headers
        self._transport: asyncio.Transport | None = None
        self.cookies: set[str] = set()

    async def post(self, type_: str, **params: Any) -> tuple[bytes, float]:
        """The body, and the seconds to its first byte."""
        return await self.send(self.request("POST", "/chatkit", body_of(type_, **params)))

    def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The request's bytes, to be sent as often as one likes."""
        headers = {
            "Host": f"127.0.0.1:{self._port}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **self._headers,
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{key}: {text}" for key, text in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def send(self, request: bytes) -> tuple[bytes, float]:
        """The answer's body, and the seconds to its first byte."""
        loop = asyncio.get_running_loop()
        if self._transport is None:
            await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        assert self._transport is not None
        self._answer: asyncio.Future[tuple[bytes, float]] = loop.create_future()
        self._head = b""
        self._parts: list[bytes] = []
        self._length: int | None = None
        self._received = 0
        self._first = 0.0
        self._started = time.perf_counter()
        self._transport.write(request)
        return await self._answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._answer.done():  # nobody waits for it any more
            return
        if not self._parts and not self._received:
            self._head += data
            head, end, data = self._head.partition(_END_OF_HEAD)
            if not end:
                return
            if self._length is None and not self._read_head(head):
                return
            if not data and self._length != 0:
                self._head = head + end
                return
            self._first = time.perf_counter() - self._started
        self._parts.append(data)
        self._received += len(data)
        if self._length is None:
            if data.endswith(_LAST_CHUNK) or b"".join(self._parts[-2:]).endswith(_LAST_CHUNK):
                self._answer.set_result((_joined(b"".join(self._parts)), self._first))
        elif self._received >= self._length:
            self._answer.set_result((b"".join(self._parts), self._first))

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        if hasattr(self, "_answer") and not self._answer.done():
            self._answer.set_exception(error or ConnectionError("the server closed"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _read_head(self, head: bytes) -> bool:
        """False if there is nothing to wait for: the answer is no good one."""
        lines = head.decode("latin1").split("\r\n")
        if " 200 " not in lines[0]:
            self._answer.set_exception(RuntimeError(head.decode("latin1")))
            return False
        for line in lines[1:]:
            name, _, text = line.partition(":")
            match name.lower():
                case "set-cookie":
                    self.cookies.add(text.split(";")[0].strip())
                case "content-length":
                    self._length = int(text)
        return True


def body_of(type_: str, **params: Any) -> bytes:
    return json.dumps({"type": type_, "params": params}).encode()


def _joined(chunks: bytes) -> bytes:
    """The body in these chunks. What is sent here has no line break of HTTP in it."""
    return b"".join(chunks.split(b"\r\n")[1::2])

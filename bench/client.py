"""A client that takes little of the time it measures: HTTP/1.1 over one connection."""

import asyncio
import json
import time
from typing import Any


class Connection:
    """One connection that is kept; one request at a time."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port = port
        self._headers = headers
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, type_: str, **params: Any) -> tuple[bytes, float]:
        """The body, and the seconds to its first byte."""
        body = json.dumps({"type": type_, "params": params}).encode()
        return await self.send("POST", "/chatkit", body)

    async def send(self, method: str, path: str, body: bytes = b"") -> tuple[bytes, float]:
        headers = {
            "Host": f"127.0.0.1:{self._port}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **self._headers,
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{key}: {text}" for key, text in headers.items())]
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        reader, writer = self._streams
        started = time.perf_counter()
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        if " 200 " not in head.splitlines()[0]:
            raise RuntimeError(head + (await reader.read(2_000)).decode())
        self.cookies = {
            line.split(":", 1)[1].split(";")[0].strip()
            for line in head.splitlines()
            if line.lower().startswith("set-cookie:")
        }
        head = head.lower()
        if "chunked" in head:
            first = await reader.readuntil(b"\r\n") + await reader.readuntil(b"\r\n")
            arrived = time.perf_counter() - started
            return _joined(first + await reader.readuntil(b"0\r\n\r\n")), arrived
        length = int(head.split("content-length:")[1].split()[0])
        whole = await reader.readexactly(length)
        return whole, time.perf_counter() - started

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


def _joined(chunks: bytes) -> bytes:
    """The body in these chunks. What is sent here has no line break of HTTP in it."""
    return b"".join(chunks.split(b"\r\n")[1::2])

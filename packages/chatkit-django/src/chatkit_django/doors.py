"""The two ways ``chatkit_check`` takes to a chat."""

import asyncio
import http.client
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import AsyncClient
from django.utils.crypto import get_random_string

from chatkit_django.conversation_check import NothingAnswers, Reply

TIMEOUT = 120  # seconds for one answer

TOKEN = get_random_string(32)  # as CSRF cookie and as header


def csrf_header() -> str:
    return settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-")


def cookies(visitor: str | None, csrf: bool) -> dict[str, str]:
    found = {settings.CSRF_COOKIE_NAME: TOKEN} if csrf else {}
    if visitor is not None:
        found[settings.SESSION_COOKIE_NAME] = visitor
    return found


class _Client(AsyncClient):
    """Django's, which would call every host ``testserver``."""

    def __init__(self, host: str) -> None:
        super().__init__(enforce_csrf_checks=True, raise_request_exception=False)
        self._host = host

    async def request(self, **request: Any) -> Any:
        others = [header for header in request["headers"] if header[0] != b"host"]
        request["headers"] = [(b"host", self._host.encode()), *others]
        return await super().request(**request)


class InProcess:
    """The chat at this path of the project that runs the command, with all its middleware."""

    def __init__(self, path: str) -> None:
        self._path = path
        host = next((one for one in settings.ALLOWED_HOSTS if one != "*"), "localhost")
        self._host = host.lstrip(".")

    async def get(self) -> Reply:
        started = time.monotonic()
        response = await _Client(self._host).get(self._path, secure=settings.SECURE_SSL_REDIRECT)
        return await self._reply(response, started)

    async def post(
        self,
        body: bytes,
        *,
        visitor: str | None,
        csrf: bool = True,
        content_type: str = "application/json",
    ) -> Reply:
        client = _Client(self._host)
        for name, value in cookies(visitor, csrf).items():
            client.cookies[name] = value
        headers = {"Referer": f"https://{self._host}/"}
        if csrf:
            headers[csrf_header()] = TOKEN
        started = time.monotonic()
        response = await client.post(
            self._path,
            body,
            content_type=content_type,
            headers=headers,
            secure=settings.SECURE_SSL_REDIRECT,
        )
        return await self._reply(response, started)

    async def _reply(self, response: Any, started: float) -> Reply:
        parts: list[bytes] = []
        arrivals: list[float] = []
        if response.streaming:
            async for part in response:
                parts.append(part)
                arrivals.append(time.monotonic() - started)
        else:
            parts.append(response.content)
        headers = {name.lower(): value for name, value in response.items()}
        return Reply(response.status_code, headers, b"".join(parts), tuple(arrivals))


class OverHttp:
    """The chat at this URL, as a browser would reach it."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        if self._url.scheme not in ("http", "https") or not self._url.hostname:
            raise ValueError(f"{url} is no http or https URL.")

    async def get(self) -> Reply:
        return await asyncio.to_thread(self._send, "GET", None, {})

    async def post(
        self,
        body: bytes,
        *,
        visitor: str | None,
        csrf: bool = True,
        content_type: str = "application/json",
    ) -> Reply:
        origin = f"{self._url.scheme}://{self._url.netloc}"
        headers = {
            "Content-Type": content_type,
            "Accept-Encoding": "gzip",  # as browsers do: it shows whether somebody compresses
            "Origin": origin,
            "Referer": f"{origin}/",
            "Cookie": "; ".join(f"{k}={v}" for k, v in cookies(visitor, csrf).items()),
        }
        if csrf:
            headers[csrf_header()] = TOKEN
        return await asyncio.to_thread(self._send, "POST", body, headers)

    def _send(self, method: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        connect: Callable[..., http.client.HTTPConnection] = (
            http.client.HTTPSConnection
            if self._url.scheme == "https"
            else http.client.HTTPConnection
        )
        connection = connect(self._url.hostname, self._url.port, timeout=TIMEOUT)
        started = time.monotonic()
        try:
            connection.request(method, self._url.path or "/", body, headers)
            response = connection.getresponse()
            parts: list[bytes] = []
            arrivals: list[float] = []
            while part := response.read1(65_536):
                parts.append(part)
                arrivals.append(time.monotonic() - started)
        except (OSError, http.client.HTTPException) as error:
            raise NothingAnswers(
                f"{self._url.geturl()} does not answer: {type(error).__name__}."
            ) from error
        finally:
            connection.close()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, b"".join(parts), tuple(arrivals))

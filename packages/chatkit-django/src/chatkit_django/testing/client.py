"""A signed-in client, and reading what a stream says."""

import json
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import StreamingHttpResponse
from django.test import AsyncClient

Event = dict[str, Any]


def parse_events(stream: bytes) -> list[Event]:
    """The events in a complete ``text/event-stream`` body of ours."""
    frames = stream.decode().split("\n\n")
    if frames.pop() != "":
        raise ValueError("The stream breaks off in the middle of an event.")
    lines = (line for frame in frames for line in frame.split("\n"))
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]


async def read_events(response: StreamingHttpResponse) -> list[Event]:
    """The events of a streaming response, read to its end."""
    return parse_events(b"".join([part async for part in response]))


class ChatKitClient:
    """A ChatKit client signed in as one user, on Django's ``AsyncClient``.

    ``client = await ChatKitClient.signed_in(user, "/api/chatkit/")``
    """

    def __init__(self, http: AsyncClient, path: str) -> None:
        self.http = http
        self.path = path

    @classmethod
    async def signed_in(cls, user: AbstractBaseUser, path: str) -> "ChatKitClient":
        http = AsyncClient()
        await http.aforce_login(user)  # type: ignore[arg-type]
        return cls(http, path)

    async def send(self, kind: str, /, **params: Any) -> Any:
        """POST one request; the plain Django response."""
        body = {"type": kind, "params": params}
        return await self.http.post(self.path, json.dumps(body), content_type="application/json")

    async def read(self, kind: str, /, **params: Any) -> Any:
        """The JSON answer of a request that does not stream."""
        response = await self.send(kind, **params)
        assert response.status_code == 200, response.content  # noqa: S101
        return json.loads(response.content)

    async def events(self, kind: str, /, **params: Any) -> list[Event]:
        """The events of a request that streams."""
        response = await self.send(kind, **params)
        assert response.status_code == 200, response.content  # noqa: S101
        return await read_events(response)

    async def ask(self, text: str, thread_id: str | None = None) -> list[Event]:
        """Send a message, into a new thread unless one is given."""
        if thread_id is None:
            return await self.events("threads.create", input=message(text))
        return await self.events(
            "threads.add_user_message", thread_id=thread_id, input=message(text)
        )


def message(text: str) -> dict[str, Any]:
    """The ``input`` of a request that carries this text."""
    return {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
    }

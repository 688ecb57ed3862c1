"""A real conversation with a chat, and in words what is wrong with it and how to mend it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

HELD_BACK = 0.5  # seconds without a byte, after which everything at once is a buffer's doing


@dataclass(frozen=True)
class Reply:
    """An answer read to its end. Header names are in lower case; ``arrivals`` are the seconds
    from the request to each part of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    arrivals: tuple[float, ...] = ()

    def json(self) -> Any:
        """The body as JSON, or ``None`` if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def code(self) -> str:
        """The error's code, or ``""``."""
        document = self.json()
        error = document.get("error") if isinstance(document, dict) else None
        return str(error.get("code", "")) if isinstance(error, dict) else ""

    def events(self) -> list[dict[str, Any]]:
        """The events of the stream. Raises ``ValueError`` if it breaks off inside one."""
        lines = self.body.decode().splitlines()
        return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]


class NothingAnswers(Exception):  # noqa: N818 (named for what is wrong)
    """No server could be reached; the text says why."""


class Door(Protocol):
    """A way to the chat: in this process, or over HTTP. ``visitor`` is a session's cookie."""

    async def get(self) -> Reply: ...

    async def post(
        self,
        body: bytes,
        *,
        visitor: str | None,
        csrf: bool = True,
        content_type: str = "application/json",
    ) -> Reply: ...


@dataclass(frozen=True)
class Finding:
    """What was seen. ``mend`` is empty if all is well."""

    what: str
    mend: str = ""


@dataclass
class Conversation:
    """``await Conversation(door, owner, stranger, text).check()`` fills ``findings``."""

    door: Door
    owner: str
    stranger: str
    text: str
    findings: list[Finding] = field(default_factory=list)
    thread_id: str = ""
    _arrivals: list[tuple[float, ...]] = field(default_factory=list, init=False, repr=False)

    async def check(self) -> list[Finding]:
        try:
            if await self._health():
                await self._refusals()
                if await self._warm_up() and await self._ask_first():
                    await self._ask_again()
                    await self._read_back()
                    await self._keep_strangers_out()
                    await self._delete()
        except NothingAnswers as error:
            self._fault(str(error), "Start the server with uvicorn, and give the URL of its chat.")
        return self.findings

    async def _health(self) -> bool:
        reply = await self.door.get()
        if reply.status == 200 and reply.json() == {"status": "ok"}:
            self._fine("The chat answers.")
            return True
        mend = {
            404: "Give the URL that leads to ChatKitView, with its slash at the end.",
            301: "Give the URL it redirects to.",
            302: "Give the URL it redirects to; the chat needs no sign-in page before it.",
            400: "Add the host to ALLOWED_HOSTS.",
        }.get(reply.status, "Look into the server's log.")
        self._fault(f"GET is answered with {reply.status}, which is no ChatKit server.", mend)
        return False

    async def _refusals(self) -> None:
        request = _request("threads.list")
        await self._expect(
            await self.door.post(request, visitor=None),
            {401},
            "Visitors who are not signed in are refused.",
            "Somebody who is not signed in may use the chat.",
            "Let ChatKitView.get_context raise NotSignedIn for them.",
        )
        await self._expect(
            await self.door.post(request, visitor=self.owner, csrf=False),
            {403},
            "A request without CSRF token is refused.",
            "Other websites can write in the name of a signed-in visitor.",
            "Add django.middleware.csrf.CsrfViewMiddleware to MIDDLEWARE, and do not make the "
            "chat's view csrf_exempt.",
        )
        broken = await self.door.post(b"{not json", visitor=self.owner)
        await self._expect(
            broken,
            {400},
            "What is no JSON is refused.",
            "What is no JSON is not refused as it should be.",
            "Let no middleware answer for the chat; ChatKitView refuses it with 400.",
        )
        if b"Traceback" in broken.body:
            self._fault("A traceback is shown to clients.", "Set DEBUG = False.")

    async def _warm_up(self) -> bool:
        """The first request builds the server, which takes its time."""
        reply = await self.door.post(_request("threads.list"), visitor=self.owner)
        if reply.status == 200:
            self._fine("The server is built, and its store answers.")
            return True
        if reply.code() == "asgi_required":
            self._fault(
                "The project is served by WSGI, which cannot stream.",
                "Serve its ASGI application: uvicorn PROJECT.asgi:application",
            )
        elif reply.status == 401:
            self._fault(
                "The session of a user of this database is not known there.",
                "Run chatkit_check with the settings and the database of the server.",
            )
        elif reply.status == 403:
            self._fault(
                "A message with a CSRF token is refused.",
                "Add the URL's origin to CSRF_TRUSTED_ORIGINS; behind a proxy also set "
                "SECURE_PROXY_SSL_HEADER.",
            )
        else:
            self._fault(
                f"threads.list is answered with {reply.status} {reply.code()}.",
                f"Look into the server's log{_request_id(reply)}; run manage.py migrate and "
                "manage.py check.",
            )
        return False

    async def _ask_first(self) -> bool:
        events = await self._ask(_request("threads.create", input=_message(self.text)))
        self.thread_id = next(
            (event["thread"]["id"] for event in events if event["type"] == "thread.created"), ""
        )
        if events and not self.thread_id:
            self._fault(
                "A new conversation does not begin with thread.created.",
                "Do not override ChatKitServer.process.",
            )
        return bool(self.thread_id)

    async def _ask_again(self) -> None:
        request = _request(
            "threads.add_user_message", thread_id=self.thread_id, input=_message(self.text)
        )
        await self._ask(request)
        self._check_arrivals()

    async def _ask(self, request: bytes) -> list[dict[str, Any]]:
        reply = await self.door.post(request, visitor=self.owner)
        kind = json.loads(request)["type"]
        if reply.status == 404 and self.thread_id:
            self._fault(
                f"{kind} is answered with 404 {reply.code()}: the thread that was just made is not "
                "there.",
                "Several workers need a store they share: use a DatabaseStore.",
            )
            return []
        if reply.status != 200:
            self._fault(
                f"{kind} is answered with {reply.status} {reply.code()}.",
                f"Look into the server's log{_request_id(reply)}.",
            )
            return []
        try:
            events = reply.events()
        except ValueError:
            self._fault(
                f"The stream of {kind} breaks off in the middle of an event.",
                "Raise the time-outs of the proxy, and look into the server's log.",
            )
            return []
        self._check_headers(reply)
        self._check_answer(kind, events, reply)
        if reply.arrivals:
            self._arrivals.append(reply.arrivals)
        return events

    def _check_headers(self, reply: Reply) -> None:
        if not reply.headers.get("content-type", "").startswith("text/event-stream"):
            self._fault(
                "An answer is not sent as text/event-stream.",
                "Let middleware and proxy leave Content-Type as it is.",
            )
        if "no-cache" not in reply.headers.get("cache-control", ""):
            self._fault(
                "An answer may be kept by caches.",
                "Let middleware and proxy leave Cache-Control: no-cache as it is.",
            )
        if reply.headers.get("content-encoding"):
            self._fault(
                "Answers are compressed on their way, which holds their events back.",
                "Remove GZipMiddleware; let the proxy not compress text/event-stream.",
            )

    def _check_answer(self, kind: str, events: list[dict[str, Any]], reply: Reply) -> None:
        done = [event["item"]["type"] for event in events if event["type"] == "thread.item.done"]
        if any(event["type"] == "error" for event in events):
            self._fault(
                f"The answer to {kind} ends with an error.",
                f"respond has failed: the log has the exception{_request_id(reply)}.",
            )
        elif not [one for one in done if one != "user_message"]:
            self._fault(
                f"{kind} is answered with nothing.",
                "Let respond yield a ThreadItemDoneEvent at its end.",
            )
        else:
            self._fine(f"{kind} is answered.")

    def _check_arrivals(self) -> None:
        """Of all answers: one alone may be late because the server is busy, and short."""
        flowing = [one for one in self._arrivals if one[-1] - one[0] > HELD_BACK / 10]
        if flowing:
            first, last = flowing[0][0], flowing[0][-1]
            self._fine(f"The answer arrives while it is written: {first:.2f} s to {last:.2f} s.")
            return
        silence = min((one[0] for one in self._arrivals), default=0.0)
        if silence > HELD_BACK:
            self._fault(
                f"The answers arrive all at once, after {silence:.1f} s of silence.",
                "Something holds it back: in nginx set proxy_buffering off, remove GZipMiddleware "
                "and whatever reads responses in middleware.",
            )

    async def _read_back(self) -> None:
        thread = await self._read("threads.get_by_id", thread_id=self.thread_id)
        listed = await self._read("threads.list")
        page = await self._read("items.list", thread_id=self.thread_id, order="asc", limit=50)
        if not (thread and listed and page):
            return
        if self.thread_id not in [one.get("id") for one in listed["data"]]:
            self._fault("A new thread is not in the list.", "Let load_threads return all of them.")
        items = page["data"]
        said = [one["type"] for one in items]
        ids = [one["id"] for one in items]
        if said.count("user_message") != 2 or set(said) == {"user_message"}:
            self._fault(
                f"Of two messages and their answers the store has kept: {', '.join(said)}.",
                "Let the store pass chatkit_django.testing.StoreContract; several workers need a "
                "store they share.",
            )
        elif len(ids) != len(set(ids)) or _repeated(items):
            self._fault(
                "Answers are stored twice.",
                "Do not call add_thread_item in respond for what it yields as done.",
            )
        else:
            self._fine("Messages and answers are kept, in their order and once each.")
        if not str(thread.get("created_at", "")).endswith(("Z", "+00:00")):
            self._fault(
                "Times are sent without their offset from UTC.",
                "Do not override ChatKitServer._serialize.",
            )

    async def _read(self, kind: str, **params: object) -> Any:
        reply = await self.door.post(_request(kind, **params), visitor=self.owner)
        if reply.status == 200:
            return reply.json()
        self._fault(
            f"{kind} is answered with {reply.status} {reply.code()}.",
            f"Look into the server's log{_request_id(reply)}.",
        )
        return None

    async def _keep_strangers_out(self) -> None:
        requests = (
            _request("threads.get_by_id", thread_id=self.thread_id),
            _request("items.list", thread_id=self.thread_id),
            _request("threads.update", thread_id=self.thread_id, title="Mine now"),
            _request("threads.delete", thread_id=self.thread_id),
        )
        replies = [await self.door.post(one, visitor=self.stranger) for one in requests]
        statuses = {reply.status for reply in replies}
        if statuses == {404}:
            self._fine("Another user is told that the thread does not exist.")
        else:
            self._fault(
                "Another user reaches a thread that is not theirs: "
                f"{', '.join(str(reply.status) for reply in replies)} instead of 404.",
                "Limit every query of the store to context.user and raise NotFoundError.",
            )

    async def _delete(self) -> None:
        request = _request("threads.delete", thread_id=self.thread_id)
        deleted = await self.door.post(request, visitor=self.owner)
        gone = await self.door.post(
            _request("threads.get_by_id", thread_id=self.thread_id), visitor=self.owner
        )
        if (deleted.status, gone.status) == (200, 404):
            self._fine("A deleted thread is gone.")
        else:
            self._fault(
                f"Deleting a thread is answered with {deleted.status}, reading it afterwards with "
                f"{gone.status}.",
                "Let delete_thread delete it, and load_thread raise NotFoundError.",
            )

    async def _expect(
        self, reply: Reply, statuses: set[int], fine: str, fault: str, mend: str
    ) -> None:
        if reply.status in statuses:
            self._fine(fine)
        else:
            self._fault(f"{fault} It is answered with {reply.status} {reply.code()}.", mend)

    def _fine(self, what: str) -> None:
        self.findings.append(Finding(what))

    def _fault(self, what: str, mend: str) -> None:
        self.findings.append(Finding(what, mend))


def _request(kind: str, **params: object) -> bytes:
    return json.dumps({"type": kind, "params": params}).encode()


def _message(text: str) -> dict[str, object]:
    return {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
    }


def _repeated(items: list[dict[str, Any]]) -> bool:
    """Whether two answers in a row say the same."""
    answers = [(one["type"], json.dumps(one.get("content"))) for one in items]
    return any(one == other and one[0] == "assistant_message" for one, other in pairwise(answers))


def _request_id(reply: Reply) -> str:
    name = reply.headers.get("x-request-id")
    return f" for the request {name}" if name else ""

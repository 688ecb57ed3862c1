"""What only shows on a real connection to a real ASGI server."""

import asyncio
import json

import httpx2
import pytest

from chatkit_django.conf import DATABASE_THREADS
from chatkit_django.models import Thread, ThreadItem
from tests.live import LiveServer, create
from tests.scripted import MANY


@pytest.fixture(scope="module", params=["application", "short_way"])
def process(request, django_db_setup):
    server = LiveServer(request.param)
    try:
        server.wait_until_it_answers()
        yield server
    finally:
        server.stop()


@pytest.fixture
def live(process, transactional_db):
    httpx2.get(f"http://127.0.0.1:{process.port}/reset/").raise_for_status()
    return process


async def next_event(lines):
    async for line in lines:
        if line.startswith("data: "):
            return json.loads(line.removeprefix("data: "))
    raise AssertionError("the stream ended")


async def read_until(lines, delta):
    while True:
        event = await next_event(lines)
        if event.get("update", {}).get("delta") == delta:
            return


async def test_words_arrive_while_the_answer_is_still_being_written(live, ada):
    async with (
        live.signed_in(ada) as http,
        http.stream("POST", "/chatkit/", json=create("wait")) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream"
        assert response.headers["cache-control"] == "no-cache"
        assert response.headers["x-accel-buffering"] == "no"
        lines = response.aiter_lines()
        assert (await next_event(lines))["type"] == "thread.created"
        await read_until(lines, "two ")
        state = await live.state(http)
        assert (state["ended"], state["sent_deltas"]) == (0, 2)

        await http.get("/go-on/")
        await read_until(lines, "three.")
        rest = [line async for line in lines if line.startswith("data: ")]
        assert json.loads(rest[-1].removeprefix("data: "))["type"] == "thread.item.done"


async def test_closing_the_connection_stops_the_answer_and_keeps_what_was_said(live, ada):
    async with live.signed_in(ada) as http:
        async with http.stream("POST", "/chatkit/", json=create("wait")) as response:
            await read_until(response.aiter_lines(), "two ")
        await live.until(http, lambda state: state["ended"] == 1)
        await until_stored("user_message", "assistant_message", "sdk_hidden_context")
        partial = await ThreadItem.objects.aget(type="assistant_message")
        assert json.loads(partial.payload)["content"][0]["text"] == "One two "


async def test_a_reader_that_stops_reading_holds_nobody_up_and_stops_the_answer_when_it_goes(
    live, ada
):
    async with live.signed_in(ada) as http:
        body = json.dumps(create("many words"))
        cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
        head = (
            f"POST /chatkit/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Cookie: {cookies}\r\nX-CSRFToken: {'t' * 32}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write((head + body).encode())
        await reader.readuntil(b"text_delta")
        await live.until(http, lambda state: state["sent_deltas"] == MANY)
        assert (await live.state(http))["ended"] == 0
        writer.transport.abort()
        await live.until(http, lambda state: state["ended"] == 1)

        await until_stored("user_message", "assistant_message", "sdk_hidden_context")
        partial = await ThreadItem.objects.aget(type="assistant_message")
        assert json.loads(partial.payload)["content"][0]["text"] == "blah " * MANY


async def test_open_streams_hold_no_connection_and_leave_nothing_behind(live, ada):
    count = 40
    async with live.signed_in(ada) as http:
        assert (await http.post("/chatkit/", json=create("hello"))).status_code == 200
        quiet = await live.state(http)

        async def listen(opened):
            async with http.stream("POST", "/chatkit/", json=create("wait")) as response:
                lines = response.aiter_lines()
                await read_until(lines, "two ")
                opened.set()
                return [line async for line in lines if line.startswith("data: ")][-1]

        opened = [asyncio.Event() for _ in range(count)]
        listeners = [asyncio.create_task(listen(event)) for event in opened]
        await asyncio.gather(*(event.wait() for event in opened))
        open_now = await live.state(http)
        writer = 1
        assert open_now["connections"] <= DATABASE_THREADS.default + writer
        assert open_now["threads"] <= quiet["threads"] + count + DATABASE_THREADS.default

        await http.get("/go-on/")
        last = await asyncio.gather(*listeners)
        assert all('"thread.item.done"' in line for line in last)
        after = await live.until(http, lambda state: state["tasks"] <= quiet["tasks"])
        assert after["threads"] <= quiet["threads"] + DATABASE_THREADS.default
        assert after["built"] == 1
    assert await Thread.objects.acount() == count + 1


async def test_a_cross_site_form_post_is_refused(live, ada):
    async with live.signed_in(ada) as http:
        del http.headers["X-CSRFToken"]
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            response = await http.post(
                "/chatkit/",
                content=json.dumps(create("hello")),
                headers={"Content-Type": kind, "Origin": "https://evil.example"},
            )
            assert response.status_code == 403
            assert response.json()["error"]["code"] == "csrf_failed"
    assert not await Thread.objects.aexists()


async def test_a_chunked_body_of_16_mb_is_a_413(live, ada):
    async def chunks():
        for _ in range(256):
            yield b"x" * 65_536

    async with live.signed_in(ada) as http:
        response = await http.post(
            "/chatkit/", content=chunks(), headers={"Content-Type": "application/json"}
        )
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "body_too_large"


async def until_stored(*wanted: str) -> None:
    """Until the items are of these types: they are written after the answer has ended."""
    found = ThreadItem.objects.order_by("position").values_list("type", flat=True)
    deadline = asyncio.get_running_loop().time() + 10
    while (kinds := [kind async for kind in found.all()]) != list(wanted):
        assert asyncio.get_running_loop().time() < deadline, kinds
        await asyncio.sleep(0.02)

"""What deploy/nginx.conf does, before servers that answer as each test says."""

import json
import re
import socket
import threading
from pathlib import Path

import httpx2
import pytest

from chatkit_django.conf import HEARTBEAT_SECONDS, MAX_BODY_BYTES
from nginx import CONFIGURATION, NginxMissing, find_nginx, nginx
from several_machines.stub import Exchange, Stub

CHAT = "/api/chatkit/"
LIMIT = 10  # seconds within which anything here happens


def say_ok(exchange: Exchange) -> None:
    exchange.send(b"ok")


def hang_up(exchange: Exchange) -> None:
    exchange.hang_up()


def headers_of(stub: Stub) -> dict[str, str]:
    return {name.lower(): value for name, value in stub.requests[-1][2].items()}


@pytest.mark.parametrize("chunked", [True, False])
def test_a_stream_arrives_as_it_is_sent(chunked: bool) -> None:
    arrived = threading.Event()
    sent_after_arrival: list[bool] = []

    def speak(exchange: Exchange) -> None:
        piece = exchange.send_in_pieces(chunked=chunked)
        piece(b"first")
        sent_after_arrival.append(arrived.wait(LIMIT))
        piece(b"second")
        piece(b"")

    with (
        Stub(speak) as worker,
        nginx([worker.port]) as front,
        httpx2.stream("POST", front.url + CHAT, content=b"{}", timeout=LIMIT) as response,
    ):
        pieces = response.iter_raw()
        assert next(pieces) == b"first"
        arrived.set()
        assert b"".join(pieces) == b"second"
    assert sent_after_arrival == [True]


def test_a_reader_who_is_slow_slows_the_worker_down() -> None:
    """What nginx would take in its place would be on its disk, and lost with a cut."""
    sent: list[int] = []
    blocked = threading.Event()

    def speak(exchange: Exchange) -> None:
        piece = exchange.send_in_pieces()
        exchange.connection.settimeout(1)
        try:
            for _ in range(100):
                piece(b"x" * 1_000_000)
                sent.append(1)
        except TimeoutError:
            blocked.set()
        exchange.hang_up()

    with (
        Stub(speak) as worker,
        nginx([worker.port]) as front,
        httpx2.stream("POST", front.url + CHAT, content=b"{}", timeout=LIMIT) as response,
    ):
        assert response.status_code == 200
        assert blocked.wait(LIMIT), f"{len(sent)} MB were taken"


def test_a_reader_who_leaves_is_told_to_the_worker() -> None:
    left = threading.Event()

    def speak(exchange: Exchange) -> None:
        piece = exchange.send_in_pieces()
        piece(b"first")
        if exchange.connection.recv(1) == b"":
            left.set()
        exchange.hang_up()

    with Stub(speak) as worker, nginx([worker.port]) as front:
        with httpx2.stream("POST", front.url + CHAT, content=b"{}", timeout=LIMIT) as response:
            assert next(response.iter_raw()) == b"first"
        assert left.wait(LIMIT)


def test_what_a_visitor_says_of_himself_does_not_reach_the_workers() -> None:
    lies = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Request-ID": "mine",
    }
    with Stub(say_ok) as worker, nginx([worker.port]) as front:
        httpx2.get(front.url + "/", headers=lies).raise_for_status()
        heard = headers_of(worker)
    assert heard["x-forwarded-for"] == "127.0.0.1"
    assert heard["x-forwarded-proto"] == "http"
    assert "x-forwarded-host" not in heard
    assert re.fullmatch(r"[0-9a-f]{32}", heard["x-request-id"])
    assert heard["host"] == front.url.removeprefix("http://")


def test_a_trusted_load_balancer_is_believed_and_what_the_visitor_told_it_is_not() -> None:
    forwarded = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto": "https"}
    with Stub(say_ok) as worker, nginx([worker.port], trusted="127.0.0.1/32") as front:
        httpx2.get(front.url + "/", headers=forwarded).raise_for_status()
        heard = headers_of(worker)
    assert heard["x-forwarded-for"] == "203.0.113.9"
    assert heard["x-forwarded-proto"] == "https"


def test_requests_go_round_and_connections_are_kept() -> None:
    with Stub(say_ok) as one, Stub(say_ok) as two, nginx([one.port, two.port]) as front:
        with httpx2.Client(base_url=front.url) as client:
            for _ in range(20):
                client.get("/").raise_for_status()
        assert len(one.requests) == len(two.requests) == 10
        assert one.connections == two.connections == 1
        assert {line.workers for line in front.served()} == {(one.port,), (two.port,)}
    assert "connection" not in headers_of(one)


@pytest.fixture
def closed_port() -> int:
    """A port where nothing listens, as after kill -9."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_message_that_met_no_worker_goes_to_the_next(closed_port: int) -> None:
    with Stub(say_ok) as worker, nginx([closed_port, worker.port]) as front:
        for _ in range(4):
            assert httpx2.post(front.url + CHAT, content=b"{}").text == "ok"
        assert (closed_port, worker.port) in {line.workers for line in front.served()}


def test_a_message_that_was_sent_is_not_sent_to_another() -> None:
    with Stub(hang_up) as one, Stub(hang_up) as two, nginx([one.port, two.port]) as front:
        response = httpx2.post(front.url + CHAT, content=b"{}", timeout=LIMIT)
        assert len(one.requests) + len(two.requests) == 1
    assert_says_unavailable(response)


def test_a_question_may_be_asked_again() -> None:
    with (
        Stub(hang_up) as broken,
        Stub(say_ok) as whole,
        nginx([broken.port, whole.port]) as front,
    ):
        answers = [httpx2.get(front.url + CHAT, timeout=LIMIT).text for _ in range(2)]
    assert answers == ["ok", "ok"]
    assert len(broken.requests) == 1


def assert_says_unavailable(response: httpx2.Response) -> None:
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/json"
    assert response.headers["retry-after"] == "2"
    assert response.json()["error"]["code"] == "unavailable"


def test_no_worker_at_all_is_a_503_in_json(closed_port: int) -> None:
    with nginx([closed_port]) as front:
        assert_says_unavailable(httpx2.get(front.url + CHAT))
        assert_says_unavailable(httpx2.post(front.url + CHAT, content=b"{}"))


def test_a_refusal_of_the_worker_passes_as_it_is_and_counts_against_nobody() -> None:
    body = json.dumps({"error": {"code": "restarting", "message": "Soon."}}).encode()

    def refuse(exchange: Exchange) -> None:
        exchange.send(body, 503, "application/json")

    with Stub(refuse) as one, Stub(refuse) as two, nginx([one.port, two.port]) as front:
        for method in ("GET", "POST", "GET", "POST"):
            response = httpx2.request(method, front.url + CHAT)
            assert (response.status_code, response.content) == (503, body)
    assert len(one.requests) == len(two.requests) == 2


def test_a_request_that_is_too_large_reaches_no_worker() -> None:
    with Stub(say_ok) as worker, nginx([worker.port]) as front:
        allowed = httpx2.post(front.url + CHAT, content=b"x" * MAX_BODY_BYTES.default)
        refused = httpx2.post(front.url + CHAT, content=b"x" * (2 * 1024 * 1024 + 1))
    assert allowed.text == "ok"
    assert refused.status_code == 413
    assert refused.json()["error"]["code"] == "too_large"
    assert len(worker.requests) == 1


def test_the_metrics_of_whichever_worker_are_not_shown() -> None:
    with Stub(say_ok) as worker, nginx([worker.port]) as front:
        response = httpx2.get(front.url + "/metrics")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")
    assert worker.requests == []


def test_static_files_are_kept_by_the_browser_as_their_names_allow(tmp_path: Path) -> None:
    hashed = tmp_path / "static" / "app" / "assets" / "index-3f2a.js"
    hashed.parent.mkdir(parents=True)
    hashed.write_text("let a = 1;\n" * 200)
    (tmp_path / "static" / "app" / "color-scheme.js").write_text("let b = 2;")
    (tmp_path / "secret").write_text("not for visitors")
    with nginx([1], static=tmp_path / "static") as front, httpx2.Client(base_url=front.url) as http:
        kept = http.get("/static/app/assets/index-3f2a.js").raise_for_status()
        asked = http.get("/static/app/color-scheme.js").raise_for_status()
        again = http.get(
            "/static/app/color-scheme.js", headers={"If-None-Match": asked.headers["etag"]}
        )
        missing = http.get("/static/app/assets/gone.js")
        outside = [
            http.get(f"/static{path}") for path in ("/../secret", "../secret", "/%2e%2e/secret")
        ]
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert kept.headers["content-encoding"] == "gzip"
    assert kept.headers["content-type"] == asked.headers["content-type"] == "text/javascript"
    assert asked.headers["cache-control"] == "no-cache"
    assert kept.headers["x-content-type-options"] == "nosniff"
    assert again.status_code == 304
    assert missing.status_code == 404
    assert "immutable" not in missing.headers.get("cache-control", "")
    assert all("not for visitors" not in response.text for response in outside)


def seconds_of(directive: str) -> int:
    text = CONFIGURATION.read_text()
    (seconds,) = re.findall(rf"^\s*{directive} (\d+)s;", text, re.MULTILINE)
    return int(seconds)


def test_silence_is_longer_than_two_heartbeats() -> None:
    assert seconds_of("proxy_read_timeout") > 2 * HEARTBEAT_SECONDS.default
    assert seconds_of("send_timeout") > 2 * HEARTBEAT_SECONDS.default


def test_a_missing_nginx_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name, path: None)
    with pytest.raises(NginxMissing, match="make test installs it"):
        find_nginx()

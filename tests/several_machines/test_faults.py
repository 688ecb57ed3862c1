"""What breaks under an answer, and what its reader sees: on real processes behind nginx."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from bad_proxy import BadProxy, Fault
from several_machines.returning_reader import LIMIT, ReturningReader
from several_machines.scripted_visitor import ScriptedVisitor, events_of
from topology import Topology

WHOLE = "One two three."


@pytest.fixture(scope="module")
def somebody(whole_scripted_topology: Topology) -> Iterator[ScriptedVisitor]:
    with ScriptedVisitor.signed_up(whole_scripted_topology, "somebody") as visitor:
        yield visitor


@pytest.fixture
def visitor(scripted_topology: Topology, somebody: ScriptedVisitor) -> Iterator[ScriptedVisitor]:
    """Somebody whose answers wait; all workers run."""
    somebody.reset_workers()
    yield somebody
    somebody.reset_workers()


@pytest.fixture
def reader(visitor: ScriptedVisitor) -> ReturningReader:
    return ReturningReader(visitor)


def until(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not wanted():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def items(visitor: ScriptedVisitor) -> tuple[str, list[dict[str, object]]]:
    """The newest thread, and what is in it."""
    listed = visitor.chat("threads.list", limit=1, order="desc").raise_for_status().json()
    thread_id = listed["data"][0]["id"]
    opened = visitor.chat("threads.get_by_id", thread_id=thread_id).raise_for_status().json()
    return thread_id, opened["items"]["data"]


def kinds(visitor: ScriptedVisitor) -> list[object]:
    return [item["type"] for item in items(visitor)[1]]


def half_way(reader: ReturningReader, url: str = "") -> None:
    """Ask, read until the answer waits, and be cut."""
    with reader.asking("wait", url) as response:
        assert response.status_code == 200
        reader.take(response, until="two ")


def other_than(visitor: ScriptedVisitor, index: int) -> int:
    return next(number for number in range(len(visitor.topology.workers)) if number != index)


def assert_gapless(reader: ReturningReader) -> None:
    assert [number for number, _ in reader.frames] == list(range(1, len(reader.frames) + 1))


def test_the_worker_that_answers_is_killed(
    visitor: ScriptedVisitor, reader: ReturningReader
) -> None:
    half_way(reader)
    speaking = visitor.speaking()
    other = visitor.topology.workers[other_than(visitor, speaking)]
    with ReturningReader(visitor, reader.run_id).following(other.url) as response:
        assert next(events_of(response))  # what was said is published
        visitor.topology.kill(speaking)
    reader.read_to_the_end()
    assert reader.text == "One two "
    assert reader.resets == ["lost"]
    assert [error["allow_retry"] for error in reader.errors] == [True]
    thread_id, kept = items(visitor)
    assert [item["type"] for item in kept] == ["user_message", "assistant_message"]
    body = {
        "type": "threads.retry_after_item",
        "params": {"thread_id": thread_id, "item_id": kept[0]["id"]},
    }
    with visitor.stream("POST", "/chatkit/", json=body) as response:
        assert response.status_code == 200
        retried = ReturningReader(visitor, response.headers["ChatKit-Run"])
        retried.take(response, until="two ")
        visitor.go_on()
        retried.take(response)
    assert retried.text == WHOLE
    assert kinds(visitor) == ["user_message", "assistant_message"]


def test_the_worker_that_is_read_from_is_killed(
    visitor: ScriptedVisitor, reader: ReturningReader
) -> None:
    half_way(reader)
    reading = other_than(visitor, visitor.speaking())
    again = ReturningReader(visitor, reader.run_id)
    with again.following(visitor.topology.workers[reading].url) as response:
        again.take(response, until="two ")
        visitor.topology.kill(reading)
    visitor.go_on()
    again.read_to_the_end()
    reader.read_to_the_end()
    assert (again.text, again.resets) == (WHOLE, [])
    assert again.frames == reader.frames
    assert_gapless(again)


def test_a_stop_through_the_other_worker(visitor: ScriptedVisitor, reader: ReturningReader) -> None:
    half_way(reader)
    other = visitor.topology.workers[other_than(visitor, visitor.speaking())]
    body = {"type": "runs.stop", "params": {"run_id": reader.run_id}}
    for _ in range(2):
        assert visitor.post(f"{other.url}/chatkit/", json=body).json() == {}
    reader.read_to_the_end()
    assert (reader.text, reader.errors, reader.resets) == ("One two ", [], [])
    assert kinds(visitor) == ["user_message", "assistant_message"]


def test_postgresql_is_restarted(visitor: ScriptedVisitor, reader: ReturningReader) -> None:
    with reader.asking("wait") as response:
        reader.take(response, until="two ")
        visitor.topology.postgres.restart()
        visitor.go_on()
        reader.take(response)
    assert reader.has_ended
    until(lambda: visitor.chat("threads.list", limit=1, order="desc").status_code == 200)
    assert "user_message" in kinds(visitor)
    assert (reader.text, reader.errors) == (WHOLE, [])
    assert kinds(visitor) == ["user_message", "assistant_message"]


def test_valkey_dies_and_comes_back(visitor: ScriptedVisitor, reader: ReturningReader) -> None:
    half_way(reader)
    other = visitor.topology.workers[other_than(visitor, visitor.speaking())]
    with reader.following(other.url) as response:
        visitor.topology.valkey.stop()
        reader.take(response)
    assert not reader.has_ended
    visitor.topology.valkey.start()
    visitor.go_on()
    reader.read_to_the_end(other.url)
    assert (reader.text, reader.errors) == (WHOLE, [])
    assert kinds(visitor) == ["user_message", "assistant_message"]


def test_a_proxy_that_cuts_all_the_time(visitor: ScriptedVisitor) -> None:
    with BadProxy(visitor.topology.nginx.port, Fault(cut_after_seconds=0.2)) as proxy:
        reader = ReturningReader(visitor)
        with reader.asking("slowly") as response:
            reader.take(response, until="word ")
        reader.read_to_the_end(proxy.url)
        assert proxy.cuts >= 3
    assert (reader.text, reader.resets) == ("word " * 20, [])
    assert_gapless(reader)


def test_a_proxy_that_keeps_everything_back(visitor: ScriptedVisitor) -> None:
    with BadProxy(visitor.topology.nginx.port, Fault(hold=True)) as proxy:
        reader = ReturningReader(visitor)
        with reader.asking("slowly", proxy.url) as response:
            reader.take(response)
    assert reader.has_ended
    assert reader.text == "word " * 20
    assert_gapless(reader)


def test_a_worker_is_replaced(visitor: ScriptedVisitor, reader: ReturningReader) -> None:
    half_way(reader)
    speaking = visitor.speaking()
    leaving = threading.Thread(target=visitor.topology.terminate, args=(speaking,))
    leaving.start()
    reader.read_to_the_end()
    leaving.join(LIMIT)
    assert not leaving.is_alive()
    assert reader.text == "One two "
    # On a busy machine the reader may be back before the last words are: it is told the state.
    assert reader.resets in ([], ["failed"])
    assert [error["allow_retry"] for error in reader.errors] == [True]
    assert_gapless(reader)
    assert kinds(visitor) == ["user_message", "assistant_message"]

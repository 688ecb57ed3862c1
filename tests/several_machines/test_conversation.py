"""A conversation with Spendo through nginx, where each request may reach another worker."""

import time
from collections.abc import Callable, Iterator

import pytest

from spendo_process import Client
from topology import Topology

LIMIT = 20  # seconds within which what was started again is back
names = iter(f"visitor{number}" for number in range(1000))


@pytest.fixture
def visitor(topology: Topology) -> Iterator[Client]:
    """Somebody who has just signed up, through nginx."""
    with Client(topology.url) as client:
        yield client.sign_up(next(names))


def until(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not wanted():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def titles(client: Client) -> list[str]:
    listed = client.chat("threads.list", limit=20, order="desc").raise_for_status().json()
    return [thread["id"] for thread in listed["data"]]


def kinds(client: Client, thread_id: str) -> list[str]:
    opened = client.chat("threads.get_by_id", thread_id=thread_id).raise_for_status().json()
    return [item["type"] for item in opened["items"]["data"]]


def workers_asked(topology: Topology, since: int) -> set[int]:
    """Those that answered from this line of nginx's log on."""
    return {line.workers[-1] for line in topology.nginx.served()[since:] if line.workers}


def test_one_conversation_is_held_by_all_workers(topology: Topology, visitor: Client) -> None:
    since = len(topology.nginx.served())
    thread = next(visitor.ask("What did I spend on groceries last month?"))["thread"]
    assert visitor.answer("And in total?", thread["id"])
    for _ in range(3):
        assert titles(visitor) == [thread["id"]]
        assert kinds(visitor, thread["id"]).count("user_message") == 2
    with Client(topology.url) as stranger:
        stranger.sign_up(next(names))
        refused = stranger.chat("threads.get_by_id", thread_id=thread["id"])
        assert refused.status_code == 404
    assert workers_asked(topology, since) == {worker.port for worker in topology.workers}


def test_a_killed_worker_is_not_missed(topology: Topology, visitor: Client) -> None:
    thread_id = next(visitor.ask("hello"))["thread"]["id"]
    topology.kill(0)
    since = len(topology.nginx.served())
    for _ in range(2):
        assert titles(visitor) == [thread_id]
        assert visitor.answer("hello", thread_id)
    assert workers_asked(topology, since) == {worker.port for worker in topology.workers[1:]}

    topology.restart(0)
    since = len(topology.nginx.served())
    until(lambda: titles(visitor) == [thread_id] and len(workers_asked(topology, since)) == 3)


def test_a_worker_that_is_replaced_ends_in_order(topology: Topology, visitor: Client) -> None:
    assert topology.terminate(1) in (0, -15)
    assert titles(visitor) == []
    assert "Traceback" not in topology.workers[1].log.read_text()


def test_valkey_may_go_and_come_back(topology: Topology, visitor: Client) -> None:
    topology.valkey.stop()
    assert visitor.answer("hello")
    topology.valkey.start()
    assert visitor.answer("hello")

"""A conversation with Spendo through nginx, where each request may reach another worker."""

import signal
import time
from collections.abc import Callable, Iterator

import pytest

from spendo_process import Client
from topology import Topology

LIMIT = 20  # seconds within which what was started again is back


@pytest.fixture(scope="module")
def visitor(whole_topology: Topology) -> Iterator[Client]:
    """Somebody who has signed up, through nginx."""
    with Client(whole_topology.url) as client:
        yield client.sign_up("visitor")


def until(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not wanted():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def threads(client: Client) -> list[str]:
    listed = client.chat("threads.list", limit=20, order="desc").raise_for_status().json()
    return [thread["id"] for thread in listed["data"]]


def kinds(client: Client, thread_id: str) -> list[str]:
    opened = client.chat("threads.get_by_id", thread_id=thread_id).raise_for_status().json()
    return [item["type"] for item in opened["items"]["data"]]


def started(client: Client) -> str:
    """The id of a new thread with one answer in it."""
    first, *_ = client.ask("hello")
    return str(first["thread"]["id"])


def workers_asked(topology: Topology, since: int) -> set[int]:
    """Those that answered from this line of nginx's log on."""
    return {line.workers[-1] for line in topology.nginx.served()[since:] if line.workers}


def test_one_conversation_is_held_by_all_workers(topology: Topology, visitor: Client) -> None:
    since = len(topology.nginx.served())
    thread_id = started(visitor)
    assert visitor.answer("And in total?", thread_id)
    for _ in range(3):
        assert threads(visitor) == [thread_id]
        assert kinds(visitor, thread_id).count("user_message") == 2
    with Client(topology.url) as stranger:
        stranger.sign_up("stranger")
        refused = stranger.chat("threads.get_by_id", thread_id=thread_id)
        assert refused.status_code == 404
    assert workers_asked(topology, since) == {worker.port for worker in topology.workers}


def test_a_killed_worker_is_not_missed(topology: Topology, visitor: Client) -> None:
    thread_id = started(visitor)
    topology.kill(0)
    since = len(topology.nginx.served())
    for _ in range(2):
        assert thread_id in threads(visitor)
        assert visitor.answer("hello", thread_id)
    assert workers_asked(topology, since) == {worker.port for worker in topology.workers[1:]}

    topology.restart(0)
    since = len(topology.nginx.served())
    until(lambda: thread_id in threads(visitor) and len(workers_asked(topology, since)) == 3)


def test_valkey_may_go_and_come_back(topology: Topology, visitor: Client) -> None:
    topology.valkey.stop()
    assert visitor.answer("hello")
    topology.valkey.start()
    assert visitor.answer("hello")


def test_a_worker_that_is_replaced_ends_in_order(topology: Topology, visitor: Client) -> None:
    assert topology.terminate(1) in (0, -signal.SIGTERM)
    assert threads(visitor)
    assert "Traceback" not in topology.workers[1].log.read_text()

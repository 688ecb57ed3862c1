"""An answer through nginx, held half-way so that nothing depends on speed."""

from collections.abc import Iterator

import httpx2
import pytest

from several_machines.scripted_visitor import ScriptedVisitor, delta_of, events_of
from topology import Topology


@pytest.fixture
def visitor(
    scripted_topology: Topology, request: pytest.FixtureRequest
) -> Iterator[ScriptedVisitor]:
    with ScriptedVisitor.signed_up(scripted_topology, request.node.name) as visitor:
        yield visitor


def kinds(visitor: ScriptedVisitor, thread_id: str) -> list[str]:
    opened = visitor.chat("threads.get_by_id", thread_id=thread_id).raise_for_status().json()
    return [item["type"] for item in opened["items"]["data"]]


def test_an_answer_is_read_while_it_is_written(visitor: ScriptedVisitor) -> None:
    with visitor.asking("wait") as response:
        assert response.status_code == 200
        events = events_of(response)
        thread_id = next(events)["thread"]["id"]
        assert "two " in map(delta_of, events)
        # Half-way: whichever worker is asked has the question, and not yet the answer.
        assert [kinds(visitor, thread_id) for _ in visitor.topology.workers] == [
            ["user_message"]
        ] * len(visitor.topology.workers)
        visitor.go_on()
        assert "three." in [delta_of(event) for event in events]  # to the end: then it is stored
    assert "assistant_message" in kinds(visitor, thread_id)


def test_a_killed_worker_loses_no_question(visitor: ScriptedVisitor) -> None:
    visitor.reset_workers()
    with visitor.asking("wait") as response:
        events = events_of(response)
        thread_id = next(events)["thread"]["id"]
        assert "two " in map(delta_of, events)
        visitor.topology.kill(visitor.speaking())
        with pytest.raises(httpx2.RemoteProtocolError):
            list(events)
    assert "user_message" in kinds(visitor, thread_id)

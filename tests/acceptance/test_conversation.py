"""A conversation with one's money over real HTTP, against the real process."""

import signal
from pathlib import Path
from typing import Any

from demo_ledger import groceries_last_month
from spendo_process import Client, SpendoProcess

QUESTION = "How much did I spend on groceries last month?"


def test_the_answer_is_the_databases_figure(spendo: SpendoProcess, client: Client) -> None:
    expected = f"${groceries_last_month(spendo.database):,.2f}"
    assert expected in client.sign_in().answer(QUESTION)


def test_the_first_event_comes_before_the_answer_is_finished(prepared: Path) -> None:
    with (
        SpendoProcess(prepared, SPENDO_ANALYST_PACE_MS="20") as spendo,
        Client(spendo.url) as client,
        Client(spendo.url) as other,
    ):
        events = client.sign_in().ask("List all my transactions this year")
        thread = next(events)["thread"]
        # While the answer is still being written the server answers others, and has the question.
        other.sign_in()
        stored = other.chat("threads.get_by_id", thread_id=thread["id"]).json()["items"]["data"]
        assert [item["type"] for item in stored] == ["user_message"]
        deltas = [e for e in events if e.get("update", {}).get("type", "").endswith("text_delta")]
        assert len(deltas) > 20


def test_the_stream_says_that_it_must_not_be_buffered(client: Client) -> None:
    client.sign_in()
    body = {
        "type": "threads.create",
        "params": {
            "input": {
                "content": [{"type": "input_text", "text": QUESTION}],
                "attachments": [],
                "inference_options": {},
            }
        },
    }
    response = client.post_json("/api/chatkit/", body)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"


def test_a_thread_survives_a_restart_and_goes_on(prepared: Path) -> None:
    with SpendoProcess(prepared, SPENDO_ANALYST_PACE_MS="0") as spendo:
        with Client(spendo.url) as client:
            thread = next(client.sign_in().ask(QUESTION))["thread"]
        assert spendo.stop(signal.SIGTERM) == 0
        spendo.start()
        with Client(spendo.url) as client:
            client.sign_in()
            listed = client.chat("threads.list", limit=20, order="desc").json()["data"]
            assert [each["id"] for each in listed] == [thread["id"]]
            assert client.answer("And how much in total?", thread["id"])
            opened = client.chat("threads.get_by_id", thread_id=thread["id"]).json()
            kinds = [item["type"] for item in opened["items"]["data"]]
            assert kinds.count("user_message") == 2


def test_another_user_sees_none_of_it(spendo: SpendoProcess, client: Client) -> None:
    thread_id = next(client.sign_in().ask(QUESTION))["thread"]["id"]
    with Client(spendo.url) as stranger:
        stranger.sign_up("stranger")
        assert stranger.chat("threads.list", limit=20, order="desc").json()["data"] == []
        refusals: dict[str, dict[str, Any]] = {
            "threads.get_by_id": {},
            "items.list": {"limit": 5, "order": "desc"},
            "threads.update": {"title": "mine"},
            "threads.delete": {},
            "threads.retry_after_item": {"item_id": "msg_1"},
        }
        for type_, params in refusals.items():
            refused = stranger.chat(type_, thread_id=thread_id, **params)
            assert refused.status_code == 404, type_
            assert refused.json()["error"]["code"]
        me = client.get("/api/me/").json()
        assert stranger.get(f"/api/customuser/{me['id']}/accounts/").status_code == 404
        assert stranger.get("/api/transactions/").json()["data"] == []
    assert client.chat("threads.get_by_id", thread_id=thread_id).status_code == 200

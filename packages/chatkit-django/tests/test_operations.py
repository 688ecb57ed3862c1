"""What whoever runs the project sees of it: the probes, the metrics and the log."""

import asyncio
import json
import logging
import logging.config
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, RequestFactory
from prometheus_client import REGISTRY

from chatkit_django import operations
from chatkit_django.models import Run
from chatkit_django.observation import JsonFormatter

LOGGER = "chatkit_django.requests"


@pytest.fixture
def probes(settings, transactional_db):
    settings.ROOT_URLCONF = operations
    operations._migrations.cache_clear()
    yield Client()
    operations._migrations.cache_clear()


def sample(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


def lines(caplog):
    return [
        json.loads(JsonFormatter().format(record))
        for record in caplog.records
        if record.name == LOGGER
    ]


def test_a_process_that_answers_is_alive(probes):
    response = probes.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_a_project_with_its_tables_and_its_folder_is_ready(probes, settings, tmp_path):
    settings.BASE_DIR = tmp_path / "made" / "later"
    response = probes.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok", "migrations": "ok", "storage": "ok"},
    )


def test_a_migration_that_is_not_applied_is_not_ready(probes):
    applied = MigrationRecorder.Migration.objects.filter(app="chatkit_django")
    newest = applied.order_by("-name").first()
    newest.delete()
    response = probes.get("/readyz")
    newest.save()
    assert response.status_code == 503
    assert response.json()["migrations"] == "unavailable"
    assert probes.get("/readyz").status_code == 200


def test_what_a_broken_database_says_is_not_told(probes, monkeypatch, caplog):
    def broken():
        raise OSError("secret host db-7")

    monkeypatch.setitem(operations.PARTS, "database", broken)
    response = probes.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "unavailable"
    assert b"secret" not in response.content
    assert "secret host" in caplog.text


def test_a_folder_that_cannot_be_written_to_is_not_ready(probes, settings, monkeypatch, tmp_path):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(operations.os, "access", lambda folder, mode: False)
    assert probes.get("/readyz").json()["storage"] == "unavailable"


def test_a_storage_that_cannot_be_reached_is_not_ready(probes, monkeypatch, settings):
    def unreachable(name):
        raise OSError("no route to the bucket")

    class Bucket:
        exists = staticmethod(unreachable)

    settings.CHATKIT_ATTACHMENT_STORAGE = "bucket"
    monkeypatch.setitem(storages._storages, "bucket", Bucket())
    assert probes.get("/readyz").json()["storage"] == "unavailable"


def test_the_metrics_are_for_the_token_and_for_staff(probes, settings):
    assert probes.get("/metrics").status_code == 403
    assert probes.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 403
    settings.CHATKIT_METRICS_TOKEN = "s3cret"
    assert probes.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    scraped = probes.get("/metrics", headers={"Authorization": "Bearer s3cret"})
    assert scraped.status_code == 200
    assert b"# TYPE chatkit_requests_total counter" in scraped.content

    request = RequestFactory().get("/metrics")
    request.user = get_user_model()(is_staff=True)
    assert operations.metrics(request).status_code == 200
    request.user = get_user_model()(is_staff=False)
    assert operations.metrics(request).status_code == 403


async def test_requests_streams_and_the_store_are_counted(client_of_ada, server):
    completed = {"type": "threads.create", "outcome": "completed"}
    before = sample("chatkit_requests_total", **completed)
    answers = sample("chatkit_answer_seconds_count", type="threads.create")
    stored = sample("chatkit_store_seconds_count", operation="create_thread")
    runs = sample("chatkit_runs_total", type="threads.create", status="done")
    run_times = sample("chatkit_run_seconds_count", type="threads.create")
    waiting = asyncio.ensure_future(client_of_ada.ask("wait"))
    async with asyncio.timeout(5):
        while sample("chatkit_open_streams") != 1:  # noqa: ASYNC110  (of a thread's metrics)
            await asyncio.sleep(0.01)
    await server.started.wait()
    server.go_on.set()
    await waiting

    assert sample("chatkit_open_streams") == 0
    assert sample("chatkit_requests_total", **completed) == before + 1
    assert sample("chatkit_answer_seconds_count", type="threads.create") == answers + 1
    assert sample("chatkit_store_seconds_count", operation="create_thread") == stored + 1
    assert sample("chatkit_runs_total", type="threads.create", status="done") == runs + 1
    assert sample("chatkit_run_seconds_count", type="threads.create") == run_times + 1


async def test_a_limit_that_is_hit_is_counted_under_its_name(client_of_ada, settings):
    before = sample("chatkit_limits_hit_total", limit="message_too_long")
    settings.CHATKIT_MAX_MESSAGE_CHARS = 3
    assert (await client_of_ada.send("threads.list")).status_code == 200
    refused = await client_of_ada.send(
        "threads.create",
        input={
            "content": [{"type": "input_text", "text": "long"}],
            "attachments": [],
            "inference_options": {},
        },
    )
    assert refused.status_code == 413
    assert sample("chatkit_limits_hit_total", limit="message_too_long") == before + 1


async def test_labels_do_not_take_what_a_client_invents(client_of_ada):
    for kind in ("threads.invented", "x" * 500, "threads.list\n"):
        await client_of_ada.send(kind)
    types = {
        labelled.labels["type"]
        for metric in REGISTRY.collect()
        for labelled in metric.samples
        if "type" in labelled.labels and metric.name.startswith("chatkit_")
    }
    assert not {kind for kind in types if "invented" in kind or "x" * 9 in kind or "\n" in kind}
    assert sample("chatkit_requests_total", type="unknown", outcome="unknown_type") >= 3


async def test_one_line_for_each_request_says_who_where_and_how(client_of_ada, ada, caplog):
    caplog.set_level(logging.INFO, LOGGER)
    events = await client_of_ada.ask("my secret salary")
    thread_id = events[0]["thread"]["id"]
    await client_of_ada.read("threads.get_by_id", thread_id=thread_id)
    await client_of_ada.send("threads.get_by_id", thread_id="a b\nc")

    asked, read, missed = lines(caplog)
    assert asked["type"] == "threads.create"
    assert (asked["status"], asked["outcome"]) == (200, "completed")
    assert (asked["user_id"], asked["thread_id"]) == (str(ada.pk), thread_id)
    assert asked["run_id"] == (await Run.objects.aget()).id
    assert "run_id" not in read
    assert asked["duration_ms"] >= asked["first_event_ms"] > 0
    assert len(asked["request_id"]) == 32
    assert (read["type"], read["outcome"]) == ("threads.get_by_id", "ok")
    assert read["thread_id"] == thread_id
    assert (missed["status"], missed["outcome"]) == (404, "not_found")
    assert "thread_id" not in missed
    assert "salary" not in caplog.text + json.dumps([asked, read, missed])


async def test_an_answer_that_fails_is_logged_as_failed(client_of_ada, caplog):
    caplog.set_level(logging.INFO, LOGGER)
    await client_of_ada.ask("fail")
    assert [line["outcome"] for line in lines(caplog)] == ["failed"]


async def test_a_reader_that_leaves_is_logged_once(client_of_ada, server, caplog):
    caplog.set_level(logging.INFO, LOGGER)
    response = await client_of_ada.send("threads.create", input=WAIT)
    stream = aiter(response)
    await anext(stream)
    await stream.aclose()
    assert [line["outcome"] for line in lines(caplog)] == ["left"]
    assert sample("chatkit_open_streams") == 0


WAIT = {
    "content": [{"type": "input_text", "text": "wait"}],
    "attachments": [],
    "inference_options": {},
}


def test_a_record_of_anything_else_is_one_line_of_json_too():
    try:
        raise ValueError("broken\nin two")
    except ValueError:
        record = logging.LogRecord("x", 40, "f", 1, "it %s", ("failed",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "it failed"
    assert "broken" in json.loads(line)["exception"]


def test_without_prometheus_client_nothing_is_counted_and_everything_works():
    code = """
import sys
sys.modules["prometheus_client"] = None
from chatkit_django import metrics, observation
assert metrics.METRICS is None
with metrics.store_time("save_item"):
    pass
seen = observation.begin("r", "threads.list", {})
seen.stream_opened(); seen.part_sent(b"x"); seen.stream_completed(); seen.stream_ended()
print(seen.outcome)
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.split() == ["completed"]

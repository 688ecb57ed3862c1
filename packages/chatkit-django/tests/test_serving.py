"""``manage.py chatkit_serve``: what it says when it cannot, and what it sets when it can."""

import os
import signal
import socket
import time
from importlib import util

import httpx2
import pytest
from django.core.management import CommandError, call_command

from chatkit_django import serving
from tests.live import served_by

HERE = "tests.asgi:short_way"


@pytest.fixture(autouse=True)
def nothing_is_served(monkeypatch, db):
    """What is refused is refused before a server is made; signals stay as they are."""

    def nothing(*given):
        raise AssertionError("it would be served")

    monkeypatch.setattr(serving, "_config", nothing)
    monkeypatch.setattr(serving.signal, "signal", lambda number, handler: None)
    monkeypatch.setenv("WEB_CONCURRENCY", "1")


def test_a_port_in_use_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use"):
            call_command("chatkit_serve", HERE, port=port)


def test_a_host_of_another_machine_is_named():
    with pytest.raises(CommandError, match=r"192\.0\.2\.1 is no address of this machine"):
        call_command("chatkit_serve", HERE, host="192.0.2.1")


@pytest.mark.parametrize("port", ["0", "70000", "eighty", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="is no number from 1 to 65535"):
        call_command("chatkit_serve", HERE, f"--port={port}")


@pytest.mark.parametrize("workers", ["0", "two", "-1"])
def test_a_number_of_workers_that_is_none_is_refused(workers):
    with pytest.raises(CommandError, match="is no whole number of at least 1"):
        call_command("chatkit_serve", HERE, f"--workers={workers}")


@pytest.mark.parametrize("workers", ["0", "two", "-1"])
def test_so_is_one_of_the_environment(workers, monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", workers)
    with pytest.raises(CommandError, match="WEB_CONCURRENCY must be a whole number"):
        call_command("chatkit_serve", HERE, port=free_port())


def test_the_extra_is_named_that_is_missing(monkeypatch):
    monkeypatch.setattr(
        serving, "find_spec", lambda name: None if name == "uvloop" else util.find_spec(name)
    )
    with pytest.raises(CommandError, match=r"uvloop must be installed.*chatkit-django\[server\]"):
        call_command("chatkit_serve", HERE, port=free_port())


@pytest.mark.parametrize("path", ["nowhere.asgi:app", "tests.asgi:nothing", "tests.nowhere"])
def test_an_application_that_is_not_there_is_named(path):
    with pytest.raises(CommandError, match=f"no ASGI application at {path}"):
        call_command("chatkit_serve", path, port=free_port())


def test_what_an_application_lacks_is_not_taken_for_the_application(tmp_path, monkeypatch):
    (tmp_path / "lacking.py").write_text("import not_installed_anywhere\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="not_installed_anywhere"):
        call_command("chatkit_serve", "lacking:application", port=free_port())


def test_djangos_own_application_is_served_with_a_warning(caplog):
    with pytest.raises(AssertionError, match="it would be served"):
        call_command("chatkit_serve", "tests.asgi:application", port=free_port())
    assert "get_chatkit_application" in caplog.text


@pytest.mark.parametrize("named", ["shop.asgi.application", "shop.asgi:application"])
def test_the_settings_name_the_application(named, settings):
    settings.ASGI_APPLICATION = named
    assert serving.default_application() == "shop.asgi:application"


def test_without_that_it_is_beside_the_urls(settings):
    settings.ASGI_APPLICATION = None
    assert serving.default_application() == "tests.asgi:application"
    settings.ROOT_URLCONF = "chatkit_django.runs.urls"
    with pytest.raises(serving.CannotServe, match="names no ASGI application"):
        serving.default_application()


def test_a_worker_that_dies_is_replaced(transactional_db):
    with served_by("chatkit_serve, two workers") as server:
        dead = processes_of(server)
        assert server.process.pid not in dead
        for process in dead:
            os.kill(process, signal.SIGKILL)
        assert not dead & processes_of(server)


def test_one_process_is_the_one_that_was_started(transactional_db):
    with served_by("chatkit_serve") as server:
        assert server.of_one_process()["process"] == server.process.pid


def test_the_answers_name_no_software(transactional_db):
    with served_by("chatkit_serve") as server:
        answer = httpx2.get(f"http://127.0.0.1:{server.port}/chatkit/")
    assert answer.status_code == 200
    assert "server" not in answer.headers


def processes_of(server):
    """The ids of its two workers, each found by asking until both have answered."""
    found = set()
    deadline = time.monotonic() + 30
    while len(found) < 2:
        assert time.monotonic() < deadline, found
        try:
            found.add(server.of_one_process()["process"])
        except httpx2.TransportError:
            time.sleep(0.05)
    return found


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]

"""`make run` as a newcomer meets it."""

import os
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from spendo_process import ROOT, SERVE, Client, SpendoProcess, clean_environment

MAKE = ["make", "--no-print-directory", "run"]


def test_make_run_serves_the_page_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with SpendoProcess(tmp_path, MAKE) as spendo:
        page = httpx2.get(spendo.url)
        assert page.status_code == 200
        assert '<div id="root">' in page.text
        assert f"Spendo is at {spendo.url}" in spendo.output
        assert "demo with the password demo" in spendo.output
        spendo.stop(signal.SIGINT)
        assert "Traceback" not in spendo.output
        assert "Stopped." in spendo.output
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", spendo.port)) != 0, "the port is still served"
    assert spendo.database.exists()


def test_the_server_ends_without_an_error_with_ctrl_c(prepared: Path) -> None:
    """With SIGTERM it does in the test of a restart."""
    with SpendoProcess(prepared) as spendo:
        assert spendo.stop(signal.SIGINT) == 0


def test_several_processes_answer_and_end_together(prepared: Path) -> None:
    with SpendoProcess(prepared, WEB_CONCURRENCY="2", SPENDO_ANALYST_PACE_MS="4") as spendo:
        with Client(spendo.url) as client:
            asked = client.sign_in().begin("How much did I spend on groceries last month?")
            run_id = asked.headers["ChatKit-Run"]
            # So many new connections reach both of them; one has to find the run of the other.
            with ThreadPoolExecutor(8) as pool:
                read = list(pool.map(lambda _: followed(spendo.url, client, run_id), range(8)))
            assert set(read) == {asked.read().replace(b":\n\n", b"")}
            assert read[0].endswith(b": end\n\n")
            asked.close()
        assert spendo.stop() == 0
        assert "Stopped." in spendo.output
        assert "Traceback" not in spendo.output


def followed(url: str, client: Client, run_id: str) -> bytes:
    """All of a run, over a connection of its own; without heartbeats."""
    cookies = dict(client.cookies)
    with httpx2.Client(base_url=url, cookies=cookies, timeout=60) as other:
        return other.get("/api/chatkit/", params={"run": run_id}).content.replace(b":\n\n", b"")


def test_sigterm_to_make_alone_ends_the_server_too(prepared: Path) -> None:
    with SpendoProcess(prepared, MAKE) as spendo:
        os.kill(spendo.process.pid, signal.SIGTERM)
        spendo.process.wait(timeout=30)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", spendo.port)) != 0


def test_the_server_is_on_loopback_only(spendo: SpendoProcess) -> None:
    needle = f":{spendo.port:04X}"
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[1].endswith(needle) and line.split()[3] == "0A"
    ]
    assert listening == [f"0100007F{needle}"]


@pytest.mark.parametrize("port", ["0", "70000", "eighty", "-1", ""])
def test_a_port_that_is_none_is_refused_in_words(port: str, tmp_path: Path) -> None:
    done = subprocess.run(
        SERVE,
        cwd=ROOT,
        env=clean_environment(PORT=port, SPENDO_DATA=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "PORT must be a number" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            SERVE,
            cwd=ROOT,
            env=clean_environment(PORT=str(taken.getsockname()[1]), SPENDO_DATA=str(tmp_path)),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert "is in use" in done.stderr

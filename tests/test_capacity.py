"""The page of capacity shows what its script prints, and the formulas hold on easy numbers."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "bench" / "capacity.py"


@pytest.fixture(scope="module")
def capacity() -> ModuleType:
    spec = importlib.util.spec_from_file_location("capacity", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["capacity"] = module  # where a dataclass looks for its module
    spec.loader.exec_module(module)
    return module


def test_the_page_shows_what_the_script_prints() -> None:
    printed = subprocess.run(
        [sys.executable, SCRIPT], capture_output=True, text=True, check=True
    ).stdout
    page = (ROOT / "docs" / "capacity.md").read_text()
    shown = page.partition("<!-- bench/capacity.py -->\n")[2].partition("<!-- end -->")[0]
    assert shown == printed, "write into docs/capacity.md what bench/capacity.py prints"


def test_the_formulas_on_numbers_that_are_easily_reckoned(capacity: ModuleType) -> None:
    given = capacity.chosen([]) | {
        "messages_per_user": 36, "busiest_hour": 0.1, "burst": 1, "answer_seconds": 10,
        "answer_events": 100, "readers": 2, "pages_per_message": 0, "frame_bytes": 100,
        "event_us": 100, "begin_us": 0, "worker_load": 0.5, "log_seconds": 95,
        "flush_seconds": 1, "valkey_entry_bytes": 0, "connections_per_worker": 4,
    }  # fmt: skip
    # A thousand users write 3,600 messages in the busiest hour: one a second.
    needs = capacity.needs(1000, given)
    assert needs["messages_s"] == pytest.approx(1)
    assert needs["runs"] == pytest.approx(10)
    assert needs["streams"] == pytest.approx(20)
    assert needs["events_s"] == pytest.approx(200)
    assert needs["traffic_mbit"] == pytest.approx(0.16)
    assert needs["cpu"] == pytest.approx(0.02)
    assert needs["workers"] == 2
    assert needs["connections"] == 8
    assert needs["logged_runs"] == pytest.approx(100)
    assert needs["log_rows"] == pytest.approx(1000)
    assert needs["log_valkey_mb"] == pytest.approx(1)


def test_every_number_is_shown_and_used(capacity: ModuleType) -> None:
    given = capacity.chosen([])
    before = capacity.needs(1_000_000, given)
    assert set(capacity.SHOWN) <= set(before)
    for name, value in given.items():
        after = capacity.needs(1_000_000, given | {name: value * 3})
        assert after != before, f"{name} changes nothing"


@pytest.mark.parametrize("argument", ["nothing=1", "burst=many", "burst"])
def test_a_wrong_argument_is_said_in_words(argument: str) -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, argument], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "input" in done.stderr or "must be a number" in done.stderr
    assert "Traceback" not in done.stderr

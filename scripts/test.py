"""What `make test`, `make check`, `make e2e`, `make record` and `make bench` run.

.venv/bin/python scripts/test.py all|check|e2e|record|bench
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MACHINES = "tests/several_machines"
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
PLUGINS = ROOT / "scripts" / "plugins"
PYTEST = (PYTHON, "-m", "pytest", "-q", "-p", "collector")
# Much of these tests is waiting: for processes, disks, leases, a browser.
IN_THREE = (*PYTEST, "-n", "3", "--dist", "worksteal")
IN_TWO = (*PYTEST, "-n", "2")
# What is tested there does not turn on the database: processes that start and end, files and what
# their bytes say, signatures, imports. Once is enough.
WHATEVER_THE_DATABASE = (
    "test_batches.py",
    "test_chatkit_check.py",
    "test_deletion_thread.py",
    "test_frames.py",
    "test_going_down.py",
    "test_imports.py",
    "test_lifespan.py",
    "test_mirrors.py",
    "test_readme.py",
    "test_real_server.py",
    "test_s3.py",
    "test_serving.py",
    "test_stop_signals.py",
    "test_tokens.py",
    "test_uploads.py",
    "test_wire_conformance.py",
)
# How the analyst reads and words, what a model is told and what becomes of its words, and what the
# demo household does are the same over any database, too.
WHATEVER_SPENDOS_DATABASE = (
    "assistant/analyst",
    "assistant/test_aimock.py",
    "assistant/test_choices.py",
    "assistant/test_entry.py",
    "assistant/test_guarded_run.py",
    "assistant/test_network_guard.py",
    "assistant/test_openai.py",
    "assistant/test_providers.py",
    "assistant/test_session_api.py",
    "assistant/test_tools_reference.py",
    "assistant/test_workflow.py",
    "ledger/test_demo.py",
)
# What only reckons: who watches how long a process takes goes first.
BEHIND = ("nice", "-n", "15")
# PostgreSQL and Valkey for the time of one command, one pair for each.
WITH_SERVICES = (PYTHON, str(ROOT / "scripts" / "services.py"), "--")
WORKSPACES = ("chatkit-element", "spendo-frontend")
PACKAGE = ROOT / "packages" / "chatkit-django"
BACKEND = ROOT / "spendo" / "backend"
TYPED = (
    *("spendo/backend", "packages/chatkit-django/src", "scripts", "tests", "e2e", "examples"),
    "bench/spendobench",
)
AT_ONCE = 3
BENCHES = (
    "bench/stream.py",
    "bench/store.py",
    "bench/logs.py",
    "bench/cuts.py",
    "bench/partials.py",
    "bench/element.py",
    "bench/element_threads.py",
    "bench/ledger.py",
    "bench/imports.py",
    "-m bench.spendobench --write",
)


def without(folder: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """What to tell pytest, which says nothing of a path that is not there."""
    for path in paths:
        if not (folder / "tests" / path).exists():
            sys.exit(f"scripts/test.py leaves out tests/{path} of {folder.name}: it is not there.")
    return tuple(f"--ignore=tests/{path}" for path in paths)


@dataclass(frozen=True)
class Task:
    """A command that passes or fails; what it says is shown when it fails."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


# Ten processes of the suites would compile the same libraries beside each other: one does before.
COMPILED = Task("What Python compiles", (*PYTEST, "--collect-only"), BACKEND)
CHECKS = [  # the longest first
    Task("mypy", (str(BIN / "mypy"), *TYPED)),
    *(
        Task(f"{workspace} {script}", (*BEHIND, "npm", "run", "--silent", script, "-w", workspace))
        for script in ("test", "lint", "typecheck")
        for workspace in WORKSPACES
    ),
    Task("ruff", (str(BIN / "ruff"), "check", ".")),
    Task("ruff format", (str(BIN / "ruff"), "format", "--check", ".")),
    Task("import rules", (str(BIN / "lint-imports"),)),
]
SUITES = [  # what waits much beside what reckons much
    Task(
        "chatkit-django on PostgreSQL and Valkey",
        (*WITH_SERVICES, *IN_THREE, *without(PACKAGE, WHATEVER_THE_DATABASE)),
        PACKAGE,
    ),
    Task("Spendo on SQLite", (*BEHIND, *IN_THREE), BACKEND),
    Task("The repository and the real process", (*PYTEST, "tests", "--ignore", MACHINES)),
    Task("chatkit-django on SQLite", IN_THREE, PACKAGE),
    Task(
        "Spendo on PostgreSQL and Valkey",
        (
            *(*BEHIND, *WITH_SERVICES, *IN_TWO),
            *("--only-database", *without(BACKEND, WHATEVER_SPENDOS_DATABASE)),
        ),
        BACKEND,
    ),
    Task("Several machines", (*PYTEST, MACHINES)),
]
# Beside the suites a browser has too little of the machine to be watched.
BROWSER = Task("In a real browser", (*IN_THREE, "e2e"))


def environment() -> dict[str, str]:
    """The environment of every task, without what could reach a provider or a real database.

    What Python has compiled is kept beside the tools: a hundred processes of these tests would
    each compile every library anew, which is half of the time that they take to start.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OPENAI_", "ANTHROPIC_", "SPENDO_", "VITE_", "CHATKIT_"))
        and name != "PYTHONDONTWRITEBYTECODE"
    }
    return kept | {
        "PYTHONPYCACHEPREFIX": str(ROOT / ".tools" / "compiled"),
        "PYTHONPATH": str(PLUGINS),
    }


def run_task(task: Task) -> tuple[Task, float, int, str]:
    started = time.monotonic()
    variables = environment()
    if task in CHECKS:
        variables["PYTHONPATH"] = str(BACKEND)
    done = subprocess.run(
        task.command,
        cwd=task.folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return task, time.monotonic() - started, done.returncode, done.stdout.strip()


def run_tasks(tasks: Sequence[Task]) -> bool:
    """Run the tasks, a few at a time, and say each one's result; True when all passed."""
    passed = True
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        for future in as_completed([pool.submit(run_task, task) for task in tasks]):
            task, seconds, code, output = future.result()
            result = "FAILED" if code else "ok"
            count = output.rsplit("\n", 1)[-1] if task in (*SUITES, BROWSER) else ""
            print(f"  {task.name:<44}{result:<8}{seconds:6.1f} s  {count}", flush=True)
            if code:
                passed = False
                print(output, flush=True)
    return passed


def run_pytest(title: str, *arguments: str) -> bool:
    """Run pytest with its own words on the screen."""
    print(f"\n{title}", flush=True)
    command = [*PYTEST, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode == 0


def run_checks() -> bool:
    return run_tasks(CHECKS)


def run_e2e() -> bool:
    return run_pytest("In a real browser", "e2e")


def run_all() -> bool:
    print("Checks and suites:", flush=True)
    # Every part runs even when an earlier one failed: one run shows all that is wrong.
    results = [run_tasks(tasks) for tasks in ([COMPILED, *CHECKS], SUITES, [BROWSER])]
    return all(results)


def record() -> bool:
    """Write the recordings anew; a test compares them byte for byte afterwards."""
    command = [PYTHON, "-m", "tests.record"]
    return subprocess.run(command, cwd=PACKAGE, env=environment(), check=False).returncode == 0


def bench() -> bool:
    variables = environment() | {"PYTHONPATH": "scripts"}
    commands = [[PYTHON, *bench.split()] for bench in BENCHES]
    results = [
        subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode == 0
        for command in commands
    ]
    return all(results)


PARTS = {
    "all": run_all,
    "check": run_checks,
    "e2e": run_e2e,
    "record": record,
    "bench": bench,
}


def main() -> int:
    part = PARTS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if part is None:
        print(__doc__, file=sys.stderr)
        return 2
    return 0 if part() else 1


if __name__ == "__main__":
    sys.exit(main())

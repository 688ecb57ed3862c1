"""What `make test`, `make check`, `make e2e`, `make record` and `make bench` run.

.venv/bin/python scripts/test.py all|check|e2e|record|bench
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from services import services

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTEST = (str(BIN / "python"), "-m", "pytest", "-q")
WORKSPACES = ("chatkit-element", "spendo-frontend")
PACKAGE = ROOT / "packages" / "chatkit-django"
BACKEND = ROOT / "spendo" / "backend"
TYPED = ("spendo/backend", "packages/chatkit-django/src", "scripts", "tests", "e2e", "examples")

Check = tuple[str, tuple[str, ...]]
CHECKS: list[Check] = [
    ("ruff", (str(BIN / "ruff"), "check", ".")),
    ("ruff format", (str(BIN / "ruff"), "format", "--check", ".")),
    ("import rules", (str(BIN / "lint-imports"),)),
    ("mypy", (str(BIN / "mypy"), *TYPED)),
    *(
        (f"{workspace} {script}", ("npm", "run", "--silent", script, "-w", workspace))
        for script in ("lint", "typecheck", "test")
        for workspace in WORKSPACES
    ),
]


def environment() -> dict[str, str]:
    """The environment of every check, without what could reach a provider or a real database."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OPENAI_", "ANTHROPIC_", "SPENDO_", "VITE_", "CHATKIT_"))
    }
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def run_check(check: Check) -> tuple[str, float, int, str]:
    name, command = check
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment() | {"PYTHONPATH": str(BACKEND)},
        capture_output=True,
        text=True,
        check=False,
    )
    return name, time.monotonic() - started, done.returncode, done.stdout + done.stderr


def run_checks() -> bool:
    """Run all checks, two at a time, and say each one's result; True when all passed."""
    passed = True
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, seconds, code, output in pool.map(run_check, CHECKS):
            print(f"  {name:<44}{'ok' if code == 0 else 'FAILED'}  {seconds:.1f} s", flush=True)
            if code:
                passed = False
                print(output, flush=True)
    return passed


def run_pytest(title: str, folder: Path, *arguments: str, **variables: str) -> bool:
    print(f"\n{title}", flush=True)
    command = [*PYTEST, *arguments]
    return (
        subprocess.run(command, cwd=folder, env=environment() | variables, check=False).returncode
        == 0
    )


def run_engines() -> bool:
    """Both Python suites on real PostgreSQL and Valkey."""
    with services() as urls:
        package = run_pytest("chatkit-django on PostgreSQL", PACKAGE, **urls)
        product = run_pytest("Spendo on PostgreSQL and Valkey", BACKEND, **urls)
    return package and product


def run_e2e() -> bool:
    return run_pytest("In a real browser", ROOT, "e2e")


def run_all() -> bool:
    print("Checks:", flush=True)
    # Every part runs even when an earlier one failed: one run shows all that is wrong.
    results = [
        run_checks(),
        run_engines(),
        run_pytest("chatkit-django on SQLite", PACKAGE),
        run_pytest("Spendo on SQLite", BACKEND),
        run_pytest("The repository, the real process, the real browser", ROOT, "tests", "e2e"),
    ]
    return all(results)


def record() -> bool:
    """Write the recordings anew; a test compares them byte for byte afterwards."""
    command = [str(BIN / "python"), "-m", "tests.record"]
    return subprocess.run(command, cwd=PACKAGE, env=environment(), check=False).returncode == 0


def bench() -> bool:
    command = [str(BIN / "python"), "bench/stream.py"]
    variables = environment() | {"PYTHONPATH": "scripts"}
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode == 0


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

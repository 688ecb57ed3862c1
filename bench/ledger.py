"""Reading a ledger takes as long however many transactions it has.

    PYTHONPATH=scripts .venv/bin/python bench/ledger.py [--engine sqlite] [--lengths 1000 100000]

Each database lies in a temporary folder and is gone afterwards. Prints the tables for
bench/ledger.md: the median time of each call in each ledger, and the ratios of the medians to the
first one's, from calls that were made in turn.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services import postgres

BENCH = Path(__file__).resolve().parent
BACKEND = BENCH.parent / "spendo" / "backend"
GOALS = {100_000: 1.5, 1_000_000: 5.0}


@contextmanager
def database(engine: str) -> Iterator[dict[str, str]]:
    """The settings of an empty database."""
    with tempfile.TemporaryDirectory(prefix="spendo-bench-") as folder:
        if engine == "sqlite":
            url = f"sqlite:///{folder}/ledger.sqlite3"
            yield {"SPENDO_DATABASE_URL": url, "SPENDO_DATA": folder}
        else:
            with postgres() as url:
                yield {"SPENDO_DATABASE_URL": url, "SPENDO_DATA": folder}


def measure(engine: str, rounds: int, lengths: list[int]) -> Iterator[dict[str, Any]]:
    with (
        database(engine) as variables,
        subprocess.Popen(
            [sys.executable, "-m", "workers.reads", str(rounds), *map(str, lengths)],
            env=os.environ | variables | {"PYTHONPATH": f"{BENCH}{os.pathsep}{BACKEND}"},
            cwd=BACKEND,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        raise SystemExit(process.returncode)


def print_head(name: str, lengths: list[int]) -> None:
    heads = [name, f"{lengths[0]:,}"]
    heads += [head for length in lengths[1:] for head in (f"{length:,}", "ratio")]
    print("\n| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")


def print_row(name: str, times: dict[str, list[float]], lengths: list[int]) -> None:
    middles = [statistics.median(times[str(length)]) for length in lengths]
    cells = [f"{middles[0] * 1000:.1f}"]
    for length, middle in zip(lengths[1:], middles[1:], strict=True):
        ratio = middle / middles[0]
        mark = "**" if ratio <= GOALS.get(length, 5.0) else ""
        cells += [f"{middle * 1000:.1f}", f"{mark}{ratio:.2f}{mark}"]
    print("| " + " | ".join([name, *cells]) + " |", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    asked.add_argument("--lengths", type=int, nargs="+", default=[1_000, 100_000])
    asked.add_argument("--rounds", type=int, default=15)
    chosen = asked.parse_args()
    for engine in chosen.engine or ["sqlite", "postgresql"]:
        kind = ""
        for found in measure(engine, chosen.rounds, chosen.lengths):
            if "prepared" in found:
                print(f"<!-- {engine}: the first read took {found['prepared']:.2f} s -->")
                continue
            if found["kind"] != kind:
                kind = found["kind"]
                print_head(f"{engine}, ms", chosen.lengths)
            print_row(found["call"], found["times"], chosen.lengths)


if __name__ == "__main__":
    main()

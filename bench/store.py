"""Two goals of the store: a page costs the same however long the thread is (G9), and a list of
threads is many times as fast as a peer's, Chainlit's SQLAlchemy layer (G13).

    PYTHONPATH=scripts .venv/bin/python bench/store.py [ITEMS]

It is a part of `make bench`. ITEMS is how many the longest thread has, 1,000,000 if nothing is
said. Each database lies in a temporary folder and is gone before the next one is made. Prints the
tables for bench/store.md.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from services import postgres
from setup import TOOLS, UV, SetupError, fingerprint, run, step
from workers.conversation import Script

BENCH = Path(__file__).resolve().parent
LOCK = BENCH.parent / "requirements" / "chainlit.txt"
CHAINLIT = TOOLS / "chainlit"
ROUNDS = 5
MOST = 1_000_000
THREADS, ITEMS, PAGE = 1_000, 20, 20
Found = dict[tuple[str, str], dict[str, list[tuple[float, float]]]]


class Worker:
    """A process that does what it is asked and says how long it took."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, **what: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args} ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def worker(python: Path, module: str, *arguments: object, **variables: str) -> Iterator[Worker]:
    # Chainlit writes into the folder it is started in.
    with (
        tempfile.TemporaryDirectory(prefix="spendo-bench-") as folder,
        subprocess.Popen(
            [str(python), "-m", f"workers.{module}", *map(str, arguments)],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(BENCH)} | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        try:
            yield Worker(process)
        finally:
            process.terminate()


def django_worker(module: str, url: str, *arguments: object) -> AbstractContextManager[Worker]:
    settings = {"BENCH_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "servers.ours.settings"}
    path = os.pathsep.join([str(BENCH), os.environ.get("PYTHONPATH", "")])
    return worker(Path(sys.executable), module, *arguments, PYTHONPATH=path, **settings)


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="spendo-bench-") as folder:
        yield f"sqlite:///{folder}/store.sqlite3"


DATABASES: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "SQLite": sqlite,
    "PostgreSQL": postgres,
}


def measure_pages(most: int) -> Found:
    """For each kind of place and call, by database, the seconds in the small place and in the
    large one, of each round."""
    found: Found = defaultdict(lambda: defaultdict(list))
    for name, database in DATABASES.items():
        with database() as url, django_worker("pages", url, most) as asked:
            for number in range(ROUNDS):
                answer = asked.ask()
                if number == 0:
                    print(f"  {name}: {answer['bytes'] / 1e6:,.0f} MB", file=sys.stderr)
                for place, calls in answer["seconds"].items():
                    for call, (small, large) in calls.items():
                        found[place, call][name].append((small, large))
    return found


def print_pages(found: Found) -> None:
    print_head(["in", "call"], [f"{name}, ms | ratio | rounds" for name in DATABASES])
    for (place, call), by_database in found.items():
        cells = [place, call]
        for pairs in by_database.values():
            small, large = (statistics.median(one) * 1e3 for one in zip(*pairs, strict=True))
            cells.append(f"{small:.2f} → {large:.2f}")
            cells += ratio_cells([large / small for small, large in pairs], ".2f")
        print("| " + " | ".join(cells) + " |")


def print_head(names: list[str], groups: list[str]) -> None:
    print("\n| " + " | ".join([*names, *groups]) + " |")
    print("|---" * (len(names) + 3 * len(groups)) + "|")


def ratio_cells(rounds: list[float], form: str) -> list[str]:
    """The median of what the rounds gave, and the least and the most: what makes a machine slower
    from one round to the next is the same for both sides of one round."""
    return [
        f"**{statistics.median(rounds):{form}}**",
        f"{min(rounds):{form}}–{max(rounds):{form}}",
    ]


def install_chainlit() -> None:
    """Into an environment of its own: its versions and ours exclude each other."""
    python = CHAINLIT / "bin" / "python"

    def install() -> None:
        run(UV, "venv", "--quiet", "--clear", "--python", sys.executable, CHAINLIT)
        sync = ("pip", "sync", "--quiet", "--require-hashes", LOCK)
        run(UV, *sync, VIRTUAL_ENV=str(CHAINLIT))

    step("Chainlit", "chainlit", fingerprint([LOCK], sys.executable), python, install)


# Who lists threads, what it is asked for, and how often in a row.
LISTS = {
    "Chainlit, tables as documented": ("peer", {"layer": "documented"}, 1),
    "Chainlit, with indexes added": ("peer", {"layer": "indexed"}, 1),
    "`load_threads`": ("ours", {"way": "load_threads"}, 30),
    "`threads_json`": ("ours", {"way": "threads_json"}, 30),
    "`load_threads`, then `thread_json` of each": ("ours", {"way": "with items"}, 10),
}


def measure_lists() -> dict[str, dict[str, list[float]]]:
    """By list and place, the median seconds of each round."""
    newest_first = [one.id for one in Script(1).conversations(THREADS, ITEMS)][::-1]
    places = {"first page": 0, "at half": THREADS // 2}
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with (
        tempfile.TemporaryDirectory(prefix="spendo-bench-") as folder,
        worker(CHAINLIT / "bin" / "python", "peer", folder, THREADS, ITEMS) as peer,
        sqlite() as url,
        django_worker("ours", url, THREADS, ITEMS) as us,
    ):
        workers = {"peer": peer, "ours": us}
        for number in range(ROUNDS):
            for place, start in places.items():
                texts = []
                for name in list(LISTS) if number % 2 == 0 else reversed(LISTS):
                    who, what, times = LISTS[name]
                    after = newest_first[start - 1] if start else None
                    answer = workers[who].ask(first=PAGE, after=after, times=times, **what)
                    if answer["threads"] != newest_first[start : start + PAGE]:
                        raise RuntimeError(f"{name}: another page than the others'")
                    texts += [answer["texts"]] if answer["texts"] else []
                    found[name][place].append(statistics.median(answer["seconds"]))
                if any(one != other for one, other in pairwise(texts)):
                    raise RuntimeError("not all have stored the same")
    return found


def print_lists(found: dict[str, dict[str, list[float]]]) -> None:
    base, *_ = found.values()
    print_head(["list"], [f"{place}, ms | as fast | rounds" for place in base])
    for name, by_place in found.items():
        cells = [name]
        for place, seconds in by_place.items():
            cells.append(f"{statistics.median(seconds) * 1e3:.2f}")
            rounds = zip(base[place], seconds, strict=True)
            cells += ratio_cells([other / own for other, own in rounds], ",.0f")
        print("| " + " | ".join(cells) + " |")


def main() -> int:
    print("The store:", flush=True)
    print_pages(measure_pages(int(sys.argv[1]) if len(sys.argv) > 1 else MOST))
    print(flush=True)
    try:
        install_chainlit()
    except SetupError as error:  # the other tables are right without it
        print(f"\n{error}", file=sys.stderr)
        return 1
    print_lists(measure_lists())
    return 0


if __name__ == "__main__":
    sys.exit(main())

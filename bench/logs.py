"""What a token costs in each event log, beside what it costs in the process alone.

    PYTHONPATH=scripts .venv/bin/python bench/logs.py

50 runs say 200 tokens each, 50 a second. Whoever publishes them appends for all runs at once: every
20 ms to Valkey, every 250 ms to the database; here one call follows the other without the pauses
between. All rounds go through the logs in turn. Prints the table for bench/README.md.
"""

import statistics
import sys
from collections import defaultdict
from contextlib import ExitStack

from services import postgres, valkey
from store import Worker, django_worker, sqlite

ROUNDS = 5
A_SECOND = 50  # tokens of a run
OFTEN, SELDOM = round(A_SECOND * 0.020), round(A_SECOND * 0.250)
BASE = "process, each event by itself"
Found = dict[str, dict[str, list[float]]]


def measure() -> Found:
    with ExitStack() as stack:
        logs = started(stack)
        found: Found = {name: defaultdict(list) for name in logs}
        for number in range(ROUNDS + 1):
            for name in list(logs) if number % 2 == 0 else reversed(logs):
                asked, size = logs[name]
                answer = asked.ask(size=size)
                for what, amount in answer.items():
                    if number:  # the first one warms up
                        found[name][what].append(amount)
    return found


def started(stack: ExitStack) -> dict[str, tuple[Worker, int]]:
    """The logs by name, and of how many tokens of a run a part is."""

    def worker(place: str, database: str | None = None) -> Worker:
        url = database or stack.enter_context(sqlite())
        return stack.enter_context(django_worker("log", url, place))

    cache = stack.enter_context(valkey())
    on_postgres = stack.enter_context(postgres(durable=True))
    return {
        BASE: (worker("process"), OFTEN),
        "Valkey, every 20 ms": (worker(cache), OFTEN),
        "database, every 250 ms, SQLite": (worker("database"), SELDOM),
        "database, every 250 ms, PostgreSQL": (worker("database", on_postgres), SELDOM),
    }


def print_costs(found: Found) -> None:
    print("\n| log | append | × process | read | server, both | bytes written | bytes kept |")
    print("|---|---|---|---|---|---|---|")
    base = found[BASE]["append"]
    for name, costs in found.items():
        middle = {what: statistics.median(amounts) for what, amounts in costs.items()}
        ratios = [own / other for own, other in zip(costs["append"], base, strict=True)]
        row = [
            name,
            f"{middle['append']:.2f}",
            f"**{statistics.median(ratios):.1f}** ({min(ratios):.1f}–{max(ratios):.1f})",
            f"{middle['read']:.2f}",
            f"{middle['server']:.2f}",
            f"{middle['written']:.0f}",
            f"{middle['kept']:.0f}",
        ]
        print("| " + " | ".join(row) + " |")


def main() -> int:
    print("The event logs, for each token, in µs of CPU:", flush=True)
    print_costs(measure())
    return 0


if __name__ == "__main__":
    sys.exit(main())

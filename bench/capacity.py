"""What Spendo would need for so many daily users: the arithmetic of docs/capacity.md.

    .venv/bin/python bench/capacity.py [NAME=VALUE …]    # e.g. messages_per_user=20

prints the two tables of that page: the inputs, and what follows from them. Each input says where it
comes from; a formula is one line of `needs`.
"""

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass

DAILY_USERS = (10_000, 1_000_000)
DAY, HOUR = 86_400, 3_600


@dataclass(frozen=True)
class Input:
    """A number, its unit, and its kind: assumed, set (what it is by default), counted in the code,
    or measured."""

    name: str
    value: float
    unit: str
    kind: str
    source: str


INPUTS = (
    Input("messages_per_user", 10, "per user and day", "assumed", "a question, and nine more"),
    Input("busiest_hour", 0.15, "of a day", "assumed", "share of a day's messages"),
    Input("burst", 2, "×", "assumed", "worst minute of that hour against its mean"),
    Input("answer_seconds", 15, "s", "assumed", "200 deltas at 75 ms"),
    Input("answer_events", 207, "events", "assumed", "200 deltas and what is around them"),
    Input("readers", 1.1, "per answer", "assumed", "one in ten is followed from a second tab"),
    Input("pages_per_message", 3, "requests", "assumed", "lists, an opened thread, the CSRF token"),
    Input(
        "stored_bytes", 4_000, "bytes", "assumed", "a message, its answer, the run; with indexes"
    ),
    Input(
        "threads_per_user_day", 2, "per user and day", "assumed", "the other messages go on in one"
    ),
    Input("kept_days", 365, "days", "assumed", "what chatkit_prune leaves"),
    Input("worker_load", 0.5, "of a core", "assumed", "so that one of two may fail"),
    Input("flush_seconds", 0.25, "s", "set", "how often a worker writes its runs' events"),
    Input("log_seconds", 300, "s", "set", "CHATKIT_RUN_LOG_SECONDS"),
    Input("lease_seconds", 30, "s", "set", "CHATKIT_LEASE_SECONDS, renewed six times in it"),
    Input("connections_per_worker", 4, "connections", "set", "the pool, CHATKIT_DATABASE_THREADS"),
    Input("frame_bytes", 206, "bytes", "measured", "a delta of four words on the wire"),
    Input("event_us", 60, "µs of CPU", "measured", "bench: a paced event, all of the stream"),
    Input("page_us", 250, "µs of CPU", "measured", "bench: a list on PostgreSQL"),
    Input("begin_us", 2_400, "µs of CPU", "measured", "bench: what a stream costs once"),
    Input("stream_kib", 45, "KiB", "measured", "bench: memory of one open stream"),
    Input("worker_mib", 135, "MiB", "measured", "the test project's worker that serves nobody"),
    Input("commits_per_message", 3, "commits", "counted", "the beginning, the answer, the end"),
    Input("rows_per_message", 9, "rows", "counted", "thread 2, run 2, items 2, counter 1, slot 2"),
    Input("log_row_bytes", 260, "bytes", "measured", "a row in PostgreSQL beside its frames"),
    Input("valkey_entry_bytes", 30, "bytes", "measured", "an entry in Valkey beside its frames"),
)


def needs(users: int, given: Mapping[str, float]) -> dict[str, float]:
    """What so many daily users need in the worst minute of the busiest hour, by its name in
    ``SHOWN``; ``stored_…`` are totals."""
    i = given
    n: dict[str, float] = {}
    n["messages_s"] = users * i["messages_per_user"] * i["busiest_hour"] / HOUR * i["burst"]
    n["runs"] = n["messages_s"] * i["answer_seconds"]
    n["streams"] = n["runs"] * i["readers"]
    n["events_s"] = n["streams"] * i["answer_events"] / i["answer_seconds"]
    n["traffic_mbit"] = n["events_s"] * i["frame_bytes"] * 8 / 1e6
    n["requests_s"] = n["messages_s"] * (1 + i["pages_per_message"])

    n["cpu"] = 1e-6 * (
        n["events_s"] * i["event_us"]
        + n["messages_s"] * (i["begin_us"] + i["pages_per_message"] * i["page_us"])
    )
    n["workers"] = max(2, math.ceil(n["cpu"] / i["worker_load"]))
    n["worker_memory_gib"] = (
        n["workers"] * i["worker_mib"] + n["streams"] * i["stream_kib"] / 1024
    ) / 1024
    n["connections"] = n["workers"] * i["connections_per_worker"]
    n["nginx_connections"] = 2 * n["streams"]

    n["renewals_s"] = min(n["workers"], n["runs"]) * 6 / i["lease_seconds"]
    n["commits_s"] = n["messages_s"] * i["commits_per_message"] + n["renewals_s"]
    n["rows_s"] = n["messages_s"] * i["rows_per_message"]
    n["stored_day_gb"] = users * i["messages_per_user"] * i["stored_bytes"] / 1e9
    n["stored_gb"] = n["stored_day_gb"] * i["kept_days"]
    n["stored_threads"] = users * i["threads_per_user_day"] * i["kept_days"]

    # The log: an answer is in it while it is written, half of it on average, and some time after.
    n["logged_runs"] = n["messages_s"] * (i["answer_seconds"] / 2 + i["log_seconds"])
    parts = min(i["answer_events"], i["answer_seconds"] / i["flush_seconds"])
    frames = i["answer_events"] * i["frame_bytes"]
    n["log_rows_s"] = n["messages_s"] * parts
    n["log_commits_s"] = min(n["workers"] / i["flush_seconds"], n["log_rows_s"])
    n["log_rows"] = n["logged_runs"] * parts
    n["log_database_mb"] = n["logged_runs"] * (frames + parts * i["log_row_bytes"]) / 1e6
    n["log_written_day_gb"] = (
        users * i["messages_per_user"] * (frames + parts * i["log_row_bytes"]) / 1e9
    )
    n["log_valkey_mb"] = n["logged_runs"] * (frames + parts * i["valkey_entry_bytes"]) / 1e6
    return n


SHOWN = {
    "messages_s": "messages/s",
    "requests_s": "requests/s, the streams among them",
    "runs": "answers under way",
    "streams": "open streams",
    "events_s": "events/s to readers",
    "traffic_mbit": "of them on the wire, Mbit/s",
    "cpu": "cores of CPU",
    "workers": "workers, one core each",
    "worker_memory_gib": "memory of all workers, GiB",
    "connections": "connections to PostgreSQL",
    "nginx_connections": "connections of nginx for streams",
    "commits_s": "commits/s",
    "rows_s": "rows/s inserted or updated",
    "stored_day_gb": "stored a day, GB",
    "stored_gb": "stored in all, GB",
    "stored_threads": "threads in all",
    "logged_runs": "answers in the event log",
    "log_rows": "log in the database: rows",
    "log_database_mb": "log in the database: MB",
    "log_rows_s": "log in the database: rows/s",
    "log_commits_s": "log in the database: commits/s",
    "log_written_day_gb": "log in the database: written and deleted a day, GB",
    "log_valkey_mb": "log in Valkey: memory, MB",
}


def rounded(number: float) -> str:
    """Two significant figures below a hundred, else whole: nothing here is known more exactly."""
    if number == int(number) and number < 100:
        return str(int(number))
    digits = 1 - math.floor(math.log10(abs(number)))
    return f"{round(number, digits):,.{max(0, digits)}f}"


def tables(given: Mapping[str, float]) -> str:
    """Both tables as Markdown."""
    lines = ["| input | value | | kind | where from |", "|---|---|---|---|---|"]
    for one in INPUTS:
        value = f"{given[one.name]:,g}"
        lines.append(f"| `{one.name}` | {value} | {one.unit} | {one.kind} | {one.source} |")
    columns = [needs(users, given) for users in DAILY_USERS]
    heads = " | ".join(f"{users:,} daily users" for users in DAILY_USERS)
    lines += ["", f"| in the worst minute | {heads} |", f"|---|{'---|' * len(DAILY_USERS)}"]
    for name, title in SHOWN.items():
        lines.append(f"| {title} | {' | '.join(rounded(column[name]) for column in columns)} |")
    return "\n".join(lines) + "\n"


def chosen(arguments: list[str]) -> dict[str, float]:
    """The inputs with those of the command line in their place."""
    given = {one.name: one.value for one in INPUTS}
    for argument in arguments:
        name, _, value = argument.partition("=")
        if name not in given:
            sys.exit(f"There is no input {name!r}. There are: {', '.join(given)}")
        try:
            given[name] = float(value)
        except ValueError:
            sys.exit(f"{name} must be a number, not {value!r}.")
    return given


if __name__ == "__main__":
    print(tables(chosen(sys.argv[1:])), end="")

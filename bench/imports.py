"""How much memory and time an import takes as its file grows: bounded memory, time in proportion.

    .venv/bin/python bench/imports.py [ROWS ...]

10,000 and 100,000 rows if nothing is said. Each size has a database and a process of its own, in
a temporary folder; SPENDO_DATABASE_URL chooses another database, whose tables are then made anew
for a user of their own. Prints the table for bench/imports.md.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000)
SHOPS, CATEGORIES, ACCOUNTS, YEARS = 300, 30, 4, 10


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        one(int(arguments[1]), Path(arguments[2]))
        return
    print("| rows | file | what | seconds | rows a second | peak of Python | peak of the process |")
    print("|---|---|---|---|---|---|---|")
    for size in [int(text) for text in arguments] or SIZES:
        with tempfile.TemporaryDirectory(prefix="spendo-bench-") as folder:
            file = Path(folder) / "statement.csv"
            write_file(file, size)
            environment = {**os.environ, "SPENDO_DATA": folder}
            command = [sys.executable, __file__, "--one", str(size), str(file)]
            subprocess.run(command, env=environment, check=True)


def write_file(path: Path, rows: int) -> None:
    """A plain table of ten years, with twins among its rows, the same each time."""
    draw = random.Random(6)  # noqa: S311
    with path.open("w") as file:
        file.write("date,description,amount,currency,account,category\n")
        for number in range(rows):
            day = date(2016, 1, 1) + timedelta(days=number * 365 * YEARS // rows)
            shop, account = draw.randrange(SHOPS), draw.randrange(ACCOUNTS)
            cents = draw.randrange(100, 20_000)
            file.write(
                f"{day},SQ *SHOP {shop} AUSTIN TX,-{cents // 100}.{cents % 100:02},USD,"
                f"Account {account},Category {draw.randrange(CATEGORIES)}\n"
            )


def one(rows: int, path: Path) -> None:
    sys.path.insert(0, str(ROOT / "spendo" / "backend"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from spendo.ledger.exports import json_pieces
    from spendo.ledger.models import Transaction
    from spendo.ledger.services.importing import commit_import, preview_import, revert_import
    from spendo.users.models import User

    call_command("migrate", verbosity=0)
    user = User.objects.create(username=f"bench-{uuid4().hex}")
    size = path.stat().st_size / 2**20
    say = Teller(rows, size)
    with path.open("rb") as file:
        say.done("preview", lambda: preview_import(user, file))
        batch = say.done("import", lambda: commit_import(user, file, file_name="a.csv"))
        assert batch.added == rows
        again = say.done("import again", lambda: commit_import(user, file, file_name="a.csv"))
        assert (again.added, again.known) == (0, rows)
    say.done("export as JSON", lambda: sum(len(piece) for piece in json_pieces(user)))
    say.done("take back", lambda: revert_import(user, batch.batch_id or 0))
    assert not Transaction.objects.of(user).exists()


class Teller:
    """Times without tracemalloc, which slows Python down; the peak of the process is of all steps
    up to this one."""

    def __init__(self, rows: int, size: float) -> None:
        self._head = f"| {rows:,} | {size:.1f} MiB"

    def done(self, what: str, work: Callable[[], Any]) -> Any:
        traced = os.environ.get("SPENDO_BENCH_TRACE") == "1"
        if traced:
            tracemalloc.start()
        begun = time.perf_counter()
        found = work()
        took = time.perf_counter() - begun
        peak = "—"
        if traced:
            peak = f"{tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB"
            tracemalloc.stop()
        whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows = int(self._head.split()[1].replace(",", ""))
        print(
            f"{self._head} | {what} | {took:.1f} | {rows / took:,.0f} | {peak} | {whole:.0f} MiB |",
            flush=True,
        )
        return found


if __name__ == "__main__":
    main(sys.argv[1:])

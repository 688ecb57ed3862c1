"""What the bench runs on: which servers there are, and what they stand on."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import psycopg

from peer_streams import CHAINLITS_NAME, chainlit
from services import postgres, valkey
from targets import CLIENTS_CPU, SERVERS_CPU, Target, server

R, TUNED, RAW = "R", "R*", "raw"
STOCK, FAST, FAST_PG = "D stock", "D fast", "D fast, PostgreSQL"
NORMAL = "D fast, NORMAL"  # a commit does not wait for the disk: what performance goals were set on
LOG_PG, LOG_VALKEY = "D, log in PostgreSQL", "D, log in Valkey"
ONE_WORKER, TWO_WORKERS = "D, 1 worker", "D, 2 workers"


class Machine:
    """A durable PostgreSQL with a database for each server, a Valkey, and a folder."""

    def __init__(self, folder: Path, on_postgres: str, on_valkey: str) -> None:
        self._folder = folder
        self._on_postgres = on_postgres
        self._on_valkey = on_valkey
        self._count = 0
        self.recorded = folder / "recorded"

    def server(self, name: str) -> AbstractContextManager[Target]:
        return self._makers()[name]()

    @contextmanager
    def servers(self, *names: str) -> Iterator[list[Target]]:
        with ExitStack() as stack:
            yield [stack.enter_context(self.server(name)) for name in names]

    def _makers(self) -> dict[str, Callable[[], AbstractContextManager[Target]]]:
        return {
            R: lambda: server(R, "reference"),
            TUNED: lambda: server(TUNED, "tuned"),
            RAW: lambda: server(RAW, "raw", BENCH_RECORDED=str(self.recorded)),
            STOCK: lambda: server(STOCK, "stock", self._sqlite()),
            FAST: lambda: server(FAST, "short", self._sqlite()),
            NORMAL: lambda: server(NORMAL, "short", self._sqlite(), BENCH_SYNCHRONOUS="NORMAL"),
            FAST_PG: lambda: server(FAST_PG, "short", self._database()),
            LOG_PG: lambda: server(LOG_PG, "short", self._database(), BENCH_EVENT_LOG="database"),
            LOG_VALKEY: lambda: server(
                LOG_VALKEY, "short", self._database(), BENCH_EVENT_LOG=self._on_valkey
            ),
            ONE_WORKER: lambda: self._workers(ONE_WORKER, 1),
            TWO_WORKERS: lambda: self._workers(TWO_WORKERS, 2),
            CHAINLITS_NAME: chainlit,
        }

    def _workers(self, name: str, count: int) -> AbstractContextManager[Target]:
        """By the package's own command, and on both cores, like the client and the databases."""
        cpus = SERVERS_CPU, CLIENTS_CPU
        log = {"BENCH_EVENT_LOG": self._on_valkey}
        return server(name, "", self._database(), workers=count, cpus=cpus, **log)

    def _sqlite(self) -> str:
        self._count += 1
        return f"sqlite:///{self._folder}/bench_{self._count}.sqlite3"

    def _database(self) -> str:
        self._count += 1
        name = f"bench_{self._count}"
        with psycopg.connect(self._on_postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{self._on_postgres.rpartition('/')[0]}/{name}"


@contextmanager
def machine() -> Iterator[Machine]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="spendo-bench-"))
        on_postgres = stack.enter_context(postgres(durable=True))
        yield Machine(Path(folder), on_postgres, stack.enter_context(valkey()))

"""The runs of a ``MemoryStore``."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from chatkit_django.conf import LEASE_SECONDS
from chatkit_django.exceptions import ThreadBusy
from chatkit_django.memory_rows import ThreadRow
from chatkit_django.runs.records import NewRun, Repeated, Run, RunStatus


@dataclass
class _Kept:
    run: Run
    thread: ThreadRow
    lease_until: float


class MemoryRuns:
    """Who is in which thread, and what came of requests with a key. A run goes with its thread."""

    def __init__(self) -> None:
        self._runs: dict[str, _Kept] = {}
        self._by_key: dict[tuple[Any, str], str] = {}
        self._in_thread: dict[str, str] = {}

    def check(self, thread: ThreadRow, run: NewRun | None) -> None:
        """Raises ``Repeated`` or ``ThreadBusy`` if the run cannot begin."""
        if run is None:
            return
        earlier = self.find(thread.owner, run.key)
        if earlier is not None:
            raise Repeated(earlier)
        busy = self._in_thread.get(thread.id)
        if busy is not None and not self._is_lost(busy):
            raise ThreadBusy(busy)

    def begin(self, thread: ThreadRow, run: NewRun | None) -> None:
        """Begin what was checked."""
        if run is None:
            return
        begun = Run(
            run.id, thread.id, run.kind, RunStatus.RUNNING, run.digest, thread.next_position, None
        )
        self._runs[run.id] = _Kept(begun, thread, monotonic() + LEASE_SECONDS.get())
        self._in_thread[thread.id] = run.id
        if run.key:
            self._by_key[thread.owner, run.key] = run.id

    def end(self, owner: Any, run_id: str, status: RunStatus) -> None:
        kept = self._runs.get(run_id)
        if kept is None or kept.thread.owner != owner or kept.run.status != RunStatus.RUNNING:
            return
        kept.run = replace(kept.run, status=status, to_position=kept.thread.next_position)
        if self._in_thread.get(kept.thread.id) == run_id:
            del self._in_thread[kept.thread.id]

    def keep(self, run_ids: Collection[str]) -> set[str]:
        kept = [self._runs[run_id] for run_id in run_ids if run_id in self._runs]
        running = [one for one in kept if one.run.status == RunStatus.RUNNING]
        for one in running:
            one.lease_until = monotonic() + LEASE_SECONDS.get()
        return {one.run.id for one in running}

    def find(self, owner: Any, key: str) -> Run | None:
        run_id = self._by_key.get((owner, key)) if key else None
        if run_id is None:
            return None
        self._is_lost(run_id)
        return self._runs[run_id].run

    def load(self, owner: Any, run_id: str) -> Run | None:
        kept = self._runs.get(run_id)
        if kept is None or kept.thread.owner != owner:
            return None
        self._is_lost(run_id)
        return self._runs[run_id].run

    def running_in(self, thread: ThreadRow) -> str | None:
        return self._in_thread.get(thread.id)

    def forget(self, thread: ThreadRow) -> None:
        """Forget the runs of a thread that is deleted."""
        gone = {run_id for run_id, kept in self._runs.items() if kept.thread is thread}
        for run_id in gone:
            del self._runs[run_id]
        self._by_key = {key: run_id for key, run_id in self._by_key.items() if run_id not in gone}
        self._in_thread.pop(thread.id, None)

    def _is_lost(self, run_id: str) -> bool:
        kept = self._runs[run_id]
        if kept.run.status == RunStatus.RUNNING and kept.lease_until < monotonic():
            self.end(kept.thread.owner, run_id, RunStatus.LOST)
        return kept.run.status != RunStatus.RUNNING

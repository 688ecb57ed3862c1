"""Where tests keep events, and the rows of runs whose events are kept."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from chatkit_django.models import Run, Thread
from chatkit_django.testing.contract.event_log_samples import Runs


class RunRows(Runs):
    """Runs in the database, each in a thread of its own."""

    async def begin(self, *run_ids):
        now = timezone.now()
        user, _ = await get_user_model().objects.aget_or_create(username="ada")
        threads = [
            Thread(id=f"thread of {name}", owner=user, created_at=now, updated_at=now)
            for name in run_ids
        ]
        await Thread.objects.abulk_create(threads)
        rows = [
            Run(
                id=name, thread=thread, owner=user, from_position=1, started_at=now, lease_until=now
            )
            for name, thread in zip(run_ids, threads, strict=True)
        ]
        await Run.objects.abulk_create(rows)

    async def end(self, *run_ids, at=None):
        mine = Run.objects.filter(id__in=run_ids)
        await mine.aupdate(status=Run.Status.DONE, ended_at=at or timezone.now())

    async def delete(self, *run_ids):
        await Thread.objects.filter(runs__in=run_ids).adelete()

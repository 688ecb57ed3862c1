"""Who is kept, and who is told that it is not."""

import asyncio

from chatkit_django.runs.keeper import Keeper
from chatkit_django.runs.live import LiveRun
from chatkit_django.runs.process_log import RunLog
from chatkit_django.runs.records import RunStatus

from .staged import say, telling, write


class EndedElsewhere:
    """A store in which no run is running any more."""

    is_shared = True

    async def keep_runs(self, run_ids):
        return set()

    async def unwanted_runs(self, run_ids):
        return set(run_ids)


async def test_a_run_whose_end_is_stored_is_neither_lost_nor_stopped(caplog):
    stored, go_on = asyncio.Event(), asyncio.Event()
    ends = []

    async def events():
        yield say("a")

    async def end(status):
        stored.set()  # and this process is busy with other things before it goes on
        await go_on.wait()
        ends.append(status)

    log = RunLog()
    run = LiveRun("run_1", "thr_1", log)
    run.start([], telling(events()), write, end)
    keeper = Keeper(EndedElsewhere())
    keeper.watch(run)
    await stored.wait()
    await keeper.renew()
    await keeper.look()
    go_on.set()
    await run.ended()
    keeper.leave(run)
    assert caplog.text == ""
    assert ends == [RunStatus.DONE]
    assert log.after(0)[-1] == b"id: 2\n: end\n\n"

"""A run without a server: the events it tells of are given, and how it ended is kept."""

import asyncio
import re

from chatkit.types import ErrorEvent, ProgressUpdateEvent

from chatkit_django.runs.live import LiveRun
from chatkit_django.runs.process_log import RunLog
from chatkit_django.runs.reader import RunReader
from chatkit_django.runs.records import RunStatus


def write(event):
    text = event.message if isinstance(event, ErrorEvent) else event.text
    return b"data: %s\n\n" % (text or "?").encode()


def say(text):
    return ProgressUpdateEvent(text=text)


def telling(events):
    """What says all of them, as they come."""

    async def tell(say):
        async for event in events:
            say(write(event))
        return RunStatus.DONE

    return tell


class Resets:
    async def state(self, log):
        return b"data: state from %d\n\n" % log.first

    async def outcome(self):
        return b"outcome"


class Stage:
    """A run with what it says, and how it ended."""

    def __init__(self):
        self.log = RunLog()
        self.run = LiveRun("run_1", "thr_1", self.log)
        self.ends = []

    def start(self, events, opening=()):
        async def end(status):
            await asyncio.sleep(0)
            self.ends.append(status)

        self.run.start([say(text) for text in opening], telling(events), write, end)
        return self

    def reader(self, after=0):
        return RunReader("run_1", self.log, after, Resets())

    async def all(self, after=0):
        return b"".join([part async for part in self.reader(after)])


def texts(stream):
    return re.findall(rb"data: (.*)\n", stream)


def numbers(stream):
    return [int(number) for number in re.findall(rb"(?m)^id: (\d+)$", stream)]

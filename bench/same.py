"""That all servers send the same."""

import json
import re

from targets import Target

# What is different each time: ids and times; and what R does not have: the lines of a run's log.
_ID = re.compile(r"\b[a-z]+_[0-9a-f]{8,32}\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)?")


async def check_same(targets: list[Target]) -> None:
    """Raises ``RuntimeError`` if a server streams other events than the first one."""
    answers = {target.name: events_of(await target.answer()) for target in targets}
    first, *others = answers.items()
    for name, events in others:
        if events != first[1]:
            raise RuntimeError(f"{name} sends something else than {first[0]}")


def events_of(answer: bytes) -> list[object]:
    lines = answer.decode().split("\n")
    found = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    return [json.loads(_TIME.sub("TIME", _ID.sub("ID", one))) for one in found]

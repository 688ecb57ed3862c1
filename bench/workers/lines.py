"""A worker answers each line of JSON it is given with another: several can be asked in turn."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any


def serve(answer: Callable[..., Awaitable[dict[str, Any]]]) -> None:
    """Call ``answer`` with each line of the standard input until there are no more."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer

    async def work() -> None:
        for line in sys.stdin:  # there is nothing else to do meanwhile
            told.write(json.dumps(await answer(**json.loads(line))) + "\n")
            told.flush()

    asyncio.run(work())

"""How many streams one user reads at a time: to follow a run begins nothing that is limited."""

from collections import Counter
from collections.abc import AsyncIterator

from chatkit_django.direct_send import Push
from chatkit_django.exceptions import TooManyResponses
from chatkit_django.runs.reader import RunReader
from chatkit_django.runs.resets import OutcomeReader

MOST = 100
"""Of one user in one process. A page follows one run in each tab."""

_WAIT_SECONDS = 10


class Followers:
    def __init__(self) -> None:
        self._count: Counter[str] = Counter()

    def check(self, user_id: str) -> None:
        """Raises ``TooManyResponses`` if the user follows as many runs as may be."""
        if self._count[user_id] >= MOST:
            raise TooManyResponses(_WAIT_SECONDS)

    def counted(self, reader: RunReader | OutcomeReader, user_id: str) -> "Follower":
        return Follower(reader, self._count, user_id)


class Follower:
    """A reader that counts until it is closed."""

    def __init__(
        self, reader: RunReader | OutcomeReader, count: Counter[str], user_id: str
    ) -> None:
        self.run_id = reader.run_id
        self._reader = reader
        self._count = count
        self._user_id = user_id
        self._counts = True
        count[user_id] += 1

    @property
    def is_over(self) -> bool:
        return self._reader.is_over

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        return await self._reader.__anext__()

    def push_to(self, push: Push) -> None:
        if isinstance(self._reader, RunReader):
            self._reader.push_to(push)

    async def aclose(self) -> None:
        self._leave()
        await self._reader.aclose()

    def __del__(self) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._counts:
            self._counts = False
            self._count[self._user_id] -= 1
            if not self._count[self._user_id]:
                del self._count[self._user_id]

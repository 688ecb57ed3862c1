"""How much one user, and one address, may ask for. What is too much is a 429 that says when to
come back, before anything is stored or sent.

Requests are so many that each worker takes them from the shared counters in blocks: together the
workers never allow more than the limit, and most requests need no look at the counters.
"""

import logging
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from time import time
from types import TracebackType

from django.utils.crypto import salted_hmac

from chatkit_django import counting
from chatkit_django.conf import LIMITS_LOG_ONLY, RESPONSE_SECONDS, limits_in_force
from chatkit_django.context import RequestContext
from chatkit_django.counters import (
    Counter,
    Counters,
    Slot,
    database_counters,
    shared_counters,
)
from chatkit_django.exceptions import (
    BudgetUsedUp,
    TooManyMessages,
    TooManyRequests,
    TooManyResponses,
    TooManyUploads,
)
from chatkit_django.ids import holder_of
from chatkit_django.rates import Kind, Rate, Who
from chatkit_django.rows_by_hand import Step

logger = logging.getLogger(__name__)

_MESSAGES = frozenset(
    {
        "threads.create",
        "threads.add_user_message",
        "threads.retry_after_item",
        "threads.add_structured_input",
        "threads.custom_action",
    }
)
_RESPONSES = _MESSAGES | {"threads.add_client_tool_output"}
_UPLOADS = frozenset({"attachments.create", "input.transcribe"})
_BLOCKS = 20  # one block of requests is this part of the limit
_MOST_BLOCKS = 10_000  # kept in memory
_SLOT_WAIT_SECONDS = 10


class Permit:
    """The leave to answer one request. Released at the end of ``async with``, unless it was handed
    over. That of a run has its name, so that it can be freed by who finds the run lost."""

    def __init__(self, run_id: str = "") -> None:
        self._counters: Counters = database_counters
        self._holder = holder_of(run_id)
        self._slots: list[Slot] = []
        self._handed_over = False

    def restart(self) -> None:
        """Take slots from now on in a transaction of the database; those taken before were in one
        that was given up."""
        self._counters, self._slots = database_counters, []

    def begin(self, counters: Counters) -> None:
        """Take slots there from now on; those of counters that failed meanwhile are owed."""
        self._counters.owed.extend(self._slots)
        self._counters, self._slots = counters, []

    def take(self, subject: str, allowed: int) -> bool:
        self._holder = self._holder or uuid.uuid4().hex
        slot = self._counters.take(subject, allowed, self._holder, RESPONSE_SECONDS.get())
        if slot is None:
            return False
        self._slots.append(slot)
        return True

    def taking(self, subject: str, allowed: int) -> Step:
        """What takes a slot in the transaction of ``restart``, if there is one."""
        self._holder = self._holder or uuid.uuid4().hex
        self._slots.append(Slot(subject, None, self._holder))
        return database_counters.taking(subject, allowed, self._holder, RESPONSE_SECONDS.get())

    def hand_over(self) -> None:
        """From here on somebody else releases it."""
        self._handed_over = True

    @property
    def is_in_database(self) -> bool:
        return self._counters is database_counters

    def give_up(self) -> list[Slot]:
        """The slots it had. Whoever asks is to free them."""
        slots, self._slots = self._slots, []
        return slots

    async def release(self) -> None:
        if slots := self.give_up():
            await counting.give_back(self._counters, slots)

    async def __aenter__(self) -> "Permit":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if not self._handed_over:
            await self.release()


@dataclass
class Block:
    """Requests that this worker may serve without asking again. None are left of the limit if it
    is empty and final."""

    ends_at: int
    left: int
    final: bool


class Blocks:
    """The blocks of this worker, by subject."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: dict[str, Block] = {}

    def use(self, subject: str) -> bool | None:
        """Take one request: True if there is one, False if there is none before the window ends,
        None if nobody knows."""
        with self._lock:
            block = self._blocks.get(subject)
            if block is None or block.ends_at <= time():
                return None
            if block.left:
                block.left -= 1
                return True
            return False if block.final else None

    def put(self, subject: str, ends_at: int, granted: int, *, final: bool) -> None:
        with self._lock:
            if len(self._blocks) >= _MOST_BLOCKS:
                self._blocks.clear()
            known = self._blocks.get(subject)
            left = known.left if known is not None and known.ends_at == ends_at else 0
            self._blocks[subject] = Block(ends_at, left + granted, final)

    def forget(self, subject: str | None = None) -> None:
        with self._lock:
            if subject is None:
                self._blocks.clear()
            else:
                self._blocks.pop(subject, None)


blocks = Blocks()


def user_subject(user_id: object) -> str:
    return _subject("user", str(user_id))


async def count_request(context: RequestContext) -> None:
    """One request more. Raises ``TooManyRequests``."""
    for subject, rate in _limited("requests", context):
        while (allowed := blocks.use(subject)) is None:
            await counting.count(_fetch_block, subject, rate)
        if not allowed:
            _refuse(TooManyRequests(_wait(rate)), context)


async def begin(kind: str, context: RequestContext, run_id: str = "") -> Permit:
    """The permit for a request of this type, and for the run that it begins. Raises
    ``TooManyMessages``, ``TooManyUploads``, ``BudgetUsedUp`` or ``TooManyResponses``."""
    permit = Permit(run_id)
    if kind not in _RESPONSES and kind not in _UPLOADS:
        return permit
    try:
        await counting.count(_begin, permit, kind, context)
    except BaseException:
        await permit.release()
        raise
    return permit


def are_in_database() -> bool:
    """Whether ``Taking`` counts where ``begin`` would."""
    return shared_counters() is database_counters


class Taking:
    """What ``begin`` does for an answer, in the caller's transaction of the database; before, who
    is signed out is sent away."""

    def __init__(self, permit: Permit, kind: str, context: RequestContext) -> None:
        self._permit = permit
        self._kind = kind
        self._context = context

    def __call__(self) -> None:
        if self._context.sign_in_check is not None:
            self._context.sign_in_check()
        self._permit.restart()
        _take(database_counters, self._permit, self._kind, self._context)

    def steps(self) -> list[Step]:
        """The same as steps, which do nothing where it raises."""
        return [*self._signed_in(), *self._counted(), *self._within_budget(), *self._slots()]

    def _signed_in(self) -> Iterator[Step]:
        check = self._context.sign_in_check
        if check is None:
            return
        if condition := check.condition():
            yield Step(f"SELECT 1 WHERE {{so_far}} AND {condition.sql}", condition.values)
        else:
            check()

    def _counted(self) -> Iterator[Step]:
        if self._kind not in _MESSAGES:
            return
        for counter, rate in sorted(_rates("messages", self._context).items()):  # as `add` does
            yield database_counters.counting(counter, rate.amount)

    def _within_budget(self) -> Iterator[Step]:
        for counter, rate in _rates("budget", self._context).items():
            yield database_counters.within(counter, rate.amount)

    def _slots(self) -> Iterator[Step]:
        self._permit.restart()
        for subject, rate in _limited("responses", self._context):
            yield self._permit.taking(subject, rate.amount)


async def report_usage(context: RequestContext, amount: int) -> None:
    """Charge the daily budget, in the unit it is set in: tokens, or millionths of a dollar. Call
    it from ``respond`` when the price of an answer is known."""
    charges = dict.fromkeys(_rates("budget", context), amount)
    if charges:
        await database_counters.change(database_counters.add, charges)


async def free(run_id: str, user_id: object) -> None:
    """Give back what a run holds whose worker is gone. An address's place in a cache is free after
    ``CHATKIT_RESPONSE_SECONDS``: nobody knows the address any more."""
    counters, subject, holder = shared_counters(), user_subject(user_id), holder_of(run_id)
    rate = limits_in_force().get(("responses", "user"))
    if counters is not database_counters and rate is not None:
        held = [Slot(subject, number, holder) for number in range(rate.amount)]
        await counting.give_back(counters, held)


def forget(user_id: object) -> None:
    """Leave nothing of what the user has used."""
    subject = user_subject(user_id)
    counting.forget(subject, limits_in_force())
    blocks.forget(subject)


def _begin(counters: Counters, permit: Permit, kind: str, context: RequestContext) -> None:
    permit.begin(counters)
    _take(counters, permit, kind, context)


def _take(counters: Counters, permit: Permit, kind: str, context: RequestContext) -> None:
    if kind in _UPLOADS:
        _count(counters, "uploads", context)
    if kind in _MESSAGES:
        _count(counters, "messages", context)
    if kind in _RESPONSES:
        _check_budget(context)
        _take_slots(permit, context)


def _count(counters: Counters, kind: Kind, context: RequestContext) -> None:
    rates = _rates(kind, context)
    if not rates:
        return
    for counter, used in counters.add(dict.fromkeys(rates, 1)).items():
        if used > rates[counter].amount:
            error = TooManyMessages if kind == "messages" else TooManyUploads
            _refuse(error(_wait(rates[counter])), context)


def _check_budget(context: RequestContext) -> None:
    """Money is counted in the database alone: a cache may forget."""
    for counter, rate in _rates("budget", context).items():
        if database_counters.read([counter])[counter] >= rate.amount:
            _refuse(BudgetUsedUp(_wait(rate)), context)


def _take_slots(permit: Permit, context: RequestContext) -> None:
    for subject, rate in _limited("responses", context):
        if not permit.take(subject, rate.amount):
            _refuse(TooManyResponses(_SLOT_WAIT_SECONDS), context)


def _fetch_block(counters: Counters, subject: str, rate: Rate) -> None:
    counter = Counter.now(subject, "requests", rate)
    block = max(1, rate.amount // _BLOCKS)
    used = counters.add({counter: block})[counter]
    granted = min(block, max(0, rate.amount - (used - block)))
    blocks.put(subject, counter.ends_at, granted, final=used >= rate.amount)


def _rates(kind: Kind, context: RequestContext) -> dict[Counter, Rate]:
    return {Counter.now(subject, kind, rate): rate for subject, rate in _limited(kind, context)}


def _limited(kind: Kind, context: RequestContext) -> Iterator[tuple[str, Rate]]:
    limits = limits_in_force()
    if rate := limits.get((kind, "user")):
        yield _subject("user", context.user_id), rate
    if context.address and (rate := limits.get((kind, "address"))):
        yield _subject("address", context.address), rate


@lru_cache(maxsize=_MOST_BLOCKS)
def _subject(who: Who, name: str) -> str:
    return salted_hmac("chatkit_django.limits", f"{who}:{name}", algorithm="sha256").hexdigest()


def _wait(rate: Rate) -> int:
    now = time()
    return max(1, rate.window_end(now) - int(now))


def _refuse(error: TooManyRequests, context: RequestContext) -> None:
    if not LIMITS_LOG_ONLY.get():
        raise error
    logger.warning("Request %s is over a limit: %s", context.request_id, error.code)

"""Which plan answers which topic."""

from __future__ import annotations

from collections.abc import Callable

from spendo.assistant.analyst.plan import Plan
from spendo.assistant.analyst.question import Question, Topic
from spendo.assistant.analyst.topics.balances import accounts, balance, net_worth
from spendo.assistant.analyst.topics.rows import counting, data, listing
from spendo.assistant.analyst.topics.sums import (
    average,
    compare,
    income,
    last_paid,
    saved,
    spending,
)
from spendo.assistant.analyst.topics.talk import (
    fixed,
    off_topic,
    other_person,
    small_talk,
    unclear,
)

PLANS: dict[Topic, Callable[[Question], Plan]] = {
    Topic.ACCOUNTS: accounts,
    Topic.BALANCE: balance,
    Topic.NET_WORTH: net_worth,
    Topic.SPENDING: spending,
    Topic.INCOME: income,
    Topic.SAVED: saved,
    Topic.COMPARE: compare,
    Topic.AVERAGE: average,
    Topic.LIST: listing,
    Topic.COUNT: counting,
    Topic.LAST_PAID: last_paid,
    Topic.DATA: data,
    Topic.HELP: fixed,
    Topic.EXPLAIN: fixed,
    Topic.GREETING: small_talk,
    Topic.THANKS: small_talk,
    Topic.OFF_TOPIC: off_topic,
    Topic.ADVICE: fixed,
    Topic.FORECAST: fixed,
    Topic.OTHER_PERSON: other_person,
    Topic.CHANGE: fixed,
    Topic.BAD_PERIOD: fixed,
    Topic.REFUNDS: fixed,
    Topic.NOT_YET: fixed,
    Topic.UNCLEAR: unclear,
}

"""Transactions themselves: the newest, the largest, and those that match."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Bounds, Direction, Question, Sort
from spendo.assistant.analyst.rows import (
    USUAL_ROWS,
    bounds_words,
    none_found,
    one_of,
    places_of,
    what_of,
    where_of,
)
from spendo.assistant.analyst.sums import sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import (
    counted,
    day,
    during,
    left_out,
    money,
    plain,
    row_table,
    where,
)
from spendo.assistant.tools.envelope import MAX_ROWS, SearchEnvelope, SumEnvelope


def direction_of(heard: Heard) -> Direction | None:
    if heard.says("deposit/deposits/incoming/credits", "money in", "refunds"):
        return "in"
    if heard.says("purchase/purchases/bought/buy/charge/charges/outgoing", "~spend"):
        return "out"
    return None


_LOOKS = word_set(
    "show list see display view find search look give which what any all recent latest newest last "
    "oldest first get pull need please can could transactions activity history §number"
)


def read(question: Question, heard: Heard) -> Question | None:
    """Rows by name: "show my transactions", "anything over $50"."""
    if question.group_by is not None or heard.says("how much", "total", "sum"):
        return None
    if not (question.names or question.when or question.bounds or heard.first_person) and (
        heard.words[0] not in _LOOKS
    ):
        return None
    limit = question.limit or _all_of(heard)
    last_one = "~late/oldest/first transaction/purchase/payment/charge/deposit"
    if not limit and heard.says(
        last_one, "most recent transaction/purchase/payment/charge/deposit"
    ):
        limit = 1
    bounds = question.bounds
    if bounds is None and question.amount is not None:  # "what is this 16.99 charge"
        bounds = Bounds(low=question.amount, high=question.amount)
    return replace(
        question,
        kind="listing",
        bounds=bounds,
        sort="oldest" if heard.says("oldest/earliest/first") else "newest",
        limit=limit,
        direction=direction_of(heard),
    )


def read_amounts(question: Question, heard: Heard) -> Question | None:
    if question.bounds is None:
        return None
    return read(replace(question, group_by=None), heard)


def read_bought(question: Question, heard: Heard) -> Question | None:
    limit = question.limit or _all_of(heard)
    return replace(
        question, kind="listing", limit=limit, direction="out", sort="newest", group_by=None
    )


def read_when(question: Question, heard: Heard) -> Question | None:
    first = heard.says("first/earliest")
    sort: Sort = "oldest" if first else "newest"
    return replace(question, kind="listing", sort=sort, limit=1, group_by=None)


def read_largest(question: Question, heard: Heard) -> Question | None:
    if question.group_by in ("category", "merchant", "account", "tag"):
        return None
    if heard.says_own("^ who/whom"):
        return None
    if not (
        heard.first_person or heard.says("~rows/~spend/~pay/~buy/~cost", "bill/bills/thing/things")
    ):
        return None
    direction: Direction | None = None
    if heard.says_own("income/paycheck/paychecks/deposit/deposits/salary"):
        direction = "in"
    elif heard.says(
        "purchase/purchases/~spend/bought/buy/charge/charges/bill/bills/paid/cost/costs",
        "payment/payments",
    ):
        direction = "out"
    one = heard.says("transaction/purchase/expense/payment/charge/bill/thing/buy/deposit")
    if heard.says("the? most ~i"):
        direction, one = "out", True
    if heard.says("~small") and not heard.says("~large"):
        return replace(
            question, kind="smallest", direction=direction or "out", group_by=None, limit=1
        )
    return replace(
        question,
        kind="listing",
        sort="largest",
        limit=question.limit or (1 if one else 5),
        direction=direction,
        group_by=None,
    )


def _all_of(heard: Heard) -> int | None:
    return MAX_ROWS if heard.says("all/every/everything/entire/full/complete") else None


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "all time")
    limit = min(question.limit or USUAL_ROWS, MAX_ROWS)
    sort = question.sort or "newest"
    found = yield from ask(
        SearchEnvelope,
        Call(
            "search_transactions",
            {**where_of(question, chosen, period), "sort": sort, "limit": limit},
        ),
    )
    what = what_of(question)
    suffix = f"{places_of(chosen)}{bounds_words(question.bounds)}{during(found.period)}"
    if not found.rows:
        text = yield from none_found(f"no {what}{suffix}")
        return text
    notes = "".join(f"\n\n{line}" for line in left_out(found.left_out))
    if limit == 1:
        row = found.rows[0]
        amount = plain(row.amount) if question.direction == "out" else money(row.amount)
        which = {"largest": "largest", "newest": "latest", "oldest": "first"}[sort]
        return (
            f"Your {which} {one_of(what)}{suffix} is **{amount}**, {where(row)} on {day(row.date)}."
            + notes
        )
    shown = len(found.rows)
    order = {"largest": "largest", "newest": "newest", "oldest": "first"}[sort]
    if found.truncated:
        head = f"The {shown} {order} of {counted(found.count, one_of(what))}{suffix}:"
    else:
        head = f"{counted(found.count, one_of(what))}{suffix}:"
    return f"{head}\n\n{row_table(found.rows)}{notes}"


def smallest(question: Question) -> Plan:
    """The smallest of what counts as spending, or as income."""
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "all time")
    measure = "income" if question.direction == "in" else "spending"
    call = sum_of(measure, period, chosen)
    found = yield from ask(
        SumEnvelope, replace(call, arguments={**call.arguments, "also": ["smallest"]})
    )
    row = found.smallest
    what = what_of(question)
    suffix = f"{places_of(chosen)}{during(found.period)}"
    if row is None:
        text = yield from none_found(f"no {what}{suffix}")
        return text
    return (
        f"Your smallest {one_of(what)}{suffix} is **{plain(row.amount)}**, {where(row)} on "
        f"{day(row.date)}."
    )


KINDS = (
    Kind(
        name="smallest",
        family=Family.SEARCH,
        title="The smallest",
        cues="",
        answer=smallest,
        examples=(
            "my smallest transaction",
            "smallest purchase last month",
            "what was my cheapest purchase this year",
            "smallest coffee purchase this year",
            "lowest payment in October",
            "what is the least I spent in one purchase last month",
        ),
    ),
    Kind(
        name="listing",
        family=Family.SEARCH,
        title="Transactions that match",
        cues="""
            54 ~show/which/what/any/all/~late/oldest/first/need/look/my ... ~rows
            54 ~show/which/what/any/all/~late/oldest/first/need/look/my ... ... ~rows
            53 ~rows ... {amount}
            53 ~rows ... {time}
            53 ~rows in/at/from/to/with/without/on/by/of
            53 {number} .. ~rows
            52 uncategorised/uncategorized
            52 not yet? categorised/categorized
            32 ~rows
            53 ~show .. everything/all/anything/stuff from/at/to/with
            52 without a/any category
            52 ^ no category/categories
        """,
        read=read,
        answer=answer,
        examples=(
            "Show my recent transactions",
            "recent tranasctions",
            "last 10 transactions",
            "transactions over $100",
            "any charges from Uber last month?",
            "which transactions have no category",
            "transactions between $20 and $50 in October",
            "find payments to Starbucks",
            ("transactions over $100 last month", "show me more"),
        ),
        shown=("transactions over $100", "which transactions have no category"),
    ),
    Kind(
        name="listing_amounts",
        becomes="listing",
        family=Family.SEARCH,
        title="Anything over or under an amount",
        cues="""
            53 ~show/which/what/any/all/anything/everything/things/something ... {amount}
            53 ~show/which/what/any/all/anything/everything/things/something ... ... {amount}
            52 ~i ... {amount}
        """,
        read=read_amounts,
        answer=answer,
        examples=(
            "show me everything over $200 in October",
            "anything above 100 dollars this month",
            "what did I buy for more than $80",
            "did I pay anything over $500 last month",
            "evrything over $200 this year",
            "things under $5 last week",
        ),
        shown=("show me everything over $200 in October",),
    ),
    Kind(
        name="listing_bought",
        becomes="listing",
        family=Family.SEARCH,
        title="What was bought",
        cues="""
            54 what .. did/have ~i .. buy/bought/purchase/purchased/order/ordered
            54 ~show me? what ~i bought/spent
            54 recent spending/expenses/orders
            54 latest spending/expenses
            54 ^ did/have ~i .. buy/bought/pay/paid/spend/spent/go/shop/order
            53 ~show me? every/all
            53 ~show me? what has/have no category
            55 everything/anything/all ~i paid/pay for
            55 everything/anything ~i .. ~buy
            54 ~show/my ... orders
            55 {number} things ~i
        """,
        never="accounts/banks",
        read=read_bought,
        answer=answer,
        examples=(
            "what did I buy yesterday",
            "Did I pay rent last month?",
            "recent spending",
            "show me every coffee in October",
            "have I bought anything at Corner Pantry this month",
            "what have I ordered this week",
        ),
        shown=("what did I buy yesterday",),
    ),
    Kind(
        name="listing_when",
        becomes="listing",
        family=Family.SEARCH,
        title="When it last happened",
        cues="""
            55 when did/have/was/were ~i/my/the ... last/latest
            55 when did/have/was/were ~i/my/the ... most recent
            55 ~i last buy/bought/pay/paid/go/went/shop/shopped/visit/visited/spend/spent
            55 when did ~i
            92 first/last/latest time ~i
            55 last/latest thing/item ~i
            55 most recent thing/item ~i
        """,
        read=read_when,
        answer=answer,
        examples=(
            "when did I last go to Bluebell Coffee",
            "what was the last thing I bought",
            "when did I pay rent",
            "when was my last purchase at Corner Pantry",
            "when did i last shop at Corner Pantry",
            "wen did I last go to Corner Pantry",
        ),
        shown=("when did I last go to Bluebell Coffee",),
    ),
    Kind(
        name="listing_largest",
        becomes="listing",
        family=Family.SEARCH,
        title="The largest",
        cues="""
            56 ~large
            56 ~small
            56 most expensive
            57 most money? ~i .. spent/paid/spend/pay
        """,
        read=read_largest,
        answer=answer,
        examples=(
            "What are my five largest purchases this quarter?",
            "biggest expense last month",
            "most expensive thing I bought this year",
            "top 10 expenses in 2026",
            "largest transaction",
            "What's the most I spent in one purchase last month?",
            "bigest purchase last month",
        ),
        shown=("What are my five largest purchases this quarter?",),
    ),
)

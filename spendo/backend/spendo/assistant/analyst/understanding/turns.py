"""What a few words make of the question before them: each function one turn of it; None where that
means nothing for this question."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.question import GroupBy, Name, Question, Sort
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.taken import Left
from spendo.assistant.analyst.understanding.words import MARKS

SUMMED = word_set(
    """
    spending income listing smallest counting average compare beside why peak growth change
    spending_share
    """
)
"""Kinds that are about transactions: of names, of a period, in or out."""
LEANS_ON_MORE = Question("half_read", aspect=Left.BEFORE)
"""Asked back: what it leans on stands in the answer, or cannot be turned like that."""


def subject(earlier: Question) -> Question:
    """What the question before was about, as what was spent or received in all."""
    inwards = earlier.kind == "income" or earlier.direction == "in"
    return Question(
        "income" if inwards else "spending",
        aspect=earlier.aspect if earlier.kind == "income" else "",  # pay alone stays pay
        names=earlier.names,
        without=() if inwards else earlier.without,
        perhaps=earlier.perhaps,
        when=earlier.when,
        currency=earlier.currency,
        sure=earlier.sure,
    )


def where(_: Heard, earlier: Question) -> Question:
    return replace(subject(earlier), group_by="merchant")


def on_what(heard: Heard, earlier: Question) -> Question:
    if earlier.names:
        return rows(heard, earlier)
    if earlier.kind == "compare":
        return replace(earlier, kind="why", aspect="", group_by=None)
    return replace(subject(earlier), group_by="category")


def rows(_: Heard, earlier: Question) -> Question:
    about = subject(earlier)
    return replace(
        about,
        kind="listing",
        aspect="",
        sort="newest",
        direction="in" if about.kind == "income" else None if about.names else "out",
        bounds=earlier.bounds,
    )


def total(_: Heard, earlier: Question) -> Question | None:
    return None if earlier.bounds else subject(earlier)


def together(_: Heard, earlier: Question) -> Question | None:
    return subject(earlier) if len(earlier.names) > 1 else LEANS_ON_MORE


def count(heard: Heard, earlier: Question) -> Question:
    return replace(rows(heard, earlier), kind="counting", sort=None)


def average(heard: Heard, earlier: Question) -> Question:
    about = subject(earlier)
    return replace(
        about,
        kind="average",
        direction="in" if about.kind == "income" else "out",
        per=heard.each_unit or heard.per or "transaction",
    )


def usual(heard: Heard, earlier: Question) -> Question:
    return replace(average(heard, earlier), when=None, per="month")


def largest(heard: Heard, earlier: Question) -> Question:
    about = subject(earlier)
    small = heard.says("~small/least")
    return replace(
        about,
        kind="smallest" if small else "listing",
        sort=None if small else "largest",
        direction="in" if about.kind == "income" else "out",
        limit=heard.limit or 1,
    )


def one_row(heard: Heard, earlier: Question) -> Question:
    if earlier.limit == 1 and earlier.kind in ("listing", "smallest"):
        return earlier  # its row says when
    oldest = heard.says("first/oldest/earliest")
    return replace(rows(heard, earlier), sort="oldest" if oldest else "newest", limit=1)


def why(_: Heard, earlier: Question) -> Question | None:
    about = subject(earlier)
    if about.kind == "income":
        return None
    return replace(about, kind="why", other=earlier.other)


def share(_: Heard, earlier: Question) -> Question | None:
    about = subject(earlier)
    if about.kind == "income" or not about.names:
        return LEANS_ON_MORE
    return replace(about, kind="spending_share")


def of_income(_: Heard, earlier: Question) -> Question | None:
    about = subject(earlier)
    return None if about.kind == "income" else replace(about, kind="savings_rate", aspect="spent")


def beside(heard: Heard, earlier: Question) -> Question | None:
    about = subject(earlier)
    if about.kind == "income" or not about.names:
        return None
    return replace(
        about,
        kind="beside",
        names=(*(Name(each.text) for each in (*about.names, *heard.names())),),
        aspect="spent",
    )


def inside(heard: Heard, earlier: Question) -> Question | None:
    """One of the groups that were shown, whatever its name."""
    if earlier.group_by not in ("category", "merchant"):
        return None
    start = next(n for n, word in enumerate(heard.words) if word in _INSIDE) + 1
    said = " ".join(word.raw for word in heard.line.words[start:] if word.word not in MARKS)
    return replace(rows(heard, earlier), names=(Name(said),), direction=None) if said else None


_INSIDE = word_set("in under inside")


def same(_: Heard, earlier: Question) -> Question:
    return earlier


def by_cost(heard: Heard, earlier: Question) -> Question:
    small = heard.says("~small/least", "less/lower")
    return replace(earlier, sort="smallest" if small else "largest")


def broken_down(_: Heard, earlier: Question) -> Question:
    group: GroupBy = "merchant" if earlier.names else "category"
    return replace(subject(earlier), group_by=group)


def by_unit(heard: Heard, earlier: Question) -> Question | None:
    """ "Which month was highest?": all of them."""
    groups: tuple[tuple[str, GroupBy], ...] = (
        ("day", "day"),
        ("week", "week"),
        ("month", "month"),
        ("~category", "category"),
        ("~shop", "merchant"),
    )
    group = next((group for words, group in groups if heard.says(words)), None)
    return replace(subject(earlier), group_by=group) if group else None


def in_order(heard: Heard, earlier: Question) -> Question:
    sort: Sort = "newest"
    if heard.says("amount/size/value/~large"):
        sort = "largest"
    elif heard.says("oldest/first/earliest") and not heard.says("~late"):
        sort = "oldest"
    return replace(earlier, sort=sort)


def only_out(_: Heard, earlier: Question) -> Question:
    return replace(earlier, direction="out")


def only_in(_: Heard, earlier: Question) -> Question:
    return replace(earlier, direction="in")


def rate(_: Heard, earlier: Question) -> Question:
    return Question("savings_rate", "saved", when=earlier.when)


def due(_: Heard, __: Question) -> Question:
    return Question("bills")


def paying(heard: Heard, earlier: Question) -> Question | None:
    """Another sum a month, or so much more."""
    amounts = [Decimal(word) for word in heard.whole if word.isdigit() and len(word) < _DIGITS]
    amount = heard.amount or (amounts[0] if len(amounts) == 1 else None)
    if amount is None:
        return None
    extra = heard.says_whole("more/extra/additional", "on top")
    return replace(earlier, kind="payoff", amount=amount, aspect="extra" if extra else "")


_DIGITS = 7

"""Questions about the user's money, one function per kind, in the order they are tried.

Periods that are not said: sums take this month so far, averages the last three whole months,
lists and counts all time. Each answer states its period, so a default is never silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from spendo.assistant.analyst.question import (
    Direction,
    Move,
    Name,
    Per,
    Question,
    Topic,
    When,
)
from spendo.assistant.analyst.reading.lexicon import word_set
from spendo.assistant.analyst.reading.sentence import Sentence

_ROWS = (
    r"transactions?|purchases?|payments?|charges?|activity|entry|entries|rows|"
    r"history|statement|deposits?"
)
_SPENT = r"purchases?|expenses?|spen\w+|bought|buy|charges?|payments?|bills?|paid|costs?"
_LARGEST = r"largest|biggest|highest|most expensive|priciest|max|maximum|top"
_WORTH_WORDS = word_set("assets asset liabilities liability debt debts rich wealthy")
_NOT_NAMES = word_set(
    """
    refund refunds
    times visits visit trips trip orders rate flow cashflow surplus deficit red black home rent's
    wise terms detail details full regular everything anything something nothing whatever else
    graph chart table half deposited coming minus paid mostly lot lots
    """
)


_PER: tuple[tuple[Per, str], ...] = (
    ("month", "months?|monthly"),
    ("week", "weeks?|weekly"),
    ("day", "days?|daily"),
    ("transaction", "transactions?|purchases?|bills?|visits?|trips?|times?|each"),
)
_PER_WORDS = word_set("avg mean typical typically usually bill bills")


def _question(s: Sentence, topic: Topic, **changes: object) -> Question:
    names = tuple(name for name in s.names if name.text.casefold() not in _NOT_NAMES)
    question = Question(
        topic,
        names=names,
        when=when_of(s),
        other=s.other,
        group_by=s.group_by,
        limit=s.limit,
        bounds=s.bounds,
    )
    return replace(question, **changes)  # type: ignore[arg-type]


def when_of(s: Sentence) -> When | None:
    """The sentence's own period, or None; "the month before" alone has none to start from."""
    if s.ago is not None:
        return When(f"this {s.ago.unit}" if s.ago.unit != "day" else "today", (s.ago,))
    if s.when is not None and s.move is not None:
        return replace(s.when, moves=(s.move,))
    return s.when


def _read_net_worth(s: Sentence) -> Question | None:
    if not s.has(
        r"net worth|how (?:rich|wealthy)|(?:am i|are we|i am) worth|"
        r"(?:my|our|total) (?:\w+ )?assets|"
        r"liabilities|debts?|(?:i|we) (?:\w+ )?owe|(?:i|we) own"
    ):
        return None
    names = tuple(name for name in s.names if name.text.casefold() not in _WORTH_WORDS)
    if names and s.has(r"owe|debts?"):
        return _question(s, Topic.BALANCE, names=names)
    if names and not s.first_person:
        return Question(Topic.OFF_TOPIC)
    when = When("today", (s.ago,)) if s.ago else when_of(s)
    if when and s.has("beginning|start"):  # what there was before the period's first day
        when = replace(when, moves=(*when.moves, Move(-1, "day")))
    return _question(s, Topic.NET_WORTH, names=(), when=when)


def _read_saved(s: Sentence) -> Question | None:
    if s.has(r"(?:have|got|is) (?:\w+ )?saved up") or s.has(r"do i have saved"):
        return _question(s, Topic.BALANCE, names=(Name("savings", "in"),))
    measured = s.has(
        r"savings? rate|net (?:income|cash ?flow|savings?|flow|gain|loss|result)|cash ?flow|"
        r"(?:is|was|have|had) left|left over|leftover|surplus|deficit|"
        r"in the (?:red|black)|break even|broke even|"
        r"money in and out|ins and outs|"
        r"(?:income|earn\w*|make|made) (?:minus|less|versus|vs|against|and|compared to) .*"
        r"(?:spen\w+|expenses)|"
        r"(?:spen\w+|expenses) (?:minus|versus|vs|against|and|compared to) .*(?:income|earn\w*)|"
        r"(?:more|less) than (?:i|we) (?:earn|earned|make|made)"
    )
    did_save = s.has(r"(?:did|do|have|had) (?:i|we) (?:\w+ )?(?:save|saved|put aside|set aside)")
    if measured or (did_save and when_of(s) is not None):
        return _question(s, Topic.SAVED, names=(), group_by=None)
    if did_save:
        return _question(s, Topic.UNCLEAR, names=())
    return None


def _read_comparison(s: Sentence) -> Question | None:
    about_income = s.has(r"income|earn\w*|salary|make|made")
    about_money = about_income or s.has(rf"{_SPENT}|compar\w+") or s.names
    if not about_money or s.has(r"net worth"):
        return None
    when, other = when_of(s), s.other
    compares = s.has(
        r"(?:more|less|higher|lower|up|down|fewer)\b.*\bthan|compar\w+|versus|vs|difference|against"
    )
    if when is None or not (compares or (other and s.has(r"and|or"))):
        return None
    if other is None:
        unit = re.fullmatch(r"(?:the )?last (week|month|quarter|year)", when.text)
        if unit is None or when.moves:
            return None
        when, other = When(f"this {unit[1]}"), when
    direction: Direction = "in" if about_income and not s.has(_SPENT) else "out"
    return _question(
        s, Topic.COMPARE, when=when, other=other, direction=direction, group_by=None, bounds=None
    )


def _read_average(s: Sentence) -> Question | None:
    rate = s.has("how much|what") and s.has(r"(?:per|a|each|every) (?:day|week|month)")
    if not (rate or s.has(r"averages?|avg|mean|typical|typically|on average|usually")):
        return None
    sure = s.first_person or s.has(rf"{_SPENT}|{_ROWS}|income|weekly|monthly|daily|per")
    if not (sure or s.names):
        return None
    direction: Direction = "in" if s.has(r"income|earn\w*|salary|make|paychecks?") else "out"
    per = next((unit for unit, words in _PER if s.has(words)), None)
    names = tuple(name for name in s.names if name.text.casefold() not in _NOT_NAMES | _PER_WORDS)
    return _question(
        s, Topic.AVERAGE, direction=direction, group_by=None, names=names, per=per, sure=sure
    )


def _read_income(s: Sentence) -> Question | None:
    if s.has(
        r"when (?:was|were|did|is) .*(?:paid|pay|paychecks?|salary|income|wages)|"
        r"last (?:got )?paid|"
        r"(?:last|latest|most recent) (?:pay|paychecks?|salary|wages)"
    ) and not s.has(r"(?:i|we) (?:last )?(?:pay|paid) (?:for|my|the|to|at)|did i (?:last )?pay"):
        return _question(s, Topic.LAST_PAID, names=())
    if s.has(r"how many|how often|number of|expenses?|spen\w+"):
        return None
    if s.has(
        r"incomes?|earn\w*|salary|wages?|paychecks?|pay ?day|my pay|"
        r"(?:was|were|got|get|getting|been|am|be|gotten) (?:\w+ )?paid|(?:pay|pays|paid) me|"
        r"(?:did|do|have|has) (?:i|we) (?:make|made|bring in|brought in|received?|take home)|"
        r"money (?:\w+ )?(?:in|coming in|came in|received)|(?:came|coming|come|comes) in|"
        r"how much (?:money )?(?:came|comes)|take home|"
        r"how much .*deposit\w*"
    ) and not s.has(r"purchases?|transactions?"):
        return _question(s, Topic.INCOME)
    return None


_NOT_YET = (
    # leaving something out of a total
    r"except|excluding|exclude|excludes|without(?! (?:a |any )?categor)|apart from|other than|"
    r"not including|not counting|besides|aside from|but not|ignoring|leaving out|"
    # other arithmetic than adding up
    r"percent|percentage|percents|proportion|ratio|median|smallest|cheapest|lowest|"
    # over time
    r"chang\w+|(?:higher|lower)(?!.* (?:than|to|vs|versus))|"
    r"grow\w*|grew|trends?|increas\w+|decreas\w+|risen|fallen|rising|falling|jump\w*|"
    # what there are no records of
    r"budgets?|goals?|credit (?:score|limit|utili[sz]ation)|"
    r"duplicates?|pending|(?:charged|billed|paid) twice|double[- ]charged|"
    r"transfers|transferred|(?:put|add|added|contribut\w+) (?:\w+ )*(?:in|into|to|towards)|"
    r"(?:did|have) (?:i|we) (?:transfer|move|moved)"
)


def _read_not_yet(s: Sentence) -> Question | None:
    """Asked often and not answered yet: said so, because the words around it read as a total."""
    if s.has(_NOT_YET) and (s.first_person or s.when or s.has(f"{_SPENT}|{_ROWS}|income")):
        return Question(Topic.NOT_YET)
    return None


def _read_refunds(s: Sentence) -> Question | None:
    if s.has(r"refunds?|refunded|reimburse\w*|money back") and not s.has("net of|less|after|minus"):
        return Question(Topic.REFUNDS)
    return None


def _read_count(s: Sentence) -> Question | None:
    if not s.has(r"how many|how often|how frequently|number of|count"):
        return None
    if s.has(r"how many (?:\w+ )?(?:bank )?accounts"):
        return _question(s, Topic.ACCOUNTS, names=())
    if s.has(
        r"how many (?:\w+ )?(?:days|weeks|months|years|people|hours|minutes|miles|categories)"
    ):
        return None
    sure = s.first_person or s.has(rf"{_ROWS}|times")
    return _question(s, Topic.COUNT, direction=_direction(s), group_by=None, sure=sure)


def _read_largest(s: Sentence) -> Question | None:
    if s.has(r"most (?:money )?(?:i|we) (?:\w+ )?(?:spent|paid|spend|pay)"):
        return _question(s, Topic.LIST, sort="largest", limit=1, direction="out", group_by=None)
    if s.has(r"which (?:of my )?accounts? (?:has|have|holds?)"):
        return _question(s, Topic.ACCOUNTS, names=())
    if s.has(r"where (?:do|did|have) (?:i|we) (?:\w+ ){0,3}most"):
        return _question(s, Topic.SPENDING, group_by="merchant", names=())
    if s.has(
        r"(?:spen\w+|money) (?:\w+ )?(?:the )?most|"
        r"most (?:of )?(?:my |our )?(?:money|spending)"
    ):
        group = s.group_by or ("merchant" if s.has("where|who|at") else "category")
        return _question(s, Topic.SPENDING, group_by=group, names=())
    if s.has(r"(?:where|what|how) (?:does|did|do|is|has|was) (?:all )?(?:my|our|the) money "
             r"(?:\w+ )?(?:go|going|gone|went|spent)"):  # fmt: skip
        return _question(s, Topic.SPENDING, group_by=s.group_by or "category", names=())
    if not s.has(_LARGEST):
        return None
    if s.group_by in ("category", "merchant", "account"):
        return _question(s, Topic.SPENDING, sure=True)
    if not (s.has(rf"{_ROWS}|{_SPENT}") or s.first_person):
        return None
    if s.has(r"income|paychecks?|deposits?|salary"):
        direction: Direction | None = "in"
    else:
        direction = "out" if s.has(_SPENT.replace("payments?|", "")) else None
    one = s.has(r"transaction|purchase|expense|payment|charge|bill|thing|buy|deposit")
    limit = s.limit or (1 if one else 5)
    return _question(s, Topic.LIST, sort="largest", limit=limit, direction=direction, group_by=None)


def _read_list(s: Sentence) -> Question | None:
    everything = s.has(r"all|every|everything|entire|full|complete")
    limit = s.limit or (50 if everything else None)
    direction = _direction(s)
    if s.has(r"when (?:did|have|was|were) (?:i|we|my|the) (?:\w+ )*(?:last|latest|most recent)|"
             r"(?:i|we) last (?:buy|bought|pay|paid|go|went|shop|shopped|visit(?:ed)?|spen\w+)|"
             r"when did (?:i|we)|(?:last|latest|most recent) (?:thing|item) (?:i|we)"):  # fmt: skip
        return _question(s, Topic.LIST, sort="newest", limit=1, group_by=None)
    rows = s.has(_ROWS)
    shown = s.has(
        r"show|list|see|display|view|find|search|look|give|which|what|any|all|recent|latest|newest|"
        r"last|oldest|first|get|pull up|need|my"
    )
    if rows and s.group_by is None and not s.has(r"how much|total|sum"):
        if shown or s.bounds or s.names or s.when or s.limit:
            if not limit and s.has(r"(?:last|latest|newest|most recent|oldest|first) "
                                   r"(?:transaction|purchase|payment|charge|deposit)"):  # fmt: skip
                limit = 1
            sort = "oldest" if s.has(r"oldest|earliest|first") else "newest"
            return _question(s, Topic.LIST, sort=sort, limit=limit, direction=direction)
        return None
    if s.bounds and (shown or s.first_person or s.has("anything|everything|things")):
        return _question(
            s, Topic.LIST, limit=limit, direction=direction, group_by=None, sort="newest"
        )
    if s.has(r"what (?:\w+ )?(?:did|have) (?:i|we) (?:\w+ )?(?:buy|bought|purchased?|order(?:ed)?)|"
             r"(?:show|list) (?:me )?what (?:i|we) (?:bought|spent)|"
             r"recent (?:spending|expenses|orders)|latest (?:spending|expenses)|"
             r"^(?:did|have) (?:i|we) (?:\w+ )?(?:buy|bought|pay|paid|spend|spent|go|shop|order)"
             ):  # fmt: skip
        return _question(s, Topic.LIST, limit=limit, direction="out", sort="newest", group_by=None)
    return None


def _direction(s: Sentence) -> Direction | None:
    if s.has(r"deposits?|incoming|money in|refunds|credits"):
        return "in"
    if s.has(r"purchases?|expenses?|bought|buy|spen\w+|charges?|outgoing"):
        return "out"
    return None


def _read_balance(s: Sentence) -> Question | None:
    names = tuple(
        name for name in s.names if name.text.casefold() not in _NOT_NAMES | {"institutions"}
    )
    listed = s.has(
        r"(?:what|which|list|show|see|all|my|view|display|any|the) (?:\w+ ){0,3}accounts|"
        r"(?:which|what|my) (?:banks|institutions)|^accounts$|accounts (?:do i|i) have"
    )
    if listed and not s.has(rf"{_SPENT}") and not s.has("balance of"):
        return _question(s, Topic.BALANCE if names else Topic.ACCOUNTS, names=names)
    asked = s.has(
        r"balances?|(?:how much|what) (?:\w+ ){0,2}(?:do|does|did) (?:i|we) (?:\w+ )?"
        r"(?:have|hold|got)|"
        r"have (?:i|we) (?:\w+ )?got|(?:how much|what) (?:\w+ )?(?:is|was|are) "
        r"(?:\w+ )?(?:in|on|inside) (?:my|the|our)|how much (?:\w+ )?in (?:my|the)|"
        r"(?:left|available) in|total (?:money|cash|funds)|"
        r"how much (?:money|cash) (?:is|have|in)|money (?:i|we) have"
    )
    if not asked or s.has(r"spen(?:t|ding)"):
        return None
    sure = s.first_person or not names
    return _question(s, Topic.BALANCE, names=names, group_by=None, sure=sure)


def _read_spending(s: Sentence) -> Question | None:
    verbs = s.has(
        r"spends?|spent|spending|expenses?|expenditures?|outgoings|paid|pays?|paying|bought|"
        r"buy|buying|burn(?:ed|t)?|blow|blew|blown|shell(?:ed)? out|dropped|goe?s? out|went out|"
        r"money (?:\w+ )?out|net of|breakdown|break down|splurge\w*"
    )
    if verbs:
        group = s.group_by or ("category" if s.has("break ?down|broken down|split") else None)
        return _question(s, Topic.SPENDING, group_by=group)
    if s.has(
        r"costs?|costing|how much (?:was|were|is|are|for|on|at|to|did|has|have|in|from)|bills?"
    ) or (s.has(r"what (?:was|were|is|are) (?:my|our|the)") and s.names):
        if not s.names:
            return None
        sure = s.has("cost me") or (s.first_person and s.has("bills?|costs?|how much"))
        return _question(s, Topic.SPENDING, sure=sure)
    return None


MONEY_READERS: tuple[Callable[[Sentence], Question | None], ...] = (
    _read_not_yet,
    _read_refunds,
    _read_net_worth,
    _read_saved,
    _read_comparison,
    _read_average,
    _read_income,
    _read_count,
    _read_largest,
    _read_list,
    _read_balance,
    _read_spending,
)

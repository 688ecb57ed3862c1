"""A few words that turn the question before them: "where?", "in total", "the biggest one", "why?".

They name nothing of their own, so they are read here only if nothing else is said: each word is a
part of the phrase, a word that only leads to it, or a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding import turns as make
from spendo.assistant.analyst.understanding.heard import Heard, hear
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.phrases import find, phrase
from spendo.assistant.analyst.understanding.turns import SUMMED, subject
from spendo.assistant.analyst.understanding.words import AMOUNT, MARKS, NAME, NUMBER, TIME

_LEAD = word_set(
    """
    and so ok okay now then but or also just only please the a an it that this these those them
    they of in on for to with i we you was were is are be did do does there here all one ones
    altogether me my our us can could would what which about how go went gone going has have had
    """
)


@dataclass(frozen=True)
class _Turn:
    """`of` are kinds, None all that are not about transactions; `named`: with names in it, too."""

    of: frozenset[str] | None
    phrases: tuple[str, ...]
    make: Callable[[Heard, Question], Question | None]
    named: bool = False


_OF_ROWS = frozenset({"listing", "smallest", "counting"})


def turned(heard: Heard, earlier: Question) -> Question | None:
    """What the message makes of the question before it; None if it says something of its own."""
    for turn in _TURNS:
        if earlier.kind in SUMMED if turn.of is None else earlier.kind not in turn.of:
            continue
        for text in turn.phrases:
            found = find(phrase(text), heard.words)
            if found is not None and _says_nothing_else(heard, found.words, named=turn.named):
                made = turn.make(heard, earlier)
                if made is not None and earlier.aspect == "pay" and made.kind in _OF_ROWS:
                    return make.LEANS_ON_MORE  # rows do not know what pay is
                if made is not None:
                    return replace(made, when=heard.when or made.when, instead=None)
    return None


def of_both(message: str, earlier: Question | None, before: Question | None) -> Question | None:
    """ "Both together", "compare them": what the last two questions asked the same of."""
    if earlier is None or before is None:
        return None
    heard = hear(message, frozenset())
    compared = any(find(phrase(text), heard.words) for text in _COMPARED)
    if not (compared or any(find(phrase(text), heard.words) for text in _BOTH)):
        return None
    if set(heard.words) - _LEAD - _OF_BOTH:
        return None
    in_time = replace(before, when=earlier.when, instead=earlier.instead)
    if compared and in_time == earlier and earlier.when and before.when and _is_sum(earlier):
        return replace(earlier, kind="compare", when=earlier.when, other=before.when)
    alike = replace(before, names=earlier.names, perhaps=earlier.perhaps, sure=earlier.sure)
    if replace(alike, instead=None) != replace(earlier, instead=None):
        return None
    if not (earlier.names and before.names):
        return None
    names = (*before.names, *earlier.names)
    if compared:
        return replace(subject(earlier), kind="beside", names=names) if _is_sum(earlier) else None
    return replace(earlier, names=names, instead=None)


_COMPARED = ("compare/compared", "which/what .. .. more/most/bigger/higher", "difference")
_BOTH = ("both", "together/combined/altogether", "total/sum of? ... two/them/those")
_OF_BOTH = word_set(
    """
    both together total sum combined compare compared difference between two which what more most
    bigger higher other each add up cost
    """
)


def _is_sum(question: Question) -> bool:
    return question.kind == "spending"


def only_turns(heard: Heard) -> bool:
    """Whether all that is said leans on something: it is about that, even if not clear how."""
    words = [word for word in heard.words if word not in MARKS]
    return bool(words) and set(words) <= _LEAD | _OF_TURNS | {TIME, AMOUNT, NUMBER}


def _says_nothing_else(heard: Heard, explained: frozenset[int], *, named: bool) -> bool:
    if heard.without or heard.bounds or heard.currency:
        return False
    known = _LEAD | MARKS | {TIME, AMOUNT, NUMBER}
    if named:
        names = heard.names(explained)
        known |= {NAME, *(part for name in names for part in name.text.casefold().split())}
        if not names:
            return False
    return not [
        word
        for number, word in enumerate(heard.words)
        if number not in explained and word not in known and not word.isdigit()
    ]


_TURNS = (
    _Turn(
        SUMMED,
        (
            "^ and? where/who/whom $",
            "where was/is/were that/it/this/they/those",
            "where did .. .. go",
            "at/in/to which/what ~shop",
            "which/what ~shop",
            "^ and? where/who/whom from $",
            "^ and? from where/whom/who $",
        ),
        make.where,
    ),
    _Turn(
        SUMMED,
        (
            "on/for what",
            "what on/for",
            "what was/is/were that/it/this/they/those on/for? $",
            "what did ~i buy/get",
        ),
        make.on_what,
    ),
    _Turn(
        SUMMED - {"listing"},
        (
            "^ please? can/could? you? ~show me? the/them/those/it/that/these/all? all? ~rows? $",
            "which ones/~rows",
            "details",
            "itemise/itemize/itemised/itemized",
        ),
        make.rows,
    ),
    _Turn(
        word_set("compare beside"),
        (
            "how much .. more/less/difference",
            "^ how much $",
            "by how much",
            "what is the difference",
            "in/as percent",
            "as/in a? percentage",
        ),
        make.same,
    ),
    _Turn(
        SUMMED,
        (
            "total/altogether/overall/combined/sum",
            "in all",
            "all together",
            "how much is/was/were that/it/they/those all? $",
        ),
        make.total,
    ),
    _Turn(SUMMED, ("both? together", "^ and? both $"), make.together),
    _Turn(
        SUMMED,
        (
            "how many .. times/~rows/visits",
            "^ and? how many $",
            "how many is/are/was/were there/they/those/that",
            "how often",
        ),
        make.count,
    ),
    _Turn(
        SUMMED,
        (
            "more or less/lower than ~average/normal",
            "~more than ~average/normal",
            "is/was that/it/this ~average/normal/common/high/low/lot/unusual",
            "is/was that/it/this a lot",
            "what is ~average/normal",
        ),
        make.usual,
    ),
    _Turn(
        SUMMED,
        (
            "~average .. ~rows/visit/bill/one/amount/size/price",
            "~average",
            "per/each visit/~rows/time",
        ),
        make.average,
    ),
    _Turn(
        SUMMED,
        (
            "~large/~small/dearest/priciest .. one/{number}/~rows/~things/chunk/part/share",
            "most/least expensive/costly .. one/{number}/~rows/~things",
            "which/what ... ~large/~small/dearest",
            "which/what ... most/least expensive/costly",
            "^ and? the? ~large/~small/dearest $",
        ),
        make.largest,
    ),
    _Turn(
        SUMMED,
        (
            "^ and? when $",
            "when was/is/were/did that/it/this/i/we/they .. last? time? go/happen/buy? $",
            "when was/is/were that/it/this",
            "when .. the? ~late/first/oldest .. one/{number}/time/~rows",
            "~late/first/oldest/earliest one/{number}/time/~rows",
            "most recent one/{number}/~rows",
        ),
        make.one_row,
    ),
    _Turn(
        SUMMED - {"why", "growth", "change"},
        (
            "^ and/but? why/how? come? so much/high/low/little/expensive? $",
            "^ and/but? why $",
            "why ... ~change/~more/high/low/expensive/different",
            "why ... so much/high/low/little/expensive/different",
            "why is/was/did that/it/this",
            "how come",
            "what changed",
            "reason/reasons",
        ),
        make.why,
    ),
    _Turn(
        SUMMED - {"income"},
        (
            "share/percent/percentage/part/fraction of ... income/pay/salary/earnings/wages",
            "how much of ... income/pay/salary/earnings/wages",
        ),
        make.of_income,
    ),
    _Turn(
        SUMMED,
        ("in percent", "as/in .. percent/percentage/percentages/share", "what percentage/share"),
        make.share,
    ),
    _Turn(
        word_set("saved"),
        ("in percent", "as/in .. percent/percentage/share", "what percentage/share", "rate"),
        make.rate,
    ),
    _Turn(
        SUMMED - {"beside"},
        (
            "more/less/higher/lower than",
            "compare/compared/comparing with/to/against?",
            "versus/vs/against",
        ),
        make.beside,
        named=True,
    ),
    _Turn(
        SUMMED,
        ("^ and? what is/was/are/were in/under/inside other/others/miscellaneous/general",),
        make.inside,
    ),
    _Turn(SUMMED, ("^ and? what is/was/are/were in/under/inside",), make.inside, named=True),
    _Turn(
        word_set("subscriptions"),
        (
            "which/what ... ~large/~small/dearest/priciest",
            "which/what ... most/least expensive/costly?",
            "most/least expensive",
            "^ and? the? ~large/~small/dearest one? $",
            "costs/cost .. most/least",
        ),
        make.by_cost,
    ),
    _Turn(
        word_set("subscriptions"),
        ("when .. .. next one/{number}? due?", "when .. .. due", "next one/{number}? due?"),
        make.due,
    ),
    _Turn(
        word_set("subscriptions"),
        ("per/a/each/every month/year", "monthly/yearly/annually", "total/altogether", "in all"),
        make.same,
    ),
    _Turn(
        SUMMED,
        ("which/what ~unit/~category/~shop ... most/least/~large/~small",),
        make.by_unit,
    ),
    _Turn(
        SUMMED,
        ("break/split .. down/up", "breakdown", "broken down", "split it/that/them? up?"),
        make.broken_down,
    ),
    _Turn(
        word_set("listing"),
        (
            "sort/sorted/order/ordered? by amount/size/value/date",
            "~large/newest/latest/oldest first",
        ),
        make.in_order,
    ),
    _Turn(
        word_set("listing"),
        ("just/only .. ~spend/purchases/payments/charges/outgoings",),
        make.only_out,
    ),
    _Turn(
        word_set("listing"),
        ("just/only .. income/deposits/incoming", "just/only .. money in"),
        make.only_in,
    ),
    _Turn(
        word_set("refunds"),
        (
            "~large/~small .. one/{number}?",
            "^ and? from where/whom/who $",
            "^ and? where/who from $",
        ),
        make.same,
    ),
    _Turn(None, ("total/altogether/overall", "in all"), make.same),
    _Turn(
        word_set("next_pay bills last_paid refunds pending"),
        (
            "^ and? how much $",
            "how much is/was/will/are that/it/this/they be? $",
            "how much .. .. in total/all",
            "total/altogether",
            "when ... ~late/next one/{number}/time due?",
            "when is/was/are that/it/this/they",
        ),
        make.same,
    ),
    _Turn(
        word_set("payoff strategies"),
        (
            "what if ~i pay/paid/add/added ... more/extra",
            "what if ~i pay/paid/add/added",
            "if ~i pay/paid/add/added ... more/extra",
            "more/extra",
            "^ and? with/at",
        ),
        make.paying,
    ),
    _Turn(
        word_set("budget_left budgets_over budget_pace"),
        ("how much .. .. left/remaining/over", "what is left/remaining"),
        make.same,
    ),
)
_OF_TURNS = frozenset(
    word for turn in _TURNS for text in turn.phrases for word in phrase(text).words
)

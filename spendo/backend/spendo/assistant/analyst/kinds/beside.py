"""Two or more names side by side: categories, shops or accounts, over one period."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.balances import account_table, pending
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, choose_one, match_all
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, ask_all, period_text
from spendo.assistant.analyst.question import Name, NameHint, Question
from spendo.assistant.analyst.side_by_side import Column, beside, most_and_least, two
from spendo.assistant.analyst.sums import SO_FAR, WHOLE_MONTHS, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS
from spendo.assistant.analyst.understanding.words import NAME, TIME
from spendo.assistant.analyst.wording import during, is_zero, money, name, notes, plain
from spendo.assistant.tools.envelope import (
    AccountsEnvelope,
    AnyEnvelope,
    NamesEnvelope,
    SumEnvelope,
)

MOST_NAMES = 6
_STRUCTURE = (
    "~more ... than",
    "~more ... ... than",
    "vs/versus/against",
    "compare/compared/comparing/comparison",
    "difference/gap/ratio ... between/of/to",
    "rank/ranked/ranking",
    "side by side",
    "next to each other",
    "beat/beats/exceed/exceeds/outweigh/outweighs",
)
_MORE = word_set("more less most least bigger smaller greater cheaper dearer larger higher lower")
_NOT_OF_NAMES = (
    "than/vs/versus/against/with/to {time}",
    "~more than half/twice/once",
)
_NOT_SUMS = (
    "should/shall/would",
    "~move",
    "put/deposit/deposited",
    "avalanche/snowball",
    "went/gone/go/going up/down",
    "grew/grow/grown/rise/rose/risen/fell/fall/fallen/increased/decreased/dropped",
)
_TALK = word_set(
    """
    eat eats eating away money spend get gets cost costs costing leave bigger smaller greater
    cheaper dearer larger higher lower side yearly annually monthly each what who which compared
    comparison compare ratio gap difference beat beats exceed exceeds outweigh outweighs vs versus
    against than more less fewer most least worth twice double triple much often time times usually
    normally generally really typically actually bill bills
    """
)
_APART = re.compile(r"\s+(?:and|or|vs\.?|versus|to|with|than)\s+|\s*[,/]\s*", re.IGNORECASE)


def names_beside(heard: Heard) -> tuple[Name, ...]:
    """What is put beside what: the names as they stand, taken apart at "or", "vs" and "than"."""
    words = heard.words
    talk = frozenset(
        number
        for number, word in enumerate(words)
        if word != NAME and (word in _TALK or word in SPOKEN_WORDS)
    )
    found = [part for each in heard.names(talk) for part in _APART.split(each.text) if part.strip()]
    return tuple(Name(text) for text in dict.fromkeys(found))


def weigh(heard: Heard) -> int:
    """Certain where two names and a word that compares them are said, and no two times."""
    if (
        len(heard.times.whens) > 1
        or heard.times.move
        or heard.without
        or heard.bounds
        or heard.times.horizon
    ):
        return 0
    alternatives = "or" in heard.words and (set(heard.words) & _MORE or _is_bare(heard))
    alternatives = alternatives or ("between" in heard.words and set(heard.words) & _MORE)
    if not (alternatives or heard.says(*_STRUCTURE)) or heard.says(*_NOT_OF_NAMES):
        return 0
    if heard.says_own(*_NOT_SUMS):
        return 0
    return 93 if 1 < len(names_beside(heard)) <= MOST_NAMES else 0


def _is_bare(heard: Heard) -> bool:
    """ "Travel or transport?"."""
    named = {part for name in heard.names() for part in name.text.casefold().split()}
    return {word.raw.casefold() for word in heard.line.words} <= named | {"or", TIME}


def read(question: Question, heard: Heard) -> Question | None:
    names = names_beside(heard)
    if len(names) < 2:
        return None
    spent = heard.says("~spend/~pay/~buy/~cost", "leave/goes/spending")
    held = heard.says("balance/balances", "how much/more .. in", "do i have", "is there")
    return replace(
        question,
        names=names,
        aspect="spent" if spent else "held" if held else "",
        per=heard.each_unit,
        counts=heard.says("how often/many", "more often", "times/visits"),
        group_by=None,
    )


def answer(question: Question) -> Plan:
    matches = yield from match_all(question.names)
    hint: NameHint = "in" if all(found.accounts for found in matches) else "none"
    chosen = [
        part
        for each, found in zip(question.names, matches, strict=True)
        for part in _apart(each, choose_one(replace(each, hint=hint), found))
    ]
    if len({each.all() for each in chosen}) < 2:
        raise AnswerNowError(f"Both are the same: {name(', '.join(chosen[0].all()))}.")
    only_accounts = all(each.accounts for each in chosen)
    if only_accounts and question.aspect != "spent" and question.when is None:
        text = yield from _balances(chosen)
        return text
    measures = [_measure(each, matches) for each in chosen]
    measure = measures[0]
    if measure == "income":
        question = replace(question, direction="in")
    period = yield from period_text(question.when, WHOLE_MONTHS if question.per else SO_FAR)
    calls = [sum_of(each, period, names) for each, names in zip(measures, chosen, strict=True)]
    sums = yield from ask_all(SumEnvelope, calls)
    if not any(each.count for each in sums):
        text = yield from nothing_found(f"no {measure} of either", sums[0])
        return text
    columns = [
        Column(", ".join(each.all()), found) for each, found in zip(chosen, sums, strict=True)
    ]
    if len(set(measures)) > 1:
        return _mixed(columns) + notes(sums[0].excluded)
    joint = "from" if measure == "income" else chosen[0].words("from").split()[0]
    lead = yield from (
        two(question, "", columns, _than(chosen, joint), _alike(chosen, joint))
        if len(columns) == 2
        else most_and_least(question, "", columns, joint)
    )
    lead = lead[:-1] + f"{during(sums[0].period)}{lead[-1]}"
    return f"{lead}\n\n{beside(question, 'What', columns)}{notes(sums[0].excluded)}"


def _apart(name: Name, chosen: Filter) -> list[Filter]:
    """ "Groceries restaurants" without a comma is both of them."""
    said = set(name.text.casefold().split())
    if len(chosen.categories) > 1 and {each.casefold() for each in chosen.categories} <= said:
        return [Filter(categories=(each,)) for each in chosen.categories]
    return [chosen]


def _than(chosen: Sequence[Filter], joint: str) -> str:
    first, second = (name(", ".join(each.all())) for each in chosen)
    return f"{joint} {first} than {joint} {second}"


def _alike(chosen: Sequence[Filter], joint: str) -> str:
    first, second = (name(", ".join(each.all())) for each in chosen)
    return f"{joint} {first} and {joint} {second}"


def _measure(chosen: Filter, matches: Sequence[NamesEnvelope]) -> str:
    kinds = {thing.name: thing.kind for found in matches for thing in found.categories}
    earned = all(kinds.get(label) == "income" for label in chosen.categories)
    return "income" if chosen.categories and earned else "spending"


def _mixed(columns: Sequence[Column]) -> str:
    """Of what is spent beside what is received."""
    verbs = {"income": "received from", "spending": "spent on"}
    parts = (
        f"**{money(each.total)}** {verbs[each.sum.measure]} {name(each.label)}" for each in columns
    )
    return f"{', '.join(parts)}{during(columns[0].sum.period)}."


def _balances(chosen: Sequence[Filter]) -> Generator[list[Call], list[AnyEnvelope], str]:
    wanted = [label for each in chosen for label in each.accounts]
    found = yield from ask(AccountsEnvelope, Call("list_accounts", {"accounts": wanted}))
    accounts = [each for label in wanted for each in found.accounts if each.name == label]
    lead = f"{len(accounts)} accounts side by side:"
    if len(accounts) == 2 and accounts[0].balance.currency == accounts[1].balance.currency:
        first, second = accounts
        change = yield from difference(first.balance, second.balance)
        word = "less" if money(change).startswith("−") else "more"
        lead = (
            f"{name(first.name)} holds as much as {name(second.name)}:"
            if is_zero(change)
            else f"{name(first.name)} holds **{plain(change)}** {word} than {name(second.name)}:"
        )
    return f"{lead}\n\n{account_table(accounts)}{pending(accounts)}"


KINDS = (
    Kind(
        name="beside",
        family=Family.COMPARISON,
        title="Categories, shops or accounts side by side",
        cues="",
        weigh=weigh,
        read=read,
        answer=answer,
        examples=(
            "Do I spend more on groceries than on restaurants?",
            "Bluebell Coffee vs Third Cup Café this year",
            "compare groceries, restaurants and coffee for october",
            "what is bigger, rent or food, over the last 6 months",
            "which is higher in October, spending from Rewards Credit Card or Everyday Checking",
            "is there more in savings than in checking",
            "do I spend more at Bluebell or Third Cup",
            "compre groceries and coffee last month",
        ),
        shown=(
            "Do I spend more on groceries than on restaurants?",
            "compare groceries, restaurants and coffee for october",
            "is there more in savings than in checking",
        ),
    ),
)

"""Changing the records, or moving money: the analyst does neither, and says what it takes."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Plan
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import MONEY_WORDS, word_set

READ_ONLY = "I can only read your records: I cannot change them or move money."
_HOW = {
    "categorise": (
        "A category is set by you, on the transactions themselves. I can list them for you: ask "
        "for the transactions at a shop."
    ),
    "rule": (
        "A rule for new transactions is made by you, with the shop and the category it is to get. "
        "I can list the transactions it would have met."
    ),
    "add": (
        "A transaction is added by you, with its day, amount, account and category. I can show the "
        "ones that are there."
    ),
    "undo": (
        "A change is undone by you, in the history of changes. I made none, so there is nothing of "
        "mine to undo."
    ),
    "delete": (
        "Deleting is done by you alone, in the settings, where you are asked once more. I can show "
        "what is there."
    ),
    "budget": "A budget is set by you, for a category and a month. I can suggest an amount for it.",
    "goal": "A goal is set by you, with its amount and its day. I can show what is saved for it.",
    "hide": "A transaction or an account is hidden by you, on its own page. I can show it to you.",
    "split": "A transaction is split by you, into parts that add up to it. I can show it to you.",
    "import": (
        "A file is brought in by you, with a preview of every row first. I can say what the "
        "records hold so far."
    ),
    "money": "Money is moved by you, at your bank. I can show balances and what is due.",
    "other": "I can show what you want to change so that you find it.",
}
_POLITE = word_set(
    "please can could would will you i want to like help me go ahead and now just always kindly"
)
_VERBS: dict[str, str] = {
    verb: how
    for how, verbs in {
        "categorise": (
            "mark categorise categorize recategorise recategorize file label tag assign stick chuck"
        ),
        "add": "add record enter log",
        "undo": "undo revert",
        "delete": "delete remove erase wipe clear reset bin scrap",
        "hide": "hide exclude unhide",
        "split": "split",
        "import": "import upload export",
        "money": "transfer move send pay buy sell invest withdraw deposit wire cancel close open",
        "other": "rename set create change update edit put make",
    }.items()
    for verb in verbs.split()
}
_NO_VERBS = {
    *(("add", "up"), ("set", "of"), ("change", "in"), ("change", "of"), ("pay", "day")),
    *(("split", "by"), ("open", "accounts"), ("exclude", "from"), ("make", "sense")),
}
_ONLY_MONEY = word_set(
    "categorise categorize recategorise recategorize pay undo revert split transfer mark"
)


def verb_of(heard: Heard) -> str | None:
    """The verb that the message begins with, after words of politeness."""
    for number, word in enumerate(heard.whole):
        if word in _VERBS:
            following = heard.whole[number + 1 : number + 2]
            return None if (word, *following) in _NO_VERBS else word
        if word not in _POLITE:
            return None
    return None


def weigh(heard: Heard) -> int:
    if heard.says_whole("from now on"):
        return 91
    return 83 if verb_of(heard) else 0


def read(question: Question, heard: Heard) -> Question | None:
    if heard.says_own("how much/many/often", "where/what/which/when do/did/have/am ~i"):
        return None
    verb = verb_of(heard)
    how = _how(heard, _VERBS.get(verb or "", "other"))
    about_money = (
        set(heard.whole) & MONEY_WORDS
        or verb in _ONLY_MONEY
        or how in ("rule", "categorise", "budget", "goal", "undo", "delete")
        or heard.amount
        or heard.bounds
        or (heard.names() and how not in ("other", "add"))
    )
    return replace(Question("change"), aspect=how) if about_money else Question("off_topic")


def _how(heard: Heard, how: str) -> str:
    if heard.says("always", "rule/rules") or heard.says_whole("from now on"):
        return "rule"
    if heard.says("~budget"):
        return "budget"
    if heard.says("~goal"):
        return "goal"
    if how == "other":
        if heard.amount and not heard.says("category"):
            return "add"
        if heard.says("category", "to/under/as {name}", "under/as"):
            return "categorise"
    if heard.says("get rid of"):
        return "delete"
    if heard.says("put ... into/under {name}"):
        return "categorise"
    if heard.says("take that/it/this back"):
        return "undo"
    if heard.says(
        "new expense/transaction/payment/income/purchase", "add/log/record it/this/that $"
    ):
        return "add"
    return how


def answer(question: Question) -> Plan:
    yield from ()
    return f"{READ_ONLY} {_HOW[question.aspect or 'other']}"


KINDS = (
    Kind(
        name="change",
        family=Family.ACTIONS,
        title="Changes: they need your own hand",
        cues="""
            92 ^ please? set/change/raise/lower/increase/reduce my/the? ... budget to
            84 undo that/it/this
            84 take that/it/this back
            91 should always
            91 always put/categorise/categorize/file/mark/be/goes
            84 make/add/create a rule
            84 new expense/transaction/purchase
            84 add/log/record it/this/that $
            91 get rid of
            92 get rid of ... transactions/transaction/history/data/records/everything
            84 put all/the/my? ... into/under {name}
            84 delete/erase/remove/wipe/clear all/everything/my
            84 mark ... as
            84 categorise/categorize/recategorise/recategorize ... as/under/to
            84 under {name}
        """,
        never="how much/many/often\nsplit by",
        weigh=weigh,
        read=read,
        answer=answer,
        examples=(
            "delete all my transactions",
            "bin the last transaction",
            "transfer 100 dollars to savings",
            "pay my rent",
            "please mark all Lyft rides as Transport",
            "always put Netflix under Subscriptions",
            "add 12.50 cash for lunch yesterday",
            "set a budget for groceries of $400",
            "undo that",
            "erase all my data",
            "I spent 12.50 in cash on lunch yesterday, add it",
            "from now on Netflix is Subscriptions",
            "pleese mark all Lyft rides as Transport",
        ),
        talk=True,
        shown=(
            "please mark all Lyft rides as Transport",
            "always put Netflix under Subscriptions",
            "delete all my transactions",
            "undo that",
        ),
    ),
)

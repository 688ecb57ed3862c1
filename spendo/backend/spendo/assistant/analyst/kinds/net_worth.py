"""What one owns less what one owes, today or on a day in the past."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.net_worth_history import SPAN
from spendo.assistant.analyst.kinds.net_worth_history import read as read_change
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Move, Question, When
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import NO_ACCOUNTS, bold, is_zero, left_out, money
from spendo.assistant.tools.envelope import AccountsEnvelope, NetWorthEnvelope

_WORTH_WORDS = word_set("assets asset liabilities liability debt debts rich wealthy")


def read(question: Question, heard: Heard) -> Question | None:
    names = tuple(name for name in question.names if name.text.casefold() not in _WORTH_WORDS)
    when = question.when
    if heard.times.ago:
        when = When("today", (heard.times.ago,))
    if when and not heard.times.ago and when.text.casefold().startswith("since"):
        return replace(question, kind="net_worth_history", names=(), when=when, group_by=None)
    if when and SPAN.fullmatch(when.text):  # "over the last year" has no one day
        change = read_change(question, heard)
        return change and replace(change, kind="net_worth_history", group_by=None)
    if names and heard.says("~owe", "debt/debts"):
        return replace(question, kind="balance", names=names, when=when)
    if names and not heard.first_person:
        return Question("off_topic")
    if when and heard.says_own("beginning/start"):  # what there was before the period's first day
        when = replace(when, moves=(*when.moves, Move(-1, "day")))
    owes, owns = heard.says("~owe", "debt/debts/liabilities"), heard.says("own", "assets", "worth")
    assets = heard.says("assets") and not owes
    aspect = "owed" if owes and not owns else "owned" if assets else ""
    return replace(question, names=(), when=when, group_by=None, aspect=aspect)


def follow(heard: Heard, earlier: Question) -> Question | None:
    if not heard.says("~change", "over"):
        return None
    return replace(earlier, kind="net_worth_history", when=heard.when or earlier.when)


def answer(question: Question) -> Plan:
    when = yield from period_text(question.when, "")
    found = yield from ask(NetWorthEnvelope, Call("net_worth", {"as_of": when} if when else {}))
    verb = "was" if question.when else "is"
    if is_zero(found.assets) and is_zero(found.liabilities):
        have = yield from ask(AccountsEnvelope, Call("list_accounts"))
        if not have.accounts:
            return NO_ACCOUNTS
    if question.aspect:
        return _part(question, found)
    text = (
        f"Your net worth {verb} {bold(found.total)} on {found.words}: you own "
        f"**{money(found.assets)}** and owe **{money(found.liabilities)}**."
    )
    return text + "".join(f"\n\n{line}" for line in left_out(found.left_out))


def _part(question: Question, found: NetWorthEnvelope) -> str:
    """Only what is owed, or only what is owned."""
    owed = question.aspect == "owed"
    verb = {(True, False): "owe", (True, True): "owed", (False, False): "own"}.get(
        (owed, question.when is not None), "owned"
    )
    amount = found.liabilities if owed else found.assets
    text = f"You {verb} {bold(amount)} in all on {found.words}."
    return text + "".join(f"\n\n{line}" for line in left_out(found.left_out))


KINDS = (
    Kind(
        name="net_worth",
        family=Family.BALANCES,
        title="Net worth, today and on a day in the past",
        cues="""
            92 what do/did ~i own $
            92 debt/debts/liabilities/owe/owed .. .. end {time}
            92 what do/did ~i own {time}
            70 net worth
            70 how rich/wealthy
            70 am/are/was/were i/we worth
            70 i am worth
            62 my/our/total .. assets
            62 liabilities
            62 debt/debts
            62 ~i .. ~owe
            62 ~i own
        """,
        read=read,
        follow=follow,
        answer=answer,
        examples=(
            "What's my net worth?",
            "my net wroth",
            "How much am I worth?",
            "what is my net worth at the end of May",
            "net worth on 15 March",
            "What do I owe?",
            "how rich am I",
            "my net worth a year ago",
            ("What's my net worth?", "and in May?"),
        ),
    ),
)

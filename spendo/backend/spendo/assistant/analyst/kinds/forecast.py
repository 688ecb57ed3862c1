"""The balance of days to come, from what is known to come."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace

from spendo.assistant.analyst.ahead import until_text
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import bold, day, money, names
from spendo.assistant.tools.envelope import AnyEnvelope, ForecastEnvelope

_NO_NAMES = word_set(
    """
    date day days balance money account accounts lowest low point minus red zero negative
    them
    """
)


def read(question: Question, heard: Heard) -> Question | None:
    names = tuple(
        each for each in question.names if not set(each.text.casefold().split()) & _NO_NAMES
    )
    if not names:  # the kind of account that a wording has in it
        said = heard.own or heard.whole
        names = tuple(Name(word) for word in dict.fromkeys(said) if word in _HELD)
    horizon = question.horizon
    if (
        horizon is None
        and question.when
        and heard.says_own("~forecast/expected", "will ~i", "will my/there")
    ):
        horizon = question.when.text  # "forecast for december", "will I have on 15 december"
    return replace(question, names=names, horizon=horizon, group_by=None)


_HELD = word_set("savings checking chequing brokerage 401k retirement pension wallet")


def _ahead(
    question: Question, default: str, cancel: tuple[str, ...] = ()
) -> Generator[list[Call], list[AnyEnvelope], ForecastEnvelope]:
    until = yield from until_text(question, default)
    arguments: dict[str, object] = {"until": until}
    if question.names and not cancel:
        chosen = yield from look_up(question, first="in")
        if chosen.accounts:
            arguments["accounts"] = list(chosen.accounts)
    if cancel:
        arguments["cancel"] = list(cancel)
    found = yield from ask(ForecastEnvelope, Call("forecast_balance", arguments))
    return found


def answer(question: Question) -> Plan:
    found = yield from _ahead(question, "end of month")
    return (
        f"{names(found.accounts)} will hold about {bold(found.end)} on {day(found.end_on)}, if "
        f"only what is known to come does: {money(found.money_in)} in and "
        f"{money(found.money_out)} out."
        f"{_lowest(found)}\n\n{_HOW}{_others(found)}"
    )


def worry(question: Question) -> Plan:
    found = yield from _ahead(question, "3 months")
    below = found.first_below_zero
    text = (
        f"**{day(found.lowest_on)}**: your balance is expected to be lowest then, at "
        f"{bold(found.lowest)}"
    )
    text += f"; it falls below zero on {day(below)}." if below else ", which is not below zero."
    return f"{text} I looked at {found.period.words}.\n\n{_HOW}{_others(found)}"


def read_cancel(question: Question, heard: Heard) -> Question | None:
    said = (replace(each, text=_CANCELLING.sub("", each.text)) for each in question.names)
    names = tuple(each for each in said if each.text and each.text.casefold() not in _FEW)
    return replace(question, names=names, aspect="asked back" if not names else "")


_CANCELLING = re.compile(
    r"^(?:(?:cancell?ing|cancel|stopping|dropping|ditching|quitting|the|my)\b\s*)+", re.IGNORECASE
)
_FEW = frozenset({"these", "three", "subscription", "subscriptions", "save", "happens"})


def cancel(question: Question) -> Plan:
    if not question.names:
        return "Which ones? Name the subscriptions or bills that you mean."
    wanted = tuple(
        part.strip()
        for each in question.names
        for part in each.text.replace(" and ", ",").replace("&", ",").split(",")
        if part.strip()
    )
    found = yield from _ahead(question, "12 months", wanted)
    return (
        f"Without {names(found.cancelled)} you would keep "
        f"**{money(found.saved_by_cancelling)}** in {found.period.words}: {money(found.end)} "
        f"instead of {money(found.end_without_changes)} on {day(found.end_on)}."
        f"\n\n{_HOW}{_others(found)}"
    )


def _lowest(found: ForecastEnvelope) -> str:
    if found.lowest_on == found.end_on:
        return ""
    return f" The lowest point is {money(found.lowest)} on {day(found.lowest_on)}."


def _others(found: ForecastEnvelope) -> str:
    if not found.other_currencies:
        return ""
    return f" Accounts in {names(found.other_currencies)} are not in it."


_HOW = (
    "This is today's balance with what is pending, then every payment that comes regularly on the "
    "day it is due, what varies at its usual amount. Everyday spending and what does not come "
    "regularly are not in it."
)

KINDS = (
    Kind(
        name="forecast",
        family=Family.FORECAST,
        title="What the balance will be",
        cues="""
            92 run out of money/cash
            92 will my/our/the .. savings/checking/brokerage/401k/balance/account be/have/hold
            92 will .. .. .. go/drop/fall/dip/get {amount}
            92 how much .. will ~i have {time}
            92 will ~i have enough
            92 expected/projected/predicted balance
            92 enough to last until/till/to/through
            92 will ~i have .. .. .. .. {time}
            92 ^ ~forecast for/until/to? {time}
            82 what/how/much will be in
            82 dip/dips/drop below/under
            82 below/under zero/0
            82 will .. .. balance/account/checking/savings
            82 will ~i .. have/be/run/go
            82 will there be
            82 balance ... be
            82 going to be/have/run
            82 forecast/forecasts/predict/projection/projected/prediction
            82 run out
            82 project
            82 overdraft/overdrawn/overdraw
            82 go/goes/be negative
            82 how much will ~i ... have
            82 expected balance
        """,
        never="""
            worry
            budget
            lowest/dangerously/lower
            spend
            savings last
        """,
        read=read,
        answer=answer,
        examples=(
            "what will my balance be at the end of the month",
            "what will be in my checking at the end of December",
            "will my account dip below zero this month",
            "forecast my balance",
            "how much will I have at the end of next month",
            "what will my checking balance be next week",
            "will I run out of money",
            "project my balance for the next 30 days",
            "what wil my balance be next month",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="worry",
        family=Family.FORECAST,
        title="Which day to look at",
        cues="""
            85 worry/worried/worrying/concerned
            85 balance/account/money ... lowest ... coming/next/weeks/days/month
            85 will .. .. balance/account/money be lowest
            85 will .. .. .. be lowest/tightest
            85 balance/account/money ... dangerously
            85 gets/get dangerously/too/very low
            85 which/what date/day ... lowest/low/tight
            85 tight/tightest
            85 run low
            85 hit ... low/bottom/lowest
            85 critical date/day
        """,
        read=read,
        answer=worry,
        examples=(
            "Which date should I worry about?",
            "when will my balance be lowest in the coming weeks",
            "which day should I worry about money",
            "is there a date my balance gets dangerously low?",
            "on which date will my account be lowest",
            "when will money be tight",
            "wich date should I worry about",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="cancel",
        family=Family.FORECAST,
        title="What cancelling would change",
        cues="""
            87 if ~i cancel/cancelled/canceled/stop/stopped/drop/dropped/quit
            87 cancelling/canceling
            87 without my subscriptions
            87 save/saved if/by
        """,
        read=read_cancel,
        answer=cancel,
        examples=(
            "what if I cancel Streamhouse Video?",
            "if I cancel Tunely Music and Cloudbox Storage, what do I save",
            "how much would I save by cancelling Streamhouse Video",
            "what happens if I cancel Ironleaf Gym",
            "if I cancel these three",
            "how much do I save if I stop Tunely Music",
            "what if I cancle Streamhouse Video",
        ),
        looks_ahead=True,
    ),
)

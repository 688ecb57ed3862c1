"""A question completed by the one before it, and messages that change only a part of that one."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.question import GroupBy, Move, Question, Unit, When
from spendo.assistant.analyst.registry import all_kinds
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.turns import SUMMED, subject
from spendo.assistant.analyst.understanding.words import MARKS, NAME

LEAD = word_set(
    """
    and so ok okay now every each any then but or also just only sorry no yes please instead again
    what how same for show me list tell i mean meant make it do the my on at in from by to of about
    all that per with was were is too well as during over last top rather give us break down split
    """
)
REFERS = ("that/those/them/these/it/there", "of this")
GROUP_WORDS = word_set(
    """
    category categories merchant merchants store stores month months monthly week weeks weekly day
    days daily account accounts shop shops tag tags each every which what calendar
    """
)
_EXCEPT_WORDS = sorted(
    word_set("without except excluding exclude besides leaving out apart aside from other than not")
)
_OF_ACCOUNTS = word_set("balance balance_history balance_lowest accounts net_worth")
_UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year")
_COMPARE_WORDS = word_set(
    """
    compare compared comparing comparison vs versus against this more less higher lower bigger
    smaller cheaper dearer up down than from
    """
)
_COMPARES_ALONE = (
    "compare/compared/comparing/comparison/vs/versus/against",
    "more/less/higher/lower/bigger/smaller/cheaper/dearer than {time}",
    "up/down from/on {time}",
)


def beside_earlier(heard: Heard, earlier: Question) -> Question | None:
    """ "Compare with last year", after what something cost in June: with that June."""
    if earlier.kind not in SUMMED or not heard.says(*_COMPARES_ALONE):
        return None
    if earlier.kind not in ("spending", "income", "compare"):
        earlier = subject(earlier)
    if set(heard.words) - MARKS - LEAD - _COMPARE_WORDS or heard.names() or heard.without:
        return None
    first = earlier.when or When("this month")
    time = heard.times.when
    unit = next((unit for unit in _UNITS if time and time.text.endswith(f"last {unit}")), None)
    if heard.times.move is not None:
        other: When | None = moved_from(heard, replace(earlier, when=first))
    elif unit is None:
        other = time
    elif first.text.endswith(f"this {unit}") and not first.moves:
        other = When(f"last {unit}")
    else:
        other = replace(first, moves=(*first.moves, Move(-1, unit)))
    if other is None or other == first:
        return None
    return replace(
        earlier,
        kind="compare",
        when=first,
        other=other,
        more=(),
        aspect="",
        group_by=None,
        instead=None,
        direction="in" if earlier.kind == "income" else earlier.direction,
    )


def completed(heard: Heard, question: Question, earlier: Question | None) -> Question:
    """A question of its own, with the period (and names) of the one it continues."""
    if is_talk(question) or question.kind == "data":
        return question
    if earlier is None:
        if heard.times.move is None or heard.times.when is not None or question.when is not None:
            return question
        return replace(question, when=moved_from(heard, None))
    waiting = earlier.kind == "unclear"
    refers = heard.says(*REFERS)
    again = (
        question.kind == "counting" and not question.names and heard.says("times", "how many/often")
    )
    move = heard.times.move
    leans = all_kinds()[question.kind].leans
    if not (waiting or refers or again or move or leans or heard.continues):
        return question
    when = question.when
    if when is None:
        when = moved_from(heard, earlier) if move else earlier.when
    names = question.names
    if not names and (
        waiting or refers or again or move or leans or not _has_own_subject(question)
    ):
        names = earlier.names
        if earlier.kind in _OF_ACCOUNTS:
            names = tuple(replace(name, hint="in") for name in names)
    elif refers and names and heard.says("of that/those/these/it"):
        names = (*earlier.names, *names)
    if question.kind in ("net_worth", "accounts", "saved", "last_paid"):
        names = question.names
    return replace(question, when=when, names=names)


def _has_own_subject(question: Question) -> bool:
    return question.kind in ("spending", "income", "balance", "listing")


def follow_up(heard: Heard, earlier: Question) -> Question | None:
    """Only the parts that change: "and in May?", "what about restaurants?", "by merchant?"."""
    if not is_elliptic(heard):
        return None
    changed = earlier = replace(earlier, instead=None)
    when = heard.when or (moved_from(heard, earlier) if heard.times.move else None)
    if heard.times.ago and earlier.kind in _OF_ACCOUNTS:  # the same day then
        when = When("today", (heard.times.ago,))
    if when is not None:
        changed = replace(changed, when=when)
    if names := heard.names():
        changed = replace(changed, names=names, perhaps=heard.perhaps, group_by=None)
        if earlier.kind == "unclear":
            changed = replace(changed, kind="spending", sure=False)
        elif earlier.kind in ("accounts", "net_worth"):
            changed = replace(changed, kind="balance", sure=False)
        elif earlier.kind in ("saved", "last_paid", "beside"):
            changed = replace(changed, kind="spending", aspect="", sure=earlier.kind == "beside")
    if heard.without:
        if earlier.kind not in SUMMED:
            return None
        changed = replace(changed, without=heard.without, kind="spending", group_by=None)
    if heard.group_by is not None:
        grouped = _grouped(changed, heard.group_by)
        if grouped is None:
            return None
        changed = grouped
    if heard.limit is not None:
        changed = replace(changed, limit=heard.limit)
    if heard.bounds is not None:
        changed = replace(changed, bounds=heard.bounds, kind="listing")
    return changed if changed is not earlier else None


def _grouped(question: Question, group_by: GroupBy) -> Question | None:
    """The same in groups, where that means something."""
    by_time = group_by in ("day", "week", "month")
    if question.kind in ("net_worth", "net_worth_history") and by_time:
        when = question.when or When("this year")
        return replace(question, kind="net_worth_history", when=when)
    if question.kind in ("balance", "balance_history") and by_time:
        return replace(question, kind="balance_history", group_by=group_by)
    if question.kind in ("spending", "income") or (question.kind == "saved" and by_time):
        return replace(question, group_by=group_by)
    if question.kind in SUMMED:
        return replace(subject(question), group_by=group_by, limit=question.limit)
    return None


def moved_from(heard: Heard, earlier: Question | None) -> When | None:
    move = heard.times.move
    if move is None:
        return None
    unit = "month" if move.unit == "same" else move.unit
    base = earlier.when if earlier and earlier.when else When(f"this {unit}")
    return When(base.text, (*base.moves, move))


def is_elliptic(heard: Heard) -> bool:
    """Whether nothing is left of the sentence beside names, time and words that lead to them."""
    names = (*heard.names(), *heard.without)
    named = " ".join(name.text.casefold() for name in names).split()
    if heard.without:
        named += _EXCEPT_WORDS
    left = [word for word in heard.words if word not in MARKS and word != NAME and word not in LEAD]
    if heard.group_by:
        left = [word for word in left if word not in GROUP_WORDS]
    return not [word for word in left if word not in named]


def is_talk(question: Question) -> bool:
    """Whether it leaves the thread's question as it was."""
    return all_kinds()[question.kind].talk

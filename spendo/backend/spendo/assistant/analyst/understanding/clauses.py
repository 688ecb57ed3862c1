"""A question with what is said around it: "I am checking my receipts, so what did I spend in May?".

What people tell about themselves is no part of what they ask. It is left out only where it could
not change a figure: nothing is excepted, compared or bounded in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.registry import chooser
from spendo.assistant.analyst.understanding.following import is_talk
from spendo.assistant.analyst.understanding.heard import LONGEST, Heard, hear
from spendo.assistant.analyst.understanding.sentence import read_sentence
from spendo.assistant.analyst.understanding.turns import SUMMED
from spendo.assistant.analyst.understanding.words import NAME

_JOINT = re.compile(
    r"(?:,|;|:| -)\s+(?:and |so |but |then |also |because )*"
    r"|\s+(?:and|so|but|because) "
    r"|\s+(?:wants? to know|asked me) ",
    re.IGNORECASE,
)
_POLITE = r"(?:please |kindly |just |can you |could you |would you )*"
_QUESTION = "how|what|which|when|where|why|who|did|do|does|is|are|am|have|has|was|were"
_ASKED_FOR = (
    "tell|show|give|list|remind|check|find|calculate|work out|pull up|let me|want|need|would like|"
    "i want|i need|we need|i'd like|"
    "i would like|what's|whats|how's|where's|when's"
)
_ASKS = re.compile(rf"{_POLITE}(?:{_QUESTION}|{_ASKED_FOR})\b", re.IGNORECASE)
_IS_ASKED = re.compile(rf"{_POLITE}(?:{_QUESTION})\b", re.IGNORECASE)
_OPENS = r"(?:hi|hiya|hey|ok|right|well|sorry|just|quick one|quick one while)?,? ?"
_ONESELF = (
    r"(?:i|we)(?:'?m|'re|'?ve|'d (?!like|love)| am| are| have| had| was| were| can't| cannot| don't"
    r"| do not| know| think| feel| lost| lose)"
)
_OTHERS = (
    r"(?:(?:my|our|the) [a-z ]{2,30}|mum|mom|dad|hubby|somebody|someone)"
    r" (?:wants?|needs?|asked|says?|keeps?|(?:is|are) always)"
)
_TELLS = re.compile(
    rf"{_OPENS}(?:{_ONESELF}|{_OTHERS}|(?:something|it) (?:looks?|feels?|seems?)"
    rf"|(?:before|while|now that|because|as) (?:i|we|my|our))\b",
    re.IGNORECASE,
)
"""Words of somebody who tells something."""
_REASON = re.compile(
    r",?\s+(?:so (?:that )?(?:i|we) (?:can|could|know)|because (?:i|we|my|our)"
    r"|(?:i|we) (?:want|need|have) to (?:cut|save|check|plan|budget))\b[^?]*",
    re.IGNORECASE,
)
"""Why something is asked, behind it."""
_SO = re.compile(r"(?:[,;.]| -)\s+(?P<so>so),?\s+|:\s+|,\s+but\s+", re.IGNORECASE)
""" "The kids are back at school, so what did restaurants cost?": nothing else can be asked."""
_LEANS_AT_ONCE = re.compile(
    rf"{_POLITE}(?:what|how much|how many|which)\b[^,]{{0,12}}\b(?:it|that|this|they|those)\b"
    r"(?! (?:month|week|year|quarter))",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:it|its|that|this|them|they|there|those)\b(?! (?:month|week|year|quarter))"
)
"""What is asked leans on what is told."""
_CHANGES_WHAT_IS_ASKED = (
    "not/no/never/without/except/excluding/only/just",
    "~more/most/less than?",
    "vs/versus/compared/than/against",
    "each/every/per/by",
)
_NARROWS = ("count/counts/counting/include/includes/including/ignore/ignoring",)
_MOST_PARTS = 6
"""Parts that are tried."""
_UNREAD = frozenset({"half_read", "unclear", "not_words", "greeting"})


def read_clauses(message: str, earlier: Question | None) -> Question:
    """The whole as one sentence; or, where that says nothing, what is asked in it."""
    if answered := _asked_behind(message, earlier):
        return answered
    without = _REASON.sub("", message)
    message = without if _ASKS.match(without) else message
    whole = read_sentence(message, earlier)
    told_first = _TELLS.match(message) is not None
    if len(message) > LONGEST or not (told_first or whole.kind in _UNREAD):
        return whole
    for told, asked in islice(_parts(message), _MOST_PARTS):
        heard = hear(told, chooser().vocabulary)
        if not _may_be_left_out(heard):
            continue
        question = read_sentence(asked, earlier)
        if question.kind in _UNREAD or is_talk(question):
            continue
        return with_said_before(question, told, asked, earlier)
    return whole


def _asked_behind(message: str, earlier: Question | None) -> Question | None:
    """What is asked behind ", so", or behind a colon or a "but" after words about oneself."""
    if len(message) > LONGEST:
        return None
    for joint in islice(_SO.finditer(message), _MOST_PARTS):
        told, asked = message[: joint.start()], message[joint.end() :]
        heard = hear(told, chooser().vocabulary)
        if _IS_ASKED.match(told) or _narrows(heard):
            continue
        if not joint["so"] and not (heard.first_person and _ASKS.match(asked)):
            continue
        question = read_sentence(asked, earlier)
        if question.kind in _UNREAD or question.kind == "off_topic":
            continue
        of_rows = question.kind in SUMMED and not question.names
        if _LEANS_AT_ONCE.match(asked) or (of_rows and _LEANS.search(asked)):
            if question.names or not (named := _written(heard)):
                continue
            question = replace(question, names=named)
        return _with_time(question, heard)
    return None


def _written(heard: Heard) -> tuple[Name, ...]:
    """The names that are written as such."""
    written = {word.raw for word in heard.line.words if word.word == NAME}
    return tuple(name for name in heard.names() if name.text in written)


def _parts(message: str) -> Iterator[tuple[str, str]]:
    """What is told and what is asked: behind each joint, or before it."""
    for joint in _JOINT.finditer(message):
        before, after = message[: joint.start()].strip(), message[joint.end() :].strip()
        if before and _ASKS.match(after) and not _LEANS.search(after):
            yield before, after
    for joint in _JOINT.finditer(message):
        before, after = message[: joint.start()].strip(), message[joint.end() :].strip()
        if _ASKS.match(before) and _TELLS.match(after):
            yield after, before


def _may_be_left_out(heard: Heard) -> bool:
    changes = heard.excepts or heard.bounds or heard.amount is not None or heard.group_by
    return not changes and not heard.says(*_CHANGES_WHAT_IS_ASKED)


def _with_time(question: Question, heard: Heard) -> Question:
    """With the time that was told, if sums of a time are asked for and none is named."""
    if question.when is not None or heard.times.bad or question.kind not in SUMMED:
        return question
    return replace(question, when=heard.when)


def _narrows(heard: Heard) -> bool:
    """Whether it says what to count and what not."""
    says = heard.says("only") and not heard.says("only just")
    bounded = heard.bounds is not None or heard.amount is not None
    return heard.excepts or bounded or says or heard.says(*_NARROWS)


def with_said_before(
    question: Question, said: str, asked: str, earlier: Question | None
) -> Question:
    """With what was stated before it was asked: "I was in Rome in May. What did I spend?"."""
    if not said.strip() or len(said) > LONGEST:
        return question
    whole = read_sentence(f"{said} {asked}", earlier)
    heard = hear(said, chooser().vocabulary)
    asked_back = ("half_read", "bad_period")
    changes = whole.kind in (question.kind, *asked_back) and not _may_be_left_out(heard)
    if heard.excepts or heard.bounds or changes:
        return whole
    alone = is_talk(question) or question.kind in ("unclear", "off_topic")
    if alone and not is_talk(whole) and whole.kind != "unclear":
        return whole
    if is_talk(question):
        return question
    perhaps = question.perhaps or (() if question.names else _written(heard))
    return replace(question, when=question.when or heard.when, perhaps=perhaps)

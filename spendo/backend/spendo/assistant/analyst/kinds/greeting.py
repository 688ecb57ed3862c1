"""Greetings and thanks."""

from __future__ import annotations

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.tools.envelope import SetAsideEnvelope

_HELLO = word_set("hi hello hey hiya howdy yo greetings morning afternoon evening")
_WITH_HELLO = _HELLO | word_set("good there all again spendo you day dear to a nice everyone")
_THANKS = word_set("thanks thank cheers appreciated bye goodbye great perfect cool nice awesome")
_WITH_THANKS = _THANKS | word_set(
    "ok okay good got it that is all many you much a lot so very again for your help helps later "
    "see then well wonderful excellent fine super and"
)


def weigh_greeting(heard: Heard) -> int:
    words = set(heard.whole)
    if not words:
        return 99
    return 95 if words & _HELLO and words <= _WITH_HELLO else 0


def weigh_thanks(heard: Heard) -> int:
    words = set(heard.whole)
    return 95 if words & (_THANKS | {"okay", "ok"}) and words <= _WITH_THANKS else 0


def _small_talk(question: Question) -> Plan:
    answer = yield from ask(SetAsideEnvelope, Call("not_about_finances", {"reason": "small_talk"}))
    return f"{'Hello.' if question.kind == 'greeting' else 'You are welcome.'} {answer.say}"


KINDS = (
    Kind(
        name="greeting",
        family=Family.TALK,
        title="Greetings",
        cues="""
            95 ^ how are you doing? today? $
            95 ^ what is up $
            95 ^ nice to meet you $
        """,
        weigh=weigh_greeting,
        answer=_small_talk,
        examples=("hi", "Hello there!", "good morning", "hey", "How are you?", "?!"),
        talk=True,
    ),
    Kind(
        name="thanks",
        family=Family.TALK,
        title="Thanks",
        cues="95 ^ see you later? $",
        weigh=weigh_thanks,
        answer=_small_talk,
        examples=(
            "thanks!",
            "thank you very much",
            "ok thanks",
            "Great, thanks a lot",
            "bye",
            "perfect, thank you",
        ),
        talk=True,
    ),
)

"""Messages that are not answered from the ledger: greetings, help, refusals, and the gate."""

from __future__ import annotations

import re

from spendo.assistant.analyst.question import Question, Topic
from spendo.assistant.analyst.reading.lexicon import MONEY_WORDS, word_set
from spendo.assistant.analyst.reading.sentence import Sentence

_GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))"
    r"(?: there| all| again| spendo| you)*|how are you(?: doing)?(?: today)?|what is up)"
)
_THANKS = re.compile(
    r"(?:(?:ok|okay|great|perfect|cool|nice|good|awesome|got it|that is all) ?)*"
    r"(?:(?:many )?thanks|thank you|cheers|much appreciated|bye|goodbye|see you)?"
    r"(?: (?:a lot|so much|very much|again|bye|for that|for your help|you|that helps|later))*"
)
_HELP = (
    r"what (?:else )?can you (?:do|help|tell|answer|show)|what do you (?:do|know how)|"
    r"what (?:else )?can i ask|what should i ask|how (?:do|can|should) i use (?:this|you|it)|"
    r"who are you|what are you|how do you work|what are your (?:capabilities|features|abilities)|"
    r"(?:example|sample) questions?|what (?:kinds?|sorts?|types?) of questions?|"
    r"what questions|can you help(?: me)?|need (?:some )?help"
)
_EXPLAIN = (
    r"how (?:did|do|have) you (?:get|got|calculate|work|know|compute|arrive|come|figure|reach)|"
    r"where (?:did|do|does|is|are) (?:you get|that|this|these|those|the|it) .*from|"
    r"explain (?:that|this|the|how|your)|show (?:me )?your work(?:ing)?|are you sure|"
    r"is (?:that|this|it) (?:right|correct|accurate)|how is (?:that|this|it) calculated|"
    r"can i trust"
)
_ASKS_ADVICE = (
    r"should (?:i|we)|shall i|would you|do you (?:think|recommend|suggest)|recommend\w*|"
    r"advi[cs]e|suggest\w*|good (?:idea|time|investment)|worth (?:buying|selling|it)|"
    r"(?:can|could) (?:i|we) afford|better to|what is the best|which is better|"
    r"(?:how|where|what) (?:can|could|should|do|would) (?:i|we) "
    r"(?:save|invest|reduce|cut|lower|improve|pay off|get rich|earn more|make more|budget|retire)|"
    r"how to (?:save|invest|reduce|cut|budget|pay off|get rich|make money)|tips"
)
_ADVICE_WORDS = MONEY_WORDS | word_set(
    """
    stock stocks share shares crypto bitcoin fund funds etf house car gold property portfolio buy
    sell afford retire retirement refinance nvidia tesla save investing budgeting
    """
)
_FORECAST = (
    r"will (?:i|my|we|our|it|there)|(?:am|are) (?:i|we) going to|going to (?:be|have|spend|cost)|"
    r"when do (?:i|we) get paid|paid next|next (?:pay\w*|salary)|"
    r"forecast\w*|predict\w*|projection|projected|run out|upcoming|in the future|"
    r"(?:next|coming) (?:week|month|year|quarter)|safely spend|can i spend|left to spend"
)
_CHANGE = re.compile(
    r"(?:(?:please|can you|could you|would you|will you|i want to|i would like to|i want you to|"
    r"help me(?: to)?|go ahead and|now) )*"
    r"(?P<verb>delete|remove|erase|mark|categori[sz]e|recategori[sz]e|rename|transfer|move|send|"
    r"pay|buy|sell|set|create|cancel|undo|add(?! up)|split|import|export|hide|change|update|edit|"
    r"invest|close|open|withdraw|deposit|put|wipe|clear|reset)\b"
)
_ONLY_MONEY_VERBS = word_set(
    """
    categorise categorize recategorise recategorize pay undo split transfer mark
    """
)
_OTHERS = (
    r"(?:all|other|another|different) (?:the )?(?:users?|people|person|customers?|clients?)|"
    r"(?:someone|somebody|everyone|everybody|anyone|anybody)(?: else)?'?s?|user (?:id )?#?\d+|"
    r"(?:his|her|their) (?:\w+ )?"
    r"(?:transactions?|accounts?|balances?|spending|money|income|salary|purchases|expenses|savings)|"
    r"my (?:wife|husband|partner|girlfriend|boyfriend|friend|boss|mom|mum|dad|mother|father|"
    r"brother|sister|son|daughter|neighbou?r|roommate|colleague|ex)'s|"
    r"(?:did|does|has) (?:my|the) (?:wife|husband|partner|girlfriend|boyfriend|friend|boss|mom|mum|"
    r"dad|mother|father|brother|sister|son|daughter|neighbou?r|roommate|colleague|ex) "
    r"(?:spend|spent|earn|earned|make|made|have|owe|buy|bought|save|saved)"
)
_OWNED = (
    r"(?:transactions?|accounts?|balances?|spending|net worth|income|salary|money|purchases?|"
    r"expenses?|data|finances|payments?|savings)"
)
_POSSESSIVE = re.compile(rf"\b(?P<who>[a-z]+)'s (?:\w+ ){{0,2}}{_OWNED}\b")
_TIME_OWNERS = word_set(
    """
    today yesterday month week year quarter january february march april may june july august
    september october november december
    """
)
_SUBJECT = re.compile(
    r"\b(?:did|does|has) (?!i\b|we\b|it\b|you\b|my\b|our\b|the\b|that\b|this\b|a\b|an\b|me\b|any\b|"
    r"not\b|there\b|all\b|each\b)"
    r"[a-z]+(?: [a-z]+)? (?:spend|spent|earn|earned|make|made|have|owe|buy|bought|save|saved)\b"
)
_NEVER_MONEY = (
    r"weather|jokes?|poems?|haiku|limerick|recipes?|songs?|lyrics|stor(?:y|ies) about|translate|"
    r"essays?|capital of|president|prime minister|world cup|movies?|football|"
    r"balance of (?:power|payments)|meaning of life|"
    r"spend(?:ing)? (?:my |the |a |an |some |more |less |our )?"
    r"(?:time|weekends?|days?|holidays?|evenings?|life|vacation|nights?|afternoons?|hours?)|"
    r"ignore (?:all |any |the |your )?(?:previous|prior|above|earlier)? ?instructions?|"
    r"system prompt"
)
_GENERAL_MONEY = (
    r"(?:price|value|cost) of (?:a |an |the )?(?:bitcoin|gold|oil|gas|tesla|apple|stocks?)|"
    r"stock price|exchange rates?|inflation|gdp|interest rates?|tax (?:rates?|brackets?)|"
    r"stock market|(?:dow|nasdaq)"
)


def read_talk(s: Sentence) -> Question | None:
    words = set(s.whole.split())
    if not s.whole or _GREETING.fullmatch(s.whole):
        return Question(Topic.GREETING)
    if _THANKS.fullmatch(s.whole):
        return Question(Topic.THANKS)
    if s.has(_NEVER_MONEY) or (s.has(_GENERAL_MONEY) and not s.first_person):
        return Question(Topic.OFF_TOPIC)
    if s.has(_HELP) or s.plain in ("help", "help me", "options", "menu"):
        return Question(Topic.HELP)
    if s.has(_EXPLAIN):
        return Question(Topic.EXPLAIN)
    if s.has(_ASKS_ADVICE) and words & _ADVICE_WORDS:
        return Question(Topic.ADVICE)
    if (change := _CHANGE.match(s.whole)) and not s.whole.startswith("set of"):
        about_money = words & MONEY_WORDS or change["verb"] in _ONLY_MONEY_VERBS or s.bounds
        return Question(Topic.CHANGE if about_money else Topic.OFF_TOPIC)
    if re.search(rf"\b(?:{_FORECAST})\b", s.whole) and words & MONEY_WORDS:
        return Question(Topic.FORECAST)
    return _other_person(s)


def _other_person(s: Sentence) -> Question | None:
    if re.search(rf"(?<!\S)(?:{_OTHERS})(?!\S)", s.plain):
        return Question(Topic.OTHER_PERSON)
    found = _POSSESSIVE.search(s.plain)
    if found and found["who"] not in _TIME_OWNERS:
        # A shop can end in 's as well; whether this one is known is asked before refusing.
        owners = tuple(name for name in s.names if name.text.casefold().endswith("'s"))
        return Question(Topic.OTHER_PERSON, names=owners[:1], when=s.when)
    if _SUBJECT.search(s.plain) and not s.first_person:
        return Question(Topic.OTHER_PERSON)
    return None

"""What to do with money is not for the analyst to say."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import MONEY_WORDS, word_set

ADVICE = (
    "I do not give advice on what to buy, sell or do. I can show what your records say: what you "
    "spend, receive and own. What would you like to see?"
)
_ADVICE_WORDS = MONEY_WORDS | word_set(
    """
    stock stocks share shares crypto bitcoin fund funds etf house car gold property portfolio buy
    sell afford retire retirement refinance nvidia tesla renting
    rent buying leasing save investing budgeting refinancing
    """
)


def read(question: Question, heard: Heard) -> Question | None:
    return Question("advice") if set(heard.whole) & _ADVICE_WORDS else None


KINDS = (
    Kind(
        name="advice",
        family=Family.TALK,
        title="Advice",
        cues="""
            84 reckon ~i should/could
            84 is it worth
            84 better off
            84 good/right/bad/best time/moment to
            84 should/shall i/we
            84 would you
            84 do you think/recommend/suggest
            84 recommend/recommends/recommendation/recommendations/advice/advise
            84 suggest/suggestion/suggestions
            84 good idea/time/investment
            84 worth buying/selling/it
            92 ^ can/could ~i afford
            92 best .. .. card/loan/account/bank/fund/etf/stock to
            92 can/could ~i pay off .. .. .. .. with
            92 can/could ~i pay .. .. .. .. off with
            84 better to
            84 what is the best
            84 which is better
            84 how/where/what can/could/should/do/would ~i save/invest/reduce/cut
            84 how/where/what can/could/should/do/would ~i lower/improve/budget/retire
            84 how/where/what can/could/should/do/would ~i earn/make more
            84 how/where/what can/could/should/do/would ~i pay off
            84 how/where/what can/could/should/do/would ~i get rich
            84 how to save/invest/reduce/cut/budget/get/make/pay
            84 tips
            84 good buy/deal/time
            84 is it smart/wise
        """,
        read=read,
        answer=says(ADVICE),
        examples=(
            "should I buy Nvidia?",
            "would I be better off renting",
            "Should I sell my stocks",
            "can I afford a new car",
            "how can I save more money",
            "what's the best way to invest, any advice?",
            "is it a good idea to refinance my mortgage",
            "shuold I buy bitcoin",
        ),
        talk=True,
    ),
)

"""What the analyst can do, and what it is."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind

HELP = (
    "I answer questions about your own money, from your records. For example:\n\n"
    "- What accounts do I have?\n"
    "- How much did I spend on groceries last month?\n"
    "- Where did my money go this year, by category?\n"
    "- What was my income in May?\n"
    "- What are my largest purchases this quarter?\n"
    "- What is my net worth?\n\n"
    "Each answer says which transactions and dates it comes from."
)
WHAT_I_AM = (
    "I am Spendo’s built-in analyst: a program with fixed rules, not a language model and not a "
    "person. I read your question, look the figures up in your own records and put them into "
    "words. Nothing you write here leaves Spendo."
)

KINDS = (
    Kind(
        name="help",
        family=Family.TALK,
        title="What can be asked",
        cues="""
            87 able to answer/tell
            85 what ... can i ask
            85 what else? can you do/help/tell/answer/show
            85 what do you do
            85 what else? can i ask
            85 what should i ask
            85 how do/can/should i use this/you/it
            85 your capabilities/features/abilities
            85 example/sample question/questions
            85 what kind/kinds/sort/sorts/type/types of question/questions
            85 what questions
            85 can you help me? $
            85 need some? help
            85 ^ help me? $
            85 ^ options/menu $
        """,
        answer=says(HELP),
        examples=(
            "What can you do?",
            "what sort of thing can I ask you",
            "help",
            "what can I ask you?",
            "how do I use this",
            "what kinds of questions can I ask",
            "I need some help",
        ),
        talk=True,
    ),
    Kind(
        name="identity",
        family=Family.TALK,
        title="What the analyst is",
        cues="""
            86 who/what are you
            86 are you a/an/the? .. ai/bot/robot/human/person/model/llm/machine/program
            86 are you .. chatgpt/gpt/claude/gemini/llama/openai/anthropic/copilot/gpt-4
            86 are you real/human
            86 which/what .. model/llm/ai are/do you
            86 is this .. ai/chatgpt/bot/model
            86 am i talking/chatting/speaking ... person/human/bot/ai/machine
            86 who made/built/created/trained you
            92 ^ how do you work $
            86 do you use .. ai/chatgpt/gpt/claude/model/llm
            86 your name
        """,
        answer=says(WHAT_I_AM),
        examples=(
            "who are you",
            "are you ChatGPT?",
            "Are you a language model?",
            "what model are you",
            "am I talking to a real person?",
            "are you an AI",
            "how do you work",
            "waht are you",
        ),
        talk=True,
    ),
)

"""Chainlit: the same answer, without a data layer; it runs in Chainlit's own environment.

chainlit run servers/peer.py
"""

import asyncio
from time import monotonic

import chainlit

from asked import asked_for

WORDS = "the same four words "


@chainlit.on_message
async def answer(message: chainlit.Message) -> None:
    deltas, pace = asked_for(message.content)
    said = chainlit.Message(content="")
    began = monotonic()
    for number in range(1, deltas + 1):
        if pace:
            await asyncio.sleep(max(0, began + number * pace - monotonic()))
        await said.stream_token(WORDS)
    await said.send()

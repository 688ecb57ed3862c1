"""A reader that comes back whenever it is cut, as the element does, and what it shows."""

import asyncio
import json
import re

_END = re.compile(rb"(?m)^: end( lost)?$")
PAUSE_SECONDS = 0.05


class ReturningReader:
    """``text`` is what the newest assistant message says, ``numbers`` those of the events it was
    sent, ``errors`` and ``resets`` how many of these; ``after`` the last event it has read."""

    def __init__(self, after=0):
        self.after = after
        self.text = ""
        self.numbers = []
        self.errors = []
        self.resets = []
        self.cuts = 0

    async def read(self, tab, run_id):
        """Until the end, at whichever worker the tab asks."""
        while True:
            response = await tab.follow(run_id, self.after)
            if response.status_code == 204:
                return self
            if response.status_code == 200 and await self.take_all(response):
                return self
            assert response.status_code in (200, 503), response.content
            self.cuts += 1
            await asyncio.sleep(PAUSE_SECONDS)

    async def take_all(self, parts):
        """Whether it came to the end."""
        ended = False
        async for part in parts:
            ended = self.take(part) or ended
        return ended

    def take(self, part):
        """Some whole frames; whether the end is among them."""
        for frame in part.split(b"\n\n"):
            for line in frame.split(b"\n"):
                if line.startswith(b"id: "):
                    self.after = int(line[4:])
                    self.numbers.append(self.after)
                elif line.startswith(b"data: "):
                    self._apply(json.loads(line[6:]))
        return bool(_END.search(part))

    def _apply(self, event):
        match event:
            case {"type": "run.reset", "thread": {"items": {"data": items}}}:
                self.resets.append(event["run"]["status"])
                texts = [_text(item) for item in items if item["type"] == "assistant_message"]
                self.text = texts[-1] if texts else ""
            case {"type": "error"}:
                self.errors.append(event)
            case {"type": "thread.item.added" | "thread.item.done", "item": item}:
                if item["type"] == "assistant_message":
                    self.text = _text(item)
            case {"type": "thread.item.updated", "update": {"delta": str(delta)}}:
                self.text += delta


def _text(item):
    return "".join(part["text"] for part in item["content"])

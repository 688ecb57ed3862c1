"""What a visitor writes, and what the composer offers meanwhile."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from visitor import Visitor

Open = Callable[..., Visitor]

TAG = {"type": "input_tag", "id": "food", "text": "Groceries", "group": "Categories"}


def set_value(visitor: Visitor, **value: object) -> None:
    visitor.chat.evaluate("(chat, value) => chat.setComposerValue(value)", value)


def words(visitor: Visitor) -> str:
    """What is written. The last line break only holds its line open."""
    return str(
        visitor.composer.evaluate(
            """node => [...node.childNodes].map((child) =>
                child.nodeName !== 'BR' ? (child.lastElementChild ?? child).textContent
                    : child.nextSibling ? '\\n' : ''
            ).join('')"""
        )
    )


def compose(page: Page, *steps: str) -> None:
    """As an input method: each step replaces the one before, until it is committed."""
    session = page.context.new_cdp_session(page)
    for step in steps:
        session.send(
            "Input.imeSetComposition",
            {"text": step, "selectionStart": len(step), "selectionEnd": len(step)},
        )
    session.detach()


def suggestions(visitor: Visitor) -> Locator:
    return visitor.chat.get_by_role("listbox")


def received(visitor: Visitor) -> dict[str, Any]:
    """What the server says it got last."""
    visitor.wait_until_answered()
    told: dict[str, Any] = json.loads(visitor.answers.last.locator("pre code").inner_text())
    return told


def select(visitor: Visitor, words: str) -> None:
    """With the mouse, over these words of the last answer."""
    box = visitor.answers.last.evaluate(
        """(answer, words) => {
            const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const { left, right, top, height } = range.getBoundingClientRect();
                return [left + 1, right, top + height / 2];
            }
        }""",
        words,
    )
    left, right, middle = box
    visitor.page.mouse.move(left, middle)
    visitor.page.mouse.down()
    visitor.page.mouse.move(right, middle, steps=4)
    visitor.page.mouse.up()


def quote_button(visitor: Visitor) -> Locator:
    return visitor.chat.get_by_role("button", name="Quote", exact=True)

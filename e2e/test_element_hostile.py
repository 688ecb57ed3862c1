"""What an attacker writes, in a real browser under the strictest content security policy."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from visitor import DESKTOP, PHONE, NewPage, Visitor

CORPUS = json.loads(
    (
        Path(__file__).resolve().parents[1]
        / "packages/chatkit-element/src/testing/hostile/corpus.json"
    ).read_text()
)
ADDRESSES = CORPUS["addresses"]
LINKS = [f"[link](<{at}>) ![image]({at}) {at}" for at in ADDRESSES]
AT_ONCE = 80
WATCH = """
window.called = [];
window.hostile = (...given) => window.called.push(given);
window.alert = window.confirm = window.prompt = window.hostile;
"""
TAKEN_OVER = """(chat) => {
    const root = chat.shadowRoot;
    const list = root.querySelector('.list');
    const inside = list.getBoundingClientRect();
    const faults = [];
    const body = document.scrollingElement;
    if (body.scrollWidth > body.clientWidth) faults.push('the page is wider than its window');
    if (list.scrollWidth > list.clientWidth) faults.push('the thread is too wide');
    for (const part of root.querySelectorAll('[part=composer], [part=header]')) {
        const place = part.getBoundingClientRect();
        const seen = root.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
        if (!part.contains(seen)) faults.push(`${part.part} is covered by ${seen?.outerHTML}`);
    }
    // What is cut off or scrolled by something around it is where that is.
    const held = (one) => one !== list && one.parentElement !== null &&
        (getComputedStyle(one.parentElement).overflowX !== 'visible'
            ? one.parentElement !== list : held(one.parentElement));
    for (const element of root.querySelectorAll('article *, .notice *')) {
        const place = element.getBoundingClientRect();
        if (!place.width || element.closest('dialog, .spoken') || held(element)) continue;
        if (place.right > inside.right + 1 || place.left < inside.left - 1)
            faults.push(`outside: ${element.outerHTML.slice(0, 200)}`);
    }
    return faults;
}"""


TOO_WIDE = """(panel) => {
    const held = (one) => one !== panel &&
        (getComputedStyle(one.parentElement).overflowX !== 'visible'
            ? one.parentElement !== panel : held(one.parentElement));
    const edge = panel.getBoundingClientRect().right + 1;
    return [...panel.querySelectorAll('*')]
        .filter((one) => !held(one) && one.getBoundingClientRect().right > edge)
        .map((one) => one.outerHTML.slice(0, 200));
}"""


def item(kind: str, number: int, **more: Any) -> dict[str, Any]:
    base = {"id": f"{kind}-{number}", "thread_id": "t", "created_at": "2026-11-22T06:41:16"}
    return base | {"type": kind} | more


def items(text: str, number: int) -> list[dict[str, Any]]:
    """One text in every place of a thread that shows words of others."""
    address = ADDRESSES[number % len(ADDRESSES)]
    sources = [
        {"type": "url", "title": text, "url": address, "description": text, "attribution": text},
        {"type": "file", "title": text, "filename": text},
        {"type": "entity", "id": text, "title": text, "label": text, "inline_label": text},
    ]
    task = {"type": "web_search", "title": text, "queries": [text], "sources": sources}
    part = {
        "type": "output_text",
        "text": text,
        "annotations": [{"source": source, "index": at} for at, source in enumerate(sources)],
    }
    tag = {"type": "input_tag", "text": text, "id": text, "data": {}, "interactive": True}
    attachments = [
        {"type": "file", "id": f"f{number}", "name": text, "mime_type": text},
        {
            "type": "image",
            "id": f"i{number}",
            "name": text,
            "mime_type": "image/png",
            "preview_url": "/page/chart.svg",
        },
    ]
    return [
        item(
            "user_message",
            number,
            content=[{"type": "input_text", "text": text}, tag],
            attachments=attachments,
            quoted_text=text,
            inference_options={},
        ),
        item(
            "workflow",
            number,
            workflow={
                "type": "custom",
                "summary": {"title": text},
                "tasks": [task, {"type": "thought", "title": text, "content": text}],
                "expanded": True,
            },
        ),
        item("assistant_message", number, content=[part]),
    ]


def play(page: Page, shown: list[dict[str, Any]], title: str = "Title") -> Visitor:
    """A thread with these items, from a server that says whatever an attacker wants."""
    thread = {
        "id": "t",
        "title": title,
        "created_at": "2026-11-22T06:41:16",
        "status": {"type": "active"},
        "metadata": {},
        "items": {"data": shown, "has_more": False},
    }

    def answer(route: Route, request: Request) -> None:
        if request.method != "POST":
            route.continue_()
        elif "threads.list" in (request.post_data or ""):
            titles = [*CORPUS["names"], *CORPUS["markup"]]
            threads = [thread | {"id": f"t{at}", "title": one} for at, one in enumerate(titles)]
            say(route, {"data": threads, "has_more": False})
        else:
            say(route, thread)

    def say(route: Route, said: dict[str, Any]) -> None:
        # Half a pair of characters can be said in JSON only as an escape.
        route.fulfill(body=json.dumps(said), content_type="application/json")

    page.route("**/chatkit/**", answer)
    page.add_init_script(WATCH)
    page.goto(f"/?options={json.dumps({'initialThread': 't'})}")
    visitor = Visitor(page)
    expect(visitor.answers.last).to_be_visible()
    return visitor


def expect_harmless(page: Page) -> None:
    """Nothing ran, nothing hides the chat. What the policy refused fails the test by itself."""
    assert page.evaluate("window.called") == []
    assert page.locator("openai-chatkit").evaluate(TAKEN_OVER) == []


TEXTS = [*CORPUS["markup"], *CORPUS["constructs"], *CORPUS["names"], *LINKS]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("start", range(0, len(TEXTS), AT_ONCE))
def test_hostile_texts_are_words(
    new_page: NewPage, showcase: str, start: int, size: tuple[int, int]
) -> None:
    """[row 82] Nothing of the corpus runs, is asked for, or takes the place of the chat."""
    page = new_page(url=showcase, size=size)
    some = TEXTS[start : start + AT_ONCE]
    shown = [one for at, text in enumerate(some) for one in items(text, start + at)]
    visitor = play(page, shown, title=some[0])
    expect_harmless(page)
    visitor.composer.fill("The chat can be used")
    expect(page.get_by_role("button", name="Send message")).to_be_enabled()


def test_hostile_titles_are_words(new_page: NewPage, showcase: str) -> None:
    """[row 82] The list of past chats."""
    page = new_page(url=showcase)
    visitor = play(page, items("Hello", 0), title=CORPUS["names"][0])
    panel = visitor.open_history()
    expect(panel.get_by_role("listitem").last).to_be_visible()
    assert panel.evaluate(TOO_WIDE) == []
    assert page.evaluate("window.called") == []


HUGE = {
    "a megabyte of words": "word " * 200_000,
    "a third of a megabyte of lists": "- a\n- b\n\ntext\n\n" * 20_000,
    "a word of 100,000 letters": "a" * 100_000,
    "quotes in quotes": ">" * 10_000 + " deep",
    "lists in lists": "- " * 10_000 + "deep",
    "brackets in brackets": "[" * 50_000 + "]" * 50_000,
    "a table of 2,000 rows": "|a|b|\n|-|-|\n" + "|a|b|\n" * 2_000,
    "a table of 300 columns": "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|b" * 300 + "|",
    "code of a megabyte": "```js\n" + "let a = 'b'; // c\n" * 55_000 + "```",
    "many formulas": r"\(\sqrt{x^2}\) " * 1_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_chat_with_a_huge_answer_can_be_used(new_page: NewPage, showcase: str, name: str) -> None:
    """[row 79] It is drawn in bounded time, and its place does not grow with it."""
    page = new_page(url=showcase)
    answer = [{"type": "output_text", "text": HUGE[name] + "\n\nThe end.", "annotations": []}]
    visitor = play(page, [item("assistant_message", 1, content=answer)])
    expect_harmless(page)
    visitor.composer.fill("Go on")
    expect(page.get_by_role("button", name="Send message")).to_be_enabled()

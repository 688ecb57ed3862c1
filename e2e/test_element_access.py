"""Everybody can use the chat: by keyboard, by ear, enlarged, in colours of their own."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect  # noqa: A004

from accessibility import accessibility_faults
from element_host import PLAIN, Host
from faults import CUT_OFF, TOO_SMALL, TOO_WIDE, UNREACHABLE
from visitor import NewPage

CHAT = "openai-chatkit"
MANAGED = {"history": {"enabled": True, "showRename": True, "showDelete": True}}


@pytest.fixture
def host(new_page: NewPage, showcase: str) -> Host:
    return Host(new_page(url=showcase), PLAIN)


def open_at(new_page: NewPage, showcase: str, size: tuple[int, int], **options: object) -> Host:
    host = Host(new_page(size=size, url=showcase), PLAIN)
    host.open(**options)
    return host


def scene_names(host: Host) -> list[str]:
    """All the showcase can show, as it says itself."""
    host.ask("what is there")
    return host.answers.last.locator("code").all_inner_texts()


def show(host: Host, scene: str) -> None:
    """Ask for a scene in a new chat, and wait until no more of it comes by itself."""
    host.call("setThreadId", None)
    host.call("sendUserMessage", {"text": scene})
    settled = """() => {
        const chat = document.querySelector('openai-chatkit').shadowRoot;
        return chat.querySelector('[part~=stop-button]') === null;
    }"""
    with suppress(TimeoutError):  # a scene may wait for the visitor
        host.page.wait_for_function(settled, timeout=4_000)


def leave(host: Host) -> None:
    host.page.evaluate("host.element.stop().catch(() => {})")
    expect(host.stop).to_have_count(0)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_any_scene(new_page: NewPage, showcase: str, scheme: str) -> None:
    """[row 133] Also in what is fetched later: each scene in light or in dark."""
    host = Host(new_page(url=showcase, reduced_motion="reduce", color_scheme=scheme), PLAIN)
    host.open(theme=scheme, disclaimer={"text": "Answers can be [wrong](/about)."}, **MANAGED)
    found = {"start": accessibility_faults(host.page, CHAT)}
    names = scene_names(host)
    assert len(names) >= 10, "the search finds nothing"
    for name in names[0 if scheme == "light" else 1 :: 2]:
        show(host, name)
        found[name] = accessibility_faults(host.page, CHAT)
        found[f"{name}: small"] = host.page.evaluate(TOO_SMALL)
        leave(host)
    bad = [f"{name}: {fault}" for name, faults in found.items() for fault in faults]
    assert bad == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_around_the_conversation(
    new_page: NewPage, showcase: str, scheme: str
) -> None:
    """[row 133] History with its forms, failures, loading."""
    host = Host(new_page(url=showcase, reduced_motion="reduce", color_scheme=scheme), PLAIN)
    host.open(theme=scheme, **MANAGED)
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        found[state] = accessibility_faults(host.page, CHAT)

    host.open_history()
    look("no chats")
    host.page.keyboard.press("Escape")
    host.ask("title The rent")
    history = host.open_history()
    expect(history.get_by_role("button", name=re.compile("^The rent"))).to_be_visible()
    look("history")
    history.get_by_role("button", name="Rename “The rent”").click()
    look("renaming")
    history.get_by_role("button", name="Cancel").click()
    history.get_by_role("button", name="Delete “The rent”").click()
    look("deleting")
    history.get_by_role("button", name="Cancel").click()
    host.page.keyboard.press("Escape")
    assert "thr_nowhere" not in host.refusal("setThreadId", "thr_nowhere")
    expect(host.failure).to_be_visible()
    look("not found")
    host.call("setThreadId", None)
    host.page.route("**/chatkit/", lambda route: route.abort())
    host.write("hello")
    expect(host.failure).to_be_visible()
    look("offline")
    host.page.unroute("**/chatkit/")
    bad = [f"{state}: {fault}" for state, faults in found.items() for fault in faults]
    assert bad == []


def test_axe_finds_no_fault_in_several_answers_at_once(host: Host) -> None:
    """[row 133] Two of a kind have no landmark of the same name each."""
    host.open()
    host.ask("sources")
    host.ask("markdown")
    assert accessibility_faults(host.page, CHAT) == []


def tab_to(host: Host, name: str, back: bool = False) -> None:
    """Press Tab until the control of that name has the focus."""
    seen = []
    for _ in range(40):
        if host.focused() == name:
            return
        host.page.keyboard.press("Shift+Tab" if back else "Tab")
        seen.append(host.focused())
    raise AssertionError(f"Tab never comes to {name}, but to {seen}")


def test_the_whole_chat_by_keyboard(host: Host) -> None:
    """[row 133] Start, write, stop, copy, feedback, history, rename, delete, new chat."""
    host.open(**MANAGED)
    press = host.page.keyboard.press
    tab_to(host, "Say hello")
    press("Enter")
    host.wait_until_answered()
    assert host.focused() == "Message"

    host.page.keyboard.type("long")
    press("Enter")
    host.see_words()
    tab_to(host, "Stop answering")
    press("Enter")
    host.wait_until_answered()
    assert host.focused() == "Message"

    tab_to(host, "Copy", back=True)
    press("Enter")
    expect(host.chat.get_by_role("button", name="Copied")).to_be_visible()
    tab_to(host, "Good answer")
    press("Enter")
    expect(host.chat.get_by_role("button", name="Good answer", pressed=True)).to_be_visible()

    tab_to(host, "Chat history", back=True)
    press("Enter")
    assert host.focused() == "Close history"
    rename = host.chat.get_by_role("button", name=re.compile("^Rename"))
    expect(rename).to_be_visible()
    tab_to(host, rename.get_attribute("aria-label") or "")
    press("Enter")
    assert host.focused() == "New name"
    host.page.keyboard.type("By keyboard")
    press("Enter")
    row = host.chat.get_by_role("button", name=re.compile("^By keyboard"))
    expect(row).to_be_visible()
    assert host.focused() == "Rename “By keyboard”"
    tab_to(host, "Delete “By keyboard”")
    press("Enter")
    assert host.focused() == "Cancel"
    tab_to(host, "Delete", back=True)
    press("Enter")
    expect(row).to_have_count(0)
    assert host.focused() == "New chat"
    press("Escape")
    assert host.focused() == "Chat history"
    expect(host.chat.get_by_role("button", name="Say hello")).to_be_visible()

    tab_to(host, "Message")
    host.page.keyboard.type("hello")
    press("Enter")
    host.wait_until_answered()
    tab_to(host, "New chat", back=True)
    press("Enter")
    assert host.focused() == "Message"
    expect(host.answers).to_have_count(0)


def test_the_panel_keeps_the_focus_and_gives_it_back(host: Host) -> None:
    """[row 133] What is under the panel cannot be reached while it is open."""
    host.open()
    host.open_history()
    for _ in range(6):
        host.page.keyboard.press("Tab")
        assert host.focused() not in ("Message", "Say hello", "Chat history")
    # The page around the chat is no part of the panel: Tab may have led there.
    tab_to(host, "Close history")
    host.page.keyboard.press("Escape")
    expect(host.chat.get_by_role("button", name="Chat history")).to_be_focused()


WATCH_SPEECH = """() => {
    const chat = document.querySelector('openai-chatkit').shadowRoot;
    window.spoken = [];
    const live = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]';
    new MutationObserver((changes) => {
        for (const { target } of changes) {
            const element = target.nodeType === 1 ? target : target.parentElement;
            const region = element?.closest(live);
            const words = region?.textContent.trim();
            if (words && window.spoken.at(-1) !== words) window.spoken.push(words);
        }
    }).observe(chat, { subtree: true, childList: true, characterData: true });
}"""


def test_an_answer_is_spoken_in_sentences(host: Host) -> None:
    """[row 133] One polite region says it once it is whole; no word is read while it streams."""
    host.open()
    polite = host.chat.locator("[aria-live=polite]")
    expect(polite).to_have_count(1)
    host.page.evaluate(WATCH_SPEECH)
    host.ask("long")
    expect(polite).to_contain_text("word199")
    spoken = host.page.evaluate("window.spoken")
    assert [words for words in spoken if "word0" in words] == [polite.inner_text()]
    assert len(spoken) <= 3


@pytest.mark.parametrize("size", [(640, 400), (320, 256)], ids=["200 %", "400 %"])
def test_enlarged_nothing_is_cut_off(
    new_page: NewPage, showcase: str, size: tuple[int, int]
) -> None:
    """[row 12] [row 133] A window of 1280 px at 200 and 400 %."""
    disclaimer = {"text": "Answers can be wrong. See [how they are made](/about)."}
    host = open_at(new_page, showcase, size, disclaimer=disclaimer, **MANAGED)
    evaluate = host.page.evaluate
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        found[state] = [
            fault for search in (UNREACHABLE, CUT_OFF, TOO_WIDE) for fault in evaluate(search)
        ]

    look("start")
    host.ask("hello")
    host.ask("long")
    look("conversation")
    history = host.open_history()
    history.get_by_role("button", name=re.compile("^Rename")).click()
    look("renaming")
    bad = [f"{state}: {fault}" for state, faults in found.items() for fault in faults]
    assert bad == []


def test_nothing_moves_for_who_does_not_want_it(new_page: NewPage, showcase: str) -> None:
    """[row 133] Reduced motion."""
    host = Host(new_page(url=showcase, reduced_motion="reduce"), PLAIN)
    host.open()
    host.write("long")
    expect(host.stop).to_be_visible()
    moving = """() => document.querySelector('openai-chatkit').shadowRoot.getAnimations()
        .filter((one) => one.effect.getComputedTiming().activeDuration > 10)
        .map((one) => one.animationName ?? one.transitionProperty)"""
    assert host.page.evaluate(moving) == []
    host.open_history()
    assert host.page.evaluate(moving) == []


def border(page: Page, selector: str) -> str:
    script = """(selector) => getComputedStyle(document.querySelector('openai-chatkit')
        .shadowRoot.querySelector(selector)).borderTopStyle"""
    return str(page.evaluate(script, selector))


def test_with_the_visitors_own_colours_everything_has_an_edge(
    new_page: NewPage, showcase: str
) -> None:
    """[row 133] Forced colours take grounds away: what only a ground told apart needs a line."""
    host = Host(new_page(url=showcase, forced_colors="active"), PLAIN)
    host.open()
    host.ask("hello")
    for part in ("user-bubble", "send-button", "composer"):
        assert border(host.page, f"[part~={part}]") == "solid", part
    assert accessibility_faults(host.page, CHAT) == []

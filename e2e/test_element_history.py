"""The header and the past chats, by mouse and by the keyboard alone, in both pages."""

import re
from pathlib import Path

from playwright.sync_api import expect

from element_host import PLAIN, Host
from visitor import NewPage

TYPES = Path(__file__).parents[1] / "node_modules" / "@openai" / "chatkit" / "types" / "index.d.ts"
HISTORY = {"enabled": True, "showRename": True, "showDelete": True}
# What another program does with the thread meanwhile.
ELSEWHERE = """async ([type, params]) => {
    const headers = { 'Content-Type': 'application/json',
        'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content };
    const body = JSON.stringify({ type, params });
    const response = await fetch('/chatkit/', { method: 'POST', headers, body });
    await response.text();
    return response.status;
}"""


def header_icons() -> list[str]:
    """The names that the published types allow."""
    found = re.search(r"type HeaderIcon =([^;]+);", TYPES.read_text())
    assert found
    return re.findall(r"'([^']+)'", found[1])


def test_each_of_the_header_icons_draws_something_of_its_own(
    new_page: NewPage, showcase: str
) -> None:
    """[row 23]"""
    names = header_icons()
    assert len(names) == 46
    host = Host(new_page(url=showcase), PLAIN)
    host.open(header={"leftAction": {"icon": "no-such-icon"}})
    drawing = host.chat.locator("[part~=header-left-action] path")
    expect(drawing).to_have_attribute("d", re.compile("."))
    seen = host.page.evaluate(
        """async (names) => {
            const seen = {};
            for (const icon of ['no-such-icon', ...names]) {
                host.change({ header: { leftAction: { icon, onClick() {} } } });
                await host.element.updateComplete;
                const path = host.element.shadowRoot
                    .querySelector('[part~=header-left-action] path');
                const { width, height } = path.getBBox();
                seen[icon] = [path.getAttribute('d'), width, height];
            }
            return seen;
        }""",
        names,
    )
    ring = seen.pop("no-such-icon")[0]
    assert [name for name, (path, *_) in seen.items() if path == ring] == []
    # The thinnest there is are three dots in a row; all stay within their box.
    assert [name for name, (_, *size) in seen.items() if max(size) < 10 or max(size) > 24] == []


def test_the_buttons_of_the_page_call_what_it_gave_last(host: Host) -> None:
    """[row 23]"""
    host.open()
    for answer in ("first", "second"):
        host.page.evaluate(
            """(answer) => host.change({
                header: { rightAction: { icon: 'star', onClick: () => { window.said = answer } } },
            })""",
            answer,
        )
        host.chat.get_by_role("button", name="star").click()
        assert host.page.evaluate("said") == answer


def test_the_whole_history_by_keyboard(host: Host) -> None:
    """[row 24] [row 25] [row 27] [row 28] [row 29]"""
    host.open(history=HISTORY)
    keyboard = host.page.keyboard
    _two_chats(host)
    host.call("focusComposer")
    for _ in range(20):
        keyboard.press("Shift+Tab")
        if host.focused() == "Chat history":
            break
    keyboard.press("Enter")
    panel = host.chat.get_by_role("dialog", name="Chat history")
    rows = panel.locator(".thread-title")
    expect(rows).to_have_text(["Untitled chat", "Rent"])
    assert host.focused() == "Close history"

    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    assert host.focused().startswith("Rent")
    keyboard.press("Tab")
    assert host.focused() == "Rename “Rent”"
    keyboard.press("Enter")
    keyboard.type("Flat")
    keyboard.press("Enter")
    expect(rows).to_have_text(["Untitled chat", "Flat"])
    assert host.focused() == "Rename “Flat”"

    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(panel.get_by_role("alertdialog")).to_have_accessible_name(
        "Delete “Flat”? This cannot be undone."
    )
    assert host.focused() == "Cancel"
    keyboard.press("Escape")
    assert host.focused() == "Delete “Flat”"
    keyboard.press("Enter")
    keyboard.press("Shift+Tab")
    assert host.focused() == "Delete"
    keyboard.press("Enter")
    expect(rows).to_have_text(["Untitled chat"])
    assert host.focused().startswith("Untitled chat")
    keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert host.focused() == "Chat history"
    assert host.events("history.open", "history.close") == [
        ["history.open", None],
        ["history.close", None],
    ]
    # What is deleted stays deleted, on the server too.
    host.open(history=HISTORY)
    expect(host.open_history().locator(".thread-title")).to_have_text(["Untitled chat"])


def test_a_chosen_chat_opens_and_waits_for_words(host: Host) -> None:
    """[row 22] [row 25] [row 31] [row 36]"""
    host.open(history=HISTORY)
    _two_chats(host)
    rent = host.events("thread.change")[0][1]
    host.open_history().get_by_role("button", name=re.compile("^Rent")).click()
    expect(host.answers.last).to_contain_text("Named.")
    expect(host.chat.get_by_role("heading", name="Rent")).to_be_visible()
    host.wait_for("thread.load.end")
    assert host.focused() == "Message"
    assert host.events("thread.load.start") == [["thread.load.start", rent]]
    assert host.events("thread.change")[-1] == ["thread.change", rent]
    panel = host.open_history()
    expect(panel.locator("[aria-current=true] .thread-title")).to_have_text("Rent")


def _two_chats(host: Host) -> None:
    """One that is called Rent, and a newer one without a name, which is on screen."""
    host.ask("title Rent")
    expect(host.chat.get_by_role("heading", name="Rent")).to_be_visible()
    host.chat.get_by_role("button", name="New chat").click()
    assert host.focused() == "Message"
    host.ask("hello")


def test_a_locked_chat_says_why_and_takes_no_words(host: Host) -> None:
    """[row 37]"""
    host.open()
    host.composer.fill("lock")
    host.composer.press("Enter")
    expect(host.composer).to_have_attribute("aria-placeholder", "The audit has it for now.")
    expect(host.composer).to_have_attribute("aria-disabled", "true")
    expect(host.answers.last).to_contain_text("One moment.")
    expect(host.chat.get_by_role("button", name="Answer again")).to_have_count(0)


def test_a_closed_chat_says_why_and_offers_a_new_one(host: Host) -> None:
    """[row 38]"""
    host.open()
    host.composer.fill("close")
    host.composer.press("Enter")
    expect(host.chat.get_by_text("This case is settled.")).to_be_visible()
    expect(host.composer).to_have_count(0)
    host.chat.get_by_role("button", name="New chat").first.click()
    expect(host.composer).to_be_editable()


def test_a_chat_that_is_not_there_says_so_and_offers_a_new_one(host: Host) -> None:
    """[row 30] [row 34]"""
    host.open(initialThread="thr_that_never_was")
    expect(host.failure).to_be_visible()
    host.wait_for("error")
    assert [name for name, _ in host.events()] == [
        "ready",
        "thread.load.start",
        "error",
        "thread.load.end",
    ]
    host.failure.get_by_role("button", name="New chat").click()
    expect(host.failure).to_have_count(0)
    assert host.focused() == "Message"
    host.ask("hello")


def test_what_others_did_to_the_thread_comes_when_it_is_asked_for(host: Host) -> None:
    """[row 35]"""
    host.open()
    host.ask("hello")
    thread = host.events("thread.change")[0][1]["threadId"]
    said = {
        "content": [{"type": "input_text", "text": "hello"}],
        "attachments": [],
        "quoted_text": "",
        "inference_options": {},
    }
    changes = [
        ("threads.update", {"thread_id": thread, "title": "From elsewhere"}),
        ("threads.add_user_message", {"thread_id": thread, "input": said}),
    ]
    for change in changes:
        assert host.page.evaluate(ELSEWHERE, change) == 200
    expect(host.answers).to_have_count(1)
    host.call("fetchUpdates")
    expect(host.answers).to_have_count(2)
    expect(host.chat.get_by_role("heading", name="From elsewhere")).to_be_visible()

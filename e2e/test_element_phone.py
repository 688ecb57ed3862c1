"""The chat in the hand, and in a page that scrolls: nothing jumps, no keyboard opens unasked."""

import pytest
from playwright.sync_api import Locator, expect

from element_host import PLAIN, Host
from visitor import PHONE, NewPage

IN_A_LONG_PAGE = """() => {
    const chat = document.querySelector('openai-chatkit');
    for (const place of ['beforebegin', 'afterend']) {
        const words = document.createElement('p');
        words.textContent = 'Words of the page. '.repeat(400);
        chat.insertAdjacentElement(place, words);
    }
    chat.style.height = '500px';
    document.body.style.height = 'auto';
    scrollTo(0, 300);
}"""


@pytest.fixture
def host(new_page: NewPage, showcase: str) -> Host:
    page = new_page(size=PHONE, url=showcase, has_touch=True, is_mobile=True)
    host = Host(page, PLAIN)
    host.open()
    return host


def inside(box: Locator, host: Host) -> bool:
    """Whether all of it can be seen."""
    found = box.bounding_box()
    size = host.page.viewport_size
    assert found is not None
    assert size is not None
    return found["y"] >= 0 and found["y"] + found["height"] <= size["height"]


def test_the_page_stays_where_it_is(host: Host) -> None:
    """[row 134] Whatever is sent, answered, opened or focused by the page."""
    host.page.evaluate(IN_A_LONG_PAGE)
    before = host.page.evaluate("scrollY")
    assert before > 0
    host.call("focusComposer")
    host.call("sendUserMessage", {"text": "long"})
    host.wait_for("response.end")
    host.call("showHistory")
    host.call("hideHistory")
    host.call("setThreadId", None)
    host.change(theme="dark")
    assert host.page.evaluate("scrollY") == before


def test_no_keyboard_opens_unasked(host: Host) -> None:
    """[row 134] [row 11] On a touch screen a button is no reason to begin writing."""
    assert host.focused() == "body"
    host.chat.get_by_role("button", name="Say hello").tap()
    host.wait_until_answered()
    expect(host.answers).to_have_count(1)
    assert host.focused() != "Message"
    host.chat.get_by_role("button", name="Answer again").tap()
    host.wait_until_answered()
    assert host.focused() != "Message"
    host.chat.get_by_role("button", name="New chat").tap()
    expect(host.answers).to_have_count(0)
    assert host.focused() != "Message"


def test_with_the_keyboard_open_one_sees_what_one_writes(host: Host) -> None:
    """[row 134] The window is lower then: field and last words stay in it."""
    host.chat.get_by_role("button", name="Say hello").tap()
    host.wait_until_answered()
    host.composer.tap()
    host.page.set_viewport_size({"width": PHONE[0], "height": 420})
    host.page.keyboard.type("A few words")
    assert inside(host.composer, host)
    assert inside(host.chat.get_by_role("button", name="Send message"), host)
    assert inside(host.answers.last, host)
    assert (
        float(host.composer.evaluate("(field) => parseFloat(getComputedStyle(field).fontSize)"))
        >= 16
    ), "a phone enlarges the page to a smaller field"


SHIFTS = """
    window.shifts = [];
    const places = ({ previousRect, currentRect }) => [previousRect.toJSON(), currentRect.toJSON()];
    new PerformanceObserver((list) =>
        shifts.push(...list.getEntries().map(({ sources }) => sources.map(places))))
        .observe({ type: 'layout-shift', buffered: true });
"""


def test_buttons_that_come_later_have_their_place(new_page: NewPage, showcase: str) -> None:
    """[row 48] [row 50] On the smallest screen with the largest controls, and nothing is cut."""
    page = new_page(size=(320, 640), url=showcase)
    page.route("**/parts/*", lambda _: None)
    page.add_init_script(SHIFTS)
    host = Host(page, PLAIN)
    host.open(theme={"density": "spacious"})
    # What stands there is on screen before what is held up may come.
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))")
    page.unroute("**/parts/*")
    for name in ("Run code", "Mention something", "Dictate"):
        expect(host.chat.get_by_role("button", name=name)).to_be_visible()
    words = host.chat.get_by_role("button", name="Model: Thorough").locator("span")
    assert words.evaluate("(words) => words.scrollWidth <= words.clientWidth")
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))")
    assert page.evaluate("shifts") == []


NAME = "Quick and thorough, with the longest of all names"
LONG_NAMES = {
    "attachments": {"enabled": True},
    "dictation": {"enabled": True},
    "tools": [
        {"id": label, "label": label, "icon": "lab", "pinned": True}
        for label in ("Run code", "Deep research with many sources", "Translate a whole document")
    ],
    "models": [{"id": "long", "label": NAME, "default": True}],
}


def test_many_tools_and_a_long_name_leave_the_composer_whole(
    new_page: NewPage, showcase: str
) -> None:
    """[row 48] [row 50] The name is cut with dots, and said and listed in full."""
    host = Host(new_page(size=(320, 640), url=showcase), PLAIN)
    host.open(composer=LONG_NAMES)
    model = host.chat.get_by_role("button", name=f"Model: {NAME}")
    words = model.locator("span")
    assert words.evaluate("(words) => words.scrollWidth > words.clientWidth")
    assert words.evaluate("(words) => getComputedStyle(words).textOverflow") == "ellipsis"
    composer = host.chat.locator("[part=composer]")
    box = composer.bounding_box()
    assert box
    for button in composer.get_by_role("button").all():
        found = button.bounding_box()
        assert found
        assert found["x"] >= box["x"]
        assert found["x"] + found["width"] <= box["x"] + box["width"]
    model.click()
    entry = host.chat.get_by_role("menuitemradio", name=NAME)
    assert entry.evaluate("(entry) => entry.scrollWidth <= entry.clientWidth")


def test_the_way_to_the_end_covers_no_words(host: Host) -> None:
    """[row 103] What has the focus ends above it, and nothing can be seen beneath it."""
    host.chat.get_by_role("button", name="Say hello").tap()
    host.wait_until_answered()
    host.call("sendUserMessage", {"text": "markdown"})
    host.log.evaluate("(list) => list.scrollTo(0, 0)")
    jump = host.chat.get_by_role("button", name="Jump to the end")
    expect(jump).to_be_visible()
    lease = host.log.get_by_role("link", name="lease")
    lease.evaluate("(link) => link.focus()")
    link, way, frame = lease.bounding_box(), jump.bounding_box(), host.log.bounding_box()
    assert link
    assert way
    assert frame
    assert link["y"] + link["height"] <= way["y"]
    # Above its upper edge lines have begun to fade; at it they are gone but for a quarter.
    gone = host.log.evaluate(
        "(list) => -parseFloat(getComputedStyle(list).maskPosition.split(' ')[1])"
    )
    assert way["y"] >= frame["y"] + frame["height"] - gone - 16


def test_enlarged_four_times_the_composer_is_still_whole(new_page: NewPage, showcase: str) -> None:
    """[row 133] Of a window of 1280 by 1024 that leaves 320 by 256."""
    host = Host(new_page(size=(320, 256), url=showcase), PLAIN)
    host.open(startScreen={"prompts": [{"label": "Say hello", "prompt": "hello"}]})
    host.ask("hello")
    assert inside(host.chat.get_by_role("button", name="Send message"), host)
    assert inside(host.composer, host)

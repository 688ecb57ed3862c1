"""Writing in a real browser: what the caret, keys, input methods and the clipboard do."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accessibility import accessibility_faults
from visitor import PHONE, NewPage, Visitor

Open = Callable[..., Visitor]


@pytest.fixture
def writer(new_page: NewPage, showcase: str) -> Open:
    """`writer(size=PHONE)`: a visitor of the showcase with the caret in the composer, `without` the
    files of that pattern, and with a `script` that comes before all others."""

    def make(without: str = "", script: str = "", **options: object) -> Visitor:
        visitor = Visitor(new_page(url=showcase, **options))
        if without:
            visitor.page.route(without, lambda route: route.abort())
        if script:
            visitor.page.add_init_script(script)
        if without:
            visitor.page.goto("/")
            visitor.composer.click()
            return visitor
        # Whoever types before the part is there gets what the browser does by itself.
        with visitor.page.expect_response("**/parts/writing-*.mjs") as part:
            visitor.page.goto("/")
            visitor.composer.click()
        # Once more, and behind who asked first: then it is not only here but in use.
        visitor.page.evaluate("(address) => import(address).then(() => null)", part.value.url)
        return visitor

    return make


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


TAG = {"type": "input_tag", "id": "food", "text": "Groceries", "group": "Categories"}


def test_lines_are_made_with_shift_enter_and_sent_with_enter(writer: Open) -> None:
    """[row 44]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    before = visitor.composer.bounding_box()
    keyboard.type("one")
    keyboard.press("Shift+Enter")
    keyboard.press("Shift+Enter")
    keyboard.type("two")
    assert words(visitor) == "one\n\ntwo"
    after = visitor.composer.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] + 40
    keyboard.press("ArrowUp")
    keyboard.type("middle")
    assert words(visitor) == "one\nmiddle\ntwo"
    keyboard.press("Enter")
    expect(visitor.questions.last.locator("[part=user-bubble]")).to_have_text("one\nmiddle\ntwo")
    expect(visitor.composer).to_have_text("")


def test_a_line_at_the_end_shows_the_caret_in_it(writer: Open) -> None:
    """[row 44]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    keyboard.type("one")
    height = visitor.composer.evaluate("node => node.clientHeight")
    keyboard.press("Shift+Enter")
    assert visitor.composer.evaluate("node => node.clientHeight") > height
    keyboard.press("Backspace")
    assert words(visitor) == "one"
    for _ in range(30):
        keyboard.press("Shift+Enter")
    keyboard.type("end")
    assert visitor.composer.evaluate(
        "node => node.scrollTop + node.clientHeight >= node.scrollHeight - 12"
    )


def test_an_input_method_keeps_its_enter(writer: Open) -> None:
    """[row 44]"""
    visitor = writer()
    compose(visitor.page, "に", "にほ", "にほん")
    expect(visitor.composer).to_have_text("にほん")
    visitor.page.keyboard.insert_text("日本")
    expect(visitor.composer).to_have_text("日本")
    expect(visitor.questions).to_have_count(0)
    compose(visitor.page, "ご")
    visitor.page.keyboard.insert_text("語")
    visitor.page.keyboard.press("Enter")
    expect(visitor.questions.last).to_contain_text("日本語")


def test_a_chip_is_one_character(writer: Open) -> None:
    """[row 74]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    set_value(visitor, content=[{"type": "input_text", "text": "a "}, TAG])
    chip = visitor.composer.locator("[part=tag]")
    expect(chip).to_have_text("Groceries")
    keyboard.press("End")
    keyboard.type(" b")
    assert words(visitor) == "a Groceries b"
    for _ in range(3):
        keyboard.press("ArrowLeft")
    keyboard.type("x")
    assert words(visitor) == "a xGroceries b"
    keyboard.press("Backspace")
    keyboard.press("Delete")
    expect(chip).to_have_count(0)
    assert words(visitor) == "a  b"
    keyboard.press("ControlOrMeta+z")
    expect(chip).to_have_count(1)
    keyboard.press("ArrowRight")
    keyboard.press("Backspace")
    expect(chip).to_have_count(0)


def test_typing_goes_on_before_and_behind_a_lone_chip(writer: Open) -> None:
    """[row 74]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    set_value(visitor, content=[TAG])
    keyboard.press("Home")
    keyboard.type("before ")
    keyboard.press("End")
    keyboard.type(" behind")
    assert words(visitor) == "before Groceries behind"


def test_all_that_happens_can_be_undone_and_done_again(writer: Open) -> None:
    """[row 44]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    keyboard.type("one two")
    keyboard.press("Shift+Enter")
    keyboard.type("three")
    keyboard.press("ControlOrMeta+z")
    assert words(visitor) == "one two\n"
    keyboard.press("ControlOrMeta+z")
    assert words(visitor) == "one two"
    keyboard.press("ControlOrMeta+z")
    assert words(visitor) == "one "
    keyboard.press("ControlOrMeta+Shift+z")
    assert words(visitor) == "one two"
    keyboard.press("ControlOrMeta+a")
    keyboard.press("Delete")
    assert words(visitor).strip() == ""
    keyboard.press("ControlOrMeta+z")
    keyboard.type("!")
    assert words(visitor) == "one two!"


def test_only_text_is_pasted_and_chips_are_copied_as_text(writer: Open) -> None:
    """[row 78]"""
    visitor = writer()
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keyboard = visitor.page.keyboard
    visitor.page.evaluate(
        """() => navigator.clipboard.write([new ClipboardItem({
            'text/html': new Blob(['<b>bold</b><br>@Groceries'], {type: 'text/html'}),
            'text/plain': new Blob(['bold\\n@Groceries'], {type: 'text/plain'}),
        })])"""
    )
    keyboard.press("ControlOrMeta+v")
    assert words(visitor) == "bold\n@Groceries"
    expect(visitor.composer.locator("b, [part=tag]")).to_have_count(0)
    set_value(visitor, content=[{"type": "input_text", "text": "on "}, TAG])
    keyboard.press("ControlOrMeta+a")
    keyboard.press("ControlOrMeta+x")
    expect(visitor.composer).to_have_text("")
    keyboard.press("ControlOrMeta+v")
    assert words(visitor) == "on Groceries"
    expect(visitor.composer.locator("[part=tag]")).to_have_count(0)
    assert re.match(r"on", visitor.page.evaluate("navigator.clipboard.readText()"))


def suggestions(visitor: Visitor) -> Locator:
    return visitor.chat.get_by_role("listbox")


def received(visitor: Visitor) -> dict[str, Any]:
    """What the server says it got last."""
    visitor.wait_until_answered()
    told: dict[str, Any] = json.loads(visitor.answers.last.locator("pre code").inner_text())
    return told


def test_a_mention_by_keyboard_alone(writer: Open) -> None:
    """[row 72] [row 74] [row 75]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    keyboard.type("received @gro")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(1)
    expect(visitor.composer).to_be_focused()
    active = visitor.composer.get_attribute("aria-activedescendant")
    expect(visitor.chat.locator(f"#{active}")).to_have_text("Groceries")
    keyboard.press("Enter")
    expect(suggestions(visitor)).to_have_count(0)
    keyboard.type("and @")
    options = suggestions(visitor).get_by_role("option")
    expect(options).to_have_count(9)
    for _ in range(4):
        keyboard.press("ArrowDown")
    expect(options.nth(4)).to_have_attribute("aria-selected", "true")
    keyboard.press("Tab")
    assert words(visitor) == "received Groceries and Ada Lovelace "
    keyboard.press("Enter")
    content = received(visitor)["content"]
    assert [part["text"] for part in content] == [
        "received ",
        "Groceries",
        " and ",
        "Ada Lovelace",
    ]
    assert content[1]["data"] == {"source": "showcase"}
    expect(visitor.questions.last.locator("[part=tag]")).to_have_text(["Groceries", "Ada Lovelace"])


def test_the_list_follows_the_caret_and_the_mouse(writer: Open) -> None:
    """[row 73]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    visitor.chat.get_by_role("button", name="Mention something").click()
    options = suggestions(visitor).get_by_role("option")
    expect(options).to_have_count(9)
    expect(visitor.composer).to_be_focused()
    keyboard.press("ArrowUp")
    expect(options.last).to_be_in_viewport()
    keyboard.type("ren")
    expect(options).to_have_count(2)
    keyboard.press("Home")
    expect(suggestions(visitor)).to_have_count(0)
    keyboard.press("End")
    keyboard.type(" @")
    expect(options).to_have_count(9)
    options.nth(1).hover()
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    options.nth(1).click()
    assert words(visitor) == "@ren Rent "
    expect(visitor.composer).to_be_focused()
    keyboard.type("@")
    expect(options).to_have_count(9)
    visitor.page.mouse.click(10, 10)
    expect(suggestions(visitor)).to_have_count(0)
    visitor.composer.click()
    keyboard.press("ControlOrMeta+a")
    keyboard.type("@")
    expect(options).to_have_count(9)
    keyboard.press("Shift+Tab")
    expect(suggestions(visitor)).to_have_count(0)
    expect(visitor.composer).not_to_be_focused()
    keyboard.press("Tab")
    expect(visitor.composer).to_be_focused()


def test_an_input_method_can_search_for_a_mention(writer: Open) -> None:
    """[row 72]"""
    visitor = writer()
    visitor.page.keyboard.type("@")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(9)
    compose(visitor.page, "g", "gr", "gra")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(1)
    suggestions(visitor).get_by_role("option").click()
    assert words(visitor) == "Grace Hopper "
    visitor.page.keyboard.type("x")
    assert words(visitor) == "Grace Hopper x"


@pytest.mark.parametrize("size", [(320, 480), (390, 844), (1280, 800)])
def test_the_list_stays_in_sight(writer: Open, size: tuple[int, int]) -> None:
    """[row 72]"""
    visitor = writer(size=size)
    visitor.page.keyboard.type("@")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(9)
    # Both at one moment: what comes later in the composer moves them together.
    visitor.chat.evaluate(
        """(chat, width) => new Promise((resolve, reject) => {
            const box = (part) => chat.shadowRoot.querySelector(part).getBoundingClientRect();
            const look = (frames) => {
                const list = box('[part=suggestions]');
                const above = box('[role=textbox]').top;
                const inside = list.left >= 0 && list.right <= width;
                if (inside && list.top >= 0 && list.bottom <= above) resolve();
                else if (frames) requestAnimationFrame(() => look(frames - 1));
                else reject(new Error(JSON.stringify({ list, above })));
            };
            look(60);
        })""",
        size[0],
    )
    visitor.page.keyboard.press("ArrowUp")
    expect(suggestions(visitor).get_by_role("option").last).to_be_in_viewport()


def test_commands_by_keyboard_alone(writer: Open) -> None:
    """[row 60]"""
    visitor = writer()
    keyboard = visitor.page.keyboard
    options = suggestions(visitor).get_by_role("option")
    keyboard.type("/sum")
    expect(options).to_have_count(1)
    keyboard.press("Enter")
    expect(visitor.composer).to_have_text("")
    assert visitor.page.evaluate("seen.given") == ["summary"]
    keyboard.type("into /tra")
    expect(options).to_have_count(1)
    keyboard.press("Enter")
    expect(options).to_have_text(["English", "German", "Spanish"])
    keyboard.type("ger")
    expect(options).to_have_text(["German"])
    keyboard.press("Enter")
    expect(suggestions(visitor)).to_have_count(0)
    assert words(visitor) == "into "
    assert visitor.page.evaluate("seen.given") == ["summary", "translate", "to-German"]
    keyboard.type("/inv")
    expect(options).to_have_count(1)
    keyboard.press("Enter")
    expect(visitor.composer.locator("[part=tag]")).to_have_text("Invoice A-1023")
    expect(visitor.questions).to_have_count(0)


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


def test_words_of_an_answer_are_quoted_with_the_mouse(writer: Open) -> None:
    """[row 53] [row 52]"""
    visitor = writer()
    visitor.ask("hello")
    select(visitor, "scene by its name")
    expect(quote_button(visitor)).to_be_visible()
    button = quote_button(visitor).bounding_box()
    answer = visitor.answers.last.bounding_box()
    assert button
    assert answer
    assert abs(button["y"] - answer["y"]) < 80
    quote_button(visitor).click()
    expect(visitor.chat.locator(".reply-text")).to_have_text("scene by its name")
    expect(visitor.composer).to_be_focused()
    expect(quote_button(visitor)).to_have_count(0)
    visitor.page.keyboard.type("received it?")
    visitor.page.keyboard.press("Enter")
    assert received(visitor)["quoted_text"] == "scene by its name"
    expect(visitor.questions.last.locator("[part=quoted]")).to_contain_text("scene by its name")
    expect(visitor.chat.locator(".reply-text")).to_have_count(0)


def test_words_of_an_answer_are_quoted_by_keyboard(writer: Open) -> None:
    """[row 53]"""
    visitor = writer()
    visitor.ask("hello")
    select(visitor, "Hello")
    expect(quote_button(visitor)).to_be_visible()
    visitor.page.keyboard.press("Shift+ArrowRight")
    visitor.page.keyboard.press("Tab")
    expect(quote_button(visitor)).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.locator(".reply-text")).to_have_text("Hello.")
    expect(visitor.composer).to_be_focused()


def test_only_words_of_one_answer_can_be_quoted(writer: Open) -> None:
    """[row 53]"""
    visitor = writer()
    visitor.ask("hello")
    select(visitor, "Hello")
    expect(quote_button(visitor)).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(quote_button(visitor)).to_have_count(0)
    select(visitor, "scene")
    expect(quote_button(visitor)).to_be_visible()
    visitor.page.mouse.click(30, 700)
    expect(quote_button(visitor)).to_have_count(0)
    visitor.questions.last.dblclick()
    visitor.page.wait_for_function("getSelection().type === 'Range'")
    expect(quote_button(visitor)).to_have_count(0)


def test_an_entity_shows_more_to_the_mouse_and_the_keyboard(writer: Open) -> None:
    """[row 76] [row 77]"""
    visitor = writer()
    visitor.chat.get_by_role("button", name="Ask about groceries").click()
    visitor.wait_until_answered()
    chip = visitor.questions.last.get_by_role("button", name="Groceries")
    preview = visitor.chat.locator("[part=entity-preview]")
    chip.hover()
    expect(preview).to_contain_text("Kept by this page")
    expect(chip).to_have_accessible_description(re.compile("Kept by this page"))
    preview.hover()
    expect(preview).to_be_visible()
    visitor.page.mouse.move(5, 400)
    expect(preview).to_have_count(0)
    visitor.chat.get_by_role("log").focus()
    visitor.page.keyboard.press("Tab")
    expect(chip).to_be_focused()
    expect(preview).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("seen.clicked.map((entity) => entity.id)") == ["groceries"]


def test_an_entity_shows_more_to_a_finger(writer: Open) -> None:
    """[row 77]"""
    visitor = writer(size=PHONE, has_touch=True)
    visitor.chat.get_by_role("button", name="Ask about groceries").tap()
    visitor.wait_until_answered()
    chip = visitor.questions.last.get_by_role("button", name="Groceries")
    preview = visitor.chat.locator("[part=entity-preview]")
    chip.tap()
    expect(preview).to_be_visible()
    box = preview.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert visitor.page.evaluate("seen.clicked") == []
    chip.tap()
    expect(preview).to_have_count(0)
    assert len(visitor.page.evaluate("seen.clicked")) == 1


def test_an_entity_in_the_composer_shows_more(writer: Open) -> None:
    """[row 77]"""
    visitor = writer()
    visitor.page.keyboard.type("@gro")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(1)
    visitor.page.keyboard.press("Enter")
    visitor.composer.locator("[part=tag]").hover()
    expect(visitor.chat.locator("[part=entity-preview]")).to_be_visible()
    visitor.page.keyboard.type("x")
    expect(visitor.chat.locator("[part=entity-preview]")).to_have_count(0)
    assert words(visitor) == "Groceries x"


def test_each_thread_keeps_its_draft(writer: Open) -> None:
    """[row 54]"""
    visitor = writer()
    visitor.ask("hello")
    visitor.page.keyboard.type("about @rent")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(2)
    visitor.page.keyboard.press("Enter")
    set_value(visitor, reply="Hello.")
    visitor.chat.get_by_role("button", name="New chat").click()
    expect(visitor.composer).to_have_text("")
    expect(visitor.chat.locator(".reply-text")).to_have_count(0)
    visitor.page.keyboard.type("another thought")
    visitor.open_history().locator("[part=history-item]").first.click()
    expect(visitor.composer.locator("[part=tag]")).to_have_text("Rent")
    assert words(visitor) == "about Rent "
    expect(visitor.chat.locator(".reply-text")).to_have_text("Hello.")


def test_without_its_part_the_browser_does_what_it_can(writer: Open) -> None:
    """[row 44]"""
    visitor = writer(without="**/parts/writing-*.mjs")
    keyboard = visitor.page.keyboard
    keyboard.type("received one")
    keyboard.press("Shift+Enter")
    keyboard.type("two")
    keyboard.press("Shift+Enter")
    keyboard.press("Shift+Enter")
    keyboard.type("three")
    keyboard.press("Enter")
    expect(visitor.composer).to_have_text("")
    assert received(visitor)["content"][0]["text"] == "received one\ntwo\n\nthree"


def test_a_browser_that_knows_no_plain_text_only(writer: Open) -> None:
    """[row 44] [row 78]"""
    visitor = writer(
        script="""Object.defineProperty(HTMLElement.prototype, 'contentEditable', {
            get() { return 'inherit'; },
        });"""
    )
    expect(visitor.composer).to_have_attribute("contenteditable", "true")
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keyboard = visitor.page.keyboard
    keyboard.type("received ")
    keyboard.press("ControlOrMeta+b")
    visitor.page.evaluate(
        """() => navigator.clipboard.write([new ClipboardItem({
            'text/html': new Blob(['<h1>big</h1>'], {type: 'text/html'}),
            'text/plain': new Blob(['big'], {type: 'text/plain'}),
        })])"""
    )
    keyboard.press("ControlOrMeta+v")
    keyboard.press("Shift+Enter")
    keyboard.type("@gro")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(1)
    keyboard.press("Enter")
    expect(visitor.composer.locator("b, h1, div")).to_have_count(0)
    assert words(visitor) == "received big\nGroceries "
    keyboard.press("Backspace")
    keyboard.press("Backspace")
    assert words(visitor) == "received big\n"
    keyboard.press("Enter")
    assert received(visitor)["content"][0]["text"] == "received big"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_what_is_written_and_listed(writer: Open, scheme: str) -> None:
    """[row 133]"""
    visitor = writer(reduced_motion="reduce")
    visitor.page.evaluate("scheme => host.change({theme: scheme})", scheme)
    keyboard = visitor.page.keyboard
    found = {}
    visitor.ask("hello")
    keyboard.type("@")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(9)
    found["mentions"] = accessibility_faults(visitor.page, "openai-chatkit")
    keyboard.press("Enter")
    keyboard.type("@zzz")
    expect(visitor.chat.locator(".suggestions-note")).to_have_text("Nothing found")
    found["nothing"] = accessibility_faults(visitor.page, "openai-chatkit")
    keyboard.press("Escape")
    keyboard.type(" /tra")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(1)
    keyboard.press("Enter")
    expect(suggestions(visitor).get_by_role("option")).to_have_count(3)
    found["menu"] = accessibility_faults(visitor.page, "openai-chatkit")
    keyboard.press("Escape")
    keyboard.press("Escape")
    select(visitor, "scene")
    expect(quote_button(visitor)).to_be_visible()
    found["selection"] = accessibility_faults(visitor.page, "openai-chatkit")
    quote_button(visitor).click()
    visitor.composer.locator("[part=tag]").hover()
    expect(visitor.chat.locator("[part=entity-preview]")).to_be_visible()
    found["quote and preview"] = accessibility_faults(visitor.page, "openai-chatkit")
    assert {state: faults for state, faults in found.items() if faults} == {}

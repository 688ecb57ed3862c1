"""Writing in a real browser: what the caret, keys, input methods and the clipboard do."""

import re

from playwright.sync_api import expect

from writing import (
    TAG,
    Open,
    compose,
    received,
    set_value,
    suggestions,
    words,
)


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

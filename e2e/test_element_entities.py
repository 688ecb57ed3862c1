"""Words of an answer that are quoted, and entities that show more."""

import re

from playwright.sync_api import expect

from visitor import PHONE
from writing import (
    Open,
    quote_button,
    received,
    select,
    suggestions,
    words,
)


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

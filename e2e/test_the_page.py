"""The page around the chat: keyboard, assistive technology, phone, late script, errors."""

import re

import pytest
from playwright.sync_api import Page, expect

from accessibility import accessibility_faults
from held import Held
from visitor import GROCERIES, PHONE, NewPage, Visitor

ELEMENT = "**/static/chatkit-element/chatkit.js"


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_no_fault(new_page: NewPage, color_scheme: str) -> None:
    page = new_page(color_scheme=color_scheme, reduced_motion="reduce")
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert accessibility_faults(page) == []
    page.goto("/sign-up")
    expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    assert accessibility_faults(page) == []
    visitor = Visitor(page)
    visitor.sign_in()
    expect(page.get_by_role("table", name="Recent transactions")).to_be_visible()
    assert accessibility_faults(page) == []
    visitor.open_chat()
    visitor.ask("What did I spend by category last month?")
    assert accessibility_faults(page) == []
    visitor.open_history()
    expect(visitor.chat.get_by_role("button", name="spend").first).to_be_visible()
    assert accessibility_faults(page) == []


def test_the_chat_needs_no_mouse(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    button = page.get_by_role("button", name="Open chat")
    button.focus()
    page.keyboard.press("Enter")
    expect(visitor.composer).to_be_focused()
    page.keyboard.type(GROCERIES)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Thank you")
    page.keyboard.press("Enter")
    expect(visitor.questions.last).to_contain_text("Thank you")
    visitor.wait_until_answered()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(visitor.composer).not_to_be_visible()
    page.keyboard.press("Enter")
    expect(visitor.answers).to_have_count(1)  # closing keeps the conversation


def test_on_a_phone_the_chat_is_the_whole_screen_and_nothing_overflows(new_page: NewPage) -> None:
    page = new_page(size=PHONE, has_touch=True, is_mobile=True)
    visitor = Visitor(page)
    visitor.sign_in()
    wide = "() => document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide), "the overview scrolls sideways"
    visitor.open_chat()
    box = visitor.chat.bounding_box()
    assert box is not None
    assert (box["x"], round(box["width"])) == (0, PHONE[0])
    assert round(box["height"]) == PHONE[1]
    visitor.ask("What did I spend by category last month?")
    assert not page.evaluate(wide), "the answer scrolls the page sideways"
    visitor.chat.get_by_role("button", name="close").click()
    expect(page.get_by_role("button", name="Open chat")).to_be_visible()


def test_a_chat_script_that_comes_late_is_waited_for(page: Page) -> None:
    script = Held(page, ELEMENT)
    visitor = Visitor(page)
    visitor.sign_in()
    page.get_by_role("button", name="Open chat").click()
    expect(page.get_by_role("dialog", name="Chat")).to_be_visible()
    # Long after React has rendered the tag and its effects have run.
    expect(page.locator("openai-chatkit:not(:defined)")).to_be_attached()
    script.let_go()
    expect(visitor.composer).to_be_visible()
    assert visitor.ask("What is my net worth?")


def test_a_chat_script_that_fails_is_said_and_can_be_tried_again(page: Page) -> None:
    page.route(ELEMENT, lambda route: route.abort())
    visitor = Visitor(page)
    visitor.sign_in()
    page.get_by_role("button", name="Open chat").click()
    expect(page.get_by_text("could not be loaded")).to_be_visible()
    page.unroute(ELEMENT)
    page.get_by_role("button", name=re.compile("again|retry", re.IGNORECASE)).click()
    expect(visitor.composer).to_be_visible()


def test_a_wrong_password_is_said_and_what_was_typed_stays(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Username").fill("demo-typo")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Username")).to_have_value("demo-typo")


def test_a_server_that_is_gone_is_said_and_the_question_can_be_sent_again(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    page.route("**/api/chatkit/", lambda route: route.abort())
    visitor.write(GROCERIES)
    expect(visitor.log.get_by_role("alert")).to_contain_text("could not be reached")
    expect(visitor.questions.last).to_contain_text(GROCERIES)
    page.unroute("**/api/chatkit/")
    visitor.log.get_by_role("button", name="Try again").click()
    visitor.wait_until_answered()
    expect(visitor.answers).to_have_count(1)
    expect(visitor.questions).to_have_count(1)


def test_an_ended_session_leads_back_to_the_sign_in(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    page.context.clear_cookies()
    visitor.composer.fill(GROCERIES)
    visitor.composer.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_thread_can_be_renamed_and_deleted(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask("What accounts do I have?")
    history = visitor.open_history()
    history.get_by_role("button", name="Rename").first.click()
    field = history.get_by_role("textbox", name="New name")
    field.fill("My accounts, renamed")
    field.press("Enter")
    expect(history.get_by_role("button", name=re.compile("^My accounts, renamed"))).to_be_visible()

    page.reload()
    visitor.open_chat()
    history = visitor.open_history()
    history.get_by_role("button", name="Delete “My accounts, renamed”").click()
    history.get_by_role("button", name="Delete", exact=True).click()
    expect(history.get_by_text("My accounts, renamed")).to_have_count(0)
    page.reload()
    visitor.open_chat()
    expect(visitor.open_history()).not_to_contain_text("My accounts, renamed")


def test_an_answer_can_be_asked_for_again(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask("What is my net worth?")
    visitor.chat.get_by_role("button", name="Answer again").click()
    visitor.wait_until_answered()
    expect(visitor.questions).to_have_count(1)
    expect(visitor.answers).to_have_count(1)
    expect(visitor.answers.first).to_contain_text("$")

"""Tools of the page, which an answer calls."""

import pytest
from playwright.sync_api import expect

from element_host import PLAIN, REACT
from guest import START_AND_END, Guest


@pytest.mark.parametrize("path", [PLAIN, REACT])
def test_two_tools_and_the_answer_are_one_response(guest: Guest, path: str) -> None:
    """[row 98] [row 105] Also through the official wrapper."""
    guest.path = path
    guest.come()
    guest.write("use two tools")
    expect(guest.answers.last).to_contain_text('page_width gave {"width": 1280}')
    guest.wait_until_answered()
    expect(guest.answers.first).to_contain_text('page_title gave {"title": "Showcase')
    assert guest.started_and_ended() == START_AND_END
    assert guest.tools_called() == ["page_title", "page_width"]


def test_the_chat_waits_for_the_page_and_goes_on_in_the_same_response(guest: Guest) -> None:
    """[row 105]"""
    guest.have_a_tool_at_work()
    expect(guest.stop).to_be_enabled()
    guest.composer.fill("Meanwhile")
    guest.composer.press("Enter")
    expect(guest.composer).to_have_text("Meanwhile")
    assert guest.started_and_ended() == ["response.start"]
    guest.page.evaluate("dispatchEvent(new Event('tool-done'))")
    expect(guest.answers.last).to_contain_text('{"done": true}')
    guest.wait_until_answered()
    assert guest.started_and_ended() == START_AND_END


def test_a_failing_tool_is_told_to_the_model_and_the_page(guest: Guest) -> None:
    """[row 106]"""
    guest.write("use a failing tool")
    expect(guest.answers.last).to_contain_text('{"error": "There is no row 7."}')
    guest.wait_until_answered()
    guest.expect_nothing_failed()
    assert len(guest.details("error")) == 1


def test_a_tool_that_never_answers_can_be_stopped_and_written_past(guest: Guest) -> None:
    """[row 106]"""
    guest.have_a_tool_at_work()
    guest.stop.click()
    expect(guest.waiting).to_be_visible()
    guest.ask("hello")
    expect(guest.waiting).to_have_count(0)
    guest.expect_nothing_failed()


def test_a_call_found_after_a_reload_waits_for_a_word(guest: Guest) -> None:
    """[row 107]"""
    guest.have_a_tool_at_work()
    guest.come(initialThread=guest.thread)
    expect(guest.waiting).to_contain_text("waits for something")
    assert guest.tools_called() == []
    guest.waiting.get_by_role("button", name="Do it now").click()
    expect(guest.stop).to_be_visible()
    expect(guest.composer).to_be_focused()
    guest.page.evaluate("dispatchEvent(new Event('tool-done'))")
    expect(guest.answers.last).to_contain_text('{"done": true}')
    assert guest.tools_called() == ["wait_for_the_page"]


def test_of_two_tabs_one_runs_the_tool(guest: Guest) -> None:
    """[row 107] The other one may pass the call over; then the result comes too late, in peace."""
    guest.have_a_tool_at_work()
    other = Guest(guest.page.context.new_page()).come(initialThread=guest.thread)
    expect(other.waiting).to_be_visible()
    other.waiting.get_by_role("button", name="Go on without it").click()
    expect(other.answers.last).to_contain_text("The user went on without a result.")
    assert other.tools_called() == []
    guest.page.evaluate("dispatchEvent(new Event('tool-done'))")
    expect(guest.answers.last).to_contain_text("The user went on without a result.")
    guest.wait_until_answered()
    guest.expect_nothing_failed()

"""What a page and its user are asked for in the middle of an answer: client tools, questions,
dictation."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect

from visitor import NewPage, Visitor

START_AND_END = ["response.start", "response.end"]


class Guest(Visitor):
    """A visitor of the showcase."""

    def come(self, **options: object) -> "Guest":
        self.page.goto(f"/?options={quote(json.dumps(options))}" if options else "/")
        expect(self.composer).to_be_visible()
        return self

    @property
    def thread(self) -> str:
        changes = self.details("thread.change")
        return str(changes[-1]["threadId"])

    def details(self, name: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self.page.evaluate(
            "name => host.events.filter(([type]) => type === name).map(([, detail]) => detail)",
            name,
        )
        return found

    def started_and_ended(self) -> list[str]:
        names: list[str] = self.page.evaluate("() => host.events.map(([name]) => name)")
        return [name for name in names if name in START_AND_END]

    def tools_called(self) -> list[str]:
        called: list[str] = self.page.evaluate("() => toolsCalled")
        return called

    @property
    def waiting(self) -> Locator:
        return self.log.locator("[part=waiting-call]")


@pytest.fixture
def guest(new_page: NewPage, showcase: str) -> Guest:
    return Guest(new_page(url=showcase)).come()


def test_two_tools_and_the_answer_are_one_response(guest: Guest) -> None:
    """[row 98] [row 105]"""
    guest.write("use two tools")
    expect(guest.answers.last).to_contain_text('page_width gave {"width": 1280}')
    guest.wait_until_answered()
    expect(guest.answers.first).to_contain_text('{"title": "Showcase"}')
    assert guest.started_and_ended() == START_AND_END
    assert guest.tools_called() == ["page_title", "page_width"]


def test_the_chat_waits_for_the_page_and_goes_on_in_the_same_response(guest: Guest) -> None:
    """[row 105]"""
    guest.write("use a slow tool")
    expect(guest.log.locator("[part=progress]")).to_be_visible()
    expect(guest.stop).to_be_enabled()
    guest.composer.fill("Meanwhile")
    guest.composer.press("Enter")
    expect(guest.composer).to_have_value("Meanwhile")
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
    guest.write("use a slow tool")
    expect(guest.log.locator("[part=progress]")).to_be_visible()
    guest.stop.click()
    expect(guest.waiting).to_be_visible()
    guest.ask("hello")
    expect(guest.waiting).to_have_count(0)
    guest.expect_nothing_failed()


def test_a_call_found_after_a_reload_waits_for_a_word(guest: Guest) -> None:
    """[row 107]"""
    guest.write("use a slow tool")
    expect(guest.log.locator("[part=progress]")).to_be_visible()
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
    guest.write("use a slow tool")
    expect(guest.log.locator("[part=progress]")).to_be_visible()
    other = Guest(guest.page.context.new_page()).come(initialThread=guest.thread)
    expect(other.waiting).to_be_visible()
    other.waiting.get_by_role("button", name="Go on without it").click()
    expect(other.answers.last).to_contain_text("The user went on without a result.")
    assert other.tools_called() == []
    guest.page.evaluate("dispatchEvent(new Event('tool-done'))")
    expect(guest.answers.last).to_contain_text("The user went on without a result.")
    guest.wait_until_answered()
    guest.expect_nothing_failed()

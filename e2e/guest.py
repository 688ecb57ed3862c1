"""A visitor of the showcase who is asked for something in the middle of an answer."""

import json
from urllib.parse import quote

from playwright.sync_api import Locator, expect

from element_host import PLAIN
from stored import eventually
from visitor import Visitor

START_AND_END = ["response.start", "response.end"]


class Guest(Visitor):
    """A visitor of the showcase."""

    path = PLAIN

    def come(self, **options: object) -> "Guest":
        self.page.goto(f"{self.path}?options={quote(json.dumps(options))}")
        expect(self.composer).to_be_visible()
        return self

    def write(self, text: str) -> None:
        # What follows may take the composer away at once.
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.questions.last).to_contain_text(text)

    @property
    def thread(self) -> str:
        eventually(lambda: self.details("thread.change"), "a thread")
        return str(self.details("thread.change")[-1]["threadId"])

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

    def have_a_tool_at_work(self) -> None:
        self.write("use a slow tool")
        eventually(self.tools_called, "the tool is called")

    @property
    def waiting(self) -> Locator:
        return self.log.locator("[part=waiting-call]")


class Questions:
    """The form that stands in the composer's place."""

    def __init__(self, guest: Guest) -> None:
        self.form = guest.chat.locator("[part=structured-input]")
        self.keyboard = guest.page.keyboard

    def option(self, name: str) -> Locator:
        return self.form.get_by_label(name, exact=True).first

    def own_words(self) -> Locator:
        return self.form.get_by_role("textbox", name="In your own words")

    def button(self, name: str) -> Locator:
        return self.form.get_by_role("button", name=name, exact=True)

    def expect(self, question: str) -> None:
        expect(self.form.get_by_role("group", name=question)).to_be_visible()

"""What a person does in the browser, in their words."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

NewPage = Callable[..., Page]
DESKTOP = (1280, 800)
PHONE = (390, 844)
GROCERIES = "How much did I spend on groceries last month?"
LONG = "List all my transactions this year"  # 5 s at the pace of these tests
MEDIUM = "List my 25 largest expenses this year"  # 3 s

# The letters of the last answer, each time they are others.
LOOK_UNTIL_ANSWERED = """async () => {
    const chat = document.querySelector('openai-chatkit').shadowRoot;
    const seen = new Set();
    while (chat.querySelector('[part~=stop-button]')) {
        const answer = [...chat.querySelectorAll('article[part~=assistant-message]')].at(-1);
        seen.add(answer.innerText.replace(/\\s+/g, ''));
        await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return [...seen];
}"""


class Visitor:
    """A person in front of `page`. Locators reach into the element's open shadow root."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, username: str = "demo", password: str = "demo") -> None:
        self.page.goto("/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Overview")).to_be_visible()

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Account of").click()
        self.page.get_by_role("menuitem", name="Sign out").click()
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()

    def open_chat(self) -> None:
        self.page.get_by_role("button", name="Open chat").click()
        expect(self.composer).to_be_visible()

    def in_another_tab(self, thread: str) -> "Visitor":
        """The same person there, in the thread of that name."""
        other = Visitor(self.page.context.new_page())
        other.page.goto("/")
        other.open_chat()
        other.open_history().get_by_role("button", name=thread).first.click()
        expect(other.answers.first).to_be_visible()
        return other

    def come_back_to_the_page(self) -> None:
        """As if another tab had been in front. A browser without a screen shows all of its tabs."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def write(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")
        # It is empty then, or a question that the answer asks stands in its place already.
        expect(self.composer.filter(has_text=re.compile(r"\S"))).to_have_count(0)

    def ask(self, text: str) -> str:
        """Ask and wait until the answer is complete; return its words."""
        before = self.answers.count()
        self.write(text)
        expect(self.answers).to_have_count(before + 1)
        self.wait_until_answered()
        return self.answers.last.inner_text()

    def ask_and_see_the_beginning(self, text: str) -> str:
        """Ask and return the answer's words so far, which are some."""
        before = self.answers.count()
        self.write(text)
        expect(self.answers).to_have_count(before + 1)
        return self.see_words()

    def see_words(self) -> str:
        """Wait until an answer that is under way has some figures; return its words so far."""
        expect(self.stop).to_be_visible()
        expect(self.answers.last).to_contain_text(re.compile(r"\d[\s\S]*\d\d"))
        return self.answers.last.inner_text()

    def watch_until_answered(self) -> None:
        """At every look the answer on its way is the beginning of what it becomes: also in between
        no word is missing and none is there twice."""
        seen: list[str] = self.page.evaluate(LOOK_UNTIL_ANSWERED)
        self.wait_until_answered()
        whole = "".join(self.answers.last.inner_text().split())
        assert len(seen) > 1, "nothing was seen on its way"
        # The last words may be markup that is not complete yet.
        assert [part for part in seen if not whole.startswith(part[:-60])] == []

    def expect_what_is_stored(self) -> None:
        """What is on screen is to the character what the server shows to who comes anew."""
        self.wait_until_answered()
        shown = self.log.inner_text()
        self.page.reload()
        self.open_chat()
        expect(self.answers.first).to_be_visible()
        deadline = time.monotonic() + 15  # a long answer is drawn piece by piece
        while self.log.inner_text() != shown and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
        assert self.log.inner_text() == shown

    def expect_nothing_failed(self) -> None:
        expect(self.failure).to_have_count(0)

    def wait_until_answered(self) -> None:
        expect(self.stop).to_have_count(0)
        expect(self.page.get_by_role("button", name="Send message")).to_be_visible()

    @property
    def chat(self) -> Locator:
        return self.page.locator("openai-chatkit")

    @property
    def composer(self) -> Locator:
        return self.chat.get_by_role("textbox", name="Message")

    @property
    def stop(self) -> Locator:
        return self.chat.get_by_role("button", name="Stop answering")

    @property
    def reconnecting(self) -> Locator:
        return self.log.locator("[part=reconnecting]")

    @property
    def failure(self) -> Locator:
        return self.log.get_by_role("alert")

    @property
    def log(self) -> Locator:
        return self.chat.get_by_role("log")

    @property
    def answers(self) -> Locator:
        return self.log.locator("article[part~=assistant-message]")

    @property
    def questions(self) -> Locator:
        return self.log.locator("article[part~=user-message]")

    def open_history(self) -> Locator:
        self.chat.get_by_role("button", name="Chat history").click()
        return self.chat.get_by_role("dialog", name="Chat history")

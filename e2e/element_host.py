"""A page with the element, as its author has it in hand: options, methods, events."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from visitor import Visitor

PLAIN, REACT = "/", "/react/"


class Host(Visitor):
    """One of the two pages of the showcase, which offer the same as `window.host`."""

    def __init__(self, page: Page, path: str) -> None:
        super().__init__(page)
        self.path = path

    def open(self, **options: object) -> None:
        """Load the page with these of the options changed, and wait until the chat is ready."""
        self.go(**options)
        self.wait_for("ready")

    def go(self, **options: object) -> None:
        self.page.goto(f"{self.path}?options={json.dumps(options)}")

    def change(self, **options: object) -> None:
        self.page.evaluate("(more) => host.change(more)", options)

    def call(self, method: str, *parameters: object) -> Any:
        """Wait until the method has resolved."""
        script = "([method, parameters]) => host.call(method, ...parameters)"
        return self.page.evaluate(script, [method, parameters])

    def refusal(self, method: str, *parameters: object) -> str:
        """With which words the method rejects."""
        script = """([method, parameters]) =>
            host.call(method, ...parameters).then(() => '', (error) => error.message)"""
        return str(self.page.evaluate(script, [method, parameters]))

    def show(self, shown: bool) -> None:
        """Take the chat out of the page, or put it back."""
        self.page.evaluate("(shown) => host.show(shown)", shown)
        expect(self.chat).to_have_count(int(shown))

    def take_out_and_put_back(self) -> None:
        self.show(False)
        self.show(True)

    def renew(self) -> None:
        """Show a new chat after the one before was taken out."""
        self.page.evaluate("host.renew()")
        expect(self.chat).to_have_count(1)

    def move(self) -> None:
        self.page.evaluate("host.move()")

    def events(self, *names: str) -> list[list[Any]]:
        """Those so far with their details; without names all but the log."""
        seen: list[list[Any]] = self.page.evaluate(
            "host.events.map(([name, detail]) => "
            "[name, detail?.error ? detail.error.message : detail])"
        )
        return [one for one in seen if (one[0] in names if names else one[0] != "log")]

    def wait_for(self, name: str, count: int = 1) -> None:
        """Until the event has come so often."""
        script = """([name, count]) => window.host &&
            host.events.filter(([said]) => said === name).length >= count"""
        self.page.wait_for_function(script, arg=[name, count])

    def focused(self) -> str:
        """What has the focus: the name or tag of the control in the chat, or the page's own tag."""
        script = """() => {
            let one = document.activeElement;
            while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
            return one?.getAttribute('aria-label') ?? (one?.textContent?.trim().slice(0, 60)
                || one?.tagName.toLowerCase()) ?? '';
        }"""
        return str(self.page.evaluate(script))

"""A visitor of the showcase who reads."""

import json
from urllib.parse import quote

from playwright.sync_api import FloatRect, Locator, expect

from accessibility import accessibility_faults
from visitor import Visitor


class Reader(Visitor):
    """A visitor of the showcase who reads."""

    def come(self, **options: object) -> "Reader":
        self.page.goto(f"/?options={quote(json.dumps(options))}" if options else "/")
        expect(self.composer).to_be_visible()
        return self

    def see(self, scene: str) -> None:
        self.write(scene)
        expect(self.questions.last).to_contain_text(scene)
        expect(self.log).to_have_attribute("aria-busy", "false")

    def faults(self) -> list[str]:
        return accessibility_faults(self.page, "openai-chatkit")

    def part(self, name: str) -> Locator:
        return self.log.locator(f"[part~={name}]")

    @property
    def card(self) -> Locator:
        return self.part("source-card")

    @property
    def focused(self) -> str:
        """Class and tag of what has the focus in the chat."""
        found: str = self.chat.evaluate(
            "chat => { const at = chat.shadowRoot.activeElement;"
            "return at ? `${at.localName}.${at.className}` : '' }"
        )
        return found

    @property
    def scrolled(self) -> float:
        top: float = self.log.evaluate("list => list.scrollTop")
        return top

    @property
    def below(self) -> float:
        """How much of the conversation is below what is seen."""
        rest: float = self.log.evaluate(
            "list => list.scrollHeight - list.clientHeight - list.scrollTop"
        )
        return rest


def box(locator: Locator) -> FloatRect:
    """Where it stands; looked for again when it was drawn anew between finding and measuring it."""
    while True:
        locator.wait_for()
        if found := locator.bounding_box():
            return found

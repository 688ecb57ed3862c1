"""What “@” and “/” offer while one writes."""

import pytest
from playwright.sync_api import expect

from accessibility import accessibility_faults
from writing import (
    Open,
    compose,
    quote_button,
    received,
    select,
    suggestions,
    words,
)


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

"""The way through a long conversation."""

import re

from playwright.sync_api import expect

from reader import Reader, box
from visitor import NewPage


def test_the_view_follows_only_who_reads_the_end(new_page: NewPage, showcase: str) -> None:
    """[row 103]"""
    reader = Reader(new_page(size=(600, 400), url=showcase)).come(thread={"autoScroll": True})
    reader.write("long")
    expect(reader.answers.last).to_contain_text("word60")
    assert reader.below < 48
    # At once, so that where it leads can be told.
    reader.log.evaluate("list => list.scrollBy({top: -200, behavior: 'instant'})")
    jump = reader.chat.get_by_role("button", name="Jump to the end")
    expect(jump).to_be_visible()
    there = reader.scrolled
    expect(reader.answers.last).to_contain_text("word140")
    assert reader.scrolled == there
    jump.focus()
    reader.page.keyboard.press("Enter")
    expect(jump).to_be_hidden()
    expect(reader.log).to_be_focused()
    reader.wait_until_answered()
    assert reader.below < 48


def test_a_long_thread_names_its_days_and_pages_upward_without_a_jump(
    reader: Reader, screenshots: object
) -> None:
    """[row 104]"""
    reader.see("days")
    panel = reader.open_history()
    panel.get_by_role("button", name="Ten days of questions").first.click()
    expect(reader.questions.last).to_contain_text("Question 40")
    assert reader.below < 2
    days = reader.part("day")
    expect(days.last).to_have_text("Today")
    expect(days.nth(-2)).to_have_text("Yesterday")
    asked = reader.questions.filter(has_text="Question 38:")
    asked.scroll_into_view_if_needed()
    time = asked.locator("time")
    asked.hover()
    expect(time).to_have_css("opacity", "1")
    expect(time).to_have_text(re.compile(r"^\d\d?:\d\d [AP]M$"))
    # What is read stays where it is while the page before it comes.
    while reader.questions.filter(has_text="Question 1:").count() == 0:
        read, before = reader.log.evaluate(
            """list => {
              list.scrollTo({top: 0, behavior: 'instant'});
              const first = list.querySelector('[part~=user-bubble]');
              return [first.textContent, first.getBoundingClientRect().y];
            }"""
        )
        expect(reader.questions.first).not_to_contain_text(read)
        bubble = reader.part("user-bubble").filter(has_text=read)
        after = box(bubble)["y"]
        assert abs(after - before) < 2
    expect(days.first).to_have_text(re.compile(r"^[A-Z][a-z]+day, [A-Z][a-z]+ \d+$"))
    assert reader.faults() == []

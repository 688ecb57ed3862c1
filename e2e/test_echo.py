"""The smallest project: a page with the element alone, and Django's own ASGI application."""

from pathlib import Path

from playwright.sync_api import expect

from example_process import running
from visitor import NewPage, Visitor

WORDS = " ".join(f"word{number}" for number in range(60))  # 3 s at the example's pace


def test_an_answer_survives_a_reload_and_can_be_stopped(new_page: NewPage, tmp_path: Path) -> None:
    with running("echo", tmp_path) as url:
        visitor = Visitor(new_page(url=url))
        visitor.page.goto("/")
        visitor.write(WORDS)
        expect(visitor.answers.last).to_contain_text("word3")
        visitor.page.reload()
        visitor.open_history().get_by_role("button", name="Untitled chat").first.click()
        expect(visitor.stop).to_be_visible()
        visitor.wait_until_answered()
        expect(visitor.answers).to_contain_text([f"You said: {WORDS}"])

        visitor.write(WORDS)
        expect(visitor.answers.last).to_contain_text("word3")
        visitor.stop.click()
        visitor.wait_until_answered()
        expect(visitor.answers.last).not_to_contain_text("word50")
        visitor.expect_nothing_failed()

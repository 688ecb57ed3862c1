"""The plain page with the element, under a content security policy that allows nothing foreign."""

from playwright.sync_api import expect

from visitor import NewPage, Visitor


def test_a_plain_page_has_a_chat(new_page: NewPage, showcase: str) -> None:
    visitor = Visitor(new_page(url=showcase))
    visitor.page.goto("/")
    visitor.chat.get_by_role("button", name="Say hello").click()
    visitor.wait_until_answered()
    expect(visitor.answers.last).to_contain_text("Ask for a scene by its name.")

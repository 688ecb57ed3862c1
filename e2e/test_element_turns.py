"""Turns: what can be done with an answer, and what stands beside it."""

from playwright.sync_api import Route, expect

from held import Held
from reader import Reader, box
from visitor import NewPage


def test_a_dismissed_notice_gives_the_focus_to_its_turn(reader: Reader) -> None:
    """[row 93]"""
    reader.see("notices")
    expect(reader.part("notice")).to_have_count(3)
    assert reader.faults() == []
    reader.chat.get_by_role("button", name="Dismiss").first.focus()
    for left in (2, 1, 0):
        reader.page.keyboard.press("Enter")
        expect(reader.part("notice")).to_have_count(left)
        assert reader.focused.startswith("div.turn")
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Tab")
        if left:
            reader.chat.get_by_role("button", name="Dismiss").first.focus()


def test_an_error_offers_another_try_where_the_server_allows_it(reader: Reader) -> None:
    """[row 94]"""
    reader.see("error")
    expect(reader.failure).to_contain_text("The ledger is being closed for the night.")
    again = Held(reader.page, "**/chatkit/")
    reader.failure.get_by_role("button", name="Try again").click()
    expect(reader.failure).to_have_count(0)
    again.let_go()
    expect(reader.failure).to_contain_text("The ledger is being closed")
    expect(reader.answers).to_have_count(1)
    reader.see("error at last")
    expect(reader.failure).to_have_text("This account was closed.")
    expect(reader.failure.get_by_role("button")).to_have_count(0)


def test_what_is_taken_back_is_gone_and_the_focus_stays_in_its_turn(reader: Reader) -> None:
    """[row 95]"""
    reader.write("removed")
    reader.answers.get_by_role("link").focus()
    expect(reader.answers).to_have_count(0)
    assert reader.focused.startswith("div.turn")
    reader.wait_until_answered()
    expect(reader.failure).to_have_text("That cannot be answered here.")
    reader.page.reload()
    expect(reader.composer).to_be_visible()


def test_what_is_replaced_stays_in_place_with_the_focus_in_it(reader: Reader) -> None:
    """[row 96]"""
    reader.write("replaced")
    link = reader.answers.first.get_by_role("link")
    link.focus()
    expect(reader.answers.first).to_contain_text("A draft")
    expect(reader.answers.first).to_contain_text("Counted: $412.80")
    expect(reader.answers.nth(1)).to_contain_text("counted again")
    expect(link).to_be_focused()


def test_each_turn_of_the_assistant_has_its_own_actions(reader: Reader) -> None:
    """[row 99]"""
    reader.write("turns")
    actions = reader.part("item-actions")
    expect(actions).to_have_count(1)
    expect(reader.stop).to_be_visible()
    reader.wait_until_answered()
    expect(actions).to_have_count(2)
    assert (
        box(reader.answers.nth(1))["y"] < box(actions.first)["y"] < box(reader.answers.nth(2))["y"]
    )


def test_a_turn_is_copied_as_its_words(new_page: NewPage, showcase: str) -> None:
    """[row 100]"""
    page = new_page(url=showcase)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader = Reader(page).come()
    reader.see("widget in words")
    expect(reader.part("widget")).to_contain_text("You may move $250 to savings")
    reader.part("item-actions").get_by_role("button", name="Copy").click()
    expect(reader.part("item-actions").get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == "Move $250 to savings."


def test_a_rating_is_kept_changed_and_taken_back_when_it_fails(reader: Reader) -> None:
    """[row 101]"""
    reader.see("hello")
    good = reader.chat.get_by_role("button", name="Good answer")
    bad = reader.chat.get_by_role("button", name="Bad answer")
    with reader.page.expect_response("**/chatkit/") as sent:
        good.click()
    assert '"items.feedback"' in str(sent.value.request.post_data)
    assert sent.value.ok
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-disabled", "false")

    def refuse(route: Route) -> None:
        route.fulfill(status=500, json={"error": {"code": "internal", "message": ""}})

    reader.page.route("**/chatkit/", refuse)
    bad.click()
    expect(reader.log.get_by_text("Your rating could not be sent.")).to_be_visible()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(bad).to_be_focused()
    assert reader.faults() == []
    reader.page.unroute("**/chatkit/")
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    expect(reader.log.get_by_text("Your rating could not be sent.")).to_have_count(0)


def test_an_answer_is_given_again(reader: Reader) -> None:
    """[row 102]"""
    reader.see("hello")
    before = reader.answers.first.evaluate("answer => (answer.marked = true)")
    assert before
    reader.chat.get_by_role("button", name="Answer again").click()
    expect(reader.answers).to_have_count(1)
    reader.wait_until_answered()
    assert not reader.answers.first.evaluate("answer => Boolean(answer.marked)")
    expect(reader.answers.first).to_contain_text("Ask for a scene")

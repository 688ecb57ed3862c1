"""Questions of the server, which stand in the place of the composer."""

import json
from urllib.parse import quote

from playwright.sync_api import expect

from guest import START_AND_END, Guest, Questions


def test_a_choice_is_answered_by_keyboard_alone(guest: Guest) -> None:
    """[row 108] [row 110]"""
    guest.write("ask")
    questions = Questions(guest)
    questions.expect("Which account shall it be booked to?")
    expect(guest.composer).to_have_count(0)
    expect(questions.option("Checking")).to_be_focused()
    questions.keyboard.press("ArrowDown")
    questions.keyboard.press("ArrowDown")
    expect(questions.option("Cash")).to_be_checked()
    questions.keyboard.press("Enter")
    expect(guest.answers.last).to_contain_text("Noted: account: Cash.")
    expect(guest.composer).to_be_focused()
    summary = guest.log.locator("[part=structured-input-answers]")
    expect(summary).to_contain_text("Which account shall it be booked to?")
    expect(summary).to_contain_text("Cash")
    guest.come(initialThread=guest.thread)
    expect(summary).to_contain_text("Cash")


def test_own_words_are_chosen_by_writing_them(guest: Guest) -> None:
    """[row 108]"""
    guest.write("ask")
    questions = Questions(guest)
    questions.form.get_by_role("radio", name="In your own words").click()
    expect(questions.own_words()).to_be_focused()
    questions.option("Savings").click()
    questions.own_words().fill("The old one")
    expect(questions.option("Savings")).not_to_be_checked()
    questions.own_words().press("Enter")
    expect(guest.answers.last).to_contain_text("Noted: account: The old one.")


def test_arrow_keys_pass_own_words_without_falling_into_them(guest: Guest) -> None:
    """[row 108]"""
    guest.write("ask")
    questions = Questions(guest)
    expect(questions.option("Checking")).to_be_focused()
    questions.keyboard.press("ArrowUp")
    expect(questions.form.get_by_role("radio", name="In your own words")).to_be_focused()
    questions.keyboard.press("ArrowDown")
    expect(questions.option("Checking")).to_be_focused()
    expect(questions.option("Checking")).to_be_checked()


def test_several_questions_are_answered_skipped_and_gone_back_to(guest: Guest) -> None:
    """[row 108] [row 109]"""
    guest.write("ask much")
    questions = Questions(guest)
    expect(questions.form).to_contain_text("Question 1 of 3")
    questions.option("Savings").click()
    questions.button("Next").click()
    questions.expect("Question 2 of 3: Which of these belong to it?")
    expect(questions.option("Food")).to_be_focused()
    questions.keyboard.press("Space")
    questions.own_words().fill("Taxi")
    questions.button("Back").click()
    expect(questions.option("Savings")).to_be_focused()
    questions.button("Next").click()
    expect(questions.option("Food")).to_be_checked()
    questions.button("Next").click()
    expect(questions.form.get_by_role("textbox", name="What shall the note say?")).to_be_focused()
    questions.button("Send").click()
    expect(questions.form.get_by_role("alert")).to_contain_text("Write an answer, or skip")
    questions.button("Skip").click()
    expect(guest.answers.last).to_contain_text(
        "Noted: account: Savings; tags: Food, Taxi; note: nothing."
    )
    guest.wait_until_answered()
    assert guest.started_and_ended() == START_AND_END * 2


def test_questions_wait_over_a_reload_and_can_all_be_skipped(guest: Guest) -> None:
    """[row 109] [row 110]"""
    guest.write("ask much")
    questions = Questions(guest)
    expect(questions.form).to_be_visible()
    guest.page.goto(f"/?options={quote(json.dumps({'initialThread': guest.thread}))}")
    questions.expect("Question 1 of 3: Which account shall it be booked to?")
    assert guest.page.evaluate("document.activeElement === document.body")
    questions.button("Skip all").click()
    expect(guest.answers.last).to_contain_text("note: nothing.")
    expect(guest.log.locator("[part=structured-input-answers]")).to_contain_text("Skipped")


def test_what_was_answered_in_another_tab_is_seen(guest: Guest) -> None:
    """[row 110]"""
    guest.write("ask")
    questions = Questions(guest)
    questions.option("Cash").click()
    tab = guest.page.context.new_page()
    tab.goto(f"/?options={quote(json.dumps({'initialThread': guest.thread}))}")
    other = Guest(tab)
    theirs = Questions(other)
    theirs.option("Savings").click()
    theirs.button("Send").click()
    expect(other.answers.last).to_contain_text("account: Savings")
    other.wait_until_answered()
    questions.button("Send").click()
    expect(questions.form).to_have_count(0)
    expect(guest.answers.last).to_contain_text("account: Savings")
    expect(guest.failure).to_contain_text("already been answered")


def test_answers_that_do_not_get_through_can_be_sent_again(guest: Guest) -> None:
    """[row 109]"""
    guest.write("ask for words")
    questions = Questions(guest)
    field = questions.form.get_by_role("textbox", name="What shall the note say?")
    field.fill("Lunch")
    guest.page.route("**/chatkit/", lambda route: route.abort())
    field.press("Enter")
    expect(guest.failure).to_contain_text("could not be reached")
    expect(field).to_have_value("Lunch")
    guest.page.unroute("**/chatkit/")
    field.press("Enter")
    expect(guest.answers.last).to_contain_text("Noted: note: Lunch.")
    guest.expect_nothing_failed()

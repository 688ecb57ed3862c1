"""Sign in, ask about your money, see the answer arrive, find it again."""

from playwright.sync_api import Page, expect

from demo_ledger import groceries_last_month
from spendo_process import SpendoProcess
from visitor import GROCERIES, LONG, Visitor


def test_the_amount_is_the_databases(page: Page, spendo: SpendoProcess) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    assert f"${groceries_last_month(spendo.database):,.2f}" in visitor.ask(GROCERIES)


def test_the_answer_arrives_word_by_word(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.write(LONG)
    expect(visitor.stop).to_be_visible()
    lengths: set[int] = set()
    while len(lengths) <= 5 and visitor.stop.count():
        lengths.add(len(visitor.log.inner_text()))
    assert len(lengths) > 5, "the answer came in one piece"


def test_a_reload_comes_back_to_the_thread_and_the_history_keeps_it(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    first = visitor.ask(GROCERIES)

    page.reload()
    visitor.open_chat()
    expect(visitor.questions.first).to_contain_text(GROCERIES)
    expect(visitor.answers.first).to_contain_text(first.splitlines()[0])

    visitor.ask("And the month before?")
    expect(visitor.questions).to_have_count(2)
    visitor.chat.get_by_role("button", name="New chat").click()
    expect(visitor.answers).to_have_count(0)
    page.reload()
    visitor.open_chat()
    expect(visitor.answers).to_have_count(0)
    visitor.open_history().get_by_role("button", name="groceries").first.click()
    expect(visitor.answers).to_have_count(2)


def test_another_user_sees_none_of_it(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask(GROCERIES)

    visitor.sign_out()
    stranger = Visitor(page)
    page.get_by_role("link", name="Create").click()
    expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    page.get_by_label("Username").fill("stranger-in-the-browser")
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(page.get_by_text("Demo", exact=True)).to_have_count(0)
    expect(page.get_by_text("Groceries")).to_have_count(0)
    stranger.open_chat()
    expect(stranger.answers).to_have_count(0)
    history = stranger.open_history()
    expect(history).to_contain_text("Chats you have will be listed here.")

"""An answer goes on while its reader is away, and ends when one of its readers says so."""

from playwright.sync_api import Page, expect

from bad_proxy import BadProxy, Fault
from spendo_process import SpendoProcess
from stored import eventually, newest_run, run_is
from visitor import GROCERIES, LONG, NewPage, Visitor

SHORT = "What is my net worth?"


def test_a_reload_in_the_middle_of_an_answer_loses_nothing_of_it(
    page: Page, spendo: SpendoProcess
) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask_and_see_the_beginning(LONG)
    page.reload()
    visitor.open_chat()
    visitor.see_words()
    assert newest_run(spendo.database).status == "running"
    visitor.watch_until_answered()
    visitor.expect_what_is_stored()
    expect(visitor.questions).to_have_count(1)
    assert newest_run(spendo.database).status == "done"


def test_the_stop_button_stops_the_server(page: Page, spendo: SpendoProcess) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    said = visitor.ask_and_see_the_beginning(LONG)
    visitor.stop.click()
    eventually(run_is(spendo.database, "stopped"), "the run has stopped")
    visitor.wait_until_answered()
    kept = visitor.answers.last.inner_text()
    assert kept.startswith(said[:20])
    # Of fifty rows it had seen one or two; how many more came until the click arrived is chance.
    assert kept.count("$") < 45, "the answer went on after it was stopped"
    assert "$" in visitor.ask(SHORT)
    visitor.expect_what_is_stored()
    expect(visitor.answers).to_have_count(2)


def test_a_second_tab_sees_the_words_come_and_can_stop_them(
    page: Page, spendo: SpendoProcess
) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask(SHORT)
    other = visitor.in_another_tab("net worth")
    visitor.ask_and_see_the_beginning(LONG)
    other.come_back_to_the_page()
    other.see_words()
    lengths = set[int]()
    while len(lengths) < 4 and other.stop.count():
        lengths.add(len(other.answers.last.inner_text()))
    assert len(lengths) == 4, "the answer does not come word by word"
    other.stop.click()
    other.wait_until_answered()
    visitor.wait_until_answered()
    eventually(run_is(spendo.database, "stopped"), "the run has stopped")
    assert other.answers.last.inner_text() == visitor.answers.last.inner_text()
    other.expect_nothing_failed()
    visitor.expect_nothing_failed()


def test_a_network_that_cuts_and_goes_away_costs_no_word(
    new_page: NewPage, spendo: SpendoProcess
) -> None:
    with BadProxy(spendo.port) as proxy:
        page = new_page(url=proxy.url)
        visitor = Visitor(page)
        visitor.sign_in()
        visitor.open_chat()
        # Chromium leaves open connections alone when it goes offline: it is the proxy that cuts.
        # Not right behind many bytes: the browser throws away what was not read before the cut.
        proxy.fault = Fault(cut_after_seconds=0.5, only=b" /api/chatkit/")
        visitor.ask_and_see_the_beginning(LONG)
        page.context.set_offline(True)
        expect(visitor.reconnecting).to_be_visible()
        visitor.expect_nothing_failed()
        page.context.set_offline(False)
        expect(visitor.reconnecting).to_have_count(0)
        visitor.watch_until_answered()
        assert proxy.cuts >= 3
        proxy.fault = None
        visitor.expect_what_is_stored()


def test_a_message_to_a_thread_that_is_busy_elsewhere_is_kept_and_sent_after(page: Page) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask(SHORT)
    other = visitor.in_another_tab("net worth")
    visitor.ask_and_see_the_beginning(LONG)
    other.write(GROCERIES)
    expect(other.failure).to_contain_text("An answer is being written")
    other.see_words()
    expect(other.questions.last).to_contain_text(GROCERIES)
    # The answer in its way has grown longer than the view: what waits stays in sight under it.
    eventually(lambda: len(other.answers.last.inner_text()) > 1_500, "the answer is long")
    expect(other.questions.last).to_be_in_viewport()
    expect(other.failure).to_be_in_viewport()
    other.stop.click()
    other.failure.get_by_role("button", name="Send now").click()
    expect(other.answers).to_have_count(3)
    other.wait_until_answered()
    expect(other.questions).to_have_count(3)
    other.expect_what_is_stored()

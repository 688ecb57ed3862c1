"""The server ends in the middle of an answer, and comes back."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chosen_settings import settings
from spendo_process import SpendoProcess
from stored import eventually, logged_words, newest_run, run_is
from visitor import MEDIUM, NewPage, Visitor


@pytest.fixture(scope="module")
def restarting(prepared: Callable[[], Path]) -> Iterator[SpendoProcess]:
    """A server of the module's own, on one port with one database over all its lives."""
    with SpendoProcess(prepared(), None, **settings("restart_settings")) as process:
        yield process


@pytest.mark.parametrize(
    ("number", "becomes"), [(signal.SIGTERM, "failed"), (signal.SIGKILL, "lost")]
)
def test_what_was_said_is_kept_and_the_answer_can_be_had_again(
    new_page: NewPage, restarting: SpendoProcess, number: signal.Signals, becomes: str
) -> None:
    visitor = Visitor(new_page(url=restarting.url))
    visitor.sign_in()
    visitor.open_chat()
    said = visitor.ask_and_see_the_beginning(MEDIUM)
    run = newest_run(restarting.database)
    eventually(lambda: len(logged_words(restarting.database, run.id)) > 3_000, "words are logged")

    restarting.stop(number)
    if number == signal.SIGKILL:
        expect(visitor.reconnecting).to_be_visible()
        expect(visitor.failure).to_have_count(0)
    restarting.start()

    expect(visitor.failure).to_be_visible()
    eventually(run_is(restarting.database, becomes), f"the run is {becomes}")
    expect(visitor.questions).to_contain_text([MEDIUM])
    assert visitor.answers.last.inner_text().startswith(said[:40])
    visitor.failure.get_by_role("button", name="Try again").click()
    expect(visitor.failure).to_have_count(0)
    visitor.expect_what_is_stored()
    expect(visitor.questions).to_have_count(1)
    expect(visitor.answers).to_have_count(1)
    assert newest_run(restarting.database).status == "done"

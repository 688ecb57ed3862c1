"""A bank's file in the chat: attached, looked at, imported by a choice, taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spendo_process import SpendoProcess
from visitor import Visitor

FILES = Path(__file__).resolve().parents[1] / "spendo" / "backend" / "tests" / "ledger" / "files"


class Importer(Visitor):
    def attach(self, name: str) -> None:
        with self.page.expect_response(lambda response: "/upload/" in response.url):
            self.chat.locator("input[type=file]").set_input_files(FILES / name)
        expect(self.chat.locator(f"[part=attachment][title='{name}']")).to_be_visible()
        expect(self.chat.get_by_role("button", name="Send message")).to_be_enabled()

    def choose(self, option: str) -> None:
        form = self.chat.locator("[part=structured-input]")
        form.get_by_label(option, exact=True).first.check()
        form.get_by_role("button", name="Send").click()


@pytest.mark.parametrize(
    ("file", "count", "account"),
    [("checking.qfx", 5, "Checking 6789"), ("plain.csv", 7, "Gulf Wallet")],
)
def test_a_file_is_shown_and_imported_only_by_choice(
    page: Page, spendo: SpendoProcess, file: str, count: int, account: str
) -> None:
    visitor = Importer(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.attach(file)
    visitor.write("my statement")
    expect(visitor.answers.last).to_contain_text(f"has {count} rows")
    visitor.choose(f"Import {count} transactions")
    expect(visitor.answers.last).to_contain_text(f"Imported {count} transactions")
    expect(visitor.answers.last).to_be_in_viewport()
    page.reload()
    expect(page.get_by_text(account).first).to_be_visible()
    visitor.open_chat()
    expect(visitor.answers.last).to_contain_text("Imported")  # the thread is there again
    visitor.write("undo the import")
    visitor.choose("Take it back")
    expect(visitor.answers.last).to_contain_text(f"{count} transactions are gone")

"""The pages of the ledger: the rows that an answer rests on, and a file that comes in."""

import re

import pytest
from playwright.sync_api import Page, expect

from accessibility import accessibility_faults
from demo_ledger import groceries_last_month
from spendo_process import SpendoProcess
from visitor import GROCERIES, PHONE, NewPage, Visitor

STATEMENT = """\
Booked;Payee;Purpose;Out;In;Group
03.10.2026;CORNER MARKET;CARD 0231;12,30;;Food
03.10.2026;CORNER MARKET;CARD 0231;12,30;;Food
04.10.2026;EMPLOYER LTD;=1+1;;2100,00;
31.11.2026;NOBODY;There is no such day;1,00;;
"""
STATEMENT_OFX = """\
OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>7731<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261001<DTEND>20261031
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261005<TRNAMT>-19.90<FITID>a-1<NAME>NETSTREAM</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def newcomer(page: Page, name: str) -> Visitor:
    page.goto("/sign-up")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    return Visitor(page)


def give(page: Page, name: str, content: str) -> None:
    page.set_input_files(
        "input[type=file]",
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()},
    )


def say_the_columns(page: Page) -> None:
    page.get_by_label("Date", exact=True).select_option("Booked")
    page.get_by_label("Description", exact=True).select_option("Payee")
    page.get_by_label("Money out").select_option("Out")
    page.get_by_label("Money in").select_option("In")
    page.get_by_label("Category", exact=True).select_option("Group")
    page.get_by_role("button", name="Continue").click()


def test_an_answer_opens_the_rows_it_rests_on(page: Page, spendo: SpendoProcess) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask(GROCERIES)
    visitor.answers.last.get_by_role("button", name=re.compile(r"\d+ transactions?")).click()
    expect(page.get_by_role("heading", name="Matching transactions")).to_be_visible()
    total = page.get_by_text("Spent", exact=True).locator("xpath=following-sibling::dd")
    expect(total).to_have_text(f"${groceries_last_month(spendo.database):,.2f}")
    rows = page.get_by_role("table", name="Matching transactions").get_by_role("row")
    counted = page.get_by_text("Transactions", exact=True).locator("xpath=following-sibling::dd")
    expect(rows).to_have_count(int(counted.inner_text()) + 1)
    expect(rows.filter(has_not_text="Groceries")).to_have_count(1)  # the heads of the columns
    expect(visitor.composer).to_be_visible()  # the conversation stays beside them
    page.reload()
    expect(rows).to_have_count(int(counted.inner_text()) + 1)


def test_on_a_phone_the_chat_makes_way_for_the_rows(new_page: NewPage) -> None:
    visitor = Visitor(new_page(size=PHONE, has_touch=True, is_mobile=True))
    visitor.sign_in()
    visitor.open_chat()
    visitor.ask(GROCERIES)
    visitor.answers.last.get_by_role("button", name=re.compile(r"\d+ transactions?")).tap()
    expect(visitor.page.get_by_role("heading", name="Matching transactions")).to_be_visible()
    expect(visitor.composer).not_to_be_visible()
    wide = "() => document.documentElement.scrollWidth > innerWidth"
    assert not visitor.page.evaluate(wide)


def test_a_new_user_begins_with_a_file_and_can_take_it_back(page: Page) -> None:
    newcomer(page, "begins-with-a-file")
    page.get_by_role("button", name="Import a file from your bank").click()
    give(page, "bank.csv", STATEMENT)
    say_the_columns(page)
    page.get_by_label("Account", exact=True).select_option("A new account")
    page.get_by_label("Its name").fill("My bank")
    page.get_by_role("button", name="Continue").click()
    rows = page.get_by_role("table", name="Rows of the file")
    expect(rows).to_contain_text("CORNER MARKET")
    page.get_by_role("button", name=re.compile("1 cannot be read")).click()
    expect(rows.get_by_role("row")).to_have_count(2)
    expect(rows).to_contain_text("5")  # its line
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Import 3 transactions").click()
    done = page.get_by_role("status", name="Imported")
    expect(done).to_contain_text("3 transactions added")
    page.get_by_role("button", name="Show transactions").click()
    expect(page.get_by_role("cell", name="Food", exact=True)).to_have_count(2)
    page.go_back()

    give(page, "bank again.csv", STATEMENT)  # twins are kept, and nothing comes twice
    expect(page.get_by_text("Read like your last file with these columns.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("3 already here"))).to_be_visible()
    expect(page.get_by_role("button", name="Nothing to import")).to_be_disabled()
    page.get_by_role("button", name="Do not import").click()
    page.get_by_role("button", name="Undo import of bank.csv").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    page.get_by_role("link", name="Transactions").click()
    expect(page.get_by_text("No transactions yet.")).to_be_visible()


def test_a_bank_s_own_file_needs_no_questions(page: Page) -> None:
    newcomer(page, "has-a-bank")
    page.goto("/import")
    give(page, "bank.ofx", STATEMENT_OFX)
    page.get_by_role("button", name="Import 1 transaction").click()
    page.get_by_role("button", name="Show transactions").click()
    rows = page.get_by_role("table", name="All transactions")
    expect(rows).to_contain_text("−$19.90")
    expect(rows).to_contain_text(re.compile("netstream", re.IGNORECASE))


@pytest.mark.parametrize(
    "content", ["", "PK\x03\x04\x00\x00", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_what_is_no_statement_is_refused_in_words(page: Page, content: str) -> None:
    visitor = Visitor(page)
    visitor.sign_in()
    page.goto("/import")
    give(page, "strange.xml", content)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Choose a file")).to_be_enabled()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_no_fault(new_page: NewPage, color_scheme: str) -> None:
    page = new_page(color_scheme=color_scheme)
    Visitor(page).sign_in()
    for path, heading in (
        ("/transactions?merchant=Corner Pantry,Greenleaf Market&min=10", "Matching transactions"),
        ("/import", "Import"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        assert accessibility_faults(page) == []

"""What an import does to a ledger, and what it leaves alone."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO

import pytest
from django.db import connection

from spendo.ledger.changes import undo
from spendo.ledger.errors import LedgerError
from spendo.ledger.imports import ImportRefused, Item
from spendo.ledger.models import (
    Account,
    Category,
    Change,
    ImportBatch,
    Transaction,
    Transfer,
)
from spendo.ledger.services import add_rule, edit_transaction
from spendo.ledger.services.importing import (
    commit_draft,
    commit_import,
    keep_draft,
    revert_import,
)
from spendo.ledger.services.importing.files import commit_prepared, prepare_import
from spendo.ledger.services.importing.judging import Judge, Judged
from spendo.users.models import User
from tests.ledger.book import Book
from tests.ledger.importing.files import (
    COFFEES,
    HEADER,
    account_of,
    bank,
    commit,
    commit_file,
    counts,
    ledger_rows,
    preview,
    table,
    verdicts,
)


def test_a_plain_table_makes_what_it_names(user: User) -> None:
    result = commit_file(user, "plain.csv")
    assert (result.added, result.known, result.refused_count) == (7, 0, 0)
    assert result.accounts_made == ("Everyday Checking", "Blue Card", "Travel Yen", "Gulf Wallet")
    accounts = Account.objects.filter(user=user).order_by("pk")
    assert [(each.currency, each.kind) for each in accounts] == [
        ("USD", "checking"),
        ("USD", "credit_card"),
        ("JPY", "checking"),
        ("KWD", "cash"),
    ]
    assert accounts[0].opened_on == date(2026, 10, 1)
    kinds = dict(Category.objects.filter(user=user).values_list("name", "kind"))
    assert kinds == {
        "Pay": "income",
        "Groceries": "expense",
        "Coffee": "expense",
        "Restaurants": "expense",
    }
    minor = Transaction.objects.of(user).values_list("amount_minor", flat=True)
    assert sorted(minor) == [-5420, -3125, -1200, -1000, -450, -450, 320000]
    batch = ImportBatch.objects.get(pk=result.batch_id or 0)
    assert (batch.file_name, batch.file_format, batch.added, len(batch.sha256)) == (
        "plain.csv",
        "csv",
        7,
        64,
    )


def test_a_preview_writes_nothing_and_says_what_a_commit_does(user: User) -> None:
    shown = preview(user, COFFEES)
    assert counts(shown) == {"new": 3}
    assert [(each.name, each.account_id, each.rows) for each in shown.accounts] == [
        ("Checking", None, 3)
    ]
    first = shown.rows[0]
    assert (first.line, str(first.date), str(first.amount), first.merchant) == (
        2,
        "2026-10-09",
        "-4.50",
        "Bluebell Coffee",
    )
    for model in (Account, Category, Transaction, ImportBatch, Change):
        assert not model._default_manager.filter(user=user).exists()


def test_importing_twice_adds_nothing_and_leaves_no_trace(user: User) -> None:
    commit(user, COFFEES)
    before, changes = ledger_rows(user), Change.objects.filter(user=user).count()
    again = commit(user, COFFEES)
    assert (again.added, again.known, again.batch_id) == (0, 3, None)
    assert verdicts(user, COFFEES) == ["known"] * 3
    assert ledger_rows(user) == before
    assert Change.objects.filter(user=user).count() == changes


def test_genuine_twins_are_kept_in_one_file_and_across_files(user: User) -> None:
    commit(user, table("2026-10-09,Bluebell Coffee,-4.50"))  # exported at noon
    later = table(*["2026-10-09,Bluebell Coffee,-4.50"] * 3)
    assert verdicts(user, later) == ["known", "new", "new"]
    commit(user, later)
    assert len(ledger_rows(user)) == 3
    overlapping = table("2026-10-09,BLUEBELL  coffee,-4.5", "2026-10-11,Tea,-2.00")
    assert verdicts(user, overlapping) == ["known", "new"]


def test_ids_of_the_bank_decide(user: User) -> None:
    october = bank("1,20261009,-4.50,Coffee", "2,20261009,-4.50,Coffee", "3,20261010,-9.00,Tea")
    assert commit(user, october, "a.ofx").added == 3
    # The next download begins in the middle of that day: another coffee, with its own id.
    assert verdicts(user, bank("2,20261009,-4.50,Coffee", "4,20261009,-4.50,Coffee")) == [
        "known",
        "new",
    ]
    # What the bank calls by a known id is known, whatever else it says by now.
    assert verdicts(user, bank("3,20261011,-9.00,Tea & more")) == ["known"]
    # The same id twice in one file is one row; with something else in it, it is no id.
    assert verdicts(user, bank("7,20261012,-1.00,A", "7,20261012,-1.00,A")) == ["new", "known"]
    assert verdicts(user, bank("8,20261012,-1.00,A", "8,20261013,-2.00,B")) == ["new", "new"]


def test_an_id_that_a_bank_writes_at_every_row(user: User) -> None:
    text = bank("X,20261012,-1.00,A", "X,20261013,-2.00,B", "X,20261014,-3.00,C")
    assert commit(user, text, "a.ofx").added == 3
    again = commit(user, text, "a.ofx")
    assert (again.added, again.known) == (0, 3)


def test_an_account_that_the_file_does_not_name_is_asked_for(user: User, book: Book) -> None:
    with pytest.raises(ImportRefused, match="does not say which account") as refused:
        commit_file(user, "chase_card.csv")
    assert (refused.value.code, refused.value.choices) == ("account", ("Checking",))
    chosen = commit_file(user, "chase_card.csv", account_id=book.accounts["Checking"].pk)
    assert chosen.added == 4
    made = commit_file(user, "discover.csv", new_account="My Discover")
    assert made.accounts_made == ("My Discover",)
    assert account_of(user, "My Discover").kind == "credit_card"
    with pytest.raises(ImportRefused, match="about 4 accounts"):
        commit_file(user, "plain.csv", new_account="One")


def test_an_account_of_a_bank_is_known_by_its_number(user: User) -> None:
    first = commit_file(user, "checking.qfx")
    account = account_of(user, "Checking 6789")
    assert (first.added, account.external_id) == (5, "000123456789")
    # The statement says 2,456.30 at its end; its rows come to 1,451.80 more than before it.
    assert account.opening_balance_minor == 245630 - 145180
    Account.objects.filter(pk=account.pk).update(name="Renamed")
    assert commit_file(user, "checking.qfx").known == 5
    assert Account.objects.filter(user=user).count() == 1


def test_an_account_made_by_hand_may_be_the_one_of_the_file(user: User, book: Book) -> None:
    with pytest.raises(ImportRefused, match=r"Checking 6789.*Choose one") as refused:
        commit_file(user, "checking.qfx")
    assert refused.value.choices == ("Checking",)
    commit_file(user, "checking.qfx", account_id=book.accounts["Checking"].pk)
    assert commit_file(user, "checking.qfx").known == 5  # it is known from then on


def test_somebody_elses_account_does_not_exist(user: User) -> None:
    other = Book(User.objects.create(username="bob"))
    theirs = other.account("Theirs")
    with pytest.raises(LedgerError, match="no such account"):
        commit_file(user, "chase_card.csv", account_id=theirs.pk)
    commit(other.user, COFFEES)
    assert verdicts(user, COFFEES) == ["new"] * 3
    assert Transaction.objects.of(user).count() == 0


def test_rows_that_break_a_rule_are_refused_alone(user: User) -> None:
    text = HEADER + (
        "2026-10-01,Tea,-2.00,USD,Checking,\n"
        "2026-10-01,Tea,-2.005,USD,Checking,\n"
        "2026-10-01,Tea,-2.5,JPY,Yen,\n"
        "2026-10-01,Tea,-2,XXX,Checking,\n"
        "2026-10-01,Tea,-2,EUR,Checking,\n"
        "2026-10-01,Tea,99999999999999999,USD,Checking,\n"
        "2026-10-01,,-2,USD,Checking,\n"
        f"2026-10-01,{'x' * 2001},-2,USD,Checking,\n"
    )
    result = commit(user, text)
    assert result.added == 2  # money without a word about it is money
    assert [(row.line, row.reason) for row in result.refused] == [
        (3, "The amount -2.005 is finer than USD counts."),
        (4, "The amount -2.5 is finer than JPY counts."),
        (5, "“XXX” is no currency."),
        (6, "The row is in EUR; the account Checking is in USD."),
        (7, "The amount is too large."),
        (9, "The description is longer than 2,000 characters."),
    ]


def test_an_unknown_currency_of_a_whole_account(user: User) -> None:
    with pytest.raises(ImportRefused, match="“ZZZ” is no currency"):
        commit(user, HEADER + "2026-10-01,Tea,-2.00,ZZZ,New,\n")
    assert not Account.objects.filter(user=user).exists()


def test_a_file_that_breaks_in_its_middle_leaves_nothing(user: User) -> None:
    broken = table(*[f"2026-10-01,Tea {n},-1.00" for n in range(700)]) + '2026-10-02,"never closed'
    with pytest.raises(ImportRefused, match="not closed"):
        commit(user, broken)
    for model in (Account, Transaction, ImportBatch, Change):
        assert not model._default_manager.filter(user=user).exists()


def test_pending_rows_are_settled_in_their_place(user: User, book: Book) -> None:
    book.category("Restaurants")
    pending = book.add("-40.00", "Restaurants", merchant="Noodle Harbor", pending=True)
    posted = table(f"{pending.date},Noodle Harbor,-46.00", f"{pending.date},Corner Pantry,-5.00")
    assert verdicts(user, posted) == ["settles", "new"]
    result = commit(user, posted)
    assert (result.added, result.settled) == (1, 1)
    pending.refresh_from_db()
    assert (pending.status, pending.amount_minor, pending.category) == (
        "posted",
        -4600,
        book.categories["Restaurants"],
    )
    assert verdicts(user, posted) == ["known", "known"]
    revert_import(user, result.batch_id or 0)
    pending.refresh_from_db()
    assert (pending.status, pending.amount_minor) == ("pending", -4000)
    assert Transaction.objects.of(user).count() == 1


def test_an_older_file_does_not_bring_a_settled_row_back(user: User) -> None:
    old = (
        "Status,Date,Description,Debit,Credit\n"
        "Pending,10/30/2026,NOODLE HARBOR,40.00,\nCleared,10/29/2026,TEA,2.00,\n"
    )
    new = "Status,Date,Description,Debit,Credit\nCleared,10/31/2026,NOODLE HARBOR,46.00,\n"
    commit(user, old, new_account="Card")
    card = account_of(user, "Card").pk
    assert commit(user, new, account_id=card).settled == 1
    assert verdicts(user, old, account_id=card) == ["known", "known"]
    assert commit(user, old, account_id=card).added == 0


def test_what_looks_like_a_row_from_elsewhere_is_left_out_unless_asked_for(
    user: User, book: Book
) -> None:
    book.add("-4.50", merchant="Coffee", on=date(2026, 10, 8))  # typed by hand
    text = table("2026-10-09,Bluebell Coffee,-4.50", "2026-10-09,Bluebell Coffee,-4.50")
    shown = preview(user, text)
    assert [row.verdict for row in shown.rows] == ["likely_duplicate", "new"]
    assert shown.rows[0].reason == "A row of 2026-10-08 with the same amount looks like this one."
    assert shown.rows[0].match_id is not None
    result = commit(user, text)
    assert (result.added, result.likely_duplicates) == (1, 1)
    assert commit(user, text, with_duplicates=True).added == 1
    assert len(ledger_rows(user)) == 3


def test_the_same_statement_in_another_format_is_noticed(user: User) -> None:
    commit(user, bank("1,20261009,-4.50,SQ *BLUEBELL COFFEE", "2,20261010,-9.00,TEA HOUSE"))
    account = Account.objects.get(user=user)
    text = (
        "Posting Date,Description,Amount,Details,Type,Balance\n"
        "10/09/2026,SQ *BLUEBELL COFFEE,-4.50,,,\n10/10/2026,Tea house Austin,-9.00,,,\n"
        "10/13/2026,Tea house Austin,-9.00,,,\n10/20/2026,Other,-9.00,,,\n"
    )
    assert verdicts(user, text, account_id=account.pk) == [
        "known",
        "likely_duplicate",
        "new",
        "new",
    ]


def test_rules_are_applied_and_what_the_file_says_comes_first(user: User, book: Book) -> None:
    groceries, clothing = book.categories["Groceries"], book.categories["Clothing"]
    add_rule(user, field="merchant", match="contains", text="pantry", category_id=groceries.pk)
    text = HEADER + (
        "2026-10-01,Corner Pantry,-2.00,USD,Checking,\n"
        "2026-10-02,Corner Pantry,-3.00,USD,Checking,Clothing\n"
    )
    commit(user, text)
    rows = Transaction.objects.of(user).order_by("date")
    assert [row.category for row in rows] == [groceries, clothing]


def test_quicken_comes_in_whole(user: User) -> None:
    result = commit_file(user, "quicken.qif")
    assert (result.added, result.transfers) == (4, 1)
    checking = account_of(user, "Everyday Checking")
    assert (checking.opening_balance_minor, checking.currency) == (100000, "USD")
    costco = Transaction.objects.of(user).get(description="Costco")
    assert costco.is_split
    parts = list(costco.parts.order_by("pk").select_related("category__parent"))
    assert [(each.amount_minor, each.description) for each in parts] == [
        (-6000, "bread"),
        (-4000, "soap"),
    ]
    path = parts[0].category
    assert path is not None
    assert path.parent is not None
    assert (path.name, path.parent.name, path.kind) == ("Groceries", "Food", "expense")
    transfer = Transfer.objects.get(user=user)
    assert (transfer.outflow.account.name, transfer.inflow.account.name) == (
        "Everyday Checking",
        "Blue Card",
    )
    assert commit_file(user, "quicken.qif").known == 4


def test_camt_comes_in_whole(user: User) -> None:
    assert commit_file(user, "statement.camt.xml").added == 7
    giro = account_of(user, "Girokonto")
    assert (giro.opening_balance_minor, giro.institution.name) == (100000, "Hafenbank")
    posted = Transaction.objects.of(user).filter(account=giro, status="posted")
    booked = sum(posted.values_list("amount_minor", flat=True))
    assert giro.opening_balance_minor + booked == 128900  # as the bank says at the end
    assert commit_file(user, "statement.camt.xml").known == 7


def test_mint_brings_tags_notes_and_categories(user: User) -> None:
    commit_file(user, "mint.csv")
    row = Transaction.objects.of(user).get(merchant="Corner Pantry")
    assert sorted(row.tags.values_list("name", flat=True)) == ["home", "weekly"]
    assert (row.note, row.category and row.category.name) == ("two bags", "Groceries")


def test_an_import_is_taken_back_whole_and_can_be_undone(user: User, book: Book) -> None:
    before = ledger_rows(user)
    result = commit_file(user, "plain.csv")
    row = Transaction.objects.of(user).get(description="Corner Pantry")
    edit_transaction(user, row.pk, note="changed since")
    assert revert_import(user, result.batch_id or 0) == 7
    assert ledger_rows(user) == before
    assert [each.name for each in Account.objects.filter(user=user)] == ["Checking"]
    assert not Category.objects.filter(user=user, name="Coffee").exists()
    assert Category.objects.filter(user=user, name="Groceries").exists()  # it was there before
    assert ImportBatch.objects.get(pk=result.batch_id or 0).status == "reverted"
    with pytest.raises(LedgerError, match="taken back already"):
        revert_import(user, result.batch_id or 0)
    undo(user, Change.objects.filter(user=user).latest("pk").pk)
    assert len(ledger_rows(user)) == 7
    assert Transaction.objects.of(user).get(pk=row.pk).note == "changed since"


def test_the_change_of_an_import_can_be_undone_like_any_other(user: User) -> None:
    commit_file(user, "quicken.qif")
    undo(user, Change.objects.get(user=user, kind="import").pk)
    for model in (Account, Category, Transaction, Transfer, ImportBatch):
        assert not model._default_manager.filter(user=user).exists(), model


def test_a_batch_of_somebody_else_cannot_be_taken_back(user: User) -> None:
    bob = User.objects.create(username="bob")
    result = commit(bob, COFFEES)
    with pytest.raises(LedgerError, match="no such import"):
        revert_import(user, result.batch_id or 0)
    assert len(ledger_rows(bob)) == 3


def test_progress_is_told_and_ends_at_the_end(user: User) -> None:
    told: list[tuple[int, int]] = []
    text = table(*[f"2026-10-01,Tea {n},-1.00" for n in range(1100)])
    commit_import(
        user,
        BytesIO(text.encode()),
        file_name="a.csv",
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(500, 1100), (1000, 1100), (1100, 1100)]
    assert Transaction.objects.of(user).count() == 1100


def test_an_empty_table_is_refused(user: User) -> None:
    with pytest.raises(ImportRefused, match="no transactions in this file"):
        commit(user, HEADER)


def test_what_was_judged_before_a_change_of_the_ledger_is_judged_again(user: User) -> None:
    file = BytesIO(COFFEES.encode())
    prepared = prepare_import(user, file)
    assert commit(user, COFFEES).added == 3
    result = commit_prepared(user, prepared, file_name="a.csv")
    assert (result.batch_id, result.added, result.known) == (None, 0, 3)
    assert Transaction.objects.of(user).count() == 3


def test_nobody_waits_for_a_file_while_it_is_read_and_judged(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one write lock of SQLite is taken with the transaction."""
    draft = keep_draft(user, BytesIO(COFFEES.encode()), file_name="a.csv")
    judged_in: list[int] = []
    blocks = Judge.blocks

    def watched(self: Judge, items: Iterable[Item]) -> Iterator[list[Judged]]:
        judged_in.append(len(connection.savepoint_ids))
        return blocks(self, items)

    monkeypatch.setattr(Judge, "blocks", watched)
    outside = len(connection.savepoint_ids)
    assert commit_draft(user, draft.pk).added == 3
    assert judged_in == [outside]

"""The commands of docs/howto/import.md, run in the order in which they stand there."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from spendo.ledger.imports import mapping_from
from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.models import Transaction
from spendo.users.models import User
from tests.ledger.exports.whole import contents
from tests.ledger.imports.reading import FILES, rows_of

PAGE = (Path(__file__).parents[5] / "docs" / "howto" / "import.md").read_text()
NAMES = {
    "october.csv": "plain.csv",
    "card.csv": "chase_card.csv",
    "discover.csv": "discover.csv",
    "checking.qfx": "checking.qfx",
    "quicken.qif": "quicken.qif",
    "statement.xml": "statement.camt.xml",
}


def test_the_commands_do_what_the_page_says(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, sample in NAMES.items():
        shutil.copy(FILES / sample, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    ben = User.objects.create(username="ben")
    commands = re.findall(r"^manage\.py (.+)$", PAGE, re.MULTILINE)
    assert len(commands) == 12
    for command in commands:
        name, *arguments = shlex.split(command)
        if name == "revert_import":  # its number is another one in a database that was used
            arguments[0] = str(Transaction.objects.filter(user=user).earliest("pk").import_batch_id)
        call_command(name, *arguments, verbosity=0)
    assert Transaction.objects.of(ben).count() > 15
    assert contents(ben) == contents(user)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name not in NAMES) == [
        "ledger.csv",
        "ledger.json",
    ]


def test_the_plain_table_of_the_page_is_one() -> None:
    (table,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    assert [str(row.amount) for row in rows_of(table)] == ["-54.20", "-4.50", "-4.50"]


def test_the_mapping_of_the_page_is_one_and_all_names_are_on_it() -> None:
    (mapping,) = re.findall(r"--mapping '(\{.*?\})'", PAGE)
    assert mapping_from(json.loads(mapping)).date == "Tag"
    hidden = {"date_order", "decimal_mark"}  # options of their own
    for name in ColumnMapping.__slots__:
        assert name in hidden or f"`{name}`" in PAGE or f'"{name}"' in PAGE, name

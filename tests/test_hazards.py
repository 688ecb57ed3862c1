"""The page of the SDK's hazards is complete, and the tests it names are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "reference" / "sdk-hazards.md").read_text().splitlines()
    if line.startswith("| B-")
]


def test_every_hazard_has_a_row() -> None:
    assert [row[0] for row in ROWS] == [f"B-{number}" for number in range(1, 43)]


def test_every_answer_in_code_names_its_tests() -> None:
    for number, _, answer, where, tests in ROWS:
        named = re.fullmatch(r"(`test_[a-z0-9_]+`(, )?)+", tests)
        assert answer, number
        assert (where == tests == "–") or named, number


def test_every_test_that_is_named_exists() -> None:
    places = ("packages/chatkit-django", "spendo/backend/tests")
    sources = [path.read_text() for place in places for path in (ROOT / place).rglob("*.py")]
    defined = set(re.findall(r"def (test_\w+)\(", "\n".join(sources)))
    named = {name for row in ROWS for name in re.findall(r"`(test_\w+)`", row[4])}
    assert named - defined == set()


def test_every_place_that_is_named_exists() -> None:
    package = ROOT / "packages" / "chatkit-django" / "src" / "chatkit_django"
    for row in ROWS:
        for place in re.findall(r"`([\w/]+\.py)`", row[3]):
            assert (package / place).exists() or (ROOT / "spendo" / "backend" / place).exists()

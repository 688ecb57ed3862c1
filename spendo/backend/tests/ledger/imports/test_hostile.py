"""Files that want to break something: each ends in a refusal, none in another exception."""

import time
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.ledger.imports import ImportRefused, ReadOptions, open_statement
from spendo.ledger.imports.markup import LONGEST_VALUE
from spendo.ledger.imports.source import MAX_LINE
from tests.ledger.imports.reading import FILES, items_of

CORPUS = [path.read_bytes() for path in sorted(FILES.iterdir())]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{LAUGHS}]><Document>&l9;</Document>'
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd"><Document>&x;</Document>'
)


def read(content: bytes, options: ReadOptions | None = None) -> None:
    """Read all of it; whatever it is, only a refusal may come out."""
    said = ""
    try:
        for _ in open_statement(BytesIO(content), options).items():
            pass
    except ImportRefused as refused:
        said = refused.message
    assert len(said) < 400
    assert said.isprintable()


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, "<OFX>" + BOMB], ids=["bomb", "outside", "ofx"])
def test_no_entity_is_ever_resolved(text: str) -> None:
    with pytest.raises(ImportRefused, match="document type of its own"):
        items_of(text.encode())


def test_entities_that_nobody_declared_stay_as_they_are_written() -> None:
    text = (FILES / "checking.qfx").read_bytes().replace(b"PANTRY", b"&lol; &#0; &#xD800;")
    (_, row, *_) = items_of(text)
    assert "&lol; \N{REPLACEMENT CHARACTER}" in getattr(row, "description", "")


@pytest.mark.parametrize("name", ["plain.csv", "quicken.qif", "checking.qfx", "statement.camt.xml"])
def test_lines_of_ten_megabytes(name: str) -> None:
    whole = (FILES / name).read_bytes()
    long = whole.replace(b"C", b"C" + b"x" * 10_000_000, 1)
    tracemalloc.start()
    with pytest.raises(ImportRefused):
        items_of(long)
    with pytest.raises(ImportRefused):
        items_of(whole[: len(whole) // 2] + b"y" * 10_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The bytes of the test itself are most of it.
    assert peak < 60_000_000


def test_limits_are_named_with_the_line() -> None:
    header = "date,description,amount,currency,account,category\n"
    with pytest.raises(ImportRefused, match=f"longer than {MAX_LINE:,}") as refused:
        items_of((header + "2026-10-01," + "x" * MAX_LINE + ",1,USD,a,\n").encode())
    assert refused.value.line == 2
    with pytest.raises(ImportRefused, match="not closed") as refused:
        items_of((header + '2026-10-01,"open,1,USD,a,\n' + "2026-10-01,x,1,USD,a,\n" * 9).encode())
    assert refused.value.line == 2
    with pytest.raises(ImportRefused, match="more than 200 columns"):
        items_of((header + "," * 300 + "x\n").encode())
    with pytest.raises(ImportRefused, match="NUL") as refused:
        items_of((header + "2026-10-01,x\0,1,USD,a,\n").encode())
    assert refused.value.line == 2
    with pytest.raises(ImportRefused, match="larger than 1 MiB"):
        open_statement(BytesIO(b"x" * 2**21), limit=2**20)
    assert LONGEST_VALUE <= MAX_LINE


@pytest.mark.parametrize("content", CORPUS, ids=[path.name for path in sorted(FILES.iterdir())])
def test_a_file_that_is_cut_anywhere(content: bytes) -> None:
    for end in range(0, len(content), max(1, len(content) // 40)):
        read(content[:end])


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes(content: bytes) -> None:
    read(content)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_files_with_bytes_changed(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(CORPUS)))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        noise = st.sampled_from(
            [b"\0", b'"', b"<", b">", b"&", b";", b"\n", b"^", b"!", b"\xff", b"9"]
        )
        content[place : place + 1] = data.draw(noise)
    read(bytes(content), ReadOptions(date_order="mdy", decimal_mark="."))


def test_nothing_takes_time_that_grows_faster_than_the_file() -> None:
    """Patterns that back-track would take hours here, not a second."""
    cells = ["(" * 40, "1," * 20, " " * 60_000, "-" * 60_000, "1'" * 20, "9" * 60_000, "a-" * 30]
    header = "date,description,amount,currency,account,category\n"
    begun = time.monotonic()
    for cell in cells:
        read(f'{header}"{cell}","{cell}","{cell}",USD,a,\n'.encode())
    read(b"<OFX>" + b"<a " * 30_000)
    read(b"<OFX>" + b"<!-- " * 30_000)
    read(b"<OFX>" + b"<![CDATA[" * 30_000)
    assert time.monotonic() - begun < 20

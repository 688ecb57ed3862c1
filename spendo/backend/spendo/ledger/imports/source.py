"""A file's bytes as text: which encoding, no line too long, nothing that is no text."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from spendo.ledger.imports.errors import ImportRefused

MAX_BYTES = 256 * 1024 * 1024
MAX_LINE = 64 * 1024
"""Characters. No bank writes a longer line; who does wants our memory."""

ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "iso-8859-1",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "mac-roman",
    "shift_jis",
)

_STEP = 64 * 1024
_PACKED = "This file is packed. Unpack it and import what is in it."
_NOT_TEXT = {
    b"PK\x03\x04": (
        "This is a packed file or a spreadsheet. Unpack it, or save the sheet as CSV, and import "
        "that."
    ),
    b"\x1f\x8b": _PACKED,
    b"BZh": _PACKED,
    b"\xfd7zXZ": _PACKED,
    b"7z\xbc\xaf\x27\x1c": _PACKED,
    b"Rar!": _PACKED,
    b"\x28\xb5\x2f\xfd": _PACKED,
    b"%PDF": "This is a PDF. Get the statement from your bank as CSV, OFX, QIF or CAMT.053.",
    b"\xd0\xcf\x11\xe0": "This is an Excel file. Save it as CSV and import that.",
    b"\x00\x00\xfe\xff": "The file is in UTF-32. Save it as UTF-8.",
    b"\xff\xfe\x00\x00": "The file is in UTF-32. Save it as UTF-8.",
}


class Source:
    """The text of a file that can be read again and again. The caller keeps and closes the file.

    Raises ImportRefused for what is empty, too large, packed, or in no encoding we know.
    """

    def __init__(self, file: BinaryIO, *, encoding: str = "", limit: int = MAX_BYTES) -> None:
        self._file = file
        self.size = file.seek(0, io.SEEK_END)
        if self.size == 0:
            raise ImportRefused("The file is empty.", code="empty")
        if self.size > limit:
            raise ImportRefused(
                f"The file is larger than {limit // 2**20} MiB. Export a shorter time, and import "
                "one file after the other.",
                code="too_large",
            )
        _require_text(self._head(8))
        self.encoding = _named(encoding) if encoding else self._detect()

    def lines(self) -> Iterator[str]:
        """The lines with their ends. Raises ImportRefused at one that is too long or no text."""
        text = self._text()
        number = 0
        try:
            while line := text.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise ImportRefused(
                        f"This line is longer than {MAX_LINE:,} characters.", line=number
                    )
                _require_no_nul(line, number)
                yield line
        except UnicodeError:
            raise self._misencoded(number + 1) from None
        finally:
            self._release(text)

    def pieces(self) -> Iterator[str]:
        """The text in pieces of any length, for formats that have no lines."""
        text = self._text()
        line = 1
        try:
            while piece := text.read(_STEP):
                _require_no_nul(piece, line)
                yield piece
                line += piece.count("\n")
        except UnicodeError:
            raise self._misencoded(line) from None
        finally:
            self._release(text)

    def raw(self) -> Iterator[bytes]:
        """The bytes as they are, for formats that say their encoding themselves."""
        self._file.seek(0)
        while piece := self._file.read(_STEP):
            yield piece

    def head(self, size: int = 4096) -> str:
        """The first characters, for a look."""
        return self._head(size).decode(self.encoding, errors="replace").removeprefix("\ufeff")

    def _text(self) -> io.TextIOWrapper:
        self._file.seek(0)
        return io.TextIOWrapper(self._file, encoding=self.encoding, newline="")

    def _release(self, text: io.TextIOWrapper) -> None:
        """The wrapper must not close the file when it goes; the caller may have closed it."""
        if not self._file.closed:
            text.detach()

    def _head(self, size: int) -> bytes:
        self._file.seek(0)
        return self._file.read(size)

    def _misencoded(self, line: int) -> ImportRefused:
        return ImportRefused(
            f"This is not text in {self.encoding}. Say which encoding the file has.",
            code="encoding",
            line=line,
            choices=ENCODINGS,
        )

    def _detect(self) -> str:
        """By the byte order mark; else UTF-8 where all of it is; else Windows-1252.

        Windows-1252 has all letters of Latin-1. What was meant as UTF-8 and has one broken letter
        is not taken for it: every other letter would come out wrong.
        """
        head = self._head(4096)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if zeros := head.count(0):
            odd = head[1::2].count(0)
            if zeros * 10 > len(head) * 3 and odd in (0, zeros):
                return "utf-16-le" if odd else "utf-16-be"
        return self._detect_eight_bit()

    def _detect_eight_bit(self) -> str:
        decoder = codecs.getincrementaldecoder("utf-8")()
        line, letters_seen, is_utf8, is_1252 = 1, False, True, True
        broken_at = 1
        for piece in self.raw():
            if is_utf8:
                try:
                    letters_seen |= not decoder.decode(piece).isascii()
                except UnicodeDecodeError as error:
                    is_utf8 = False
                    before = error.object[: error.start]
                    letters_seen |= not before.isascii()
                    broken_at = line + before.count(b"\n")
            is_1252 &= not piece.translate(None, _NOT_UNDEFINED_IN_1252)
            line += piece.count(b"\n")
        if is_utf8 and not decoder.getstate()[0]:
            return "utf-8"
        broken_at = line if is_utf8 else broken_at
        if letters_seen or not is_1252:
            self.encoding = "UTF-8"
            raise self._misencoded(broken_at)
        return "windows-1252"


_NOT_UNDEFINED_IN_1252 = bytes(set(range(256)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D})


def _require_text(head: bytes) -> None:
    for magic, message in _NOT_TEXT.items():
        if head.startswith(magic):
            raise ImportRefused(message, code="not_a_statement")


def _require_no_nul(text: str, line: int) -> None:
    if (at := text.find("\0")) >= 0:
        raise ImportRefused(
            "There is a NUL character here: this is no text file, or a broken one.",
            line=line + text.count("\n", 0, at),
        )


def _named(encoding: str) -> str:
    wanted = encoding.strip().casefold()
    if wanted not in ENCODINGS:
        raise ImportRefused(
            f"There is no encoding of that name here. Take one of {', '.join(ENCODINGS)}.",
            code="encoding",
            choices=ENCODINGS,
        )
    return "utf-8-sig" if wanted == "utf-8" else wanted

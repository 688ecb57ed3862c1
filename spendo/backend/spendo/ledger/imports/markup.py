"""The tags of an OFX file, of SGML (1.x) and of XML (2.x), one after another.

Nothing is resolved but the five entities of XML and characters by their number; a document type,
which could define more, is refused.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spendo.ledger.imports.errors import ImportRefused

LONGEST_VALUE = 64 * 1024
_LONGEST_TAG = 128
_TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9._-]*)(?:\s+[^<>]*?)?\s*(/?)")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\N{NO-BREAK SPACE}"}
_CDATA = "![CDATA["


class Tag(NamedTuple):
    """A tag with the text behind it, to the next tag. `closes`: it is an end tag."""

    name: str
    closes: bool
    text: str
    line: int


def tags(pieces: Iterable[str]) -> Iterator[Tag]:
    """Raises ImportRefused at what is no tag, is too long, or declares a document type."""
    line = 1
    opened: tuple[str, bool, int] | None = None
    for text, between, at in _split(pieces, line):
        if opened is not None:
            yield Tag(*opened[:2], _plain(between), opened[2])
            opened = None
        if text is None or text.startswith(("?", "!--")):
            continue
        if text.startswith("!"):
            raise ImportRefused(
                "The file declares a document type of its own, which no bank does.", line=at
            )
        found = _TAG.fullmatch(text)
        if found is None:
            raise ImportRefused(f"“<{text[:40]}>” is no tag.", line=at)
        name = found[2].upper()
        if found[3]:
            yield Tag(name, False, "", at)
        else:
            opened = name, bool(found[1]), at
    if opened is not None:
        yield Tag(*opened[:2], "", opened[2])


def _split(pieces: Iterable[str], line: int) -> Iterator[tuple[str | None, str, int]]:
    """(tag without its brackets, the text before it, its line); at the end None and the rest."""
    rest = ""
    before = ""
    for piece in pieces:
        rest += piece
        start = 0
        while True:
            opening = rest.find("<", start)
            if opening < 0:
                break
            if rest.startswith(_CDATA, opening + 1):
                closing = rest.find("]]>", opening)
                if closing < 0:
                    break
                value = rest[opening + 1 + len(_CDATA) : closing]
                before += rest[start:opening] + value.replace("&", "&amp;")
                line += rest.count("\n", start, closing)
                start = closing + 3
                continue
            end = "-->" if rest.startswith("!--", opening + 1) else ">"
            closing = rest.find(end, opening)
            if closing < 0:
                break
            before += rest[start:opening]
            _require_short(before, line)
            line += rest.count("\n", start, opening)
            inside = rest[opening + 1 : closing]
            if len(inside) > _LONGEST_TAG and end == ">" and not inside.startswith("?"):
                raise ImportRefused("A tag has no end here.", line=line)
            yield inside, before, line
            before = ""
            line += rest.count("\n", opening, closing)
            start = closing + len(end)
        rest = rest[start:]
        _require_short(rest, line)
    if "<" in rest:
        raise ImportRefused("The file ends inside of a tag. It may be cut off.", line=line)
    yield None, before + rest, line


def _require_short(text: str, line: int) -> None:
    if len(text) > LONGEST_VALUE * 2:
        raise ImportRefused(f"A value is longer than {LONGEST_VALUE:,} characters.", line=line)


def _plain(text: str) -> str:
    return _ENTITY.sub(_character, text).strip()


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1]) if found[1] else int(found[2], 16)
    is_text = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0x110000
    return chr(code) if is_text else "\N{REPLACEMENT CHARACTER}"

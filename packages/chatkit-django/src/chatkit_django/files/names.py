"""The name of a file, as it may be shown and sent."""

import re
import unicodedata

MAX_CHARS = 150
MAX_EXTENSION_CHARS = 12
_RESERVED = re.compile(r'[<>:"|?*]')
_UNPRINTABLE = ("C", "Zl", "Zp")


def safe_name(name: str) -> str:
    """The last part of a path, without what cannot be seen (control characters, the overrides of
    the writing direction that make ``exe.png`` out of ``gnp.exe``), and not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(one for one in last if not unicodedata.category(one).startswith(_UNPRINTABLE))
    plain = " ".join(_RESERVED.sub("_", visible).split()).strip(". ")
    if len(plain) > MAX_CHARS:
        stem = plain[: len(plain) - len(extension(plain))]
        end = plain[len(stem) :][:MAX_EXTENSION_CHARS]
        plain = stem[: MAX_CHARS - len(end)].rstrip(". ") + end
    return plain or "file"


def extension(name: str) -> str:
    """From the last dot on, in lower case: ``.pdf``; ``""`` if there is none."""
    stem, dot, end = name.rpartition(".")
    return f".{end.lower()}" if dot and stem else ""

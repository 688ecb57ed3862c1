"""What a file is: told by its bytes. What the client says is compared with it, never believed."""

import codecs
import re
from importlib import import_module
from typing import IO, Any

from django.core.exceptions import ImproperlyConfigured

from chatkit_django.conf import ATTACHMENT_TYPES
from chatkit_django.exceptions import FileTypeMismatch, FileTypeNotAllowed
from chatkit_django.files.names import extension

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
XML = "application/xml"
# Bytes cannot tell these from each other; none of them is ever shown in place.
_TEXTS = {
    ".txt": TEXT,
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".json": "application/json",
    ".tsv": "text/tab-separated-values",
}
_ALIASES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "application/x-pdf": "application/pdf",
    "text/x-markdown": "text/markdown",
    "application/csv": "text/csv",
    "text/json": "application/json",
    "text/xml": XML,
}
# What systems call the statements of banks, which are plain text or XML.
_STATEMENTS = {
    ".ofx": ("application/x-ofx", "application/ofx", "text/ofx"),
    ".qfx": ("application/vnd.intu.qfx", "application/x-ofx", "application/ofx"),
    ".qif": ("application/x-qif", "application/qif", "application/x-qw", "image/x-quicktime"),
}
_MARKUP = re.compile(
    rb"<(?:!doctype|!--|\?xml|html|head|body|svg|script|style|iframe|object|embed|math|meta|link|"
    rb"base|form|img|a|p|div|table|h1|title)[\s/>!:]",
    re.IGNORECASE,
)
_DECLARATION = re.compile(rb"\s*<\?xml\s[^<>]*\?>")
_OTHER_ENCODINGS = frozenset({".txt", ".csv", ".tsv", *_STATEMENTS})
"""Banks still write tables and statements in code pages, and spreadsheets theirs in UTF-16."""
_MARKUP_WITHIN = 4096  # bytes; browsers look at fewer
_STEP = 64 * 1024
_FORBIDDEN_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def claimed_kind(claimed: str, name: str) -> str:
    """The media type the client announces, in its usual spelling. Refuses at once what would not
    be taken. Raises ``FileTypeNotAllowed``."""
    wanted = _claim(claimed, name)
    if wanted and wanted not in allowed_types():
        raise FileTypeNotAllowed
    return wanted or UNKNOWN


def checked_kind(file: IO[bytes], claimed: str, name: str) -> str:
    """The media type of the bytes. Raises ``FileTypeNotAllowed`` or ``FileTypeMismatch``."""
    found, wanted = sniff(file), _claim(claimed, name)
    if found == UNKNOWN and extension(name) in _OTHER_ENCODINGS:
        found = _sniff_in_another_encoding(file)
    if found == TEXT:
        found = wanted if wanted in _TEXTS.values() else _TEXTS.get(extension(name), TEXT)
    elif found == XML and extension(name) in _STATEMENTS:
        wanted = XML
    if found not in allowed_types():
        raise FileTypeNotAllowed
    if wanted and wanted != found:
        raise FileTypeMismatch
    return found


def sniff(file: IO[bytes]) -> str:
    """The media type by content: ``text/plain`` for UTF-8 text that is no markup,
    ``application/xml`` for XML that is neither HTML nor SVG."""
    file.seek(0)
    head = file.read(_MARKUP_WITHIN)
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if not _is_text(file):
        return _magic(file)
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    declared = _DECLARATION.match(head)
    markup = _MARKUP.search(head + b" ", declared.end() if declared else 0)
    if markup is None:
        return XML if declared else TEXT
    return "image/svg+xml" if b"<svg" in head.lower() else "text/html"


def allowed_types() -> frozenset[str]:
    return frozenset(ATTACHMENT_TYPES.get().split())


def _magic(file: IO[bytes]) -> str:
    puremagic = _puremagic()
    file.seek(0)
    try:
        found = puremagic.magic_stream(file)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    kind = (found[0].mime_type if found else "") or UNKNOWN
    return UNKNOWN if kind == TEXT else kind  # it goes by the byte order mark alone


def _puremagic() -> Any:
    try:
        return import_module("puremagic")
    except ImportError:
        raise ImproperlyConfigured(
            "Attachments need puremagic to tell what a file is. Install chatkit-django[files]."
        ) from None


def _is_text(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while part := file.read(_STEP):
            if _FORBIDDEN_IN_TEXT.search(decoder.decode(part)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _sniff_in_another_encoding(file: IO[bytes]) -> str:
    """Like ``sniff``, of UTF-16 with its mark, or of bytes without a control character."""
    file.seek(0)
    is_utf16 = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decoder = codecs.getincrementaldecoder("utf-16" if is_utf16 else "latin-1")()
    head = ""
    file.seek(0)
    try:
        while part := file.read(_STEP):
            text = decoder.decode(part)
            if _FORBIDDEN_IN_TEXT.search(text):
                return UNKNOWN
            head = head or text[:_MARKUP_WITHIN]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return UNKNOWN
    return _kind_of_text(head.encode())


def _claim(claimed: str, name: str) -> str:
    """The media type the client names, without its parameters; ``""`` if it names none."""
    plain = claimed.partition(";")[0].strip().lower()
    if plain == "application/vnd.ms-excel" and extension(name) == ".csv":
        return "text/csv"  # what Windows calls it
    if plain in _STATEMENTS.get(extension(name), ()):
        return TEXT
    return "" if plain == UNKNOWN else _ALIASES.get(plain, plain)

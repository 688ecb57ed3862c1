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
}
_MARKUP = re.compile(
    rb"<(?:!doctype|!--|\?xml|html|head|body|svg|script|style|iframe|object|embed|math|meta|link|"
    rb"base|form|img|a|p|div|table|h1|title)[\s/>!:]",
    re.IGNORECASE,
)
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
    if found == TEXT:
        found = wanted if wanted in _TEXTS.values() else _TEXTS.get(extension(name), TEXT)
    if found not in allowed_types():
        raise FileTypeNotAllowed
    if wanted and wanted != found:
        raise FileTypeMismatch
    return found


def sniff(file: IO[bytes]) -> str:
    """The media type by content: ``text/plain`` for UTF-8 text that is no markup."""
    file.seek(0)
    head = file.read(_MARKUP_WITHIN)
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if not _is_text(file):
        return _magic(file)
    markup = _MARKUP.search(head + b" ")
    if markup is None:
        return TEXT
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
    return (found[0].mime_type if found else "") or UNKNOWN


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


def _claim(claimed: str, name: str) -> str:
    """The media type the client names, without its parameters; ``""`` if it names none."""
    plain = claimed.partition(";")[0].strip().lower()
    if plain == "application/vnd.ms-excel" and extension(name) == ".csv":
        return "text/csv"  # what Windows calls it
    return "" if plain == UNKNOWN else _ALIASES.get(plain, plain)

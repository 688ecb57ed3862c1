"""The shop in a bank's line, for grouping. The line itself is kept whole beside it."""

import re

MERCHANT_LIMIT = 200
_PREFIX = re.compile(
    r"^(?:(?:SQ|TST|PP|PAYPAL|SP|IZ|CKE|PY|DNH|EB|ZETTLE_|SUMUP\s)\s?\*+\s*"
    r"|(?:POS|DEBIT CARD|CARD|VISA|CHECKCARD) (?:PURCHASE|DEBIT|POS)\s+(?:-\s*)?"
    r"|CHECKCARD\s+[0-9]{4}\s+"
    r"|(?:RECURRING |PURCHASE )(?:PAYMENT )?AUTHORIZED ON\s+[0-9]{2}/[0-9]{2}\s+)(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s+(?:#\s*[0-9]+|[0-9]{3,}[0-9X*./-]*|[0-9]{1,2}[/.][0-9]{1,2}(?:[/.][0-9]{2,4})?|\*{2,}[0-9]+))+$"
)


def merchant_of(description: str) -> str:
    """Without the names of card processors before it and numbers of shops and cards behind it."""
    line = " ".join(description.split())
    shop = _PREFIX.sub("", line[:500], count=1)
    shop = _TAIL.sub("", shop)
    return (shop or line)[:MERCHANT_LIMIT].strip()

"""The title of a thread: its first question, cut to a line."""

from __future__ import annotations

LONGEST = 60


def title_of(question: str) -> str | None:
    """At most LONGEST characters, ended at a word; None when there is nothing to name it by."""
    printable = "".join(c if c.isprintable() else " " for c in question)
    line = " ".join(printable.split()).rstrip("?!.,;: ")
    if not line:
        return None
    line = line[0].upper() + line[1:]
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    whole = cut[: cut.rfind(" ")] if cut.rfind(" ") > LONGEST // 2 else cut
    return whole.rstrip(",;: ") + "…"

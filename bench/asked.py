"""What a message asks the servers for, as text: so it is the same for all of them."""

from typing import Any

DELTAS = 200


def message(pace_ms: int = 0, deltas: int = DELTAS) -> dict[str, Any]:
    """A message whose answer has so many deltas, one in so many milliseconds (0: without pause)."""
    content = [{"type": "input_text", "text": f"{deltas} deltas, {pace_ms} ms"}]
    return {"content": content, "attachments": [], "inference_options": {}}


def asked_for(text: str) -> tuple[int, float]:
    """How many deltas, and the seconds between two of them."""
    deltas, _, pace, _ = text.split()
    return int(deltas), int(pace) / 1000

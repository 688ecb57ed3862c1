"""A picture painted from nothing: hills at sunset, as a PNG in a data URL."""

import base64
import math
import struct
import zlib
from functools import cache

SKY, GLOW, SUN = (44, 88, 110), (246, 196, 130), (255, 238, 200)
HILLS = ((126, 138, 122), (76, 110, 96), (30, 72, 62), (14, 42, 40))
Colour = tuple[int, int, int]


@cache
def picture(size: int) -> str:
    """`size` × `size` dots; few dots look like a picture on its way."""
    rows = b"".join(
        b"\x00" + b"".join(bytes(_dot(x / size, y / size)) for x in range(size))
        for y in range(size)
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    )
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _dot(x: float, y: float) -> Colour:
    for depth, hill in reversed(list(enumerate(HILLS))):
        ridge = 0.52 + depth * 0.12
        ridge += 0.06 * math.sin(x * (5 - depth) + depth * 2.1) + 0.02 * math.sin(x * 17 + depth)
        if y > ridge:
            return hill
    if math.hypot(x - 0.68, y - 0.42) < 0.09:
        return SUN
    part = min(y / 0.6, 1) ** 1.5
    red, green, blue = (
        round(one + (other - one) * part) for one, other in zip(SKY, GLOW, strict=True)
    )
    return red, green, blue

"""Previews: decoded under a limit, turned upright, made small and written anew, so that nothing
but the pixels is left of what was sent. Pillow is optional; without it there are no previews."""

import io
import threading
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, cast

from chatkit_django.conf import MAX_IMAGE_PIXELS
from chatkit_django.exceptions import ImageTooLarge, InvalidImage

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SIDE = 1024  # pixels
# The decoders that may see what a stranger sent; Pillow has dozens.
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
# Pixels take much memory: one picture at a time in each process.
_one_at_a_time = threading.Lock()


def has_preview(content_type: str) -> bool:
    return content_type in _FORMATS and _pillow("Image") is not None


def make_preview(file: IO[bytes], content_type: str) -> tuple[bytes, str]:
    """The picture as JPEG, or as PNG if it is transparent somewhere, with its media type."""
    image_module, ops = _pillow("Image"), _pillow("ImageOps")
    file.seek(0)
    try:
        with (
            _one_at_a_time,
            image_module.open(file, formats=[_FORMATS[content_type]]) as picture,
        ):
            # The header says how large it gets; nothing is decoded yet.
            if picture.width * picture.height > MAX_IMAGE_PIXELS.get():
                raise ImageTooLarge
            picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
            picture.load()
            upright = cast("Image", ops.exif_transpose(picture))
            return _encoded(upright)
    except ImageTooLarge:
        raise
    except image_module.DecompressionBombError:
        raise ImageTooLarge from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, MemoryError):
        # Pillow's decoders raise all of these for broken files.
        raise InvalidImage from None


def _encoded(picture: "Image") -> tuple[bytes, str]:
    pixels = picture if picture.mode in ("RGB", "RGBA", "L") else picture.convert("RGBA")
    pixels.thumbnail((MAX_SIDE, MAX_SIDE))
    pixels = pixels.convert("RGBA")
    pixels.info.clear()
    written = io.BytesIO()
    if pixels.getchannel("A").getextrema() == (255, 255):
        pixels.convert("RGB").save(written, "JPEG", quality=85)
        return written.getvalue(), "image/jpeg"
    pixels.save(written, "PNG")
    return written.getvalue(), "image/png"


def _pillow(module: str) -> Any:
    try:
        return import_module(f"PIL.{module}")
    except ImportError:
        return None

"""A recording on its way to be transcribed."""

import base64
import binascii

from chatkit.types import AudioInput, InputTranscribeParams

from chatkit_django.conf import MAX_AUDIO_BYTES
from chatkit_django.exceptions import AudioTooLarge, InvalidAudio, UnsupportedAudio

MEDIA_TYPES = frozenset({"audio/webm", "audio/ogg", "audio/mp4"})


def audio_of(params: InputTranscribeParams) -> AudioInput:
    """The recording, of a kind and a size that may be transcribed."""
    if params.mime_type.split(";", 1)[0].strip().lower() not in MEDIA_TYPES:
        raise UnsupportedAudio
    try:
        data = base64.b64decode(params.audio_base64, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidAudio from None
    if not data:
        raise InvalidAudio
    if len(data) > MAX_AUDIO_BYTES.get():
        raise AudioTooLarge
    return AudioInput(data=data, mime_type=params.mime_type)

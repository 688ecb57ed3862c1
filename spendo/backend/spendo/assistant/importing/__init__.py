"""Files of banks in the chat: shown first, imported only by the user's own answer."""

from spendo.assistant.importing.conversation import PREVIEW_PREFIX, about_a_file
from spendo.assistant.importing.questions import is_about_a_file

__all__ = ["PREVIEW_PREFIX", "about_a_file", "is_about_a_file"]

"""Where the web process gets its chat server from.

The SDKs behind it take seconds and about a hundred megabytes to import, so this module, which the
routes import, only names them; they are loaded when the first message comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spendo.assistant.server import SpendoChatKitServer


def build_server() -> SpendoChatKitServer:
    """The chat server on the database store, which takes files, with the model that `providers`
    picks."""
    from chatkit_django.attachments import DjangoAttachmentStore
    from spendo.assistant.server import SpendoChatKitServer

    return SpendoChatKitServer(attachment_store=DjangoAttachmentStore())

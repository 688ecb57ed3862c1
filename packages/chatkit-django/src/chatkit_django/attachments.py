"""The SDK's attachment store on Django's storages."""

from chatkit.store import AttachmentStore
from chatkit.types import (
    Attachment,
    AttachmentCreateParams,
    AttachmentUploadDescriptor,
)

from chatkit_django import rows
from chatkit_django.conf import MAX_ATTACHMENT_BYTES
from chatkit_django.context import RequestContext
from chatkit_django.database import run, write
from chatkit_django.exceptions import FileTooLarge
from chatkit_django.files import kinds, links, records, storage, work
from chatkit_django.files.names import safe_name
from chatkit_django.ids import new_id
from chatkit_django.models import AttachmentFile
from chatkit_django.previews import signed


class DjangoAttachmentStore(AttachmentStore[RequestContext]):
    """``ChatKitServer(attachment_store=DjangoAttachmentStore())``, with a ``DatabaseStore`` and
    ``chatkit_django.file_urls`` in ``urlpatterns``.

    What belongs to somebody else raises ``NotFound``, like what does not exist.
    """

    def generate_attachment_id(self, mime_type: str, context: RequestContext) -> str:
        return new_id("attachment")

    async def create_attachment(
        self,
        input: AttachmentCreateParams,  # noqa: A002  the SDK's name
        context: RequestContext,
    ) -> Attachment:
        """Phase one: what is to come, and the address that takes it, once and for a short time."""
        if input.size > MAX_ATTACHMENT_BYTES.get():
            raise FileTooLarge
        name = safe_name(input.name)
        mime_type = kinds.claimed_kind(input.mime_type, name)
        attachment_id = self.generate_attachment_id(mime_type, context)
        url = links.link("upload", attachment_id, context.user.pk, context.base_url)
        payload = await write(records.announce, context.user.pk, attachment_id, name, mime_type)
        descriptor = AttachmentUploadDescriptor.model_validate(
            {"url": url, "method": "POST", "headers": {}}
        )
        shown = signed(rows.attachment_of(payload), context)
        return shown.model_copy(update={"upload_descriptor": descriptor})

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:
        """Raises ``AttachmentInUse`` if it was sent: it goes with its thread then."""
        await work.run(records.remove, context.user.pk, attachment_id)

    async def check_attachable(self, attachment_ids: list[str], context: RequestContext) -> None:
        """Raises the refusal that a message with these attachments has to get."""
        await run(records.check_attachable, context.user.pk, attachment_ids)

    async def read(self, attachment_id: str, context: RequestContext) -> bytes:
        """The bytes as they were uploaded, for a model that shall see them."""
        return await work.run(_read, context.user.pk, attachment_id)

    async def download_url(self, attachment_id: str, context: RequestContext) -> str:
        """An address at which the owner, signed in, can get the file for a while."""
        await run(records.file_of, context.user.pk, attachment_id, AttachmentFile.Role.ORIGINAL)
        return links.link("file", attachment_id, context.user.pk, context.base_url)


def _read(owner: records.OwnerId, attachment_id: str) -> bytes:
    file = records.file_of(owner, attachment_id, AttachmentFile.Role.ORIGINAL)
    with storage.open_file(file.name) as content:
        return content.read()

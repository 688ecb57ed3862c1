"""Where the bytes are: a storage of Django's that no web server publishes."""

import logging
import secrets
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, InvalidStorageError, Storage, storages

from chatkit_django.conf import ATTACHMENT_STORAGE

logger = logging.getLogger(__name__)

FOLDER = "chatkit-attachments"


def private_storage() -> Storage:
    """The storage named by ``CHATKIT_ATTACHMENT_STORAGE``, else a folder beside the project."""
    alias = ATTACHMENT_STORAGE.get()
    storage = _named(alias) if alias else _local()
    if isinstance(storage, FileSystemStorage) and _is_published(Path(storage.location)):
        raise ImproperlyConfigured(
            "The attachments would be in MEDIA_ROOT or STATIC_ROOT, which web servers publish. "
            "Let CHATKIT_ATTACHMENT_STORAGE name a storage with a folder of its own."
        )
    return storage


def new_name() -> str:
    """A name in the storage that says nothing and cannot be guessed."""
    name = secrets.token_hex(24)
    return f"{name[:2]}/{name}"


def write(name: str, content: IO[bytes]) -> str:
    """Store the bytes; the name they have there, which may differ from the one asked for."""
    content.seek(0)
    return private_storage().save(name, File(content, name=name))


def open_file(name: str) -> IO[bytes]:
    """Raises ``FileNotFoundError`` if the bytes are gone."""
    return private_storage().open(name, "rb")


def delete(name: str) -> bool:
    """Whether the bytes are gone now. A failure is logged, for somebody will try again."""
    try:
        private_storage().delete(name)
    except Exception:
        logger.exception("The file %s could not be deleted; chatkit_collect tries again", name)
        return False
    return True


def _named(alias: str) -> Storage:
    try:
        return storages[alias]
    except InvalidStorageError as error:
        raise ImproperlyConfigured(
            f"CHATKIT_ATTACHMENT_STORAGE names {alias!r}, which is not in STORAGES or cannot be "
            f"loaded ({error}). S3 needs chatkit-django[s3]."
        ) from error


def _local() -> Storage:
    base: object = getattr(settings, "BASE_DIR", None)
    if base is None:
        raise ImproperlyConfigured(
            "There is no place for attachments: set BASE_DIR, or let CHATKIT_ATTACHMENT_STORAGE "
            "name one of STORAGES."
        )
    return FileSystemStorage(
        location=Path(str(base)) / FOLDER,
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def _is_published(folder: Path) -> bool:
    # An empty MEDIA_ROOT is the working directory to Django, and served by nobody.
    public = [Path(root).resolve() for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if root]
    return any(folder.resolve().is_relative_to(root) for root in public)

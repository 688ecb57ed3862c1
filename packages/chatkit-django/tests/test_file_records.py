"""Two at once: the rows of files allow what one after the other would."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from chatkit_django.exceptions import TooManyPendingAttachments
from chatkit_django.files import records
from chatkit_django.models import Attachment

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def until_blocked_or_done(other: Future[None]) -> None:
    """Return when the other has to wait for this transaction, or had not to. It has ten seconds.
    SQLite does not say that somebody waits; its one writer lets nobody else begin."""
    deadline = time.monotonic() + 10
    while connection.vendor == "postgresql" and not other.done():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_two_announcements_at_once_cannot_both_be_the_last_that_is_allowed(ada, settings):
    settings.CHATKIT_MAX_PENDING_ATTACHMENTS = 1

    def announce(attachment_id: str) -> None:
        try:
            records.announce(ada.pk, attachment_id, "tax.pdf", "application/pdf")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            records.announce(ada.pk, "atc_first", "tax.pdf", "application/pdf")
            second = pool.submit(announce, "atc_second")
            until_blocked_or_done(second)
        with pytest.raises(TooManyPendingAttachments):
            second.result(20)
    assert [row.id for row in Attachment.objects.all()] == ["atc_first"]

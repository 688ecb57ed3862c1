"""Nobody waits for bytes that are being deleted, except who has to."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from io import StringIO

import pytest
from asgiref.sync import sync_to_async
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from chatkit_django.files import deletion, storage
from chatkit_django.files.deletion_thread import DeletionThread
from chatkit_django.models import Attachment, AttachmentFile, Thread
from tests.live import HERE, database_url
from tests.sample_files import image, kept_names, names_now

kept = sync_to_async(kept_names)


class SlowStorage(FileSystemStorage):
    """Deletes nothing in the deletion thread before it may."""

    def __init__(self, location):
        super().__init__(location)
        self.may = threading.Event()
        self.asked = threading.Event()

    def delete(self, name):
        if threading.current_thread().name == "chatkit-deletion":
            self.asked.set()
            assert self.may.wait(30)
        super().delete(name)


@pytest.fixture
def slow_storage(files_server, monkeypatch):
    slow = SlowStorage(storage.private_storage().location)
    monkeypatch.setattr(storage, "private_storage", lambda: slow)
    yield slow
    slow.may.set()


async def files_of_a_thread(user):
    picture = await user.uploaded("a.png", "image/png", image())
    paper = await user.uploaded()
    return (await user.attached(picture["id"], paper["id"]))[0]["thread"]["id"]


async def test_a_thread_is_deleted_before_its_bytes_are(slow_storage, filing_ada):
    thread_id = await files_of_a_thread(filing_ada)
    await filing_ada.chat.read("threads.delete", thread_id=thread_id)
    await sync_to_async(slow_storage.asked.wait)(10)
    await filing_ada.chat.ask("the others go on writing")
    assert await AttachmentFile.objects.filter(attachment=None).acount() == 3
    assert not deletion.deletion_thread.settle(0)
    slow_storage.may.set()
    assert await kept() == (set(), set())


@pytest.fixture
async def bobs_bytes(slow_storage, filing_bob):
    """Three files that the deletion thread is busy with."""
    thread_id = await files_of_a_thread(filing_bob)
    await filing_bob.chat.read("threads.delete", thread_id=thread_id)
    assert await sync_to_async(slow_storage.asked.wait)(10)
    return {name async for name in AttachmentFile.objects.values_list("name", flat=True)}


@pytest.mark.parametrize(
    "command", [("chatkit_erase", "ada", "--yes"), ("chatkit_prune", "--older-than", "1h")]
)
async def test_when_a_command_returns_the_bytes_are_gone(bobs_bytes, filing_ada, command):
    await files_of_a_thread(filing_ada)
    await Thread.objects.aupdate(updated_at=timezone.now() - timedelta(hours=2))
    await sync_to_async(call_command)(*command, stdout=StringIO())
    assert await sync_to_async(names_now)() == (bobs_bytes, bobs_bytes)


async def test_what_is_collected_does_not_wait_for_the_thread(bobs_bytes, filing_ada):
    await filing_ada.uploaded()
    await Attachment.objects.aupdate(uploaded_at=timezone.now() - timedelta(days=2))
    said = StringIO()
    await sync_to_async(call_command)("chatkit_collect", stdout=said)
    assert await sync_to_async(names_now)() == (set(), set())
    assert "Deleted 1 attachments" in said.getvalue()
    assert "the bytes of 3 that were deleted before" in said.getvalue()


async def test_what_is_too_much_for_the_thread_is_collected(filing_ada, monkeypatch, caplog):
    thread_id = await files_of_a_thread(filing_ada)
    monkeypatch.setattr(deletion, "deletion_thread", DeletionThread(deletion.discard, 0))
    await filing_ada.chat.read("threads.delete", thread_id=thread_id)
    assert "chatkit_collect has to delete some" in caplog.text
    left, there = await kept()
    assert left == there
    assert len(left) == 3
    await sync_to_async(call_command)("chatkit_collect", stdout=StringIO())
    assert await kept() == (set(), set())


SCRIPT = """
import os, sys, time
import django
django.setup()
from django.conf import settings
settings.BASE_DIR = sys.argv[1]
from django.core.files.storage import FileSystemStorage
from chatkit_django.models import Thread
delete = FileSystemStorage.delete
def slowly(self, name):
    time.sleep(float(sys.argv[3]))
    delete(self, name)
FileSystemStorage.delete = slowly
Thread.objects.all().delete()
if sys.argv[2] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize(("ends", "pause", "left"), [("by itself", "0.2", 0), ("killed", "20", 3)])
async def test_a_script_that_ends_deletes_first_and_one_that_is_killed_leaves_its_rows(
    filing_ada, settings, ends, pause, left
):
    await files_of_a_thread(filing_ada)
    environment = {
        **os.environ,
        "TEST_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-c", SCRIPT, str(settings.BASE_DIR), ends, pause]
    await sync_to_async(subprocess.run)(command, cwd=HERE, env=environment, timeout=60)
    known, there = await kept()
    assert known == there
    assert len(there) == left
    await sync_to_async(call_command)("chatkit_collect", stdout=StringIO())
    assert await kept() == (set(), set())


class Slow:
    """Discards once it may, and remembers what."""

    def __init__(self, *errors):
        self.asked = threading.Event()
        self.may = threading.Event()
        self.errors = list(errors)
        self.discarded = []

    def __call__(self, names):
        self.asked.set()
        assert self.may.wait(30)
        if self.errors:
            raise self.errors.pop()
        self.discarded += names


def test_only_so_many_wait_and_none_is_done_twice():
    discard = Slow()
    thread = DeletionThread(discard, most_waiting=3)
    assert thread.settle(0)
    assert thread.add(["a"])
    assert discard.asked.wait(20)
    assert [thread.add([name]) for name in "bcdef"] == [True] * 3 + [False] * 2
    assert not thread.settle(0)
    discard.may.set()
    assert thread.settle(20)
    assert discard.discarded == list("abcd")
    assert thread.add(["z"])
    assert thread.settle(20)
    assert discard.discarded[-1] == "z"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("error", [OperationalError("the database is away"), RuntimeError()])
def test_after_a_failure_the_thread_goes_on_with_the_next(error):
    discard = Slow(error)
    discard.may.set()
    thread = DeletionThread(discard)
    assert thread.add(["a"])
    assert thread.settle(20)
    assert thread.add(["b"])
    assert thread.settle(20)
    assert discard.discarded == ["b"]

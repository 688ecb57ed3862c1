"""The same life in an S3-compatible storage, which runs beside the tests."""

import socket
import subprocess
import sys
import time

import boto3
import httpx2
import pytest
from asgiref.sync import sync_to_async

from chatkit_django.files import storage
from chatkit_django.files.deletion import deletion_thread
from chatkit_django.models import AttachmentFile
from tests.sample_files import PDF, body_of, code_of, image, local

KEYS = {"access_key": "testing", "secret_key": "testing"}
BUCKET = "files-of-users"


@pytest.fixture(scope="module")
def endpoint():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    try:
        while True:
            try:
                httpx2.get(url, timeout=5)
                break
            except httpx2.TransportError:
                assert server.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield url
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def loopback_only(monkeypatch):
    """A connection to anywhere else fails the test."""
    connect = socket.socket.connect

    def checked(self, address):
        if isinstance(address, tuple):
            assert address[0] in {"127.0.0.1", "::1", "localhost"}, address
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture
def bucket(endpoint, settings, loopback_only, monkeypatch):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    s3 = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    made = s3.create_bucket(Bucket=BUCKET)
    settings.STORAGES = {
        **settings.STORAGES,
        "files": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                **KEYS,
                "bucket_name": BUCKET,
                "endpoint_url": endpoint,
                "region_name": "us-east-1",
                "addressing_style": "path",
            },
        },
    }
    settings.CHATKIT_ATTACHMENT_STORAGE = "files"
    yield made
    made.objects.all().delete()
    made.delete()


def names(bucket):
    return {one.key for one in bucket.objects.all()}


async def test_a_file_lives_in_the_bucket_from_its_upload_to_its_thread_s_end(
    bucket, filing_ada, files_server, as_ada
):
    picture = await filing_ada.uploaded("a.png", "image/png", image())
    paper = await filing_ada.uploaded("a.pdf", "application/pdf", PDF)
    known = {name async for name in AttachmentFile.objects.values_list("name", flat=True)}
    assert await sync_to_async(names)(bucket) == known
    assert len(known) == 3

    events = await filing_ada.attached(picture["id"], paper["id"])
    response = await filing_ada.http.get(local(picture["preview_url"]))
    assert (await body_of(response)).startswith(b"\xff\xd8\xff")
    assert await files_server.attachment_store.read(paper["id"], as_ada) == PDF

    await filing_ada.chat.read("threads.delete", thread_id=events[0]["thread"]["id"])
    assert deletion_thread.settle(30)
    assert await sync_to_async(names)(bucket) == set()
    assert not await AttachmentFile.objects.aexists()


async def test_what_is_refused_never_reaches_the_bucket(bucket, filing_ada):
    assert (await filing_ada.upload(PDF, "a.png", "image/png")).status_code == 422
    assert await sync_to_async(names)(bucket) == set()


async def test_bytes_missing_in_the_bucket_are_not_found(bucket, filing_ada):
    picture = await filing_ada.uploaded("a.png", "image/png", image())
    await sync_to_async(lambda: bucket.objects.all().delete())()
    response = await filing_ada.http.get(local(picture["preview_url"]))
    assert code_of(response) == (404, "not_found")


async def test_a_second_file_does_not_overwrite_the_first(bucket, filing_ada):
    for _ in range(2):
        await filing_ada.uploaded()
    assert len(await sync_to_async(names)(bucket)) == 2
    assert storage.private_storage().bucket_name == BUCKET

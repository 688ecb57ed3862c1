"""Archive, prune, export, erase; and an audit that tells what happened but not to whom."""

import asyncio
import io
import json
import logging
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import AsyncClient, RequestFactory
from django.utils import timezone

from chatkit_django import audit, limits, retention, tokens
from chatkit_django.counters import shared_counters
from chatkit_django.files import storage
from chatkit_django.files.deletion import deletion_thread
from chatkit_django.models import (
    Attachment,
    AttachmentFile,
    AuditEntry,
    AuditKey,
    LimitCounter,
    SessionToken,
    Thread,
    ThreadItem,
)
from chatkit_django.session_view import ChatKitSessionView
from chatkit_django.testing import message
from tests.conftest import PATH
from tests.sample_files import PDF


@pytest.fixture(autouse=True)
def no_refusal_was_counted_before():
    audit.refusals.forget()


def command(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


async def in_thread(function, *args):
    def closing():
        try:
            return function(*args)
        finally:
            connection.close()

    return await asyncio.to_thread(closing)


async def thread_of(client, text="hi"):
    return (await client.ask(text))[0]["thread"]["id"]


async def listed(client):
    return [thread["id"] for thread in (await client.read("threads.list"))["data"]]


# --- archive and delete ---


async def test_an_archived_thread_is_in_no_list_but_can_be_opened(client_of_ada, ada, bob):
    kept, archived = await thread_of(client_of_ada), await thread_of(client_of_ada)
    assert not await in_thread(retention.archive_thread, bob, archived)
    assert await in_thread(retention.archive_thread, ada, archived)
    assert await listed(client_of_ada) == [kept]
    await client_of_ada.read("threads.get_by_id", thread_id=archived)
    assert await in_thread(retention.unarchive_thread, ada, archived)
    assert await listed(client_of_ada) == [archived, kept]


async def test_only_the_owner_deletes_a_thread(client_of_ada, ada, bob):
    thread_id = await thread_of(client_of_ada)
    assert not await in_thread(retention.delete_thread, bob, thread_id)
    assert await in_thread(retention.delete_thread, ada, thread_id)
    assert not await in_thread(retention.delete_thread, ada, thread_id)
    assert not await ThreadItem.objects.aexists()


# --- prune ---


async def test_old_threads_are_pruned_in_batches_and_new_ones_kept(client_of_ada, ada, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    threads = [await thread_of(client_of_ada) for _ in range(6)]
    long_ago = timezone.now() - timedelta(days=91)
    await Thread.objects.exclude(id=threads[0]).aupdate(updated_at=long_ago)
    await in_thread(tokens.issue, ada)
    await SessionToken.objects.aupdate(expires_at=long_ago)
    await LimitCounter.objects.acreate(subject="x", kind="messages/60", ends_at=60, amount=1)

    said = await in_thread(command, "chatkit_prune", "--older-than", "90d", "--dry-run")
    assert said == "Would delete 5 threads and 1 expired tokens.\n"
    assert await Thread.objects.acount() == 6

    said = await in_thread(command, "chatkit_prune", "--older-than", "90d")
    assert said == "Deleted 5 threads and 1 expired tokens.\n"
    assert [thread.id async for thread in Thread.objects.all()] == threads[:1]
    assert {item.thread_id async for item in ThreadItem.objects.all()} == set(threads[:1])
    assert not await SessionToken.objects.aexists()
    assert not await LimitCounter.objects.filter(subject="x").aexists()


@pytest.mark.parametrize("age", ["90", "d", "0d", "-1d", "1y", "1.5d", "999999d"])
def test_an_age_that_is_none_is_refused(transactional_db, age):
    with pytest.raises(CommandError, match="is no age"):
        command("chatkit_prune", f"--older-than={age}")


# --- export ---


async def test_an_export_has_everything_of_the_user_and_of_nobody_else(
    filing_ada, filing_bob, tmp_path
):
    uploaded = await filing_ada.uploaded("tax return.pdf")
    events = await filing_ada.attached(uploaded["id"])
    thread_id = events[0]["thread"]["id"]
    await filing_ada.chat.read(
        "items.feedback", thread_id=thread_id, item_ids=[events[-1]["item"]["id"]], kind="negative"
    )
    await filing_bob.chat.ask("the secret of bob")
    folder = tmp_path / "export"

    said = await in_thread(command, "chatkit_export", "ada", "--to", str(folder))

    assert said == f"Exported to {folder}.\n"
    text = (folder / "chatkit.json").read_text()
    assert "the secret of bob" not in text
    data = json.loads(text)
    assert data["user"]["name"] == "ada"
    [thread] = data["threads"]
    assert thread["id"] == thread_id
    [question, answer] = thread["items"]
    assert question["content"][0]["text"] == "see this"
    assert (answer["type"], answer["feedback"]["kind"]) == ("assistant_message", "negative")
    [attachment] = data["attachments"]
    assert (attachment["name"], attachment["thread_id"]) == ("tax return.pdf", thread_id)
    assert (folder / attachment["file"]).read_bytes() == PDF
    assert [path.stat().st_mode & 0o077 for path in (folder, folder / "chatkit.json")] == [0, 0]


async def test_an_export_without_a_folder_is_json_on_standard_output(client_of_ada, ada):
    await client_of_ada.ask("hide this")
    data = json.loads(await in_thread(command, "chatkit_export", str(ada.pk), "--id"))
    hidden = [item["hidden"] for item in data["threads"][0]["items"]]
    assert hidden == [False, True, True, True, True, True, False]


async def test_an_export_does_not_overwrite_another(client_of_ada, tmp_path):
    await in_thread(command, "chatkit_export", "ada", "--to", str(tmp_path / "export"))
    with pytest.raises(CommandError, match="Name a new folder"):
        await in_thread(command, "chatkit_export", "ada", "--to", str(tmp_path / "export"))


@pytest.mark.parametrize("words", [["nobody"], ["nobody", "--id"], ["12345678", "--id"]])
@pytest.mark.parametrize("name", ["chatkit_export", "chatkit_erase"])
def test_a_user_who_is_not_there_is_named(transactional_db, name, words):
    with pytest.raises(CommandError, match="There is no user"):
        command(name, *words)


# --- erase ---


def everything():
    """Every value of every table of the app, and every cache key, as text."""
    texts = []
    for model in apps.get_app_config("chatkit_django").get_models(include_auto_created=True):
        texts += [f"{model.__name__} {row}" for row in model.objects.values()]
    return texts + cache_keys()


def cache_keys():
    counters = shared_counters()
    client = getattr(getattr(counters, "_cache", None), "_cache", None)
    if client is None:
        return []
    return [key.decode() for key in client.get_client(None, write=True).keys("*")]


async def test_an_erasure_leaves_nothing_anywhere(
    filing_ada, filing_bob, ada, bob, tmp_path, caplog, settings
):
    caplog.set_level(logging.DEBUG)
    settings.CHATKIT_PROXY_COUNT = 1
    settings.CHATKIT_LIMITS = {"budget": {"user": "1000/day"}}
    for filing, context_user in ((filing_ada, ada), (filing_bob, bob)):
        uploaded = await filing.uploaded(f"{context_user.username}-tax.pdf")
        events = await filing.attached(uploaded["id"])
        thread_id = events[0]["thread"]["id"]
        await filing.uploaded("never-sent.pdf")
        await filing.chat.read(
            "items.feedback",
            thread_id=thread_id,
            item_ids=[events[-1]["item"]["id"]],
            kind="positive",
        )
        await filing.chat.ask("fail with words of " + context_user.username)
        await filing.chat.send("threads.get_by_id", thread_id="thr_unknown")
        await in_thread(tokens.issue, context_user)
        await limits.report_usage(context_of(context_user), 5)
    await in_thread(command, "chatkit_export", "ada", "--to", str(tmp_path / "export"))
    before = await in_thread(everything)
    subject = limits.user_subject(ada.pk)
    known = [subject, await in_thread(audit.reference, ada.pk)]
    key = (await AuditKey.objects.aget(user=ada)).key
    files = [row.name async for row in AttachmentFile.objects.filter(attachment__owner=ada)]
    of_bob = await in_thread(rows_of, bob)
    assert len(files) >= 2
    assert any(subject in text for text in before)

    said = await in_thread(command, "chatkit_erase", "ada", "--yes")

    assert said == "Erased 2 threads and 2 attachments.\n"
    assert await in_thread(rows_of, ada) == dict.fromkeys(of_bob, 0)
    after = await in_thread(everything)
    entries = [text for text in after if text.startswith("AuditEntry")]
    others = [text for text in after if not text.startswith("AuditEntry")]
    assert len(others) < len(before)
    for secret in (subject, key, "ada-tax", "words of ada", *files):
        assert [text for text in after if secret in text] == []
    assert [text for text in others if known[1] in text] == []
    assert any("erased" in text for text in entries)
    assert await in_thread(audit.reference, ada.pk) not in " ".join(entries)
    for name in files:
        assert not await in_thread(storage.private_storage().exists, name)
    lines = [record.getMessage() + str(vars(record)) for record in caplog.records]
    ours = [line for line in lines if "SELECT" not in line and "INSERT" not in line]
    for secret in ("words of ada", "ada-tax", "see this", subject):
        assert [line for line in ours if secret in line] == []
    assert await in_thread(rows_of, bob) == of_bob


def context_of(user):
    from chatkit_django.context import RequestContext

    return RequestContext(user=user, locale="en", request_id="test")


def rows_of(user):
    """How many rows of each table of the app lead to the user."""
    counts = {}
    for model in apps.get_app_config("chatkit_django").get_models():
        for field in model._meta.get_fields():
            leads_to_one = field.concrete and (field.many_to_one or field.one_to_one)
            if leads_to_one and field.related_model is type(user):
                counts[model.__name__] = model.objects.filter(**{field.name: user}).count()
    counts["ThreadItem"] = ThreadItem.objects.filter(thread__owner=user).count()
    counts["AttachmentFile"] = AttachmentFile.objects.filter(attachment__owner=user).count()
    counts["limits"] = LimitCounter.objects.filter(subject=limits.user_subject(user.pk)).count()
    return counts


async def test_files_that_cannot_be_deleted_are_told(filing_ada, monkeypatch):
    await filing_ada.uploaded("tax.pdf")
    with monkeypatch.context() as broken:
        broken.setattr(storage, "delete", lambda name: False)
        with pytest.raises(CommandError, match="1 files could not be deleted"):
            await in_thread(command, "chatkit_erase", "ada", "--yes")
    assert not await Attachment.objects.aexists()
    await in_thread(command, "chatkit_collect")
    assert not await AttachmentFile.objects.aexists()


async def test_a_deleted_user_leaves_as_little(filing_ada, ada):
    await filing_ada.uploaded("tax.pdf")
    await filing_ada.chat.ask("hi")
    await in_thread(tokens.issue, ada)
    assert len(await in_thread(everything)) > 5
    await sync_to_async(ada.delete)()
    assert deletion_thread.settle(20)
    assert await in_thread(everything) == []


async def test_without_yes_somebody_has_to_say_it(client_of_ada, monkeypatch):
    await client_of_ada.ask("hi")
    monkeypatch.setattr("builtins.input", lambda question: "y")
    with pytest.raises(CommandError, match="Nothing was erased"):
        await in_thread(command, "chatkit_erase", "ada")
    assert await Thread.objects.acount() == 1
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    await in_thread(command, "chatkit_erase", "ada")
    assert not await Thread.objects.aexists()


# --- audit ---


async def entries():
    rows = AuditEntry.objects.order_by("id").values_list("kind", "count", "person")
    return [(kind, count, bool(person)) async for kind, count, person in rows]


async def test_refusals_are_counted_by_kind(client_of_ada, client_of_bob, settings, monkeypatch):
    monkeypatch.setattr(audit, "time", lambda: 1_800_000_000.0)  # they are counted by the hour
    for _ in range(12):
        await client_of_ada.send("threads.get_by_id", thread_id="thr_unknown")
    settings.CHATKIT_LIMITS = {"messages": {"user": "1/day"}}
    await client_of_bob.ask("one")
    await client_of_bob.send("threads.create", input={"content": []})
    refused = await client_of_bob.send("threads.create", input=message("two"))
    assert refused.status_code == 429
    http = AsyncClient(enforce_csrf_checks=True)
    assert (await http.post(PATH)).status_code == 403
    assert await entries() == [
        ("refused_404", 1, True),
        ("refused_404", 10, True),
        ("refused_429", 1, True),
        ("refused_403", 1, False),
    ]


async def test_tokens_exports_and_erasures_are_written_down(client_of_ada, ada):
    request = RequestFactory().post("/")
    request.user = ada
    request._dont_enforce_csrf_checks = True
    await in_thread(ChatKitSessionView.as_view(), request)
    await in_thread(command, "chatkit_export", "ada")
    await in_thread(command, "chatkit_erase", "ada", "--yes")
    request._dont_enforce_csrf_checks = request.csrf_processing_done = False
    await in_thread(ChatKitSessionView.as_view(), request)
    assert [kind for kind, _, _ in await entries()] == [
        "token_issued",
        "exported",
        "erased",
        "refused_403",
    ]
    persons = [row.person async for row in AuditEntry.objects.order_by("id")]
    assert len(set(persons[:3])) == 1
    assert persons[3] not in persons[:3]


async def test_a_reference_leads_to_nobody_after_the_erasure(ada, bob):
    before = await in_thread(audit.reference, ada.pk)
    assert before == await in_thread(audit.reference, ada.pk)
    assert before != await in_thread(audit.reference, bob.pk)
    await in_thread(retention.erase, ada)
    assert await in_thread(audit.reference, ada.pk) != before


async def test_who_is_gone_is_nobody(ada):
    key = ada.pk
    await sync_to_async(ada.delete)()
    await in_thread(audit.record, audit.Kind.NOT_FOUND, key)
    assert await entries() == [("refused_404", 1, False)]


def test_what_is_written_down_is_not_changed(transactional_db):
    audit.record(audit.Kind.FORBIDDEN)
    entry = AuditEntry.objects.get()
    entry.count = 5
    for change in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(count=5),
        lambda: AuditEntry.objects.bulk_update([entry], ["count"]),
    ):
        with pytest.raises(TypeError, match="append-only"):
            change()
    assert AuditEntry.objects.get().count == 1

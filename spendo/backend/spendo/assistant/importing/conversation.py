"""The turns of a conversation that are about a file, answered without any model.

A file is read, shown and asked about; only the answer to that question, which the user gives
themselves, imports it. Nothing of the file is in what a model is given later.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar, cast
from uuid import uuid4

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ProgressUpdateEvent,
    StructuredInput,
    StructuredInputItem,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
)

from chatkit_django import database
from chatkit_django.attachments import DjangoAttachmentStore
from chatkit_django.clock import local_now
from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer
from chatkit_django.text_answer import stream_text, text_of
from spendo.assistant.analyst.wording import counted, name
from spendo.assistant.importing import questions, words
from spendo.ledger.errors import LedgerError, UnknownRow
from spendo.ledger.imports import ImportRefused
from spendo.ledger.selectors.imports import account_names, list_imports
from spendo.ledger.services.importing import (
    ASKING,
    Verdict,
    asked_account,
    choose,
    commit_draft,
    drop_draft,
    find_draft,
    keep_draft,
    preview_draft,
    revert_import,
)
from spendo.users.models import User

PREVIEW_PREFIX = "import_"
"""The ids of messages that have words of a file in them; `history` leaves those out."""

GONE = (
    "This file is not waiting any more: it was imported or dropped, or its day is over. Send it "
    "again to be sure; what is here already is not added twice."
)
DROPPED = "Nothing was imported."
ONE_AT_A_TIME = "One file after the other, please: only the first of them is looked at."
_UNDO = re.compile(
    r"(?:please )?(?:undo|revert|take back|cancel) (?:the|this|that|my|last| )*import[.!]?",
    re.IGNORECASE,
)
_SHOWN = 200
T = TypeVar("T")
Events = AsyncIterator[ThreadStreamEvent]


def about_a_file(
    server: ChatKitServer,
    thread: ThreadMetadata,
    message: UserMessageItem | None,
    newest_first: Sequence[ThreadItem],
    context: RequestContext,
) -> Events | None:
    """The events of the answer, or None when the turn is about something else."""
    talk = _Conversation(server, thread, context)
    if message is not None:
        if message.attachments:
            return talk.receive(message)
        return talk.ask_about_undo() if _UNDO.fullmatch(text_of(message).strip()) else None
    newest = newest_first[0] if newest_first else None
    if isinstance(newest, StructuredInputItem):
        answers = questions.answers_in(newest)
        return talk.go_on(answers) if answers is not None else None
    return None


@dataclass(frozen=True)
class _Conversation:
    server: ChatKitServer
    thread: ThreadMetadata
    context: RequestContext

    @property
    def user(self) -> User:
        return cast(User, self.context.user)

    async def receive(self, message: UserMessageItem) -> Events:
        """A file was sent: keep it and show what is in it."""
        file, *others = message.attachments
        files = self.server.attachment_store
        if not isinstance(files, DjangoAttachmentStore):
            return
        yield _progress("Reading the file")
        content = await files.read(file.id, self.context)
        if others:
            async for event in self._say(ONE_AT_A_TIME):
                yield event
        try:
            draft = await self._do(
                lambda: keep_draft(self.user, BytesIO(content), file_name=file.name)
            )
        except (ImportRefused, LedgerError) as error:
            async for event in self._refuse(file.name, error):
                yield event
            return
        async for event in self._show(draft.pk, file.name):
            yield event

    async def go_on(self, answers: questions.Answers) -> Events:
        """The user answered: the next question, or what they confirmed."""
        try:
            if answers.subject.isdecimal() and len(answers.subject) < 32:
                answered = self._revert(answers)
            elif set(answers.texts) <= {"confirm"}:
                answered = self._confirmed(answers)
            else:
                answered = self._more_was_said(answers)
            async for event in answered:
                yield event
        except UnknownRow:
            async for event in self._say(GONE):
                yield event

    async def ask_about_undo(self) -> Events:
        page = await self._do(lambda: list_imports(self.user, limit=20))
        last = next((row for row in page.rows if row.status == "done"), None)
        if last is None:
            async for event in self._say("There is no import to take back."):
                yield event
            return
        rows = counted(last.added, "transaction")
        question = f"Take back the import of {last.file_name[:80]}, with {rows}?"
        yield self._ask(questions.confirm_revert(last.id, question))

    async def _show(self, draft: str, file_name: str) -> Events:
        """A preview and the question whether to import it, or the question that comes first."""
        try:
            shown = await self._do(lambda: preview_draft(self.user, draft, shown=_SHOWN))
        except ImportRefused as refused:
            asked = questions.questions_for(draft, refused) if refused.code in ASKING else None
            if asked is None:
                await self._do(lambda: drop_draft(self.user, draft))
                async for event in self._refuse(file_name, refused):
                    yield event
                return
            async for event in self._preview(words.asking_text(file_name, refused)):
                yield event
            yield self._ask(asked)
            return
        except LedgerError as error:
            async for event in self._refuse(file_name, error):
                yield event
            return
        async for event in self._preview(words.preview_text(file_name, shown)):
            yield event
        count = shown.counts[Verdict.NEW] + shown.counts[Verdict.SETTLES]
        if not count:
            await self._do(lambda: drop_draft(self.user, draft))
            async for event in self._say(words.nothing_new(shown)):
                yield event
            return
        remembered = shown.remembered is not None
        rows = counted(count, "transaction")
        yield self._ask(questions.confirm_import(draft, rows, remembered=remembered))

    async def _more_was_said(self, answers: questions.Answers) -> Events:
        draft = await self._do(lambda: find_draft(self.user, answers.subject))
        accounts = await self._do(lambda: account_names(self.user))
        said = questions.choices_of(answers.texts, accounts)
        if said.get("new_account") == "":
            said["new_account"] = draft.file_name.rpartition(".")[0][:120] or draft.file_name[:120]
        if {"account_id", "new_account"} & said.keys():
            said = await self._do(lambda: self._of_account(draft.pk, said))
        yield _progress("Reading the file")
        try:
            await self._do(lambda: choose(self.user, draft.pk, said))
        except ImportRefused as refused:
            if refused.code not in ASKING:
                async for event in self._refuse(draft.file_name, refused):
                    yield event
                return
            async for event in self._preview(words.asking_text(draft.file_name, refused)):
                yield event
        async for event in self._show(draft.pk, draft.file_name):
            yield event

    def _of_account(self, draft: str, said: dict[str, Any]) -> dict[str, Any]:
        """A file that names its accounts was asked about the first of them that is open."""
        key = asked_account(self.user, draft)
        return {"accounts": {key: said}} if key else said

    async def _confirmed(self, answers: questions.Answers) -> Events:
        """Only the option itself imports: no other words, and no silence."""
        draft = await self._do(lambda: find_draft(self.user, answers.subject))
        said = answers.texts.get("confirm", "")
        if said == questions.ANEW:
            await self._do(lambda: choose(self.user, draft.pk, {"as_remembered": False}))
            async for event in self._show(draft.pk, draft.file_name):
                yield event
            return
        if not said.startswith(questions.IMPORT.format(count="")) or said == questions.DROP:
            await self._do(lambda: drop_draft(self.user, draft.pk))
            async for event in self._say(DROPPED):
                yield event
            return
        yield _progress("Importing")
        try:
            shown = await self._do(lambda: preview_draft(self.user, draft.pk, shown=0))
            result = await self._do(lambda: commit_draft(self.user, draft.pk, source="chat"))
        except (ImportRefused, LedgerError) as error:
            async for event in self._refuse(draft.file_name, error):
                yield event
            return
        async for event in self._say(words.result_text(result, shown.accounts)):
            yield event

    async def _revert(self, answers: questions.Answers) -> Events:
        if answers.texts.get("revert") != questions.REVERT:
            said = "The import stays as it is."
        else:
            try:
                deleted = await self._do(lambda: revert_import(self.user, int(answers.subject)))
                said = f"The import was taken back: {counted(deleted, 'transaction')} are gone."
            except LedgerError as error:
                said = name(str(error))
        async for event in self._say(said):
            yield event

    def _refuse(self, file_name: str, error: ImportRefused | LedgerError) -> Events:
        if isinstance(error, ImportRefused):
            return self._preview(words.refusal_text(file_name, error))
        return self._say(f"{name(str(error))} Nothing was imported.")

    def _say(self, text: str) -> Events:
        return stream_text([text], self.thread, self.server.store, self.context)

    async def _preview(self, text: str) -> Events:
        yield ThreadItemDoneEvent(
            item=AssistantMessageItem(
                id=f"{PREVIEW_PREFIX}{uuid4().hex}",
                thread_id=self.thread.id,
                created_at=local_now(),
                content=[AssistantMessageContent(text=text)],
            )
        )

    def _ask(self, inputs: list[StructuredInput]) -> ThreadStreamEvent:
        return ThreadItemDoneEvent(
            item=StructuredInputItem(
                id=self.server.store.generate_item_id("message", self.thread, self.context),
                thread_id=self.thread.id,
                created_at=local_now(),
                inputs=inputs,
            )
        )

    async def _do(self, work: Callable[[], T]) -> T:
        return await database.run(work)


def _progress(text: str) -> ThreadStreamEvent:
    return ProgressUpdateEvent(icon="document", text=text)

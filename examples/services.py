"""Several services: which one answers depends on who asks, and in which language."""

from collections.abc import AsyncIterator

from chatkit.types import ThreadMetadata, ThreadStreamEvent, UserMessageItem

from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer
from chatkit_django.text_answer import stream_text, text_of


class Desk:
    """One service. A real one would call a model or another system."""

    def __init__(self, greeting: str) -> None:
        self.greeting = greeting

    async def answer(self, question: str) -> AsyncIterator[str]:
        yield f"{self.greeting} "
        yield f"“{question}”"


STAFF = Desk("The staff desk has noted:")
BY_LANGUAGE = {
    "de": Desk("Wir haben notiert:"),
    "fr": Desk("Nous avons noté :"),
}
EVERYBODY = Desk("We have noted:")


def desk_for(context: RequestContext) -> Desk:
    if getattr(context.user, "is_staff", False):
        return STAFF
    return BY_LANGUAGE.get(context.locale.split("-")[0].lower(), EVERYBODY)


class ServicesServer(ChatKitServer):
    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        words = desk_for(context).answer(text_of(input_user_message))
        async for event in stream_text(words, thread, self.store, context):
            yield event

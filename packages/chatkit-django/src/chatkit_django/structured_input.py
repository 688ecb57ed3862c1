"""Answers to the questions of a structured input: checked against the questions, taken once."""

from collections.abc import Sequence

from chatkit.types import (
    StructuredInput,
    StructuredInputAnswer,
    StructuredInputAnswerSubmission,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputSubmission,
    ThreadItem,
)

from chatkit_django.conf import MAX_MESSAGE_CHARS
from chatkit_django.exceptions import (
    AlreadyAnswered,
    InvalidAnswer,
    MessageTooLong,
    NotAQuestion,
)


def answered(
    item: ThreadItem, given: StructuredInputSubmission, *, own_words: bool
) -> StructuredInputItem:
    """The item with its answers. A question without one is skipped. With ``own_words``, one answer
    to a choice need not be among its options."""
    if not isinstance(item, StructuredInputItem):
        raise NotAQuestion
    if item.status != "pending":
        raise AlreadyAnswered
    if not set(given.answers) <= {question.id for question in item.inputs}:
        raise InvalidAnswer("There is an answer to a question that was not asked. Leave it out.")
    done = item.model_copy(update={"status": given.status}, deep=True)
    for question in done.inputs:
        answer = None if given.status == "skipped" else given.answers.get(question.id)
        question.answer = _answer(question, answer, own_words)
    _check_length(done)
    return done


def _answer(
    question: StructuredInput, given: StructuredInputAnswerSubmission | None, own_words: bool
) -> StructuredInputAnswer:
    values = [] if given is None or given.skipped else _without_blanks(given.values)
    if not values:
        return StructuredInputAnswer(skipped=True)
    if isinstance(question, StructuredInputMultipleChoice):
        options = {option.value for option in question.options}
        if sum(value not in options for value in values) > int(own_words):
            raise InvalidAnswer
        one_only = not question.multiple
    else:
        one_only = True
    if one_only and len(values) > 1:
        raise InvalidAnswer("There is more than one answer to a question that takes one.")
    return StructuredInputAnswer(values=values)


def _without_blanks(values: Sequence[str]) -> list[str]:
    """Each value once, in the order given."""
    return list(dict.fromkeys(value for value in values if value.strip()))


def _check_length(item: StructuredInputItem) -> None:
    answers = [question.answer for question in item.inputs if question.answer]
    if sum(len(value) for answer in answers for value in answer.values) > MAX_MESSAGE_CHARS.get():
        raise MessageTooLong

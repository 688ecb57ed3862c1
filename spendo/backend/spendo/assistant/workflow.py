"""The same agent for callers without a chat: one question in, one typed result out."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents import Runner

from spendo.assistant.agent import build_agent
from spendo.assistant.evidence import evidence_of
from spendo.assistant.guard import check
from spendo.assistant.provenance import provenance
from spendo.assistant.providers import MAX_TURNS, pick_provider, run_config, unavailable
from spendo.assistant.tools.envelope import Figure
from spendo.assistant.turn import Turn

if TYPE_CHECKING:
    from spendo.users.models import User

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WorkflowInput:
    input_as_text: str


@dataclass(frozen=True)
class WorkflowResult:
    """`answer` is markdown and ends with its line of sources when it has figures.

    `figures` are those that tools returned and the answer uses, in the order of the calls.
    """

    answer: str
    is_finance_question: bool
    figures: tuple[Figure, ...]


async def run_workflow(workflow_input: WorkflowInput, *, user: User) -> WorkflowResult:
    """Answer one question about the user's own money.

    Raises ModelUnavailableError, with a message for the user, when the model fails.
    """
    turn = Turn.begin(user)
    try:
        result = await Runner.run(
            build_agent(pick_provider(), turn),
            workflow_input.input_as_text,
            context=turn,
            max_turns=MAX_TURNS,
            run_config=run_config(),
        )
    except Exception as error:
        if (failure := unavailable(error)) is None:
            raise
        logger.exception("The model failed in a workflow")
        raise failure from None
    finally:
        turn.stopped = True
    said = str(result.final_output)
    line = provenance(turn.envelopes)
    return WorkflowResult(
        answer=f"{said}\n\n{line}" if line else said,
        is_finance_question=not turn.off_topic,
        figures=_figures(turn, workflow_input.input_as_text, said),
    )


def _figures(turn: Turn, asked: str, said: str) -> tuple[Figure, ...]:
    """The figures that the number guard traces the answer's to, dates aside."""
    if turn.checked is not None and turn.checked[0] == said:
        verdict = turn.checked[1]
    else:
        verdict = check(said, evidence_of(turn, [asked]))
    used = {traced.source.figure for traced in verdict.traced}
    returned = (figure for envelope in turn.envelopes for figure in envelope.figures())
    kept = (figure for figure in returned if figure in used and figure.kind != "date")
    return tuple(dict.fromkeys(kept))

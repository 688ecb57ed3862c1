"""The context as others hold it."""

from chatkit.agents import AgentContext

from chatkit_django.context import RequestContext


def test_an_agents_context_can_name_it() -> None:
    """As a project that checks its types writes it: pydantic then looks into each field."""
    assert AgentContext[RequestContext]

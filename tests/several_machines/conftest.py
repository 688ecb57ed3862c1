"""Whole topologies, each once for all tests: what a test ended is started again for the next."""

from collections.abc import Iterator

import pytest

from topology import SCRIPTED, SPENDO, Topology


@pytest.fixture(scope="session")
def whole_topology() -> Iterator[Topology]:
    with Topology(SPENDO, workers=3, SPENDO_ANALYST_PACE_MS="5") as topology:
        yield topology


@pytest.fixture
def topology(whole_topology: Topology) -> Topology:
    """PostgreSQL, Valkey, three workers of Spendo and nginx, all of them running."""
    whole_topology.mend()
    return whole_topology


@pytest.fixture(scope="session")
def whole_scripted_topology() -> Iterator[Topology]:
    with Topology(SCRIPTED, workers=2, TEST_SEVERAL_MACHINES="1") as topology:
        yield topology


@pytest.fixture
def scripted_topology(whole_scripted_topology: Topology) -> Topology:
    """The same with two workers of the package's test project, whose answers wait for a test."""
    whole_scripted_topology.mend()
    return whole_scripted_topology

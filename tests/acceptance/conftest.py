"""One running Spendo for every test that only needs one."""

from collections.abc import Iterator

import pytest

from spendo_process import Client, SpendoProcess


@pytest.fixture(scope="session")
def spendo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpendoProcess]:
    with SpendoProcess(tmp_path_factory.mktemp("spendo"), SPENDO_ANALYST_PACE_MS="0") as process:
        yield process


@pytest.fixture
def client(spendo: SpendoProcess) -> Iterator[Client]:
    with Client(spendo.url) as client:
        yield client

"""`OPENAI_API_KEY=… make run`: the same assistant on a model behind the Responses API."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from demo_ledger import groceries_last_month
from spendo_process import ROOT, Client, SpendoProcess

MAKE = ["make", "--no-print-directory", "run"]
QUESTION = "How much did I spend on groceries last month?"
ARGUMENTS = {
    "measure": "spending",
    "period": "last month",
    "categories": ["groceries"],
    "merchants": None,
    "accounts": None,
    "group_by": None,
}


@pytest.fixture(scope="module")
def fakes() -> ModuleType:
    """The backend's fake of the Responses API, which listens on loopback.

    Its folder is a package of the name `tests`, as this one is: here it gets another.
    """
    folder = ROOT / "spendo" / "backend" / "tests" / "assistant"
    package = ModuleType("backend_fakes")
    package.__path__ = [str(folder)]
    sys.modules["backend_fakes"] = package
    return importlib.import_module("backend_fakes.fake_openai")


def test_the_model_answers_from_the_ledgers_figures(prepared: Path, fakes: ModuleType) -> None:
    fake = fakes.FakeOpenAI()
    fake.steps = [
        fakes.CallTool("sum_transactions", ARGUMENTS),
        fakes.Say("The model words the figure."),
    ]
    with (
        fakes.served(fake.app) as address,
        SpendoProcess(
            prepared, MAKE, OPENAI_API_KEY=fakes.SECRET, OPENAI_BASE_URL=f"{address}/v1"
        ) as spendo,
        Client(spendo.url) as client,
    ):
        answer = client.sign_in().answer(QUESTION)
        figure = groceries_last_month(spendo.database)
    assert answer.startswith("The model words the figure.")
    told = json.dumps(fake.requests[1]["input"])
    assert str(figure) in told, "the tool's figure did not reach the model"
    assert fakes.SECRET not in spendo.output

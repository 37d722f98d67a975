"""Answers of a policy with a model: of the shape that OpenAPI declares, scores and reasons included."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from http_face import Caller, Contract
from pyarrow import csv

from tandem.decide.decisions import ARTEFACT_FOLDERS, open_process
from tandem.faces.api import create_app
from tandem.faces.cli.starting import write_from_table
from tandem.kernel.artefacts import load_workspace
from tandem.kernel.settings import Settings

CREDIT = Path(__file__).parents[3] / "examples" / "data" / "modeldata_credit" / "credit_data.csv.gz"


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A caller and the contract of a workspace made from the first thousand real applications."""
    folder = tmp_path_factory.mktemp("scored")
    csv.write_csv(csv.read_csv(CREDIT).slice(0, 1000), folder / "credit.csv")
    write_from_table(folder / "shop", "shop", folder / "credit.csv", target="Status", positive="bad", ids=["rownames"])
    process = open_process(Settings(home=folder / "home"), "shop")
    artefacts = list(load_workspace(folder / "shop", ARTEFACT_FOLDERS).artefacts.values())
    process.push(artefacts, author="ann")
    process.review([one.digest for one in artefacts], approver="bob")
    process.release({one.key: one.digest for one in artefacts}, by="bob")
    caller = Caller(create_app(process))
    document = json.loads((folder / "shop" / "data" / "application.json").read_text())
    yield caller, Contract(caller("GET", "/openapi.json").json), document
    caller.close()
    process.close()


def test_a_scored_decision_and_everything_told_of_it_keep_the_contract(asked):
    caller, contract, document = asked
    reply = caller("POST", "/v1/decisions", document)
    contract.judge("POST", "/v1/decisions", reply)
    answer = reply.json
    assert 0 < answer["scores"]["risk"]["probability"] < 1
    assert answer["outcome"] == "decline"
    assert len(answer["reasons"]) == 4, "the policy's own, and the model's three strongest"
    for part in ("", "/explanation"):
        path = f"/v1/decisions/{answer['decision_id']}{part}"
        told = caller("GET", path)
        assert told.status == 200
        contract.judge("GET", path, told)
    assert told.json["trace"]["result"]["scores"] == answer["scores"], "told by name everywhere"
    contract.judge("GET", "/v1/decisions", caller("GET", "/v1/decisions"))

"""A model is shown with its tables and proofs, how it did on real decisions, and beside another version."""

from __future__ import annotations

import json
import random

import pytest
from http_face import Caller, Contract, application, released_process
from scored_workspace import TREES, scored_artefacts

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake

OUTCOME = Artefact.of(
    "event_type",
    "loan_outcome",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "application", "type": "text", "required": True},
            {"name": "status", "type": "boolean", "required": True},
        ],
    },
)
JUDGED = Artefact.of(
    "view",
    "judged",
    {
        "description": "Decisions beside what became of them.",
        "sql": "SELECT d.decision_id, o.status FROM decisions AS d JOIN loan_outcome AS o ON o.application = d.event_id",
    },
)


TABLES = Artefact.of(
    "model",
    "tables",
    {
        "kind": "additive",
        "metadata": {"name": "tables", "target": "status", "rows": 300, "adverse_rows": 90},
        "inputs": [
            {
                "name": "age", "edges": [25.0, 40.0], "weights": [0.5, 0.0, -0.75], "missing": 0.25, "monotone": -1,
                "counts": [100, 100, 100, 0], "adverse": [50, 30, 10, 0], "reason": "R_AGE",
            },
            {"name": "amount_minor", "edges": [200000.0], "weights": [-0.25, 0.5], "reason": "R_AMOUNT_MINOR"},
        ],
        "pairs": [
            {
                "first": {"name": "age", "edges": [30.0]}, "second": {"name": "amount_minor", "edges": [100000.0]},
                "weights": [[0.125, 0.25, 0.0], [0.125, -0.5, 0.0], [0.0, 0.0, 0.0]],
            }
        ],
        "intercept": -1.0,
        "scaling": {},
    },
)  # fmt: skip


def asked_in_a_stage_of_another_name(artefact):
    """``artefact``; where it is the policy, asking the card in a stage that is not called like it."""
    if artefact.kind != "policy":
        return artefact
    flow = [
        {**one, "model": "repayment", "uses": "card"} if one.get("model") == "card" else one
        for one in artefact.body["flow"]
    ]
    return Artefact.of("policy", artefact.name, {**artefact.body, "flow": flow})


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    one = released_process(
        folder, [*map(asked_in_a_stage_of_another_name, scored_artefacts(folder)), OUTCOME, JUDGED, TABLES]
    )
    chance = random.Random(7)
    for number in range(90):
        age, amount = chance.randint(20, 60), chance.randint(50_000, 500_000)
        one.decide_now(application(f"m-{number}", age=age, amount_minor=amount))
        outcome = {
            "person": f"p-m-{number}",
            "application": f"m-{number}",
            "status": chance.random() < amount / 700_000,
        }
        one.record_now(
            {
                "event_id": f"o-{number}",
                "event_type": "loan_outcome",
                "occurred_at": "2026-11-21T08:00:00Z",
                "values": outcome,
            }
        )
    yield one
    one.close()


@pytest.fixture(scope="module")
def call(process, tmp_path_factory):
    lake = Lake(tmp_path_factory.mktemp("lake"), clock=SystemClock())
    lake.project(process.journal, process.live.reader)
    caller = Caller(create_app(process, lake=lake))
    yield caller
    caller.close()


@pytest.fixture(scope="module")
def ask(call):
    contract = Contract(call("GET", "/openapi.json").json)

    def get(path: str, query: str = ""):
        reply = call("GET", path, query=query.encode())
        contract.judge("GET", path, reply)
        return reply

    return get


def test_all_models_are_listed_with_their_figures_and_who_uses_them(ask):
    found = {one["name"]: one for one in ask("/v1/models").json["models"]}
    assert set(found) == {"card", "tables", "trees"}
    card = found["card"]
    assert (card["kind"], card["state"], card["target"], card["inputs"]) == ("scorecard", "live", "status", 4)
    assert 0.5 < card["metrics"]["auc_out_of_fold"] < 1
    assert card["used_by"] == ["application"]


def test_a_scorecard_shows_its_table_weights_and_words(ask):
    told = ask("/v1/models/card").json
    (part,) = told["parts"]
    assert part["kind"] == "scorecard"
    for one in part["card"]:
        counted = sum(row["count"] for row in one["rows"])
        assert counted == told["rows"]
        assert one["information_value"] >= 0
    weights = {one["name"]: one["training_weight"] for one in told["input_details"]}
    assert max(weights.values()) > 0
    assert all(one["words"]["zh"] for one in told["input_details"])
    assert told["calibration"]["kind"] == "none"
    assert told["scaling"]["pdo"] > 0
    assert [one["state"] for one in told["history"]] == ["live"]


def test_an_additive_model_shows_its_tables_and_what_pairs_add(ask):
    told = ask("/v1/models/tables").json
    (part,) = told["parts"]
    assert (told["kind"], part["kind"]) == ("additive", "additive")
    age = part["card"][0]
    assert [row["label"] for row in age["rows"]] == ["< 25", "[25, 40)", ">= 40", "missing"]
    assert [row["of"] for row in age["rows"]] == ["values", "values", "values", "missing"]
    assert age["rows"][0]["points"] < 0 < age["rows"][2]["points"]
    (pair,) = part["pairs"]
    assert (pair["first"], pair["second"], pair["least"], pair["most"]) == ("age", "amount_minor", -0.5, 0.25)
    assert [one["proof"] for one in told["input_details"]] == ["proven", "free"]


def test_trees_are_told_by_their_size(ask):
    told = ask("/v1/models/trees").json
    (part,) = told["parts"]
    assert (part["kind"], part["trees"]) == ("trees", TREES)
    assert part["leaves"] > TREES
    assert {one["proof"] for one in told["input_details"]} <= {"free", "proven"}


def test_performance_is_measured_on_recorded_decisions_that_have_turned_out(ask):
    told = ask("/v1/models/card/performance").json
    assert (told["scored"], told["explained"]) == (90, 90)
    assert sum(band["count"] for band in told["bands"]) == 90
    assert 0 < told["mean"] < 1
    assert sum(one["share"] for one in told["weights"]) == pytest.approx(1)
    assert told["weights"] == sorted(told["weights"], key=lambda one: -one["weight"])
    assert told["view"] == "judged"
    figures = told["figures"]
    assert figures["rows"] == 90
    assert 0 <= figures["ks"] <= 1
    assert figures["auc"]["low"] <= figures["auc"]["value"] <= figures["auc"]["high"]
    assert len(figures["curve"]) == 101
    few = ask("/v1/models/card/performance", "look_back=5").json
    assert (few["looked_at"], few["scored"]) == (5, 5)


def test_two_versions_are_compared_in_words_and_figures(call, process, ask):
    live = process.state.register.live.manifest["model/card"]
    body = json.loads(json.dumps(process.state.register.version(live).artefact.body))
    body["metadata"]["metrics"]["auc_out_of_fold"] += 0.01
    pushed = call(
        "POST", "/v1/artefacts", {"author": "ann", "artefacts": [{"kind": "model", "name": "card", "body": body}]}
    ).json["artefacts"][0]["digest"]
    told = ask("/v1/models/card/comparison", f"first={live}&second={pushed}").json
    assert any("+0.0100" in one["en"] and "折外 AUC" in one["zh"] for one in told["words"])
    assert (told["first"]["state"], told["second"]["state"]) == ("live", "draft")
    assert ask("/v1/models/card").json["digest"] == live
    draft = ask("/v1/models/card", f"version={pushed}").json
    assert [one["state"] for one in draft["history"]] == ["draft", "live"]
    unused = ask("/v1/models/card/performance", f"version={pushed}").json
    assert (unused["scored"], unused["weights"], unused["figures"]) == (0, [], None)


def test_what_is_not_known_is_said(ask, process):
    assert ask("/v1/models/cart").json["hint"] == "did you mean 'card'?"
    policy = process.state.register.live.manifest["policy/application"]
    assert ask("/v1/models/card", f"version={policy}").code == "unknown_artefact"
    assert ask("/v1/models/card", "version=x").code == "invalid_parameter"
    assert ask("/v1/models/card/comparison", "first=x").code == "invalid_parameter"

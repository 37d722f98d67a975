"""The starter workspace with a scorecard and boosted trees in its policy, both trained on real applications."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from http_face import Reply, released_process, starter_artefacts
from pyarrow import csv

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.learn.training import TrainSpec, train

CREDIT = Path(__file__).parents[2] / "examples" / "data" / "modeldata_credit" / "credit_data.csv.gz"
ROWS, TREES = 1_000, 200
MODELS = ("card", "trees")
INPUTS = ("age", "amount_minor", "term_months", "income_minor")

SCORING: list[dict[str, Any]] = [
    {"model": "card", "probability": "card_pd", "points": "points"},
    {"model": "trees", "probability": "trees_pd", "margin": "trees_margin"},
    {
        "decide": "by_risk",
        "cases": [
            {"case": "high", "when": "card_pd > 0.35 or trees_pd > 0.35", "then": "decline", "reason": "RISK"},
            {"case": "middle", "when": "points < 510 or trees_margin > -0.9", "then": "review", "reason": "RISK"},
            {"otherwise": "low", "then": "approve", "limit": "amount_minor", "price": {"rate_bps": "points * 1.5"}},
        ],
    },
]
"""Both models are asked of every application that is whole; a card's score has points, that of the trees has none."""


def scored_artefacts(folder: Path) -> list[Artefact]:
    """The starter's artefacts, its policy ending in the verdict of the two models."""
    whole = csv.read_csv(CREDIT, convert_options=csv.ConvertOptions(null_values=["NA", ""])).slice(0, ROWS)
    table = pa.table(
        {
            "status": whole["Status"],
            "age": whole["Age"],
            "amount_minor": pc.multiply(whole["Amount"], 100),
            "term_months": whole["Time"],
            "income_minor": pc.cast(pc.multiply(whole["Income"], 100), pa.int64()),
        }
    )
    found = train(table, TrainSpec(target="status", positive="bad", folds=2, families=("scorecard", "lightgbm")))
    card, grown = found.documents["scorecard"], found.documents["lightgbm"]
    trees = msgspec.structs.replace(grown, trees=grown.trees[:TREES], scaling=None)  # type: ignore[union-attr]
    words = {one.code: {"en": one.en, "zh-CN": one.zh} for one in found.reasons.values()}
    words["RISK"] = {"en": "The risk is too high.", "zh-CN": "风险过高。"}
    kept = {artefact.key: artefact for artefact in starter_artefacts(folder)}
    policy = next(artefact for artefact in kept.values() if artefact.kind == "policy")
    changed = (
        Artefact.of("model", "card", msgspec.to_builtins(card)),
        Artefact.of("model", "trees", msgspec.to_builtins(trees)),
        Artefact.of("reasons", "of_models", {"reasons": {c: {"customer": w, "internal": w} for c, w in words.items()}}),
        Artefact.of("policy", policy.name, {**policy.body, "flow": [*policy.body["flow"][:-1], *SCORING]}),
    )
    return list((kept | {artefact.key: artefact for artefact in changed}).values())


def scored_process(folder: Path) -> DecisionProcess:
    """The process of a workspace whose live policy asks a scorecard and boosted trees."""
    return released_process(folder, scored_artefacts(folder))


def count_scored(method: str, path: str, reply: Reply) -> Counter[str]:
    """How much of ``reply`` tells the scores of both models, or comes from them, by where it is told."""
    seen: Counter[str] = Counter()
    if reply.status != 200:
        return seen
    match [method, *path.split("/")[2:]]:
        case ["POST", "decisions"]:
            seen["decision"] += _scored(reply.json)
        case ["POST", "decisions", "batch"]:
            seen["decision of a batch"] += sum(_scored(item.get("answer", {})) for item in reply.json["items"])
        case ["GET", "decisions"]:
            seen["decision of a page"] += sum(_scored(one["answer"]) for one in reply.json["decisions"])
        case ["GET", "decisions", _]:
            seen["decision read"] += _scored(reply.json["answer"]) and _scored(reply.json["trail"])
        case ["GET", "decisions", _, "explanation"]:
            seen["explanation"] += _scored(reply.json["answer"]) and _explained(reply.json)
            seen["explanation that disagrees"] += not reply.json["agrees"]
        case ["POST", "decisions", _, "replay"]:
            seen["replay" if reply.json["same"] else "replay that differs"] += 1
        case ["GET", "entities", "person", _, "features"]:
            seen["features"] += bool(reply.json["features"].get("person_applications_30d"))
        case ["GET", "artefacts", _]:
            seen["model read"] += reply.json["kind"] == "model"
        case ["POST", "artefacts"]:
            seen["model pushed"] += any(one["kind"] == "model" for one in reply.json["artefacts"])
        case ["POST", "releases"]:
            seen["release"] += 1
    return seen


def _scored(told: dict[str, Any]) -> bool:
    scores = told.get("scores", {})
    return set(scores) == set(MODELS) and all(0 <= score["probability"] <= 1 for score in scores.values())


def _explained(told: dict[str, Any]) -> bool:
    """Whether the trace says of every input of both models what it added."""
    added = {
        stage["stage"]: {
            one["input"] for one in stage.get("contributions", ()) if isinstance(one["contribution"], float)
        }
        for stage in told["trace"]["stages"]
        if stage["kind"] == "model"
    }
    return all(added.get(model) == set(INPUTS) for model in MODELS)

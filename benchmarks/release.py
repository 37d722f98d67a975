"""The release that the decision and HTTP benchmarks decide by: 120 features, three lists, 250 rules, 300 trees.

Everything follows from a seed. The payments are simulated (``tandem.learn.simulator``); what is measured is speed.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import lightgbm
import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.decisions import ARTEFACT_FOLDERS, DecisionProcess, document_of
from tandem.decide.models import Metadata, ModelInput, Scaling, from_lightgbm
from tandem.kernel.artefacts import Artefact, load_workspace
from tandem.kernel.time import DAY, Micros, format_instant
from tandem.learn.simulator import CardWorld, simulate_card_payments
from tandem.observe.events import parse_event_type
from tandem.observe.features import FeaturePlan, compile_plan, compute_batch, parse_feature_set

LENDER = Path(__file__).parents[1] / "examples" / "lender"
WORLD = CardWorld(
    customers=400, merchants=800, days=40, seed=3, start=Micros(1_420_070_400_000_000)
)  # 2015: worlds follow on each other
_WINDOWS = ["1h", "24h", "7d", "30d"]
CASES_ONE_IN = 20
_RULES = 250
_TREES = 300


def feature_sets() -> list[Artefact]:
    """120 features over card, person, device and merchant: 30 each."""
    made = []
    for entity in ("card", "person", "device", "merchant"):
        other = "merchant" if entity != "merchant" else "card"
        features: list[dict[str, Any]] = [
            {"name": f"{entity}_n_{{window}}", "aggregate": "count", "windows": _WINDOWS},
            {"name": f"{entity}_sum_{{window}}", "aggregate": "sum", "field": "amount_minor", "windows": _WINDOWS},
            {"name": f"{entity}_mean_{{window}}", "aggregate": "mean", "field": "amount_minor", "windows": _WINDOWS},
            {"name": f"{entity}_max_{{window}}", "aggregate": "max", "field": "amount_minor", "windows": _WINDOWS},
            {"name": f"{entity}_{other}s_{{window}}", "aggregate": "distinct", "field": other, "windows": _WINDOWS},
            {"name": f"{entity}_online_{{window}}", "aggregate": "count", "where": "channel = 'online'", "windows": _WINDOWS},
            {"name": f"{entity}_std_{{window}}", "aggregate": "std", "field": "amount_minor", "windows": ["7d", "30d"]},
            {"name": f"{entity}_since_seconds", "aggregate": "time_since", "window": "lifetime"},
            {"name": f"{entity}_zscore_30d", "aggregate": "zscore", "field": "amount_minor", "window": "30d"},
            {"name": f"{entity}_online_share_30d", "aggregate": "share", "where": "channel = 'online'", "window": "30d"},
            {"name": f"{entity}_trend", "aggregate": "trend", "of": {"aggregate": "count"}, "recent": "7d", "window": "28d"},
        ]  # fmt: skip
        body = {"entity": [entity], "events": ["card_payment"], "features": features}
        made.append(Artefact.of("feature_set", f"{entity}_features", body))
    return made


def policy(plan: FeaturePlan, random_: random.Random, *, cases_one_in: int) -> Artefact:
    """Lists, 250 three-condition rules of which a few fire, a model, an outcome; one decision of so many opens a case."""
    numeric = [name for name in plan.names if name.split("_")[1] in {"n", "sum", "max", "merchants", "cards"}]
    rules = []
    for index in range(_RULES):
        one, two = random_.sample(numeric, 2)
        text = f"{one} > {random_.randint(50, 5000) * 1000} AND {two} > {random_.randint(1, 50)} AND country <> 'CN'"
        if index % 50 == 0:
            text = f"{one} >= 1 AND {two} >= 1 AND amount_minor > 100"
        rules.append({"rule": f"rule_{index:03d}", "when": text, "then": "decline", "reason": f"RULE_{index % 10}"})
    body = {
        "event": "card_payment",
        "when_missing": "review",
        "flow": [
            {
                "lists": "known",
                "checks": [
                    {"list": "blocked_people", "of": "person", "then": "decline", "reason": "RULE_0"},
                    {"list": "blocked_devices", "of": "device", "then": "decline", "reason": "RULE_1", "when_missing": "skip"},
                    {"list": "watched_merchants", "of": "merchant", "then": "review", "reason": "RULE_2"},
                ],
            },
            {"rules": "velocity", "when_missing": "skip", "all": rules},
            {"model": "fraud", "probability": "p", "points": "score"},
            {
                "decide": "end",
                "cases": [
                    {"case": "high", "when": "p >= 0.2", "then": "decline", "reason": "RULE_3", "actions": ["open_case"]},
                    {"case": "looked_into", "when": f"amount_minor % {cases_one_in} = 0", "then": "decline",
                     "reason": "RULE_3", "actions": ["open_case"]},
                    {"case": "some", "when": "p >= 0.0005", "then": "decline", "reason": "RULE_4"},
                    {"otherwise": "pass", "then": "approve"},
                ],
            },
        ],
    }  # fmt: skip
    return Artefact.of("policy", "card_payment", body)


def model(plan: FeaturePlan, table: pa.Table) -> Artefact:
    """300 trees of at most 15 leaves and depth 6 on the 120 features and the amount."""
    names = ["amount_minor", *plan.names]
    features = compute_batch(plan, table)
    columns = [table["amount_minor"], *(features[name] for name in plan.names)]
    rows = np.column_stack([np.asarray(column.cast(pa.float64()).fill_null(np.nan)) for column in columns])
    booster = lightgbm.train(
        {"objective": "binary", "num_leaves": 15, "max_depth": 6, "min_data_in_leaf": 20, "learning_rate": 0.05,
         "verbose": -1, "num_threads": 2, "seed": 7, "deterministic": True},
        lightgbm.Dataset(rows, np.asarray(table["fraud"].cast(pa.int8())), feature_name=names),
        num_boost_round=_TREES,
    )  # fmt: skip
    inputs = [ModelInput(name=name, reason=f"RULE_{index % 10}") for index, name in enumerate(names)]
    metadata = Metadata(name="fraud", target="fraud", features_digest=plan.digest)
    document = from_lightgbm(booster, metadata, inputs, scaling=Scaling())
    return Artefact.of("model", "fraud", msgspec.to_builtins(document))


def artefacts(*, cases_one_in: int = CASES_ONE_IN) -> list[Artefact]:
    """The whole release."""
    lender = load_workspace(LENDER, {**ARTEFACT_FOLDERS}).artefacts
    payment = next(one for one in lender.values() if str(one.key) == "event_type/card_payment")
    lists = [one for one in lender.values() if one.kind == "list"]
    sets = feature_sets()
    event_type = parse_event_type(document_of(payment))
    plan = compile_plan([parse_feature_set(document_of(one)) for one in sets], {event_type.name: event_type})
    words = {"en": "A reason.", "zh-CN": "原因。"}
    codes = [*(f"RULE_{index}" for index in range(10)), "INFORMATION_MISSING"]
    reasons = Artefact.of("reasons", "bench", {"reasons": {c: {"customer": words, "internal": words} for c in codes}})
    return [
        payment,
        *lists,
        *sets,
        reasons,
        model(plan, training_table()),
        policy(plan, random.Random(11), cases_one_in=cases_one_in),
    ]


def training_table() -> pa.Table:
    """Simulated payments as an event table, entities as stand-in pseudonyms."""
    payments = simulate_card_payments(WORLD)
    with duckdb.connect() as connection:
        connection.register("payments", payments)
        return connection.execute(
            """SELECT row_number() OVER () AS seq, event_id, 'card_payment' AS event_type, occurred_at,
                      md5('person' || person) AS person, md5('card' || card) AS card, md5('merchant' || merchant) AS merchant,
                      md5('device' || device) AS device, amount_minor, channel, country, fraud FROM payments"""
        ).to_arrow_table()


def publish(process: DecisionProcess) -> None:
    """Push, review and release everything in ``process``."""
    found = artefacts()
    process.push(found, author="bench")
    process.review([one.digest for one in found], approver="bench-reviewer")
    process.release({one.key: one.digest for one in found}, by="bench-reviewer")


@cache
def _rows() -> list[dict[str, Any]]:
    return simulate_card_payments(WORLD).to_pylist()


def documents(count: int, *, start: int = 0) -> list[dict[str, Any]]:
    """Payment documents to decide on: simulated, each with an id of its own."""
    rows = _rows()
    made = []
    for index in range(start, start + count):
        row = rows[index % len(rows)]
        shift = index // len(rows) * WORLD.days * DAY
        at = Micros(int(row["occurred_at"].timestamp()) * 1_000_000 + shift)
        names = ("person", "card", "merchant", "device", "amount_minor", "channel", "country")
        values = {name: row[name] for name in names}
        made.append(
            {
                "event_id": f"bench-{index}",
                "event_type": "card_payment",
                "occurred_at": format_instant(at),
                "values": values,
            }
        )
    return made

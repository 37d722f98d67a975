"""A past for the rolling-back benchmark: payments recorded, then release after release, each of which decides otherwise.

Models, policies, lists and features change in turn; one release has another model of as many trees, one an experiment in force.
Everything is simulated and follows from the benchmark release; what is measured is speed and consistency.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks import release
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Digest
from tandem.kernel.time import SystemClock
from tandem.observe.events import Event

EXPERIMENT = "another_model"


def make(process: DecisionProcess, artefacts: Iterable[Artefact], *, payments: int, releases: int) -> list[Digest]:
    """Record so many payments and make so many releases on top of the one in force; their digests, the first one first."""
    process.record_events(_payments(process, payments))
    live = process.live
    assert live is not None, "the benchmark release is in force"
    made = [live.digest]
    for changes in _history({str(one.key): one for one in artefacts}, releases):
        process.push(changes, author="bench")
        process.review([one.digest for one in changes], approver="bench-reviewer")
        made.append(process.release({one.key: one.digest for one in changes}, by="bench-reviewer"))
    return made


def _payments(process: DecisionProcess, count: int) -> Iterator[Event]:
    live, now = process.live, SystemClock().now()
    assert live is not None, "the benchmark release is in force"
    for document in release.documents(count):
        yield live.reader.read({**document, "event_id": f"past-{document['event_id']}"}, received_at=now)


def _history(first: dict[str, Artefact], releases: int) -> Iterator[list[Artefact]]:
    """What each release changes."""
    policy, model = first["policy/card_payment"], first["model/fraud"]
    other = _other_model(model)
    for number in range(1, releases):
        changes = [_policy(policy, number)]
        if number == releases // 3:
            changes.append(_with_a_feature(first["feature_set/card_features"], "card_n_3d"))
        elif number == releases // 2:
            changes.append(other)
        elif number == 2 * releases // 3:
            challenger = Artefact.of("model", "challenger", _named(other.body, "challenger"))
            changes += [challenger, _experiment(ended=False)]
        elif number == 2 * releases // 3 + 1:
            changes.append(_experiment(ended=True))
        elif number == 3 * releases // 4:
            changes.append(_with_a_feature(first["feature_set/card_features"], "card_n_2d"))
        elif number % 4 == 1:
            changes.append(_list(first["list/watched_merchants"], number))
        yield changes


def _policy(policy: Artefact, number: int) -> Artefact:
    """Another limit of the last case each time, so that no two releases decide alike."""
    body = copy.deepcopy(policy.body)
    body["flow"][-1]["cases"][0]["when"] = f"p >= {0.2 + number / 1_000}"
    return Artefact.of("policy", policy.name, body)


def _other_model(model: Artefact) -> Artefact:
    """As many trees, each leaf at half of its weight: another model, of which every score differs."""
    body = copy.deepcopy(model.body)
    for tree in body["trees"]:
        tree["leaf"] = [value / 2 for value in tree["leaf"]]
    return Artefact.of("model", model.name, body)


def _named(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {**body, "metadata": {**body["metadata"], "name": name}}


def _with_a_feature(features: Artefact, name: str) -> Artefact:
    window = name.rsplit("_", maxsplit=1)[1]
    more = {"name": name, "aggregate": "count", "window": window}
    return Artefact.of(features.kind, features.name, {**features.body, "features": [*features.body["features"], more]})


def _list(definition: Artefact, number: int) -> Artefact:
    return Artefact.of(definition.kind, definition.name, {**definition.body, "description": f"Version {number}"})


def _experiment(*, ended: bool) -> Artefact:
    body = {
        "on": "card_payment",
        "mode": "champion_challenger",
        "unit": "person",
        "arms": [
            {"arm": "champion", "share": 50},
            {"arm": "challenger", "share": 50, "models": {"fraud": "challenger"}},
        ],
        "metric": {"measure": "decline_rate", "better": "lower", "detect": 0.02, "expected": 0.1},
        "ended": ended,
    }
    return Artefact.of("experiment", EXPERIMENT, body)

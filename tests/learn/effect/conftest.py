"""A small workspace that has decided on applications, some of which turned out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_workspace import EVERYTHING, START, go_live, policy
from turned_out_workspace import OUTCOME, OUTCOME_TYPE, decide_forty

from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros
from tandem.learn.effect import Effect, Effects

MORE_FEATURES = Artefact.of(
    "feature_set",
    "person_velocity",
    {
        "entity": ["person"],
        "events": ["application"],
        "features": [{"name": "person_applications_1d", "aggregate": "count", "window": "1d"}],
    },
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(START + 20 * DAY))


@pytest.fixture
def process(tmp_path: Path, clock: FixedClock) -> Iterator[DecisionProcess]:
    one = open_process(Settings(home=tmp_path / "home"), "test", clock=clock, entropy=SeededEntropy(1))
    go_live(one, *EVERYTHING, OUTCOME_TYPE, OUTCOME, MORE_FEATURES)
    yield one
    one.close()


@pytest.fixture
def decided(process: DecisionProcess) -> DecisionProcess:
    """Forty applications of forty people, ages 15 to 54; the first thirty turned out, those under 25 badly."""
    decide_forty(process)
    return process


@pytest.fixture
def draft() -> Callable[..., dict[str, Any]]:
    """The live policy with more rules behind its own."""

    def made(*rules: dict[str, Any], **changes: Any) -> dict[str, Any]:
        document: dict[str, Any] = copy.deepcopy({"policy": "application", **policy().body, **changes})
        document["flow"][1]["all"] += list(rules)
        return document

    return made


@pytest.fixture
def effects(decided: DecisionProcess, clock: FixedClock) -> Effects:
    return Effects(decided, clock=clock)


@pytest.fixture
def ask(effects: Effects) -> Callable[..., Effect]:
    def asked(document: dict[str, Any], **more: Any) -> Effect:
        return effects.preview(document, session="s", **more)

    return asked

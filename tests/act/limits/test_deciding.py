"""What decisions say of an owner is what was decided about them, not about somebody who named them."""

from __future__ import annotations

import msgspec
import pytest
from limit_house import STRATEGY
from small_workspace import APPLICATION, BLOCKED, REASONS, START, VELOCITY, application, go_live, policy

from tandem.act.limits.deciding import decided_of
from tandem.act.limits.reading import parse_limit_strategy
from tandem.act.limits.types import RiskOf
from tandem.decide.decisions import open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import EntityKind, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock

GUARANTOR = {"name": "guarantor", "type": "text", "entity": "person", "data_class": "C2"}
WITH_GUARANTOR = Artefact.of(
    "event_type", "application", {**APPLICATION.body, "fields": [*APPLICATION.body["fields"], GUARANTOR]}
)


@pytest.fixture
def process(tmp_path):
    found = open_process(
        Settings(home=tmp_path / "home"), "test", clock=FixedClock(START + DAY), entropy=SeededEntropy(1)
    )
    go_live(found, WITH_GUARANTOR, VELOCITY, BLOCKED, REASONS, policy())
    yield found
    found.close()


def ages(process, *people, policy="application"):
    """The age that is known of each, by the newest decision."""
    strategy = msgspec.structs.replace(
        parse_limit_strategy({"name": "till_limits", **STRATEGY}),
        risk=RiskOf(policy=policy, score="s"),
        facts={"age": "integer"},
    )
    owners = [process.pseudonyms_of(one)[EntityKind("person")] for one in people]
    found = decided_of(process, strategy, owners, START + DAY)
    return [found[one].facts["age"] for one in owners]


def test_who_is_named_by_anothers_application_is_not_who_was_decided_about(process):
    process.decide_now(application(1, person="mei", age=41))
    process.decide_now(application(2, person="li", age=27, guarantor="mei"))
    assert ages(process, "mei", "li", "nobody") == [41, 27, None]


def test_it_is_so_before_and_after_a_start(process, tmp_path):
    process.decide_now(application(1, person="mei", age=41))
    assert ages(process, "mei") == [41]
    process.decide_now(application(2, person="li", age=27, guarantor="mei"))
    process.decide_now(application(3, person="mei", age=42))
    process.decide_now(application(4, person="li", age=28, guarantor="mei"))
    assert ages(process, "mei", "li") == [42, 28]
    process.close()
    again = open_process(
        Settings(home=tmp_path / "home"), "test", clock=FixedClock(START + DAY), entropy=SeededEntropy(2)
    )
    assert ages(again, "mei", "li") == [42, 28]
    again.close()

"""A release that breaks a limit is taken back by the server itself, once, with the reason in the record."""

from __future__ import annotations

import copy
import threading

import pytest
from http_face import Caller, application, released_process, starter_artefacts

from tandem.faces.api import create_app
from tandem.faces.api.guarding import GUARD
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError

RAIL = {"policy": "application", "minimum": 20, "approval_rate": {"min": 0.5}}


def put_live(process, artefact):
    process.push([artefact], author="ann")
    process.review([artefact.digest], approver="bob")
    return process.release({artefact.key: artefact.digest}, by="bob")


@pytest.fixture
def guarded(tmp_path):
    artefacts = [*starter_artefacts(tmp_path), Artefact.of("guard", "lending", RAIL)]
    process = released_process(tmp_path, artefacts)
    caller = Caller(create_app(process))
    yield process, caller
    caller.close()
    process.close()


def decide(caller, first, count):
    for number in range(first, first + count):
        assert caller("POST", "/v1/decisions", application(f"g-{number}")).status == 200


def test_a_release_that_approves_too_little_is_rolled_back_with_the_reason(guarded):
    process, caller = guarded
    before = process.state.register.live.digest
    rolled_back = threading.Event()
    process.watch_changes(lambda _: rolled_back.set() if process.state.register.activations[-1][2] == GUARD else None)
    policy = process.state.register.version(process.state.live.policy_digests["application"]).artefact
    strict = copy.deepcopy(policy.body)
    strict["flow"][-1] = {"decide": "end", "then": "review", "reason": "LARGE_AMOUNT"}
    put_live(process, Artefact.of("policy", "application", strict))
    decide(caller, 0, 20)
    assert rolled_back.wait(20)
    assert process.state.register.live.digest == before
    assert process.state.register.activations[-1][2] == GUARD
    decide(caller, 20, 20)
    assert process.state.register.live.digest == before


def test_a_release_within_its_limits_stays(guarded):
    process, caller = guarded
    before = process.state.register.activations
    decide(caller, 100, 45)
    assert process.state.register.activations == before


def test_a_guard_on_a_policy_that_is_not_there_is_not_released(guarded):
    process, _ = guarded
    with pytest.raises(DefinitionError, match="not in the release"):
        put_live(process, Artefact.of("guard", "other", {**RAIL, "policy": "aplication"}))

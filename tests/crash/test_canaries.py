"""The harness can fail: mistakes that real systems have made are planted in the worker, and each is found."""

from __future__ import annotations

import pytest
from crash_harness.canaries import CANARIES

_SHORT = ("acknowledge_before_commit", "key_of_the_attempt", "snapshot_behind_its_state")
_KILLS = 5
_ATTEMPTS = 8


def _is_found(crashed, name):
    """Within a bounded number of kills; how many runs it takes depends on where the kills fall."""
    for attempt in range(_ATTEMPTS):
        outcome = crashed(kills=_KILLS, seed=31 + attempt, canary=name, starting=0.0)
        if outcome.found & CANARIES[name].found_as:
            return
    pytest.fail(f"{name} was not found in {_ATTEMPTS} runs of {_KILLS} kills: {outcome.findings[:5]}")


@pytest.mark.parametrize("name", _SHORT)
def test_a_planted_mistake_is_found(crashed, name):
    _is_found(crashed, name)


@pytest.mark.prove
@pytest.mark.parametrize("name", sorted(CANARIES.keys() - set(_SHORT)))
def test_every_other_planted_mistake_is_found(crashed, name):
    _is_found(crashed, name)

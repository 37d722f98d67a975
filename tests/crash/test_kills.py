"""The server is killed again and again under load: nothing acknowledged is lost, doubled or changed."""

from __future__ import annotations

import pytest


def _holds(outcome, kills):
    assert outcome.findings == []
    assert sum(outcome.kills.values()) == kills
    assert sum(one.status == 200 for one in outcome.asked) > kills


def test_no_kill_takes_an_acknowledged_decision_from_sqlite(crashed):
    _holds(crashed(kills=25, seed=1), 25)


@pytest.mark.services
def test_no_kill_takes_an_acknowledged_decision_from_postgresql(crashed, postgres_dsn):
    _holds(crashed(kills=10, seed=2, journal=postgres_dsn), 10)


def _killed_at_its_first_start(crashed, **moment):
    outcome = crashed(kills=1, fresh=True, **moment)
    assert outcome.findings == [], moment
    return outcome.kills["starting"] == 1


def test_a_first_start_killed_before_any_step_can_be_repeated(crashed):
    step = 1
    while _killed_at_its_first_start(crashed, at_step=step, starting=0.0):
        step += 1
    assert step > 10  # key, keys, journal, its lock, heads: each is a file to be made


@pytest.mark.prove
def test_sixty_first_starts_killed_at_random_can_be_repeated(crashed):
    for seed in range(100, 160):
        _killed_at_its_first_start(crashed, seed=seed, starting=1.0)


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_two_hundred_kills_on_sqlite(crashed, seed):
    _holds(crashed(kills=50, seed=seed), 50)


@pytest.mark.prove
@pytest.mark.services
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [21, 22])
def test_fifty_kills_on_postgresql(crashed, postgres_dsn, seed):
    _holds(crashed(kills=25, seed=seed, journal=postgres_dsn), 25)

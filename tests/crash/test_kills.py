"""The server is killed again and again under load: nothing acknowledged is lost, doubled or changed."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("crash")


def _holds(outcome, kills):
    assert outcome.findings == []
    assert sum(outcome.kills.values()) == kills
    assert sum(one.status == 200 for one in outcome.asked) > kills


def test_no_kill_takes_an_acknowledged_decision_from_sqlite(crashed):
    _holds(crashed(kills=25, seed=1), 25)


@pytest.mark.services
def test_no_kill_takes_an_acknowledged_decision_from_postgresql(crashed, postgres_dsn):
    _holds(crashed(kills=10, seed=2, journal=postgres_dsn), 10)


def _is_begun_again(crashed, seeds):
    for seed in seeds:
        outcome = crashed(kills=1, seed=seed, starting=1.0, fresh=True)
        assert outcome.findings == [], seed


def test_a_first_start_that_is_killed_at_any_moment_can_be_repeated(crashed):
    _is_begun_again(crashed, range(51, 57))


@pytest.mark.prove
def test_sixty_first_starts_that_are_killed_can_be_repeated(crashed):
    _is_begun_again(crashed, range(100, 160))


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

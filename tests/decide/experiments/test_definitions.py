"""What an experiment says before it begins, and what it may not say."""

from __future__ import annotations

import pytest
from tried_workspace import experiment

from tandem.decide.experiments import parse_experiment
from tandem.kernel.errors import DefinitionError


def parsed(**changes):
    return parse_experiment({"name": "older", **experiment(**changes).body})


def test_a_definition_is_read_with_its_defaults():
    found = parsed()
    assert found.champion.arm == "champion"
    assert [one.arm for one in found.challengers] == ["challenger"]
    assert (found.metric.alpha, found.metric.power, found.horizon_days) == (0.05, 0.8, 60)


MONEY = {"measure": "loss_per_application", "better": "lower", "detect": 100}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arms": [{"arm": "champion", "share": 100}]}, "arms"),
        ({"arms": [{"arm": "a", "share": 50}, {"arm": "a", "share": 50, "policy": "b"}]}, "arms"),
        ({"arms": [{"arm": "a", "share": 50}, {"arm": "b", "share": 40, "policy": "b"}]}, "arms"),
        ({"arms": [{"arm": "a", "share": 50}, {"arm": "b", "share": 50}]}, "arms[1]"),
        ({"arms": [{"arm": "a", "share": 50, "policy": "x"}, {"arm": "b", "share": 50, "policy": "b"}]}, "arms[0]"),
        ({"mode": "sideways"}, "mode"),
        ({"unit": "cluster"}, "graph"),
        ({"graph": "network"}, "graph"),
        ({"metric": {"measure": "aproval_rate", "better": "higher", "detect": 0.1}}, "metric.measure"),
        ({"metric": {"measure": "approval_rate", "better": "higher", "detect": 0.1}}, "metric.expected"),
        ({"metric": MONEY}, "metric.spread"),
        ({"metric": {"measure": "latency_ms_p99", "better": "lower", "detect": 1, "expected": 0.1}}, "metric.measure"),
        ({"metric": {"measure": "share_of", "better": "lower", "detect": 0.1, "expected": 0.1}}, "metric.of"),
        ({"exposure": {"amount_minor": 100, "currency": "CNX"}}, "exposure.currency"),
        ({"guards": [{"guard": "g", "measure": "bad_rate", "limit": 1}] * 2}, "guards"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_the_field(changes, field):
    with pytest.raises(DefinitionError) as refused:
        parsed(**changes)
    assert (refused.value.code, refused.value.field) == ("invalid_experiment", field)


def test_an_ab_test_may_replace_in_every_arm():
    arms = [{"arm": "a", "share": 50, "policy": "x"}, {"arm": "b", "share": 50, "policy": "y"}]
    assert parsed(mode="ab", arms=arms).champion.replaces

"""Strategies: what does not hold together is named before any limit can move by it, and reasons are told for every step."""

from __future__ import annotations

import pytest
from limit_house import STRATEGY, opened_house, strategy
from small_workspace import go_live

from tandem.act.limits import parse_limit_strategy
from tandem.kernel.errors import DefinitionError


def changed(**parts):
    return {**STRATEGY, "name": "till_limits", **parts}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"steps": [{"step": "stay"}, {"step": "down", "change_bps": -100}]}, "steps"),
        ({"steps": [{"step": "down", "change_bps": -100}, {"step": "up", "change_bps": 100}]}, "steps"),
        ({"grades": [{"grade": "a", "when": "utilisation < 1", "pd": 0.5}]}, "grades"),
        ({"grades": [{"grade": "a", "when": "utilisation < 1", "pd": 0.5}, {"grade": "b", "pd": 0.1}]}, "grades"),
        (
            {"grades": [{"grade": "a", "when": "utilization < 1", "pd": 0.1}, {"grade": "b", "pd": 0.5}]},
            "grades.a.when",
        ),
        ({"rules": [{"rule": "r", "when": "risk > 1", "at_most": "up_third", "reason": "A"}]}, "rules.r.at_most"),
        ({"rules": [{"rule": "r", "when": "risk > 1", "reason": "A"}]}, "rules.r"),
        ({"constraints": {"loss_budget_bps": 1, "affordability": "utilisation < 1"}}, "constraints.affordability"),
        ({"facts": {"income": "integer"}}, "facts"),
        ({"facts": {"risk": "double"}, "risk": {"policy": "p", "score": "s"}}, "facts.risk"),
        ({"hold_out": {"share": 0.9, "salt": "x"}}, "hold_out.share"),
        ({"notice": 3}, None),
    ],
)
def test_what_does_not_hold_together_is_named(parts, field):
    with pytest.raises(DefinitionError) as refused:
        parse_limit_strategy(changed(**parts))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"product": "till"}, "product"),
        ({"risk": {"policy": "other", "score": "s"}}, "risk.policy"),
        ({"bound_reason": "NOT_THERE"}, "reason"),
    ],
)
def test_a_release_is_refused_whose_strategy_leans_on_what_is_not_there(tmp_path, parts, field):
    house = opened_house(tmp_path / "home", accounts=0)
    try:
        before = [one for one in house.process.live.carried if one.kind == "product"]
        with pytest.raises(DefinitionError) as refused:
            go_live(house.process, *before, strategy(**parts))
        named = refused.value.errors[0] if refused.value.errors else refused.value
        assert named.field == field or field in str(refused.value)
    finally:
        house.process.close()


def test_every_move_has_a_reason_that_its_owner_can_be_told(house):
    review, _ = house.limits.propose("till_limits", by="ann")
    lines = house.limits.look(lambda every: [one.line for one in every.named(review).lines.values()])
    assert lines
    known = house.process.live.catalogue.reasons
    assert all(one.reasons and set(one.reasons) <= set(known) for one in lines)
    assert {one.reasons[0] for one in lines if one.kind == "freeze"} == {"PAID_LATE"}
    assert {one.reasons[0] for one in lines if one.kind == "increase"} == {"PAYS_WELL"}


def test_an_increase_that_is_not_affordable_any_more_when_it_is_consented_to_lapses(house):
    review, _ = house.limits.propose("till_limits", by="ann")
    house.limits.agree(review, by="bob")
    account = house.limits.look(
        lambda every: next(one for one, line in every.named(review).lines.items() if line.state == "offered")
    )
    house.lending.reverse(account, "tv", "p", key="came back", by="bank")
    house.limits.answer(review, account, consents=True, by="app")
    line = house.limits.look(lambda every: every.line(review, account))
    assert (line.state, line.why) == ("lapsed", "not_affordable")
    assert house.lending.account(account).limit_minor == 300_000

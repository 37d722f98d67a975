from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tandem.kernel.errors import InvalidInput, NotFound
from tandem.kernel.time import DAY
from tandem.learn.simulator import (
    APPLICATION,
    ATTACK_KINDS,
    MOVEMENT,
    TRANSFER,
    Adaptive,
    ApplicationWorld,
    BustOut,
    SlowDrip,
    Town,
    attack_kind,
    honest_applications,
    simulate_applications,
    simulate_movements,
    simulate_transfers,
    stage_of,
)

WORLD = ApplicationWorld(customers=4_000, days=40)
SIMULATE = {APPLICATION: simulate_applications, MOVEMENT: simulate_movements, TRANSFER: simulate_transfers}
TOLD_AT_ONCE = [kind for kind in ATTACK_KINDS.values() if not kind.interactive]


def simulated(kind, *, disguise=None, world=WORLD):
    attack = kind.make(kind.intensity, kind.disguise if disguise is None else disguise)
    return SIMULATE[kind.event](world, [attack], from_day=10)


def attempts_of(table):
    return table.filter(pc.not_equal(table["attack"], ""))


def largest_share(table, identifiers):
    """Most events on one value of any of the identifiers."""
    return max(max(Counter(table[name].drop_null().to_pylist()).values()) for name in identifiers)


@pytest.mark.parametrize("kind", TOLD_AT_ONCE, ids=lambda kind: kind.kind)
def test_an_attack_follows_from_its_seed_and_keeps_to_its_time(kind):
    table = simulated(kind)
    assert simulated(kind).equals(table)
    made = attempts_of(table)
    at = made["occurred_at"].cast(pa.int64()).to_numpy()
    assert at.min() >= WORLD.start + 10 * DAY
    assert at.max() < WORLD.start + WORLD.days * DAY
    assert set(made["attack"].to_pylist()) == {kind.kind}


@pytest.mark.parametrize("kind", TOLD_AT_ONCE, ids=lambda kind: kind.kind)
def test_intensity_is_the_share_of_what_honest_people_do_meanwhile(kind):
    table = simulated(kind)
    honest = table.filter(pc.equal(table["attack"], ""))
    inside = (honest["occurred_at"].cast(pa.int64()).to_numpy() >= WORLD.start + 10 * DAY).sum()
    assert pc.sum(table["fraud"]).as_py() == pytest.approx(kind.intensity * inside, rel=0.25)


@pytest.mark.parametrize(
    ("name", "identifiers"),
    [
        ("mass_application", ["device", "address", "ip"]),
        ("account_takeover", ["device", "address"]),
        ("promotion_abuse", ["device", "address", "contact"]),
        ("synthetic_identity", ["device", "card"]),
        ("group_loan", ["contact", "card"]),
    ],
)
def test_disguise_takes_away_what_is_shared(name, identifiers):
    kind = ATTACK_KINDS[name]
    open_one, hidden = (attempts_of(simulated(kind, disguise=value)) for value in (0.0, 1.0))
    assert largest_share(open_one, identifiers) > largest_share(hidden, identifiers)


def test_a_takeover_buys_in_the_name_of_known_customers_from_things_they_never_had():
    table = simulated(ATTACK_KINDS["account_takeover"])
    made, honest = attempts_of(table), table.filter(pc.equal(table["attack"], ""))
    assert not set(made["device"].to_pylist()) & set(honest["device"].to_pylist())
    town = Town.settle(WORLD)
    assert len(set(made["person"].to_pylist())) <= len(town.person)
    assert set(made["phone"].to_pylist()) & set(honest["phone"].to_pylist())


def test_what_a_coupon_army_takes_is_the_coupon():
    made = attempts_of(simulated(ATTACK_KINDS["promotion_abuse"]))
    assert made["loss_minor"].equals(made["coupon_minor"])
    assert pc.min(made["coupon_minor"]).as_py() > 0


def test_a_sleeper_repays_small_purchases_before_the_bust():
    table = simulate_applications(WORLD, [BustOut(intensity=0.05)], from_day=10)
    made = attempts_of(table)
    good, bad = made.filter(pc.invert(made["fraud"])), made.filter(made["fraud"])
    assert set(bad["person"].to_pylist()) == set(good["person"].to_pylist())
    assert pc.sum(good["loss_minor"]).as_py() == 0
    assert pc.mean(bad["amount_minor"]).as_py() > 3 * pc.mean(good["amount_minor"]).as_py()
    assert pc.max(good["occurred_at"]).as_py() <= pc.min(bad["occurred_at"]).as_py()


def test_a_slow_drip_uses_no_device_twice_within_a_day():
    table = simulate_applications(WORLD, [SlowDrip(intensity=0.02, camouflage=0.0)], from_day=10)
    made = attempts_of(table)
    last: dict[str, object] = {}
    for device, at in zip(made["device"].to_pylist(), made["occurred_at"].to_pylist(), strict=True):
        if device in last:
            assert (at - last[device]).total_seconds() > 86_400
        last[device] = at
    assert len(last) < made.num_rows, "devices are used again"


def test_money_passes_from_mule_to_mule_and_is_lost_once():
    made = attempts_of(simulated(ATTACK_KINDS["mule_chain"]))
    chain = made.filter(pc.equal(made["ring"], made["ring"][0]))
    roles = Counter(chain["role"].to_pylist())
    assert roles["victim_account"] > 1
    assert roles["mule"] > 1
    lost = pc.sum(chain["loss_minor"]).as_py()
    victims = chain.filter(pc.equal(chain["role"], "victim_account"))
    assert lost == pc.sum(victims["amount_minor"]).as_py()
    assert set(victims["counterparty"].to_pylist()) <= set(chain["account"].to_pylist()), "it is sent on from there"


def played(*, approves, intensity=0.08):
    """An adaptive attacker against a lender that approves by ``approves(amount, users of the device so far)``."""
    town = Town.settle(WORLD)
    attacker = Adaptive(intensity=intensity, camouflage=0.0).attacker(stage_of(town, honest_applications(town), 10))
    users: Counter[int] = Counter()
    amounts = []
    while (made := attacker.attempt()) is not None:
        amount, device = int(made["amount_minor"][0]), int(made["device"][0])
        amounts.append(amount)
        ok = approves(amount, users[device])
        users[device] += 1
        attacker.told(approved=ok)
    return {lever.lever: lever for lever in attacker.levers}, amounts


def test_an_adaptive_attacker_finds_the_threshold_it_was_never_told():
    levers, _ = played(approves=lambda amount, _: amount <= 2_000_000)
    assert 1_600_000 <= levers["amount_minor"].passes <= 2_200_000
    assert levers["amount_minor"].stopped is not None


def test_an_adaptive_attacker_learns_how_many_a_device_may_carry():
    levers, _ = played(approves=lambda _, users: users < 4)
    assert 3 <= levers["applicants_a_device"].passes <= 4


def test_an_adaptive_attacker_begins_modestly_and_asks_for_more_where_nobody_stops_it():
    _, amounts = played(approves=lambda *_: True)
    assert amounts[0] < 4_000_000
    assert np.mean(amounts[-20:]) > np.mean(amounts[:3])


def test_every_kind_says_what_it_is_in_both_languages():
    for kind in ATTACK_KINDS.values():
        assert all(kind.title)
        assert all(kind.words)
        assert kind.title[0] != kind.title[1]


def test_an_unknown_kind_is_refused_with_the_near_one():
    with pytest.raises(NotFound) as refused:
        attack_kind("bustout")
    assert "bust_out" in (refused.value.hint or "")


@pytest.mark.parametrize("kind", ATTACK_KINDS.values(), ids=lambda kind: kind.kind)
def test_a_disguise_over_one_is_refused(kind):
    with pytest.raises(InvalidInput):
        kind.make(0.02, 1.5)

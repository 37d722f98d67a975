from __future__ import annotations

import pyarrow.compute as pc
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.learn.simulator import CardWorld, simulate_card_payments

WORLD = CardWorld(
    customers=200, merchants=300, days=40, takeovers_per_day=0.5, compromised_per_day=0.3, bursts_per_day=0.5
)


@pytest.fixture(scope="module")
def payments():
    return simulate_card_payments(WORLD)


def test_the_same_seed_makes_the_same_world(payments):
    assert simulate_card_payments(WORLD).equals(payments)


def test_another_seed_makes_another_world(payments):
    assert not simulate_card_payments(
        CardWorld(**{**{f: getattr(WORLD, f) for f in WORLD.__struct_fields__}, "seed": 8})
    ).equals(payments)


def test_payments_come_in_order_of_time_with_ids_of_their_own(payments):
    at = payments["occurred_at"].to_pylist()
    assert at == sorted(at)
    assert len(pc.unique(payments["event_id"])) == len(payments)


def test_every_kind_of_fraud_occurs_and_is_rare(payments):
    counts = {row["values"]: row["counts"] for row in pc.value_counts(payments["scenario"]).to_pylist()}
    assert set(counts) == {"", "takeover", "compromised_merchant", "card_testing"}
    assert 0.001 < 1 - counts[""] / len(payments) < 0.1


def test_the_fraud_flag_is_the_scenario(payments):
    assert pc.all(pc.equal(payments["fraud"], pc.not_equal(payments["scenario"], ""))).as_py()


def test_a_takeover_uses_a_device_of_its_own_and_larger_amounts(payments):
    taken = payments.filter(pc.equal(payments["scenario"], "takeover"))
    honest = payments.filter(pc.equal(payments["scenario"], ""))
    assert not set(taken["device"].to_pylist()) & set(honest["device"].to_pylist())
    assert pc.mean(taken["amount_minor"]).as_py() > 2 * pc.mean(honest["amount_minor"]).as_py()


def test_a_world_without_customers_is_refused():
    with pytest.raises(InvalidInput) as refused:
        CardWorld(customers=0)
    assert refused.value.field == "customers"

"""Online = batch = reference = compiled = the oracle, on streams made to break them."""

from functools import cache

import feature_oracle
import feature_streams
import pytest
from feature_runs import KERNELS, batch, disagreements, online
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.observe.features import Aggregate, OnlineFeatures, compile_plan, compiled_module

PLAN = compile_plan(feature_streams.every_operator(), feature_streams.EVENT_TYPES)


def test_the_streams_of_every_host_hold_every_aggregate():
    assert {PLAN.feature(name).aggregate for name in PLAN.names} == set(Aggregate)


@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("seed", range(3))
def test_every_operator_agrees_with_the_oracle(compiled, seed):
    events, expected = oracle_of(seed)
    assert disagreements(PLAN, online(PLAN, events, compiled), expected) == []


@cache
def oracle_of(seed, count=100):
    events = feature_streams.make_events(seed, count)
    return events, feature_oracle.Oracle(PLAN, feature_streams.as_table(events)).features()


@pytest.mark.prove
@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("seed", range(100, 160))
def test_every_operator_agrees_with_the_oracle_at_length(compiled, seed):
    events, expected = oracle_of(seed, 400)
    assert disagreements(PLAN, online(PLAN, events, compiled), expected) == []


@pytest.mark.parametrize("compiled", KERNELS)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 80), keys=st.integers(1, 4))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_batch_gives_what_online_gave(compiled, seed, count, keys):
    events = feature_streams.make_events(seed, count, keys=keys)
    assert batch(PLAN, feature_streams.as_table(events), compiled) == online(PLAN, events, False)


@pytest.mark.compiled
@pytest.mark.skipif(not compiled_module(), reason="no compiler built the kernel")
@given(seed=st.integers(0, 2**32), count=st.integers(1, 150), keys=st.integers(1, 5))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_compiled_kernel_is_the_reference_to_the_bit(seed, count, keys):
    events = feature_streams.make_events(seed, count, keys=keys)
    hosts = [OnlineFeatures(PLAN, compiled=compiled) for compiled in (False, True)]
    for seq, event in enumerate(events, 1):
        plain, fast = (host.observe(event, seq) for host in hosts)
        assert list(map(repr, plain)) == list(map(repr, fast))
        assert [hosts[0].missing(name) for name in PLAN.names] == [hosts[1].missing(name) for name in PLAN.names]
    assert hosts[0].snapshot() == hosts[1].snapshot()

"""What a batch leaves is what the online host would have become, to the byte; and it goes on from there."""

import feature_streams as streams
import pytest
from feature_runs import KERNELS, online
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.kernel.errors import InvalidInput
from tandem.observe.features import OnlineFeatures, bootstrap_snapshot, compile_plan, parse_feature_set

PLAN = compile_plan(streams.every_operator(), streams.EVENT_TYPES)


@pytest.mark.parametrize("compiled", KERNELS)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 120), part=st.floats(0, 1))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_batch_up_to_any_point_hands_over_to_the_online_host(compiled, seed, count, part):
    events = streams.make_events(seed, count)
    cut = int(part * count)
    whole = OnlineFeatures(PLAN, compiled=compiled)
    vectors = [whole.observe(event, seq) for seq, event in enumerate(events, 1)]
    begun = OnlineFeatures.restore(
        PLAN, bootstrap_snapshot(PLAN, streams.as_table(events).slice(0, cut), compiled=compiled), compiled=compiled
    )
    assert begun.last_seq == cut
    after = [begun.observe(event, seq) for seq, event in enumerate(events[cut:], cut + 1)]
    assert after == vectors[cut:]
    assert begun.snapshot() == whole.snapshot()


@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("seed", range(3))
def test_the_bytes_are_those_of_the_online_host(compiled, seed):
    events = streams.make_events(seed, 150, keys=6)
    host = OnlineFeatures(PLAN, compiled=False)
    for seq, event in enumerate(events, 1):
        host.observe(event, seq)
    assert bootstrap_snapshot(PLAN, streams.as_table(events), compiled=compiled) == host.snapshot()


@pytest.mark.parametrize("compiled", KERNELS)
def test_no_events_leave_an_empty_state(compiled):
    table = streams.as_table(streams.make_events(1, 5)).slice(0, 0)
    assert bootstrap_snapshot(PLAN, table, compiled=compiled) == OnlineFeatures(PLAN).snapshot()


def test_an_entity_that_is_no_pseudonym_is_named():
    plan = compile_plan(
        [
            parse_feature_set({
                "name": "one", "entity": "device", "events": ["page_visit"],
                "features": [{"name": "n", "aggregate": "count", "window": "1h"}],
            })
        ],
        streams.EVENT_TYPES,
    )  # fmt: skip
    table = streams.as_table([streams.event(1, streams.VISIT, streams.START, {"device": "d-7", "person": None})])
    with pytest.raises(InvalidInput) as caught:
        bootstrap_snapshot(plan, table)
    assert caught.value.field == "device"


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_key_travels_alone_between_kernels(compiled):
    events = streams.make_events(4, 120)
    vectors = online(PLAN, events, compiled)
    first = OnlineFeatures(PLAN, compiled=compiled)
    for seq, event in enumerate(events[:60], 1):
        first.observe(event, seq)
    second = OnlineFeatures(PLAN, compiled=compiled)
    for track in range(len(PLAN.tracks)):
        for key in first.keys(track):
            second.put_key(track, key, first.key_state(track, key))
    second.last_seq = first.last_seq
    second.texts.update(first.texts)
    assert second.snapshot() == first.snapshot()
    assert [second.observe(event, seq) for seq, event in enumerate(events[60:], 61)] == vectors[60:]


@pytest.mark.parametrize("compiled", KERNELS)
def test_what_was_forgotten_leaves_nothing(compiled):
    host = OnlineFeatures(PLAN, compiled=compiled)
    events = streams.make_events(5, 60)
    before = [host.observe(event, seq) for seq, event in enumerate(events, 1)]
    host.forget_all()
    assert all(not host.keys(track) for track in range(len(PLAN.tracks)))
    assert host.key_state(0, bytes(16)) is None
    assert [host.observe(event, seq) for seq, event in enumerate(events, 1)] == before

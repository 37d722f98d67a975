"""A snapshot at any point, from either kernel, read by either, then on: as if nothing had happened."""

import feature_streams as streams
import pytest
from feature_runs import KERNELS, online
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.kernel.errors import Conflict, IntegrityError
from tandem.observe.features import OnlineFeatures, compile_plan, compiled_module, parse_feature_set

PLAN = compile_plan(streams.every_operator(), streams.EVENT_TYPES)


@pytest.mark.parametrize("compiled", KERNELS)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 120), part=st.floats(0, 1))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_cut_at_any_point_changes_nothing(compiled, seed, count, part):
    events = streams.make_events(seed, count)
    cut = int(part * count)
    whole = OnlineFeatures(PLAN, compiled=compiled)
    vectors = [whole.observe(event, seq) for seq, event in enumerate(events, 1)]
    first = OnlineFeatures(PLAN, compiled=compiled)
    before = [first.observe(event, seq) for seq, event in enumerate(events[:cut], 1)]
    second = OnlineFeatures.restore(PLAN, first.snapshot(), compiled=compiled)
    assert second.last_seq == cut
    after = [second.observe(event, seq) for seq, event in enumerate(events[cut:], cut + 1)]
    assert before + after == vectors
    assert second.snapshot() == whole.snapshot()


@pytest.mark.compiled
@pytest.mark.skipif(not compiled_module(), reason="no compiler built the kernel")
@pytest.mark.parametrize("seed", range(3))
def test_either_kernel_goes_on_from_the_others_snapshot(seed):
    events = streams.make_events(seed, 120)
    vectors = online(PLAN, events, False)
    for first, second in ((False, True), (True, False)):
        host = OnlineFeatures(PLAN, compiled=first)
        for seq, event in enumerate(events[:60], 1):
            host.observe(event, seq)
        taken_over = OnlineFeatures.restore(PLAN, host.snapshot(), compiled=second)
        assert [taken_over.observe(event, seq) for seq, event in enumerate(events[60:], 61)] == vectors[60:]


@pytest.mark.parametrize("compiled", KERNELS)
class TestRefusals:
    def test_a_snapshot_of_another_plan_is_refused(self, compiled):
        other = parse_feature_set({
            "name": "other", "entity": "device", "events": ["loan_application"],
            "features": [{"name": "n", "aggregate": "count", "window": "1h"}],
        })  # fmt: skip
        data = OnlineFeatures(PLAN, compiled=compiled).snapshot()
        with pytest.raises(Conflict) as caught:
            OnlineFeatures.restore(compile_plan([other], streams.EVENT_TYPES), data, compiled=compiled)
        assert caught.value.code == "plan_changed"

    @pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other"])
    def test_a_damaged_snapshot_is_refused(self, compiled, damage):
        host = OnlineFeatures(PLAN, compiled=compiled)
        for seq, event in enumerate(streams.make_events(1, 30), 1):
            host.observe(event, seq)
        data = bytearray(host.snapshot())
        data[len(data) // 2] ^= 1
        harmed = {"flip": bytes(data), "cut": bytes(data[:-100]), "empty": b"", "other": b"PK\x03\x04" * 40}[damage]
        with pytest.raises(IntegrityError):
            OnlineFeatures.restore(PLAN, harmed, compiled=compiled)

    def test_state_that_ends_too_early_is_refused_by_the_kernel_itself(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        for seq, event in enumerate(streams.make_events(1, 30), 1):
            host.observe(event, seq)
        snapshot = host.snapshot()
        from tandem.observe.features.snapshots import pack_snapshot, unpack_snapshot

        last_seq, texts, state = unpack_snapshot(PLAN.digest, snapshot)
        for broken in (state[:-3], state + b"\0"):
            with pytest.raises(IntegrityError):
                OnlineFeatures.restore(PLAN, pack_snapshot(PLAN.digest, last_seq, texts, broken), compiled=compiled)


def test_the_state_of_a_key_does_not_grow_beyond_its_windows():
    plan = compile_plan(
        [
            parse_feature_set({
                "name": "bounded", "entity": "device", "events": ["loan_application"], "lateness": "1m",
                "features": [
                    {"name": "n", "aggregate": "count", "window": "1h"},
                    {"name": "t", "aggregate": "sum", "field": "amount_minor", "window": "1d", "hop": "1h"},
                    {"name": "all", "aggregate": "mean", "field": "amount_minor", "window": "lifetime"},
                ],
            })
        ],
        streams.EVENT_TYPES,
    )  # fmt: skip
    host = OnlineFeatures(plan)
    sizes = []
    for number in range(4000):
        values = dict.fromkeys(one.name for one in streams.EVENT_TYPES[streams.APPLICATION].fields)
        values |= {"device": streams.pseudonym("device", 1), "amount_minor": number}
        event = streams.event(number, streams.APPLICATION, streams.START + number * 60_000_000, values)
        host.observe(event, number + 1)
        if number in {2000, 3999}:
            sizes.append(len(host.snapshot()))
    assert abs(sizes[1] - sizes[0]) < 200

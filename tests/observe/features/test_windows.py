"""The as-of semantics, one sentence at a time, on the smallest streams that show it."""

import feature_streams as streams
import pytest
from feature_runs import KERNELS, online
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.time import DAY, HOUR, MINUTE, SECOND
from tandem.observe.features import compile_plan, parse_feature_set, windows

T = streams.START


def plan_of(*features, lateness="1d", **header):
    document = {"name": "one", "entity": "device", "events": ["loan_application"], "lateness": lateness, **header}
    return compile_plan([parse_feature_set(document | {"features": list(features)})], streams.EVENT_TYPES)


def applications(*rows):
    """(time, values) or (time, values, id of the superseded) on one device."""
    made = []
    for number, row in enumerate(rows):
        values = dict.fromkeys(one.name for one in streams.EVENT_TYPES[streams.APPLICATION].fields)
        values |= {"device": streams.pseudonym("device", 1), **(row[1] if len(row) > 1 else {})}
        made.append(streams.event(number, streams.APPLICATION, row[0], values, row[2] if len(row) > 2 else None))
    return made


def values_of(plan, compiled, *rows):
    return [vector[0] for vector in online(plan, applications(*rows), compiled)]


COUNT_1H = {"name": "n", "aggregate": "count", "window": "1h"}
SUM_1D = {"name": "s", "aggregate": "sum", "field": "amount_minor", "window": "1d"}


@pytest.mark.parametrize("compiled", KERNELS)
class TestVisibility:
    def test_a_window_is_open_at_its_far_end_and_closed_at_the_event(self, compiled):
        assert values_of(plan_of(COUNT_1H), compiled, (T,), (T + HOUR - 1,), (T + HOUR,)) == [1, 2, 2]

    def test_ties_are_seen_in_the_order_of_the_journal(self, compiled):
        assert values_of(plan_of(COUNT_1H), compiled, (T,), (T,), (T,)) == [1, 2, 3]

    def test_the_event_itself_is_left_out_where_the_definition_says_so(self, compiled):
        plan = plan_of(COUNT_1H | {"include_self": False})
        assert values_of(plan, compiled, (T,), (T,), (T + 1,)) == [0, 1, 2]

    def test_a_late_event_reads_the_window_that_ends_at_its_own_time(self, compiled):
        assert values_of(plan_of(COUNT_1H), compiled, (T,), (T + 2 * HOUR,), (T + MINUTE,)) == [1, 1, 2]

    def test_a_late_event_is_seen_by_those_that_come_after_it_only(self, compiled):
        rows = [(T,), (T + 10 * MINUTE,), (T + 5 * MINUTE,), (T + 11 * MINUTE,)]
        assert values_of(plan_of(COUNT_1H), compiled, *rows) == [1, 2, 2, 4]

    def test_an_event_dated_ahead_is_not_seen_by_earlier_times(self, compiled):
        assert values_of(plan_of(COUNT_1H), compiled, (T + HOUR,), (T,), (T + 2,)) == [1, 1, 2]

    def test_a_corrected_event_stops_being_seen_by_its_correction_and_later(self, compiled):
        rows = [(T, {"amount_minor": 5}), (T + 1, {"amount_minor": 7}, "e0"), (T + 2, {"amount_minor": 1})]
        assert values_of(plan_of(SUM_1D), compiled, *rows) == [5, 7, 8]

    def test_a_second_correction_of_the_same_event_takes_nothing_more(self, compiled):
        rows = [(T,), (T,), (T, {}, "e0"), (T, {}, "e0")]
        assert values_of(plan_of(COUNT_1H), compiled, *rows) == [1, 2, 2, 3]

    def test_correcting_an_unknown_event_changes_nothing(self, compiled):
        assert values_of(plan_of(COUNT_1H), compiled, (T,), (T, {}, "never sent")) == [1, 2]

    def test_an_event_too_late_for_an_exact_answer_gets_none_but_is_counted(self, compiled):
        plan = plan_of(COUNT_1H | {"window": "2h"}, lateness="1h")
        rows = [(T,), (T + 2 * HOUR,), (T + HOUR - 1,), (T + HOUR,), (T + 2 * HOUR,)]
        assert values_of(plan, compiled, *rows) == [1, 1, None, 3, 4]

    def test_a_settled_row_stays_in_lifetime_totals_when_corrected(self, compiled):
        plan = plan_of({"name": "s", "aggregate": "sum", "field": "amount_minor", "window": "lifetime"}, lateness="1h")
        settled = [(T, {"amount_minor": 5}), (T + HOUR, {"amount_minor": 1}), (T + HOUR, {"amount_minor": 1}, "e0")]
        fresh = [(T + 1, {"amount_minor": 5}), (T + HOUR, {"amount_minor": 1}), (T + HOUR, {"amount_minor": 1}, "e0")]
        assert values_of(plan, compiled, *settled) == [5, 6, 7]
        assert values_of(plan, compiled, *fresh) == [5, 6, 2]

    def test_tiles_cover_the_far_end_of_the_window_and_a_little_more(self, compiled):
        exact, tiled = COUNT_1H, COUNT_1H | {"name": "t", "mode": "tiled", "hop": "10m"}
        start = T // DAY * DAY
        rows = [(start + MINUTE,), (start + 9 * MINUTE,), (start + 65 * MINUTE,)]
        assert values_of(plan_of(exact), compiled, *rows) == [1, 2, 2]
        assert values_of(plan_of(tiled), compiled, *rows) == [1, 2, 3]


@pytest.mark.parametrize("compiled", KERNELS)
class TestNumbers:
    def test_nothing_in_the_window_is_zero_for_count_sum_and_distinct_and_none_for_the_rest(self, compiled):
        where = {"where": "channel = 'none'", "window": "1d"}
        field = {"field": "amount_minor"}
        plan = plan_of(
            {"name": "a", "aggregate": "count", **where},
            *({"name": kind, "aggregate": kind, **field, **where} for kind in
              ("sum", "distinct", "mean", "min", "max", "std", "first", "last")),
            {"name": "t_seconds", "aggregate": "time_since", **where},
        )  # fmt: skip
        assert online(plan, applications((T,)), compiled) == [[0, 0, 0, None, None, None, None, None, None, None]]

    def test_a_sum_outside_64_bits_is_none_and_comes_back_when_it_fits(self, compiled):
        big = 2**63 - 1
        rows = [(T, {"amount_minor": big}), (T + HOUR, {"amount_minor": 1}), (T + DAY + MINUTE, {"amount_minor": 2})]
        assert values_of(plan_of(SUM_1D), compiled, *rows) == [big, None, 3]

    def test_nulls_are_skipped_by_sums_and_counted_by_count(self, compiled):
        plan = plan_of(COUNT_1H, SUM_1D, {"name": "m", "aggregate": "mean", "field": "amount_minor", "window": "1d"})
        assert online(plan, applications((T, {"amount_minor": 4}), (T,)), compiled)[1] == [2, 4, 4.0]

    def test_a_distinct_count_stops_at_its_cap(self, compiled):
        plan = plan_of({"name": "d", "aggregate": "distinct", "field": "amount_minor", "window": "1d", "cap": 2})
        rows = [(T + i, {"amount_minor": i}) for i in range(4)]
        assert values_of(plan, compiled, *rows) == [1, 2, 2, 2]

    def test_time_since_is_whole_seconds_before_this_event(self, compiled):
        plan = plan_of({"name": "gap_seconds", "aggregate": "time_since", "window": "1d"})
        rows = [(T,), (T,), (T + 2 * SECOND - 1,), (T + 4 * SECOND,)]
        assert values_of(plan, compiled, *rows) == [None, 0, 1, 2]

    def test_a_deviation_of_equal_values_is_zero_and_a_z_score_of_it_none(self, compiled):
        plan = plan_of(
            {"name": "s", "aggregate": "std", "field": "amount_minor", "window": "1d"},
            {"name": "z", "aggregate": "zscore", "field": "amount_minor", "window": "1d"},
        )
        vectors = online(plan, applications(*[(T + i, {"amount_minor": 10**15}) for i in range(4)]), compiled)
        assert vectors == [[None, None], [0.0, None], [0.0, None], [0.0, None]]

    def test_floats_are_summed_exactly_however_many_came_and_went(self, compiled):
        plan = plan_of({"name": "s", "aggregate": "sum", "field": "score", "window": "1m"}, lateness="0s")
        rows = [(T + i * SECOND, {"score": 1e15 + 0.1 if i % 2 else -1e15}) for i in range(3000)]
        rows += [(T + DAY, {"score": 0.1}), (T + DAY, {"score": 0.2})]
        assert values_of(plan, compiled, *rows)[-1] == 0.1 + 0.2


@given(t=st.integers(-(10**18), 10**18), window=st.integers(1, 10**14), hop=st.integers(1, 10**12))
def test_a_tiled_window_holds_the_exact_one_and_less_than_a_hop_more(t, window, hop):
    exact, tiled = windows.oldest(t, window, None), windows.oldest(t, window, hop)
    assert exact - hop < tiled <= exact
    assert (tiled + 1) % hop == 0


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=30))
def test_float_sums_do_not_depend_on_order(values):
    units = sum(windows.exact_units(value) for value in values)
    assert sum(windows.exact_units(value) for value in reversed(values)) == units
    total = windows.rounded_units(units)
    assert total is None or abs(total) < float("inf")

"""A move taken apart: the parts sum to the whole, mix and rate mean what they say, and nothing is claimed of a median."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import parse_instant
from tandem.observe.metrics import MetricCentre, parse_metric, parts_of
from tandem.observe.metrics.contributing import Cell, Parts, change_of


def metric(expression, **more):
    return parse_metric(
        {
            "name": "measured",
            "title": "t",
            "description": "d",
            "table": "application",
            "expression": expression,
            "time": "occurred_at",
            "dimensions": ["channel", "approved"],
            **more,
        }
    )


RATIO = Parts(shape="ratio", amount="n", base="d")
ADDITIVE = Parts(shape="additive", amount="n")


@pytest.mark.parametrize(
    ("expression", "shape"),
    [
        ("count(*)", "additive"),
        ("sum(score) filter (where approved) - count(*)", "additive"),
        ("count(*) filter (where approved) / count(*)", "ratio"),
        ("avg(score)", "ratio"),
        ("avg(score) filter (where approved)", "ratio"),
        ("count(distinct channel)", "neither"),
        ("median(score)", "neither"),
        ("max(score)", "neither"),
        ("count(distinct channel) / count(*)", "neither"),
        ("sum(score) / 100", "neither"),
        ("cast(sum(score) as integer)", "neither"),
    ],
)
def test_an_expression_says_whether_its_parts_add_up(expression, shape):
    assert parts_of(metric(expression)).shape == shape


def cells(segments):
    """Segment to (amount then, base then, amount now, base now)."""
    found = []
    for value, (then, base_then, now, base_now) in segments.items():
        found += [
            Cell(value=value, now=False, amount=then, base=base_then),
            Cell(value=value, now=True, amount=now, base=base_now),
        ]
    return found


def test_a_segment_that_only_grew_is_mix():
    # web approves half and app nine tenths, before and after; there is more of app now
    change = change_of(RATIO, "channel", cells({"web": (50, 100, 25, 50), "app": (90, 100, 135, 150)}))
    assert change.then == 0.7
    assert change.now == 0.8
    assert [part.rate for part in change.parts] == [0, 0]
    assert math.isclose(sum(part.mix for part in change.parts), 0.1)


def test_a_segment_that_only_became_other_is_rate():
    change = change_of(RATIO, "channel", cells({"web": (50, 100, 40, 100), "app": (90, 100, 90, 100)}))
    web, app = change.parts
    assert (web.value, web.mix) == ("web", 0)
    assert math.isclose(web.rate, -0.05)
    assert app.added == 0


def test_a_segment_that_one_stretch_lacks_is_all_mix():
    change = change_of(RATIO, "channel", cells({"web": (50, 100, 50, 100), "new": (0, 0, 10, 100)}))
    new = next(part for part in change.parts if part.value == "new")
    assert new.rate == 0
    assert (new.then, new.now) == (None, 0.1)


amounts = st.integers(0, 1000)
segment = st.tuples(amounts, amounts, amounts, amounts)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", None]), segment, min_size=1))
def test_the_parts_of_a_ratio_sum_to_its_move(segments):
    change = change_of(RATIO, "channel", cells(segments))
    then, now = (sum(one[side] for one in segments.values()) for side in (1, 3))
    if not then or not now:
        assert change.change is None
        assert change.parts == ()
        return
    whole = sum(one[2] for one in segments.values()) / now - sum(one[0] for one in segments.values()) / then
    assert math.isclose(change.change, whole, abs_tol=1e-9)
    assert math.isclose(sum(part.added for part in change.parts), whole, rel_tol=1e-9, abs_tol=1e-9)
    for part in change.parts:
        assert math.isclose(part.mix + part.rate, part.added, abs_tol=1e-12)


@given(st.dictionaries(st.sampled_from(["a", "b", None]), segment, min_size=1))
def test_the_parts_of_a_count_sum_to_its_move_to_the_last_digit(segments):
    change = change_of(ADDITIVE, "channel", cells(segments))
    assert change.change == change.now - change.then == sum(part.added for part in change.parts)


def test_the_centre_takes_a_move_apart_as_the_lake_has_it(lake):
    then = (parse_instant("2026-01-01"), parse_instant("2026-01-02"))
    now = (parse_instant("2026-01-02"), parse_instant("2026-03-01"))
    centre = MetricCentre(lake, [metric("count(*) filter (where approved) / count(*)")])
    change = centre.change("measured", "channel", then=then, now=now)
    assert (change.then, change.now) == (0.5, 0.5)
    assert {part.value for part in change.parts} == {"web", "app", None}
    assert centre.number("measured", between=now) == change.now


def test_of_a_median_the_move_is_told_and_no_parts(lake):
    then = (parse_instant("2026-01-01"), parse_instant("2026-01-02"))
    now = (parse_instant("2026-01-02"), parse_instant("2026-03-01"))
    change = MetricCentre(lake, [metric("median(score)")]).change("measured", None, then=then, now=now)
    assert (change.then, change.now, change.change) == (0.375, 0.75, 0.375)
    assert change.parts == ()


@pytest.mark.parametrize("target", [{}, {"low": 0.5, "high": 0.1}, {"low": float("nan")}])
def test_a_target_that_is_no_band_is_refused(target):
    with pytest.raises(DefinitionError) as caught:
        metric("count(*)", target=target)
    assert caught.value.code == "invalid_target"

"""A model watched: quiet where nothing changed, an alert with an owner where something did, and no more certain than the rows."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.time import DAY
from tandem.learn.monitoring import Watch, WatchedRows, expected_auc, expected_bad_rate, watch
from tandem.learn.training import auc

START = 1_754_006_400_000_000


def decisions(rows=9000, seed=1, known=0.7, **changes):
    """Calibrated scores of ninety days; outcomes of the first ``known`` of them are mature."""
    rng = np.random.default_rng(seed)
    margin = rng.normal(-2, 1.2, rows)
    probability = 1 / (1 + np.exp(-margin))
    bad = (rng.random(rows) < probability).astype(float)
    place = np.arange(rows)
    at = START + place * (90 * DAY // max(rows, 1))
    given_rows = {
        "at": at,
        "probability": probability,
        "bad": np.where(place < known * rows, bad, np.nan),
        "took_us": np.full(rows, 900.0),
        "missing": {"income": rng.random(rows) < 0.05},
        "groups": {
            "month": [("2025-08", "2025-09", "2025-10")[one] for one in place * 3 // max(rows, 1)],
            "release": ["r1" if one < rows // 2 else "r2" for one in place],
            "channel": rng.choice(["app", "shop"], rows).tolist(),
        },
    }
    return WatchedRows(**{**given_rows, **changes})


def figures(group):
    return {one.name: one for one in group.figures}


def asked(rows, by=None):
    return watch(rows, model="risk", owner="ann", by=by)


def test_nothing_changed_and_nothing_is_said():
    for by in (None, "month", "release", "channel"):
        found = asked(decisions(), by)
        assert found.alerts == ()
        assert found.rows + found.reference_rows == 9000


@pytest.mark.parametrize("by", [None, "month", "release", "channel"])
def test_what_was_seen_can_be_written_down_and_read_again(by):
    found = asked(decisions(), by)
    assert {"auc_estimated", "bad_rate_estimated"} <= {one.name for group in found.groups for one in group.figures}
    assert msgspec.json.decode(msgspec.json.encode(found), type=Watch) == found


def test_every_figure_has_its_rows_and_an_interval_or_a_limit():
    found = asked(decisions())

    for one in found.groups[0].figures:
        assert one.n > 0
        assert one.limit is not None or (one.low is not None and one.low <= one.value <= one.high), one


def test_groups_are_told_apart_and_the_reference_is_marked():
    found = asked(decisions(), "month")

    assert [(one.value, one.reference) for one in found.groups] == [
        ("", False),
        ("2025-08", True),
        ("2025-09", False),
        ("2025-10", False),
    ]
    assert found.groups[3].outcomes < found.groups[2].outcomes


def test_scores_that_moved_raise_an_alert_with_an_owner():
    rows = decisions()
    late = np.arange(rows.rows) > 6000
    moved = decisions(probability=np.where(late, np.minimum(rows.probability * 3, 0.99), rows.probability))

    found = asked(moved, "month")

    assert {(one.figure, one.value) for one in found.alerts} >= {("psi", "2025-10"), ("calibration_ratio", "2025-10")}
    assert {one.owner for one in found.alerts} == {"ann"}
    assert all(one.zh for one in found.alerts)


def test_the_same_move_among_few_rows_is_not_told_from_chance():
    few = decisions(rows=240)
    nudged = decisions(rows=240, probability=np.where(np.arange(240) > 80, few.probability * 1.15, few.probability))

    assert [one.figure for one in asked(nudged).alerts] == []


def test_inputs_that_go_missing_and_scores_that_are_not_given_are_seen():
    rows = decisions()
    late = np.arange(rows.rows) > 6000
    gone = rows.missing["income"] | (late & (np.arange(rows.rows) % 4 == 0))
    silent = np.where(late & (np.arange(rows.rows) % 3 == 0), np.nan, rows.probability)

    found = asked(decisions(missing={"income": gone}, probability=silent))

    assert {one.figure for one in found.alerts} == {"missing.income", "coverage"}


def test_only_a_segment_that_changed_is_named():
    rows = decisions()
    shop = np.asarray(rows.groups["channel"]) == "shop"
    late = np.arange(rows.rows) > 3000
    gone = rows.missing["income"] | (shop & late & (np.arange(rows.rows) % 3 == 0))

    found = asked(decisions(missing={"income": gone}), "channel")

    assert ("channel", "shop") in {(one.by, one.value) for one in found.alerts}
    assert ("channel", "app") not in {(one.by, one.value) for one in found.alerts}


def test_performance_is_estimated_before_labels_are_mature_and_checked_when_they_are():
    found = figures(asked(decisions(known=0.5)).groups[0])

    assert found["auc_estimated"].low <= found["auc"].value <= found["auc_estimated"].high
    assert abs(found["auc_estimate_error"].value) < 0.03
    assert not found["auc_estimate_error"].beyond
    assert found["auc_estimated"].n > found["auc"].n


def test_a_ranking_that_was_lost_shows_when_outcomes_arrive():
    rows = decisions(known=1.0)
    rng = np.random.default_rng(3)
    late = np.arange(rows.rows) > 3000
    lost = np.where(late, rng.permutation(rows.bad), rows.bad)

    found = asked(decisions(known=1.0, bad=lost))

    assert "auc_estimate_error" in {one.figure for one in found.alerts}


def test_nothing_is_estimated_from_probabilities_that_proved_wrong():
    rows = decisions()
    found = figures(asked(decisions(probability=np.minimum(rows.probability * 2, 0.99))).groups[0])

    assert "auc_estimated" not in found
    assert found["calibration_ratio"].beyond


def test_without_outcomes_there_are_no_figures_of_performance():
    found = figures(asked(decisions(known=0.0)).groups[0])

    assert set(found) == {"coverage", "missing.income", "psi", "latency_ms_p95"}


def test_no_decisions_are_no_error():
    none = decisions(rows=0)
    assert asked(none).groups[0].figures == ()


def test_the_expected_ranking_is_that_of_outcomes_that_follow_the_scores():
    rng = np.random.default_rng(4)
    p = rng.beta(1, 6, 3000)
    realised = [auc((rng.random(p.size) < p).astype(float), p) for _ in range(300)]

    found = expected_auc(p)

    assert found.value == pytest.approx(float(np.mean(realised)), abs=0.003)
    inside = np.mean([(found.low <= one <= found.high) for one in realised])
    assert 0.9 <= inside <= 0.99


@given(st.lists(st.floats(0.01, 0.99), min_size=2, max_size=40))
def test_the_closed_form_counts_every_pair(p):
    p = np.asarray(p)
    first, second = p[:, None], p[None, :]
    weight = first * (1 - second) * (1 - np.eye(p.size))
    counted = (weight * ((first > second) + 0.5 * (first == second))).sum() / weight.sum()

    assert expected_auc(p).value == pytest.approx(float(counted), rel=1e-9)


def test_the_expected_bad_rate_has_the_noise_of_unequal_chances():
    found = expected_bad_rate(np.full(10_000, 0.1))

    assert found.value == pytest.approx(0.1)
    assert found.high - found.value == pytest.approx(1.96 * 0.003, rel=0.01)

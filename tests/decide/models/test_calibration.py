"""Calibration keeps order, stays a probability, and never overflows."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.models import IsotonicCalibration, NoCalibration, PlattCalibration, log_odds, sigmoid
from tandem.decide.models.calibration import calibrator_of

MARGINS = st.floats(-1e6, 1e6)


@st.composite
def calibrations(draw):
    margins = sorted(set(draw(st.lists(st.floats(-20, 20), min_size=1, max_size=8))))
    probabilities = sorted(draw(st.lists(st.floats(0, 1), min_size=len(margins), max_size=len(margins))))
    table = IsotonicCalibration(margins=tuple(margins), probabilities=tuple(probabilities), steps=draw(st.booleans()))
    platt = PlattCalibration(slope=draw(st.floats(0.01, 10)), intercept=draw(st.floats(-5, 5)))
    return draw(st.sampled_from([NoCalibration(), platt, table]))


@given(calibrations(), st.lists(MARGINS, min_size=2, max_size=6))
def test_a_higher_margin_never_means_a_lower_probability(calibration, margins):
    probability = calibrator_of(calibration)
    found = [probability(margin) for margin in sorted(margins)]
    assert found == sorted(found)
    assert all(0.0 <= one <= 1.0 for one in found)


def test_a_line_and_a_table_say_what_they_say():
    assert calibrator_of(PlattCalibration(slope=2.0, intercept=-1.0))(0.5) == 0.5
    linear = calibrator_of(IsotonicCalibration(margins=(0.0, 2.0), probabilities=(0.2, 0.6)))
    assert [linear(m) for m in (-9.0, 0.0, 1.0, 2.0, 9.0)] == pytest.approx([0.2, 0.2, 0.4, 0.6, 0.6])
    steps = calibrator_of(IsotonicCalibration(margins=(0.0, 2.0), probabilities=(0.2, 0.6), steps=True))
    assert [steps(m) for m in (-9.0, 0.0, 1.999, 2.0, 9.0)] == [0.2, 0.2, 0.2, 0.6, 0.6]


@given(st.floats(1e-11, 1 - 1e-11))
def test_log_odds_and_sigmoid_undo_each_other(probability):
    assert sigmoid(log_odds(probability)) == pytest.approx(probability, rel=1e-9)


def test_certainty_has_finite_log_odds():
    assert math.isfinite(log_odds(0.0))
    assert math.isfinite(log_odds(1.0))
    assert sigmoid(-1e6) == 0.0
    assert sigmoid(1e6) == 1.0

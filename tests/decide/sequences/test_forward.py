"""The arithmetic of a recurrent network: what its document says, in one order, the same one by one and many at once."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec
import numpy as np
import pytest
from drawn_recurrent import drawn_gru

from tandem.decide.models import Layer, Vectors
from tandem.decide.sequences import Forward, Many

WIDTH = 6
DOCUMENT = drawn_gru(3, width=WIDTH, hidden=7)
ROWS = [(10.0, 3, "web"), (None, 500.0, "shop"), (-5.0, math.nan, "parrot"), (77.7, 20.5, None)]
GAPS = [None, 0.0, 12.25, 1e9]
STATES = np.random.default_rng(5).uniform(-1, 1, (4, WIDTH)).astype(np.float32)


def vector(one: Vectors, value: object) -> np.ndarray:
    """As the words of ``Vectors`` say it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return np.array(one.missing)
    if one.type == "categorical":
        return np.array(one.vectors[one.levels.index(value)] if value in one.levels else one.unknown or one.missing)
    return np.array([np.interp(value, one.knots, column) for column in np.array(one.vectors).T])


def by_words(row: tuple[object, ...], gap: float | None, state: np.ndarray) -> tuple[float, np.ndarray]:
    """Margin and next state, as the words of ``GruDocument`` say it."""
    one = DOCUMENT
    x = np.array(one.bias) + sum(vector(each, value) for each, value in zip(one.values, row, strict=True))
    x = np.maximum(x + vector(one.gap, gap), 0)
    applied = lambda layer, values: np.array(layer.weights) @ values + np.array(layer.bias)  # noqa: E731
    squash = lambda values: values / (1 + np.abs(values))  # noqa: E731
    joined = np.concatenate([x, state])
    margin = one.intercept + np.array(one.head) @ np.maximum(applied(one.outer, joined), 0)
    keep, reset = ((1 + squash(applied(layer, joined))) / 2 for layer in (one.keep, one.reset))
    candidate = squash(applied(one.candidate, np.concatenate([x, reset * state])))
    return float(margin), candidate + keep * (state - candidate)


@pytest.mark.parametrize("at", range(len(ROWS)))
def test_a_row_is_what_the_words_of_the_document_say(at: int) -> None:
    forward = Forward(DOCUMENT)
    first, row = forward.rows(ROWS[at], GAPS[at])
    margin, state = by_words(ROWS[at], GAPS[at], STATES[at].astype(float))
    assert forward.margin(row, STATES[at]) == pytest.approx(margin, abs=1e-12)
    assert forward.moved(row, STATES[at]) == pytest.approx(state, abs=1e-7)
    alone, _ = by_words(ROWS[at], None, np.zeros(WIDTH))
    assert forward.margin(first, forward.nothing) == pytest.approx(alone, abs=1e-12)


def test_many_rows_have_the_bits_of_one() -> None:
    forward, many = Forward(DOCUMENT), Many(DOCUMENT)
    firsts, rows = many.rows(
        list(zip(*ROWS, strict=True)), np.array([math.nan if one is None else one for one in GAPS])
    )
    margins, moved = many.margins(rows, STATES), many.moved(rows, STATES)
    for at, (values, gap) in enumerate(zip(ROWS, GAPS, strict=True)):
        first, row = forward.rows(values, gap)
        assert (first.tobytes(), row.tobytes()) == (firsts[at].tobytes(), rows[at].tobytes())
        assert margins[at] == forward.margin(row, STATES[at])
        assert moved[at].tobytes() == forward.moved(row, STATES[at]).tobytes()


def in_turn(start: float, terms: Iterable[float]) -> float:
    for term in terms:
        start += term
    return start


def test_every_sum_runs_from_its_bias_over_its_terms_in_order() -> None:
    """To the bit, in plain Python: a library that sums in another order, or without rounding products, is found out here."""
    document = drawn_gru(11, width=32, hidden=24)
    forward = Forward(document)
    row = forward.rows((55.5, 12.0, "shop"), 3_600.0)[1]
    state = np.random.default_rng(2).uniform(-1, 1, 32).astype(np.float32)

    def layer(one: Layer, values: list[float]) -> list[float]:
        return [
            in_turn(bias, (weight * value for weight, value in zip(line, values, strict=True)))
            for line, bias in zip(one.weights, one.bias, strict=True)
        ]

    def gate(values: list[float]) -> list[float]:
        return [0.5 * (1.0 + value / (1.0 + abs(value))) for value in values]

    before = [float(one) for one in state]
    joined = row.tolist() + before
    seen = [max(one, 0.0) for one in layer(document.outer, joined)]
    assert forward.margin(row, state) == in_turn(
        document.intercept, (weight * one for weight, one in zip(document.head, seen, strict=True))
    )
    keep, reset = gate(layer(document.keep, joined)), gate(layer(document.reset, joined))
    left = [share * one for share, one in zip(reset, before, strict=True)]
    candidate = [one / (1.0 + abs(one)) for one in layer(document.candidate, row.tolist() + left)]
    moved = [new + share * (old - new) for new, share, old in zip(candidate, keep, before, strict=True)]
    assert forward.moved(row, state).tolist() == np.array(moved, np.float32).tolist()


def test_a_state_stays_within_one_whatever_happens() -> None:
    document = msgspec.structs.replace(
        DOCUMENT,
        candidate=msgspec.structs.replace(DOCUMENT.candidate, bias=(1e6,) * WIDTH),
        keep=msgspec.structs.replace(DOCUMENT.keep, bias=(-1e6, 1e6) * (WIDTH // 2)),
    )
    forward = Forward(document)
    state = forward.nothing
    for _ in range(50):
        state = forward.moved(forward.rows((1e300, -math.inf, "web"), 1e12)[1], state)
        assert np.isfinite(state).all()
        assert (np.abs(state) <= 1).all()


def test_another_number_of_values_is_refused() -> None:
    with pytest.raises(ValueError, match="3 values for 4 inputs"):
        Forward(DOCUMENT).rows((1.0, 2.0), None)

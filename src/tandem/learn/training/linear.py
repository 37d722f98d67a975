"""Logistic regression: lines for numbers, weights for texts, and signs that make sense.

Numbers are held within their 1st and 99th percentile, so that one absurd value moves nothing, and standardised, so that one
ridge suits all. A missing value, a special number and every frequent text get a weight of their own; rare texts share one.

As in the scorecard, no weight may turn: every column of the design is laid so that, looked at alone, it points towards risk,
and its coefficient is held at zero or above. A column whose weight would have to turn beside the others drops out instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit

from tandem.learn.training.arrays import BoolArray, FloatArray, IntArray
from tandem.learn.training.frame import MISSING_CODE, CategoricalColumn, Column, Frame, NumericColumn
from tandem.learn.training.logistic import fit_logistic
from tandem.learn.training.metrics import log_loss

__all__ = ["LinearFit", "LinearTerm", "LinearTrial", "fit_linear", "try_linear"]

RIDGES = (1.0, 10.0, 100.0)
"""Penalties that cross-validation chooses among, on standardised columns and summed log-likelihood."""
_TAIL = 0.01
_FEWEST = 20
"""Rows that a weight of its own needs; in a large table one in two hundred."""
_LEAST = 1e-6
"""A coefficient below this is none."""


@dataclass(frozen=True, slots=True)
class LinearTerm:
    """What a column adds, in log-odds.

    Attributes:
        name: of the column.
        numeric: a line, or else a weight per text.
        weight: per unit of the number, from ``center``, the value being held within ``low`` and ``high``.
        specials: by number.
        levels: by frequent text.
        missing, other: of a missing value, and of every other text.
    """

    name: str
    numeric: bool
    weight: float = 0.0
    center: float = 0.0
    low: float = 0.0
    high: float = 0.0
    specials: Mapping[float, float] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    missing: float = 0.0
    other: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether it adds nothing, whatever the value."""
        return not any((self.weight, self.missing, self.other, *self.specials.values(), *self.levels.values()))

    def added(self, column: Column) -> FloatArray:
        """Per row of ``column``."""
        if isinstance(column, CategoricalColumn):
            # From behind: -1 is missing, -2 unknown.
            known = [self.levels.get(level, self.other) for level in column.levels]
            result: FloatArray = np.asarray([*known, self.other, self.missing])[column.codes]
            return result
        line: FloatArray = self.weight * (np.clip(column.values, self.low, self.high) - self.center)
        for value, weight in self.specials.items():
            line[column.values == value] = weight
        line[np.isnan(column.values)] = self.missing
        return line


@dataclass(frozen=True, slots=True)
class LinearFit:
    """Terms that add something, and an intercept: ``margin`` is log-odds of bad, summed in the order of the terms."""

    terms: tuple[LinearTerm, ...]
    intercept: float

    def margin(self, frame: Frame) -> FloatArray:
        """Log-odds of bad per row."""
        total = np.full(frame.rows, self.intercept)
        for term in self.terms:
            total = total + term.added(frame.column(term.name))
        return total


@dataclass(frozen=True, slots=True)
class LinearTrial:
    """What the inner folds said: the ``ridge`` with least log-loss, and its out-of-fold log-odds."""

    ridge: float
    margin: FloatArray


def try_linear(
    frame: Frame, bad: FloatArray, folds: tuple[tuple[IntArray, IntArray], ...], monotone: Sequence[int] = ()
) -> LinearTrial:
    """Cross-validate every ridge over ``folds`` of (train, valid) row numbers."""
    margins = {ridge: np.empty(bad.size) for ridge in RIDGES}
    for train, valid in folds:
        rows, held, target = frame.take(train), frame.take(valid), bad[train]
        for ridge, margin in margins.items():
            margin[valid] = fit_linear(rows, target, ridge, monotone).margin(held)
    best = min(RIDGES, key=lambda ridge: log_loss(bad, expit(margins[ridge])))
    return LinearTrial(best, margins[best])


def fit_linear(frame: Frame, bad: FloatArray, ridge: float, monotone: Sequence[int] = ()) -> LinearFit:
    """Fit all columns of ``frame``.

    Args:
        frame: training rows.
        bad: 0 or 1 per row.
        ridge: the penalty.
        monotone: sign per column that its line is held to; 0 or absent: the sign it has alone.
    """
    signs = tuple(monotone) or (0,) * len(frame.columns)
    designs = [_design(column, bad, sign) for column, sign in zip(frame.columns, signs, strict=True)]
    laid = [piece for design in designs for piece in design.pieces]
    if not laid:
        rate = float(np.clip(bad.mean(), 1e-9, 1 - 1e-9))
        return LinearFit((designs[0].term([]),), float(np.log(rate / (1 - rate))))
    fit = fit_logistic(np.column_stack(laid), bad, ridge=ridge, nonnegative=True)
    weights = np.where(fit.coefficients > _LEAST, fit.coefficients, 0.0).tolist()
    terms = []
    for design in designs:
        own, weights = weights[: len(design.pieces)], weights[len(design.pieces) :]
        terms.append(design.term(own))
    # A model needs an input: where nothing informs, the first stays, adding nothing.
    return LinearFit(tuple(term for term in terms if not term.empty) or (terms[0],), fit.intercept)


@dataclass(slots=True)
class _Design:
    """The columns that one column becomes; ``made`` says of each what it is and what a unit of its coefficient adds."""

    column: Column
    pieces: list[FloatArray] = field(default_factory=list)
    made: list[tuple[str, object, float]] = field(default_factory=list)
    line: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def weigh(self, what: str, key: object, rows: BoolArray, bad: FloatArray) -> None:
        """An indicator of ``rows``, pointing the way their own bad rate lies; nothing where too few are in or out."""
        fewest = max(_FEWEST, bad.size // 200)
        inside = int(rows.sum())
        if min(inside, bad.size - inside) < fewest:
            return
        sign = 1.0 if bad[rows].mean() >= bad.mean() else -1.0
        self.pieces.append(np.where(rows, sign, 0.0))
        self.made.append((what, key, sign))

    def term(self, coefficients: Sequence[float]) -> LinearTerm:
        """The term of these coefficients."""
        added: dict[str, dict[object, float]] = {"line": {}, "special": {}, "level": {}, "missing": {}, "other": {}}
        for (what, key, unit), coefficient in zip(self.made, coefficients, strict=True):
            added[what][key] = unit * coefficient
        low, center, high = self.line
        specials = self.column.specials if isinstance(self.column, NumericColumn) else ()
        return LinearTerm(
            name=self.column.name,
            numeric=isinstance(self.column, NumericColumn),
            weight=added["line"].get(None, 0.0),
            center=center,
            low=low,
            high=high,
            # A special number too rare to weigh adds nothing; it does not stand on the line either.
            specials={value: added["special"].get(value, 0.0) for value in specials},
            levels={str(text): weight for text, weight in added["level"].items()},
            missing=added["missing"].get(None, 0.0),
            other=added["other"].get(None, 0.0),
        )


def _design(column: Column, bad: FloatArray, sign: int) -> _Design:
    return _of_numbers(column, bad, sign) if isinstance(column, NumericColumn) else _of_texts(column, bad)


def _of_numbers(column: NumericColumn, bad: FloatArray, sign: int) -> _Design:
    design, values = _Design(column), column.values
    missing = np.isnan(values)
    special = np.isin(values, column.specials)
    regular = ~missing & ~special
    if int(regular.sum()) >= _FEWEST:
        _lay_line(design, values, regular, bad, sign)
    for value in column.specials:
        design.weigh("special", value, values == value, bad)
    design.weigh("missing", None, missing, bad)
    return design


def _lay_line(design: _Design, values: FloatArray, regular: BoolArray, bad: FloatArray, sign: int) -> None:
    known = values[regular]
    low, high = (float(one) for one in np.quantile(known, [_TAIL, 1 - _TAIL]))
    if low == high:
        low, high = float(known.min()), float(known.max())
    held = np.clip(known, low, high)
    center, scale = float(held.mean()), float(held.std())
    if scale <= 1e-12 * max(abs(low), abs(high), 1e-300):
        return
    way = sign or (1 if float((held - center) @ (bad[regular] - bad[regular].mean())) >= 0.0 else -1)
    piece = np.zeros(values.size)
    piece[regular] = way * (held - center) / scale
    design.pieces.append(piece)
    design.made.append(("line", None, way / scale))
    design.line = (low, center, high)


def _of_texts(column: CategoricalColumn, bad: FloatArray) -> _Design:
    design = _Design(column)
    rare = column.codes >= 0
    for code, level in enumerate(column.levels):
        rows = column.codes == code
        before = len(design.pieces)
        design.weigh("level", level, rows, bad)
        if len(design.pieces) > before:
            rare &= ~rows
    design.weigh("other", None, rare, bad)
    design.weigh("missing", None, column.codes == MISSING_CODE, bad)
    return design

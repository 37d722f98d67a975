"""The scorecard: weights of evidence added up by a logistic regression whose signs must make sense.

Every coefficient is held at zero or above, because a weight of evidence already points towards risk: a negative
coefficient would say that the riskier bin is the safer one, which no reviewer could accept and no reason code explain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tandem.kernel.errors import InvalidInput, near_match
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.binning import BinEdit, Binning, BinningSettings, FixedBins, bin_column, bin_fixed, edited
from tandem.learn.training.frame import Frame
from tandem.learn.training.logistic import fit_logistic

__all__ = ["ScorecardFit", "ScorecardSettings", "fit_scorecard", "with_edits"]


@dataclass(frozen=True, slots=True)
class ScorecardSettings:
    """How the scorecard is fitted.

    Attributes:
        binning: how columns are binned.
        ridge: penalty on the coefficients; keeps near-copies of one column from splitting its weight wildly.
        iv_floor: a column with less information is left out.
        fixed: columns whose cuts a person has settled; the others are binned anew.
    """

    binning: BinningSettings = field(default_factory=BinningSettings)
    ridge: float = 2.0
    iv_floor: float = 0.005
    fixed: Mapping[str, FixedBins] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScorecardFit:
    """Binned columns, one coefficient each (above zero), and an intercept: ``margin`` is log-odds of bad.

    ``binnings`` holds the columns in the model; ``rejected`` the binnings of those that carry too little or nothing
    beside the others. ``vif`` is each column's variance inflation among the weights of evidence: above 5 to 10, two
    columns say the same.
    """

    binnings: tuple[Binning, ...]
    coefficients: FloatArray
    intercept: float
    rejected: tuple[Binning, ...]
    vif: FloatArray

    def margin(self, frame: Frame) -> FloatArray:
        """Log-odds of bad per row; summed in the order of the inputs, as the served model sums it."""
        total = np.full(frame.rows, self.intercept)
        for binning, coefficient in zip(self.binnings, self.coefficients, strict=True):
            total = total + coefficient * binning.weights(frame.column(binning.name))
        return total


def with_edits(
    settings: ScorecardSettings, frame: Frame, bad: FloatArray, edits: Sequence[BinEdit]
) -> ScorecardSettings:
    """``settings`` with the bins that ``edits`` leave, over all training rows.

    Raises:
        InvalidInput: an edit cannot be made.
    """
    fixed: dict[str, FixedBins] = {}
    for name in dict.fromkeys(edit.input for edit in edits):
        if name not in frame.names:
            raise InvalidInput(
                "No model reads a column of this name.",
                code="bin_edit_impossible",
                field="bin_edits",
                value=name,
                hint=near_match(name, frame.names) or f"columns: {', '.join(frame.names[:12])}",
            )
        column = frame.column(name)
        binning = bin_column(column, bad, settings.binning)
        fixed[name] = edited(binning, column, [edit for edit in edits if edit.input == name])
    return replace(settings, fixed=fixed)


def fit_scorecard(frame: Frame, bad: FloatArray, settings: ScorecardSettings) -> ScorecardFit:
    """Bin every column of ``frame``, keep those that inform, and weigh them."""
    binnings = [
        bin_fixed(column, bad, settings.fixed[column.name], settings.binning)
        if column.name in settings.fixed
        else bin_column(column, bad, settings.binning)
        for column in frame.columns
    ]
    informative = [binning for binning in binnings if binning.iv >= settings.iv_floor]
    # A card needs a row: where nothing informs, the least uninformative column stays, weighing what it weighs.
    informative = informative or [max(binnings, key=lambda binning: binning.iv)]
    weights = np.column_stack([np.empty((frame.rows, 0)), *[b.weights(frame.column(b.name)) for b in informative]])
    fit = fit_logistic(weights, bad, ridge=settings.ridge, nonnegative=True)
    kept = fit.coefficients > 1e-6
    kept[int(np.argmax(fit.coefficients))] = True
    if not kept.all():
        fit = fit_logistic(weights[:, kept], bad, ridge=settings.ridge, nonnegative=True)
    inside = tuple(b for b, k in zip(informative, kept, strict=True) if k)
    names = {b.name for b in inside}
    return ScorecardFit(
        binnings=inside,
        coefficients=fit.coefficients,
        intercept=fit.intercept,
        rejected=tuple(b for b in binnings if b.name not in names),
        vif=_variance_inflation(weights[:, kept]),
    )


def _variance_inflation(weights: FloatArray) -> FloatArray:
    """Diagonal of the inverse correlation matrix; a whisper of ridge keeps exact copies finite."""
    spread = weights.std(axis=0)
    scaled = (weights - weights.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    correlation = scaled.T @ scaled / max(weights.shape[0], 1)
    np.fill_diagonal(correlation, 1.0)
    inflation: FloatArray = np.diag(np.linalg.inv(correlation + 1e-6 * np.eye(correlation.shape[0]))).copy()
    return inflation

"""Scoring rows with the documents themselves, so that what is judged is what will be served.

The served model must say what the fitted model says. It sums the same numbers in its own order, so the two may differ in the
last bits of a sum and in nothing else; more than that is an error of ours, and no report is written over it.
"""

from __future__ import annotations

import numpy as np

from tandem.decide.models import ModelDocument, NoCalibration, PlattCalibration, load_model
from tandem.kernel.errors import IntegrityError
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.frame import Column, Frame, NumericColumn
from tandem.learn.training.logistic import logit
from tandem.learn.training.spec import Family

__all__ = ["check_parity", "served_log_odds"]

_MOST_APART = 1e-9


def served_log_odds(document: ModelDocument, frame: Frame) -> FloatArray:
    """Calibrated log-odds of bad per row of ``frame``, as the loaded ``document`` gives them."""
    model = load_model(document)
    columns = {column.name: served_values(column) for column in frame.columns if column.name in model.inputs}
    calibration = document.calibration
    if isinstance(calibration, PlattCalibration):
        line: FloatArray = calibration.slope * model.margins(columns) + calibration.intercept
        return line
    if isinstance(calibration, NoCalibration):
        return model.margins(columns)
    return logit(model.score_batch(columns))


def served_values(column: Column) -> FloatArray | list[str | None]:
    """The values of a column as a row would carry them."""
    if isinstance(column, NumericColumn):
        return column.values
    # An unseen text stays unseen; which text it was is not kept, and no level is empty.
    texts: list[str | None] = [*column.levels, "", None]
    return [texts[code] for code in column.codes]


def check_parity(fitted: dict[Family, FloatArray], served: dict[Family, FloatArray]) -> float:
    """The largest difference between fitted and served log-odds.

    Raises:
        IntegrityError: it is more than the order of a sum explains.
    """
    apart = max((float(np.max(np.abs(fitted[f] - served[f]), initial=0.0)) for f in served), default=0.0)
    if apart > _MOST_APART:
        raise IntegrityError(
            "The served model does not say what the fitted model says.", code="served_model_differs", value=apart
        )
    return apart

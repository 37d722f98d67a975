"""The term structure of a served hazard: the probability of having gone bad by the end of each period.

``S(t) = (1 - h(1)) (1 - h(2)) ... (1 - h(t))`` and ``PD(t) = 1 - S(t)``. Every ``h`` is asked of the served document, so the curve
is made of the very numbers a policy would read.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from tandem.decide.models import ModelDocument, load_model
from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.frame import Frame
from tandem.learn.training.serving import served_log_odds
from tandem.learn.training.survival.periods import PERIOD, with_period

__all__ = ["default_by"]


def default_by(document: ModelDocument, frame: Frame, horizon: int) -> FloatArray:
    """Probability of default by the end of period 1 .. ``horizon``, accounts by periods; never falls along a row.

    Raises:
        InvalidInput: the horizon is longer than what the model was trained on.
    """
    known = int(document.metadata.parameters.get("horizon", "0"))
    if horizon > known:
        raise InvalidInput(
            f"The model was trained on {known} periods and says nothing of later ones.",
            code="beyond_horizon",
            field="horizon",
            value=horizon,
            hint=f"ask for at most {known}, or train on accounts that were watched for longer",
        )
    if PERIOD not in load_model(document).inputs:
        raise InvalidInput("Not a model of when: it does not read the period.", code="no_period", field="model")
    hazards = np.column_stack(
        [expit(served_log_odds(document, with_period(frame, period))) for period in range(1, horizon + 1)]
    )
    result: FloatArray = 1 - np.cumprod(1 - hazards, axis=1)
    return result

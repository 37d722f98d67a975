"""The fitted lines as a document, with calibration folded in and what reasons are measured from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from tandem.decide.models import Linear, LinearInput, LinearSpecial, Metadata, Scaling, monotone_violations
from tandem.kernel.errors import IntegrityError
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.frame import Frame
from tandem.learn.training.linear import LinearFit, LinearTerm

__all__ = ["linear_document"]


def linear_document(
    fit: LinearFit,
    frame: Frame,
    platt: Platt,
    *,
    scaling: Scaling,
    reasons: Mapping[str, str],
    monotone: Mapping[str, int],
    metadata: Metadata,
) -> Linear:
    """``fit`` as a linear document over its training rows ``frame``.

    Platt's line over a sum of lines is a sum of lines again, so it is folded into the weights, and points mean calibrated
    odds. Every line declares the direction it goes, and the proof is its sign.

    Args:
        fit: what was fitted.
        frame: the training rows.
        platt: the calibrator.
        scaling: of points.
        reasons: code by input.
        monotone: sign by input that was asked for; 0 or absent: none.
        metadata: where the model comes from.

    Raises:
        IntegrityError: a line breaks the sign it was held to.
    """
    document = Linear(
        metadata=metadata,
        inputs=tuple(_input(term, frame, platt.slope, reasons[term.name]) for term in fit.terms),
        intercept=platt.slope * fit.intercept + platt.intercept,
        scaling=scaling,
    )
    for one in document.inputs:
        asked = _sign(monotone.get(one.name, 0))
        if asked and monotone_violations(document, one.name, asked):
            raise IntegrityError(
                "A line breaks the monotone constraint it was trained under.", code="monotone_broken", field=one.name
            )
    return document


def _input(term: LinearTerm, frame: Frame, slope: float, reason: str) -> LinearInput:
    added = slope * term.added(frame.column(term.name))
    mean = float(added.mean())
    return LinearInput(
        name=term.name,
        type="numeric" if term.numeric else "categorical",
        weight=slope * term.weight,
        center=term.center,
        low=term.low,
        high=term.high,
        specials=tuple(LinearSpecial(value=value, weight=slope * weight) for value, weight in term.specials.items()),
        levels=tuple(term.levels),
        weights=tuple(slope * weight for weight in term.levels.values()),
        missing=slope * term.missing,
        unknown=None if term.numeric else slope * term.other,
        mean=mean,
        spread=float(np.abs(added - mean).mean()),
        monotone=_direction(term.weight),
        reason=reason,
    )


def _direction(weight: float) -> Literal[-1, 0, 1]:
    return -1 if weight < 0 else 1 if weight > 0 else 0


def _sign(value: int) -> Literal[-1, 1] | None:
    return None if value == 0 else -1 if value < 0 else 1

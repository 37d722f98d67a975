"""Logistic regression by Newton's method, with a ridge and, where asked, coefficients that may not change sign.

Each Newton step minimises the local quadratic; with ``nonnegative`` that is a non-negative least squares problem, solved
exactly (Lawson and Hanson), so the iterates converge to the constrained optimum and do not merely clip towards it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from tandem.learn.training.arrays import FloatArray

__all__ = ["LogisticFit", "fit_logistic", "logit"]

_STEPS = 50
_TOLERANCE = 1e-10
_LONE = 2**18
"""Multiplications of a product that OpenBLAS does not share out among threads (its ``GEMM_MULTITHREAD_THRESHOLD`` of 4)."""
_SHORT = 64
"""Rows of a piece below which pieces cost more than they save."""


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """``log-odds = intercept + x . coefficients``; ``log_likelihood`` of the training rows, without the ridge."""

    coefficients: FloatArray
    intercept: float
    log_likelihood: float

    def log_odds(self, x: FloatArray) -> FloatArray:
        """Log-odds of each row of ``x``."""
        result: FloatArray = self.intercept + x @ self.coefficients
        return result


def logit(probability: FloatArray) -> FloatArray:
    """Log-odds of a probability, cut to about +-27.6 so that 0 and 1 stay finite."""
    p = np.clip(probability, 1e-12, 1 - 1e-12)
    result: FloatArray = np.log(p) - np.log1p(-p)
    return result


def fit_logistic(
    x: FloatArray,
    bad: FloatArray,
    *,
    ridge: float = 1.0,
    nonnegative: bool = False,
    weight: FloatArray | None = None,
) -> LogisticFit:
    """Fit ``P(bad)`` on the columns of ``x``.

    Args:
        x: n rows by k columns, finite.
        bad: 0 or 1 (or a share) per row.
        ridge: penalty ``ridge / 2 * |coefficients|^2`` on the summed log-likelihood; the intercept is free.
        nonnegative: hold every coefficient at zero or above.
        weight: weight per row; 1 where absent.
    """
    rows = np.ones(bad.size) if weight is None else weight
    count = x.shape[1]
    rate = float(np.clip((rows @ bad) / rows.sum(), 1e-9, 1 - 1e-9))
    beta = np.append(np.zeros(count), np.log(rate / (1 - rate)))
    design = np.column_stack([x, np.ones(bad.size)])
    penalty = np.append(np.full(count, max(ridge, 1e-9)), 1e-9)
    value = _objective(design, bad, rows, beta, penalty)
    for _ in range(_STEPS):
        target = _newton_target(design, bad, rows, beta, penalty, nonnegative=nonnegative)
        beta, improved = _line_search(design, bad, rows, beta, target, penalty, value)
        if value - improved < _TOLERANCE * (abs(value) + 1):
            break
        value = improved
    likelihood = -_objective(design, bad, rows, beta, np.zeros_like(penalty))
    return LogisticFit(beta[:-1], float(beta[-1]), likelihood)


def _newton_target(
    design: FloatArray, bad: FloatArray, rows: FloatArray, beta: FloatArray, penalty: FloatArray, *, nonnegative: bool
) -> FloatArray:
    """Minimiser of the quadratic around ``beta``."""
    p = expit(design @ beta)
    curvature = rows * np.maximum(p * (1 - p), 1e-10)
    hessian = _weighted_squares(design, curvature) + np.diag(penalty)
    gradient = design.T @ (rows * (p - bad)) + penalty * beta
    lower = np.linalg.cholesky(hessian)
    right = np.linalg.solve(lower, hessian @ beta - gradient)
    if not nonnegative:
        free: FloatArray = np.linalg.solve(lower.T, right)
        return free
    from scipy.optimize import nnls  # slow to load

    # The intercept is unconstrained: write it as a difference of two non-negative parts.
    square = np.column_stack([lower.T, -lower.T[:, -1]])
    solution, _ = nnls(square, right, maxiter=50 * square.shape[1])
    held: FloatArray = np.append(solution[:-2], solution[-2] - solution[-1])
    return held


def _weighted_squares(design: FloatArray, weight: FloatArray) -> FloatArray:
    """``design.T @ diag(weight) @ design``, of a narrow design by pieces that a BLAS keeps on one thread.

    Threads of a BLAS wait for each other without sleeping: on a busy machine they cost a product of a few thousand rows a
    thousand times its own time (measured). By pieces the sum has one order as well, whatever the number of cores.
    """
    count = design.shape[1]
    piece = _LONE // count**2
    weighted = design * weight[:, None]
    if piece < _SHORT:
        whole: FloatArray = weighted.T @ design
        return whole
    total = np.zeros((count, count))
    for at in range(0, design.shape[0], piece):
        total += weighted[at : at + piece].T @ design[at : at + piece]
    return total


def _line_search(
    design: FloatArray,
    bad: FloatArray,
    rows: FloatArray,
    beta: FloatArray,
    target: FloatArray,
    penalty: FloatArray,
    value: float,
) -> tuple[FloatArray, float]:
    """The first halving of the step that does not make things worse."""
    step = 1.0
    for _ in range(30):
        candidate = beta + step * (target - beta)
        reached = _objective(design, bad, rows, candidate, penalty)
        if reached <= value:
            return candidate, reached
        step /= 2
    return beta, value


def _objective(design: FloatArray, bad: FloatArray, rows: FloatArray, beta: FloatArray, penalty: FloatArray) -> float:
    z = design @ beta
    return float(rows @ (np.logaddexp(0, z) - bad * z) + 0.5 * penalty @ beta**2)

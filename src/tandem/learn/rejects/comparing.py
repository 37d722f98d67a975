"""Every way to reckon with the declined beside the others, on the same rows: how it ranks, and whether it can be believed.

On accepted rows of the future each can be judged; on the declined none can, but for the few whom chance let through. Where
everybody's outcome is known, as in a benchmark, the error that nobody sees in life is shown too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.errors import InvalidInput
from tandem.learn.rejects.inferring import Inferred, Labelled, infer
from tandem.learn.rejects.methods import ASSUMPTIONS, METHODS, RejectMethod, RejectSpec
from tandem.learn.rejects.weighted import Scorer, fit_weighted
from tandem.learn.training import BoolArray, FloatArray, Frame, auc_interval, calibration, conform, profile_table

__all__ = ["Compared", "RejectComparison", "RejectFigures", "RejectTruth", "Truth", "compare_reject_inference"]

_FEWEST_TESTED = 20


@dataclass(frozen=True)
class Truth:
    """Rows of which everything is known, the declined among them: a benchmark, never life.

    Attributes:
        rows: in the layout of the training rows, with the outcome.
        accepted: which of them the policy would accept.
    """

    rows: pa.Table
    accepted: BoolArray


class RejectTruth(msgspec.Struct, frozen=True, kw_only=True):
    """What a method comes to where everybody's outcome is known.

    Attributes:
        auc_all, auc_declined: ranking of everybody, and of the declined.
        ratio_all, ratio_declined: bads expected over bads there were; 1 is right.
        ece_all: expected calibration error of everybody.
        bad_rate_declined: of the declined, in truth.
    """

    auc_all: float
    auc_declined: float
    ratio_all: float
    ratio_declined: float
    ece_all: float
    bad_rate_declined: float


class RejectFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One method.

    Attributes:
        method, assumes: which, and what it takes for granted (English).
        auc, auc_low, auc_high: on accepted test rows.
        ratio, ece: bads expected over bads there were, and calibration error, on the same.
        declined_rate: bad rate that it predicts for the declined.
        explored_rate, explored_seen, explored_rows: predicted and seen for test rows that chance let through; null where
            there are fewer than twenty.
        weight: of how many rows the declined part consisted in learning.
        truth: where everybody's outcome is known.
        why_not: it could not be done, and why; no figures then.
    """

    method: str
    assumes: str
    auc: float | None = None
    auc_low: float | None = None
    auc_high: float | None = None
    ratio: float | None = None
    ece: float | None = None
    declined_rate: float | None = None
    explored_rate: float | None = None
    explored_seen: float | None = None
    explored_rows: int = 0
    weight: float = 0.0
    truth: RejectTruth | None = None
    why_not: str = ""


class RejectComparison(msgspec.Struct, frozen=True, kw_only=True):
    """All of them.

    Attributes:
        labelled, explored, declined, test: rows.
    """

    learner: str
    labelled: int
    explored: int
    declined: int
    test: int
    methods: tuple[RejectFigures, ...]

    def of(self, method: RejectMethod) -> RejectFigures:
        """The figures of one method."""
        return next(one for one in self.methods if one.method == method)


class Compared(msgspec.Struct, frozen=True):
    """A comparison, and the chance of bad that each method gives each declined row."""

    comparison: RejectComparison
    chances: dict[RejectMethod, FloatArray]


def compare_reject_inference(
    labelled: pa.Table,
    declined: pa.Table,
    test: pa.Table,
    spec: RejectSpec,
    *,
    target: str,
    inputs: Sequence[str],
    propensity: str | None = None,
    truth: Truth | None = None,
    methods: Sequence[RejectMethod] = METHODS,
) -> Compared:
    """Every method of ``methods`` on the same rows.

    Args:
        labelled: rows with an outcome; those whom chance let through carry its ``propensity``, the others null.
        declined: rows without one.
        test: later rows with an outcome.
        target: BOOLEAN column, true where it went badly.
        inputs: columns that are learned from.

    Raises:
        InvalidInput: nobody was declined, or the test has one outcome only.
    """
    if not declined.num_rows:
        raise InvalidInput(
            "Nobody was declined, so there is nobody to infer.", code="no_declined", field="rejects",
            hint="train without --rejects",
        )  # fmt: skip
    known = _labelled(labelled, profile_table(labelled.select(inputs), {}).frame, target, propensity)
    tested = _labelled(test, conform(test, known.frame), target, propensity)
    accepted = np.isnan(tested.propensity)
    bads = float(tested.bad[accepted].sum())
    if min(bads, float(accepted.sum()) - bads) < 1:
        raise InvalidInput(
            "The accepted test rows have one outcome only.", code="test_empty", field="test", hint="test on more rows"
        )
    both = pa.concat_tables([labelled.select(inputs), declined.select(inputs)], promote_options="permissive")
    pool = conform(both, known.frame)
    rest = pool.take(np.arange(known.bad.size, pool.rows))
    base = fit_weighted(
        spec.learner, known.frame, known.bad, np.ones(known.bad.size), np.arange(known.bad.size), spec.seed
    )
    figures, chances = [], {}
    for method in methods:
        try:
            found = infer(method, known, pool, spec, base)
        except InvalidInput as error:
            words = error.detail
            figures.append(RejectFigures(method=method, assumes=ASSUMPTIONS[method]["en"], why_not=words))
            continue
        chances[method] = found.chance
        figures.append(_figures(found, tested, rest, None if truth is None else _Known.of(truth, known.frame, target)))
    comparison = RejectComparison(
        learner=spec.learner,
        labelled=labelled.num_rows,
        explored=int(known.explored.size),
        declined=declined.num_rows,
        test=int(accepted.sum()),
        methods=tuple(figures),
    )
    return Compared(comparison, chances)


@dataclass(frozen=True)
class _Known:
    frame: Frame
    bad: FloatArray
    accepted: BoolArray

    @classmethod
    def of(cls, truth: Truth, like: Frame, target: str) -> _Known:
        return cls(conform(truth.rows, like), _bad(truth.rows, target), truth.accepted)

    def judged(self, score: Scorer) -> RejectTruth:
        chance = score(self.frame)
        out = ~self.accepted
        return RejectTruth(
            auc_all=auc_interval(self.bad, chance).value,
            auc_declined=auc_interval(self.bad[out], chance[out]).value,
            ratio_all=calibration(self.bad, chance).ratio,
            ratio_declined=calibration(self.bad[out], chance[out]).ratio,
            ece_all=calibration(self.bad, chance).ece,
            bad_rate_declined=float(self.bad[out].mean()),
        )


def _figures(found: Inferred, tested: Labelled, declined: Frame, truth: _Known | None) -> RejectFigures:
    accepted = np.isnan(tested.propensity)
    chance = found.score(tested.frame)
    area = auc_interval(tested.bad[accepted], chance[accepted])
    believed = calibration(tested.bad[accepted], chance[accepted])
    explored = tested.explored
    enough = explored.size >= _FEWEST_TESTED
    return RejectFigures(
        method=found.method,
        assumes=ASSUMPTIONS[found.method]["en"],
        auc=area.value,
        auc_low=area.low,
        auc_high=area.high,
        ratio=believed.ratio,
        ece=believed.ece,
        declined_rate=float(found.score(declined).mean()),
        explored_rate=float(chance[explored].mean()) if enough else None,
        explored_seen=float(tested.bad[explored].mean()) if enough else None,
        explored_rows=int(explored.size),
        weight=found.weight,
        truth=None if truth is None else truth.judged(found.score),
    )


def _labelled(rows: pa.Table, frame: Frame, target: str, propensity: str | None) -> Labelled:
    chance = np.full(rows.num_rows, np.nan)
    if propensity is not None:
        chance = np.asarray(rows[propensity].cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
    return Labelled(frame, _bad(rows, target), chance)


def _bad(rows: pa.Table, target: str) -> FloatArray:
    return np.asarray(rows[target].cast(pa.int8()).to_numpy(), dtype=np.float64)

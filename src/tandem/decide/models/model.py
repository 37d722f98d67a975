"""A loaded model: the one object that policies, backtests and training ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from tandem.decide.models.calibration import calibrator_of, log_odds
from tandem.decide.models.documents import ModelDocument, Scorecard
from tandem.decide.models.encoding import Floats
from tandem.decide.models.points import points_of
from tandem.decide.models.reasons import PRINCIPAL_REASONS, UNIT, Contribution
from tandem.decide.models.scoring import Scorer
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest
from tandem.kernel.values import Value

__all__ = ["Model", "Score"]


class Score(NamedTuple):
    """The answer of a model.

    ``probability`` of the adverse outcome, calibrated; ``margin``, the log-odds before calibration, which
    contributions explain; ``points``, more for less risk, None for a model without a scaling.
    """

    probability: float
    margin: float
    points: float | None


class Model:
    """A checked document that scores; made by ``load_model``. Immutable; safe to share between threads.

    Args:
        document: the checked document.
        digest: its digest.
        scorer: the scorer of its kind.
    """

    def __init__(self, document: ModelDocument, digest: Digest, scorer: Scorer) -> None:
        self.document = document
        self.digest = digest
        self.name: str = document.metadata.name
        self.kind: Literal["scorecard", "trees", "blend"] = document.__struct_config__.tag  # type: ignore[assignment]
        self.features_digest: str | None = document.metadata.features_digest
        self.inputs: tuple[str, ...] = scorer.inputs
        self.reason_codes: tuple[str | None, ...] = scorer.reasons
        self.expected: float = scorer.expected
        self._scorer = scorer
        self._measure = scorer.measure
        self._probability = calibrator_of(document.calibration)
        # a scorecard's points come from its printed table
        self._scaling = None if isinstance(document, Scorecard) else document.scaling

    def score(self, row: Sequence[Value]) -> Score:
        """The score of one row; ``row`` holds the values of ``inputs`` in order and may be reused by the caller.

        Any value scores: None and NaN as missing, a text outside the known ones as unknown (see ``encoding``).

        Raises:
            InvalidInput: another number of values than inputs.
        """
        try:
            margin, points = self._measure(row)
        except ValueError as error:
            raise self._width(row) from error
        probability = self._probability(margin)
        if self._scaling is not None:
            points = points_of(self._scaling, log_odds(probability))
        return Score(probability, margin, points)

    def reasons(self, row: Sequence[Value], top: int = PRINCIPAL_REASONS) -> tuple[Contribution, ...]:
        """The principal reasons why the margin is above its mean, strongest first: at most ``top``, at most four.

        Nothing that spoke for the applicant is among them; see ``reasons`` for the rules.

        Raises:
            InvalidInput: another number of values than inputs.
        """
        try:
            found = self._scorer.adverse(row, min(top, PRINCIPAL_REASONS))
        except ValueError as error:
            raise self._width(row) from error
        inputs, codes = self.inputs, self.reason_codes
        return tuple([Contribution(inputs[at], row[at], units / UNIT, codes[at]) for at, units in found])

    def contributions(self, row: Sequence[Value]) -> tuple[float, ...]:
        """What each input adds to ``expected``, in log-odds, in the order of ``inputs``; they sum to the margin.

        Raises:
            InvalidInput: another number of values than inputs.
        """
        try:
            return tuple(self._scorer.contributions(row))
        except ValueError as error:
            raise self._width(row) from error

    def score_batch(self, columns: Mapping[str, Any]) -> Floats:
        """Probabilities of whole columns (numpy, Arrow or lists, by name), bit for bit those of ``score``.

        Raises:
            InvalidInput: a column is missing.
        """
        return np.array([self._probability(margin) for margin in self.margins(columns).tolist()], dtype=np.float64)

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        """Margins of whole columns, bit for bit those of ``score``.

        Raises:
            InvalidInput: a column is missing.
        """
        return self._scorer.margins(columns)

    @property
    def table_bytes(self) -> int:
        """Memory held for exact contributions, in bytes."""
        return self._scorer.table_bytes

    def __repr__(self) -> str:
        return f"<Model {self.name} {self.kind} {self.digest[:12]} inputs={len(self.inputs)}>"

    def _width(self, row: Sequence[Value]) -> InvalidInput:
        return InvalidInput(
            f"The model {self.name} reads {len(self.inputs)} values.",
            code="row_width",
            value=len(row),
            hint="pass one value per name in model.inputs, None where it is missing",
        )

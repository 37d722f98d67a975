"""A loaded model: the one object that policies, backtests and training ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from tandem.decide.models.calibration import calibrator_of, log_odds
from tandem.decide.models.documents import ModelDocument, ModelKind, Scorecard, StatefulDocument
from tandem.decide.models.encoding import Floats
from tandem.decide.models.points import pointer_of
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

    Attributes:
        inputs: what a row holds, in order.
        reads: what it was trained on: the inputs, or what a graph or recurrent network reads before it is the sum of its parts.
    """

    def __init__(self, document: ModelDocument, digest: Digest, scorer: Scorer) -> None:
        self.document = document
        self.digest = digest
        self.name: str = document.metadata.name
        self.kind: ModelKind = document.__struct_config__.tag  # type: ignore[assignment]  # the tags are these words
        self.features_digest: str | None = document.metadata.features_digest
        self.inputs: tuple[str, ...] = scorer.inputs
        self.reads: tuple[str, ...] = document.inputs if isinstance(document, StatefulDocument) else scorer.inputs
        self.reason_codes: tuple[str | None, ...] = scorer.reasons
        self.expected: float = scorer.expected
        self._scorer = scorer
        self._measure = scorer.measure
        self._adverse = scorer.adverse
        self._probability = calibrator_of(document.calibration)
        # a scorecard's points come from its printed table
        scaling = None if isinstance(document, Scorecard) else document.scaling
        self._points = None if scaling is None else pointer_of(scaling)

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
        if self._points is not None:
            points = self._points(log_odds(probability))
        return Score(probability, margin, points)

    def reasons(self, row: Sequence[Value], top: int = PRINCIPAL_REASONS) -> tuple[Contribution, ...]:
        """The principal reasons why the margin is above its mean, strongest first: at most ``top``, at most four.

        Nothing that spoke for the applicant is among them; see ``reasons`` for the rules.

        Raises:
            InvalidInput: another number of values than inputs.
        """
        try:
            found = self._adverse(row, min(PRINCIPAL_REASONS, top))
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

    def scores(self, columns: Mapping[str, Any]) -> tuple[Floats, Floats, list[float] | None]:
        """Probability, margin and points of whole columns, bit for bit those of ``score``; None without points.

        Raises:
            InvalidInput: a column is missing.
        """
        margins = self.margins(columns)
        probability = [self._probability(margin) for margin in margins.tolist()]
        points: list[float] | None = None
        if self._points is not None:
            points = [self._points(log_odds(one)) for one in probability]
        elif isinstance(self.document, Scorecard) and self.document.scaling is not None:
            rows = zip(*(_listed(columns[name]) for name in self.inputs), strict=True)
            points = [one for one in (self._measure(row)[1] for row in rows) if one is not None]
        return np.array(probability, dtype=np.float64), margins, points

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


def _listed(column: Any) -> list[Any]:
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column)

"""What a challenger is judged by: rows both models saw, outcomes, who the rows are, and what came of training again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pyarrow as pa
from scipy.special import expit

from tandem.decide.models import Model, ModelDocument, load_model
from tandem.kernel.time import Micros
from tandem.learn.gates.limits import ChallengerLimits
from tandem.learn.training import FloatArray, score_table

__all__ = ["Contest", "Evidence", "Scores", "hold_contest"]

Groups = Mapping[str, Sequence[str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Rows and outcomes that neither model learned from, unless said.

    Attributes:
        traffic: recent rows that the champion scored, with the inputs of both models; outcomes are not needed.
        matured: out-of-time rows whose outcome is mature; ``bad``, 1 or 0 for each.
        training: the rows the challenger learned from, and ``training_bad``; None leaves the overfit gate with a warning.
        cut: probability up to which the champion approves; None: where it approves four of five of ``traffic``.
        segments: tier-1 segments of the matured rows: name to one text per row.
        groups: protected groups of the traffic rows, the same way.
        later: inputs that become known only after the decision.
        retrained: the same spec on the same data, trained a second time.
        refits: the same spec on bootstraps or months.
        look: 1 for the first challenger of this champion that is judged, 2 for the next.
        purpose: why it would be promoted: ``better``, a ``calibration`` repair, or a scheduled ``refresh``.
        champion_age: for ``refresh`` (micros).
        champion_shown: lower bound of the champion's AUC on the first matured rows it was judged on; None: not known.
    """

    traffic: pa.Table
    matured: pa.Table
    bad: FloatArray
    training: pa.Table | None = None
    training_bad: FloatArray | None = None
    cut: float | None = None
    segments: Groups = field(default_factory=dict)
    groups: Groups = field(default_factory=dict)
    later: tuple[str, ...] = ()
    retrained: ModelDocument | None = None
    refits: tuple[ModelDocument, ...] = ()
    look: int = 1
    purpose: Literal["better", "calibration", "refresh"] = "better"
    champion_age: Micros | None = None
    champion_shown: float | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated log-odds of bad of both models on the same rows."""

    champion: FloatArray
    challenger: FloatArray

    @property
    def probabilities(self) -> tuple[FloatArray, FloatArray]:
        """The champion's and the challenger's."""
        return np.asarray(expit(self.champion)), np.asarray(expit(self.challenger))


@dataclass(frozen=True, slots=True)
class Contest:
    """Both models loaded, and everything scored once.

    Attributes:
        champion, challenger: loaded.
        evidence: as given.
        limits: what is asked.
        traffic, matured: scores.
        training: the challenger's on its training rows, if given.
        cut: probability up to which rows are approved.
    """

    champion: Model
    challenger: Model
    evidence: Evidence
    limits: ChallengerLimits
    traffic: Scores
    matured: Scores
    training: FloatArray | None
    cut: float

    @property
    def new_inputs(self) -> frozenset[str]:
        """Inputs that the challenger reads and the champion does not."""
        return frozenset(self.challenger.inputs) - frozenset(self.champion.inputs)


def hold_contest(
    champion: ModelDocument, challenger: ModelDocument, evidence: Evidence, limits: ChallengerLimits
) -> Contest:
    """Load both models and score the evidence.

    Raises:
        TandemError: a document is not valid, or a table lacks an input.
    """
    first, second = load_model(champion), load_model(challenger)
    traffic = Scores(score_table(first, evidence.traffic), score_table(second, evidence.traffic))
    matured = Scores(score_table(first, evidence.matured), score_table(second, evidence.matured))
    cut = evidence.cut
    if cut is None:
        cut = float(np.quantile(traffic.probabilities[0], 0.8, method="lower"))
    training = None if evidence.training is None else score_table(second, evidence.training)
    return Contest(first, second, evidence, limits, traffic, matured, training, cut)

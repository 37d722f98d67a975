"""Some decisions of a run taken again one by one, by the function and the models that decide live."""

from __future__ import annotations

from typing import Any

import numpy as np

from tandem.decide.policy.results import Score
from tandem.decide.policy.set_based import OUTCOMES, KnownScore, rows_of
from tandem.learn.backtest.deciding import Decided
from tandem.learn.backtest.report import Proof
from tandem.learn.backtest.sides import DecidingSide

__all__ = ["Prover"]


class Prover:
    """Draws decisions by a seed and compares outcome, limit, price and, where the columns tell it, what fired.

    A row's models score it anew from its inputs where these are there; only where they were not recorded does the
    recorded score stand for them.

    Args:
        share: of the decisions that are drawn.
    """

    def __init__(self, side: DecidingSide, *, seed: int, share: float) -> None:
        self._side = side
        self._seed = seed
        self._share = share
        self._batch = 0
        self._sample = self._differing = 0

    def add(self, decided: Decided) -> None:
        """Look at one batch."""
        draw = np.random.default_rng([self._seed, self._batch])
        self._batch += 1
        rows = np.flatnonzero(decided.possible)
        rows = np.sort(draw.choice(rows, min(len(rows), int(np.ceil(self._share * len(rows)))), replace=False))
        if not len(rows):
            return
        policy = self._side.compiled
        drawn = decided.result.some(rows.tolist())
        whole = "fired" in drawn.columns.column_names
        for at, (row, (values, members, known)) in enumerate(
            zip(rows.tolist(), rows_of(decided.table, policy, rows.tolist()), strict=True)
        ):
            models = {
                name: model if decided.scorable[name][row] else _Recorded(model, known.get(name))
                for name, (model, _) in self._side.models.items()
            }
            one = policy.run(values, members, models)
            same = (
                OUTCOMES.index(one.outcome) == drawn.outcome[at]
                and one.limit_minor == drawn.limits[at].as_py()
                and one.price == drawn.price_of(at)
                and (not whole or one.fired == drawn.told(at)["fired"])
            )
            self._sample += 1
            self._differing += not same

    def proof(self) -> Proof:
        """What was found."""
        return Proof(sample=self._sample, differing=self._differing, seed=self._seed)


class _Recorded:
    """A model that says what it said then."""

    def __init__(self, model: Any, known: KnownScore | None) -> None:
        self._model = model
        self._known = known

    def score(self, row: Any, /) -> Score:
        """The recorded score; every other row was found impossible before."""
        assert self._known is not None, "a decision whose score is needed and unknown is not possible"
        del row
        return self._known

    def reasons(self, row: Any, top: int, /) -> Any:
        """Those of the model."""
        return self._model.reasons(row, top)
